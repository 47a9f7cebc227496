import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import { decodeText } from '../load/encoding.ts';
import { EnvironmentError } from './environment-error.ts';
import { simpleGit, type SimpleGit } from 'simple-git';

/** Git as seen from one folder of a work tree. Paths are relative to that folder. */
export interface Git {
  readonly run: (...args: string[]) => Promise<string>;
  /** The same, but undefined where Git says no. */
  readonly ask: (...args: string[]) => Promise<string | undefined>;
  /** Contents of blobs by their ids, through one `git cat-file --batch`. */
  readonly blobs: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** Where a work tree begins, and what of it is there. */
export interface WorkTree {
  readonly git: Git;
  /** The folder that it is seen from. */
  readonly folder: string;
  readonly top: string;
  readonly isShallow: boolean;
  /** The commit of HEAD; undefined before the first commit. */
  readonly head: string | undefined;
  /** Set where it is seen as this commit has it, and not as it is checked out; then `head` is the same. */
  readonly commit?: string;
  /** Full name of the branch that the commit is seen on; undefined for none, as with a detached HEAD. */
  readonly branch?: string | undefined;
}

/** Opens the work tree that a folder lies in; undefined outside of Git. */
export async function openWorkTree(folder: string): Promise<WorkTree | undefined> {
  const git = gitIn(folder);
  const where = ['rev-parse', '--show-toplevel', '--is-shallow-repository'];
  // Before the first commit, the quiet refusal of HEAD leaves the other answers; a broken HEAD does not.
  const facts = (await git.ask(...where, '--verify', '--quiet', 'HEAD^{commit}')) ?? (await git.ask(...where));
  const [top, shallow, head] = facts?.trimEnd().split('\n') ?? [];
  if (top === undefined || top === '') return undefined;
  return { git, folder, top, isShallow: shallow === 'true', head };
}

/** Where the folder that a work tree is seen from lies in it: empty, or ending in a slash. */
export async function prefixOf({ folder, top }: WorkTree): Promise<string> {
  const inside = relative(await realpath(top), await realpath(folder)).replaceAll('\\', '/');
  return inside === '' ? '' : `${inside}/`;
}

/** The same work tree, seen from another folder of it. */
export function seenFrom(folder: string, workTree: WorkTree): WorkTree {
  return { ...workTree, folder, git: gitIn(folder) };
}

/** The commit that a revision means (`main`, `HEAD~2`, a hash, `:/text`); undefined where there is none. */
export async function commitOf({ git }: WorkTree, revision: string): Promise<string | undefined> {
  const parse = (name: string): Promise<string | undefined> =>
    git.ask('rev-parse', '--verify', '--quiet', '--end-of-options', name);
  // By itself first: in `:/text`, whatever follows is part of the text.
  const object = await parse(revision);
  const commit = object === undefined ? undefined : await parse(`${object.trim()}^{commit}`);
  return commit?.trim() || undefined;
}

/** Without permission, simple-git keeps Git from it, and a hook would read another index than the commit's. */
const allowEnvironment = ['GIT_INDEX_FILE'];

/**
 * What a repo's own config could make Git run, or ask the network for, and we never need: each call
 * overrides it.
 */
const harmless = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.ext.allow=never'];

/** How long Git may be silent before it is ended, in milliseconds. */
const patience = 300_000;

function gitIn(folder: string): Git {
  const settings = { baseDir: folder, allowEnvironment, config: harmless, timeout: { block: patience } };
  const client = simpleGit({
    ...settings,
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true },
  }).outputHandler(endAtOnce);
  return {
    run: async (...args) => client.raw(args).catch((error: unknown) => giveUp(error, args)),
    ask: (...args) => attempt(client, args),
    blobs: (ids) => readBlobs(folder, ids),
  };
}

/** simple-git waits 50 ms more for the output of a process that wrote none; an empty chunk is output. */
function endAtOnce(_command: string, stdout: NodeJS.ReadableStream): void {
  stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
}

/** Only the refusals that mean "not there" are an answer; a broken Git is an error. */
async function attempt(client: SimpleGit, args: string[]): Promise<string | undefined> {
  try {
    return await client.raw(args);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/block timeout/.test(text))
      throw new EnvironmentError(`git ${args[0] ?? ''} did not answer for ${patience / 1000} seconds`, {
        cause: error,
      });
    if (/ENOENT/.test(text)) throw new EnvironmentError('git is not installed, or not on the PATH', { cause: error });
    if (/dubious ownership/.test(text))
      throw new EnvironmentError(
        `${text.split('\n')[0] ?? ''}: run git config --global --add safe.directory with this folder`,
        { cause: error },
      );
    return undefined;
  }
}

/** @throws EnvironmentError where Git was ended; else the error itself */
function giveUp(error: unknown, [command = '']: readonly string[]): never {
  if (!isTimeout(error instanceof Error ? error.message : '')) throw error;
  throw new EnvironmentError(`git ${command} did not answer for ${patience / 1000} seconds`, { cause: error });
}

function isTimeout(message: string): boolean {
  return message.includes('block timeout');
}

/** simple-git cannot write to a process's standard input, which `--batch` reads the ids from. */
async function readBlobs(folder: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const settings = harmless.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...settings, 'cat-file', '--batch'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: patience,
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(`${ids.join('\n')}\n`);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new EnvironmentError(`git cat-file --batch ended with ${code}`);
  return splitBatch(Buffer.concat(chunks));
}

/** `<id> <type> <size>\n<content>\n`, once for each id. */
function splitBatch(output: Buffer): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  let offset = 0;
  while (offset < output.length) {
    const end = output.indexOf(10, offset);
    const [id = '', type, size] = output.toString('utf8', offset, end).split(' ');
    const length = type === 'missing' ? -1 : Number(size);
    if (type === 'blob') contents.set(id, decodeText(output.subarray(end + 1, end + 1 + length)));
    offset = end + 1 + (length < 0 ? 0 : length + 1);
  }
  return contents;
}
