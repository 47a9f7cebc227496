import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import picomatch from 'picomatch';
import type { Settings, SourceFile } from '../model/catalog.ts';
import { byText } from '../model/plain.ts';
import { decodeText } from '../load/encoding.ts';
import { isRecordPath } from '../load/record-folders.ts';
import { configFile } from '../load/settings.ts';
import type { WorkTree } from './git.ts';

/** The input files of a root, sorted by path: tracked ones, and untracked ones that are not ignored. */
export async function discover(
  root: string,
  settings: Settings,
  workTree: WorkTree | undefined,
): Promise<SourceFile[]> {
  const listed = workTree === undefined ? await walk(root, settings) : await listTracked(workTree);
  const isInput = inputFilter(settings, nestedRoots(listed));
  return readAll(root, [...new Set(listed)].filter(isInput).toSorted(byText));
}

/** The folders below that are roots by themselves. */
export function nestedRoots(paths: readonly string[]): string[] {
  return paths.filter((path) => path.endsWith(`/${configFile}`)).map((path) => path.slice(0, -configFile.length));
}

/** Whether a path is input: by the config's globs, outside the output, and not in a root below. */
export function inputFilter(
  { include, exclude, output }: Settings,
  nested: readonly string[],
): (path: string) => boolean {
  const isIncluded = picomatch([...include], { dot: true });
  const isExcluded = picomatch([...exclude, '**/node_modules/**', `${output}/**`], { dot: true });
  return (path) => {
    if (path === configFile || nested.some((folder) => path.startsWith(folder))) return false;
    // Records are read from their own folders, whatever the globs say.
    return isRecordPath(path) ? path.endsWith('.yaml') : isIncluded(path) && !isExcluded(path);
  };
}

async function listTracked({ git }: WorkTree): Promise<string[]> {
  const output = await git.run('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  return output.split('\0').filter((path) => path !== '');
}

async function walk(root: string, { output }: Settings): Promise<string[]> {
  return fastGlob('**', {
    cwd: root,
    dot: true,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**', '**/.git/**', `${fastGlob.escapePath(output)}/**`],
  });
}

/** Reads regular files; what is gone from the work tree, a link or a submodule is no input. */
async function readAll(root: string, paths: readonly string[]): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (let start = 0; start < paths.length; start += 64) {
    const batch = await Promise.all(paths.slice(start, start + 64).map((path) => readListed(root, path)));
    files.push(...batch.filter((file) => file !== undefined));
  }
  return files;
}

/** A listed file; one whose name is not UTF-8 was listed with U+FFFD in it, and is found by its bytes. */
async function readListed(root: string, path: string): Promise<SourceFile | undefined> {
  const file = await readSource(root, path);
  if (file !== undefined || !path.includes('\ufffd')) return file;
  const parts = path.split('/');
  let folder = Buffer.from(root);
  for (const part of parts) {
    const names = await readdir(folder, { encoding: 'buffer' }).catch(() => []);
    const name = names.find((each) => each.toString('utf8') === part);
    if (name === undefined) return undefined;
    folder = Buffer.concat([folder, Buffer.from('/'), name]);
  }
  return (await lstat(folder)).isFile() ? { path, text: decodeText(await readFile(folder)) } : undefined;
}

/** One file by its path below the root; undefined when there is no regular file. */
export async function readSource(root: string, path: string): Promise<SourceFile | undefined> {
  try {
    const full = join(root, path);
    if (!(await lstat(full)).isFile()) return undefined;
    return { path, text: decodeText(await readFile(full)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The YAML and JSON files of a folder, or one file, with their full paths, sorted. */
export async function listYaml(path: string): Promise<SourceFile[]> {
  const isFile = (await lstat(path)).isFile();
  const found = isFile ? [path] : await fastGlob(['**/*.yaml', '**/*.yml', '**/*.json'], { cwd: path, absolute: true });
  return Promise.all(
    found.toSorted(byText).map(async (file) => ({ path: file, text: decodeText(await readFile(file)) })),
  );
}
