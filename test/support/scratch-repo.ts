import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Context } from '../../src/commands/command.ts';
import { main } from '../../src/commands/main.ts';
import { styleFor } from '../../src/report/style.ts';

/** Files by path; undefined removes one. */
export type Files = Readonly<Record<string, string | undefined>>;

/** What a command did. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in the system's temporary folder, removed when the test ends; `git: true` makes it a Git repo. */
export class ScratchRepo {
  readonly root: string;

  /** `at` is a folder that is there already, and that another one removes. */
  constructor({ git = true, at }: { readonly git?: boolean; readonly at?: string } = {}) {
    if (at !== undefined) {
      this.root = at;
      return;
    }
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'appdeploy-test-')));
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
    if (git) this.git('init', '--quiet', '--initial-branch=main', '--template=');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  write(files: Readonly<Record<string, string | Uint8Array | undefined>>): this {
    for (const [path, text] of Object.entries(files)) {
      const full = join(this.root, path);
      if (text === undefined) rmSync(full, { recursive: true });
      else {
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, text);
      }
    }
    return this;
  }

  commit(message = 'change'): this {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this;
  }

  /** A clone of the last commit alone, as CI makes it. */
  cloneShallow(): ScratchRepo {
    const clone = new ScratchRepo({ git: false });
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${this.root}`, clone.root], { stdio: 'ignore' });
    return clone;
  }

  /** Runs a command as the command line does, in this process. */
  async appdeploy(...argv: readonly string[]): Promise<Outcome> {
    return this.appdeployWith({}, ...argv);
  }

  /** The same, with environment variables, standard input, or a terminal. */
  async appdeployWith(
    {
      environment = {},
      stdin = '',
      terminal = { stdin: false, stdout: false },
    }: {
      readonly environment?: Context['environment'];
      readonly stdin?: string;
      readonly terminal?: Context['terminal'];
    },
    ...argv: readonly string[]
  ): Promise<Outcome> {
    const written = { stdout: '', stderr: '' };
    const plain = styleFor(false);
    const context: Context = {
      cwd: this.root,
      processId: process.pid,
      version: '0.1.0',
      stdout: (text) => void (written.stdout += text),
      stderr: (text) => void (written.stderr += text),
      out: plain,
      err: plain,
      progress: () => {},
      environment,
      terminal,
      readStdin: () => Promise.resolve(stdin),
      untilStopped: () => new AbortController().signal,
    };
    const code = await main(argv, context);
    return { code, ...written };
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Every file below a folder with its text, sorted by path, without .git. */
  files(folder = ''): Record<string, string> {
    const entries = readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)))
      .filter((path) => !path.startsWith('.git/'));
    return Object.fromEntries(paths.toSorted().map((path) => [path, this.read(path)]));
  }
}
