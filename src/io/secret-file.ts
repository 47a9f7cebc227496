import { lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EnvironmentError } from './environment-error.ts';
import { temporaryPath } from './output.ts';

/** Where a file of credentials may go, its folder free of links. */
export interface SecretPlace {
  readonly path: string;
}

/**
 * Finds out whether a file of credentials may be written here: outside of every Git work tree, links
 * followed, in a folder that exists, and over nothing but a regular file.
 *
 * @throws EnvironmentError when not
 */
export async function secretPlace(wish: string): Promise<SecretPlace> {
  const folder = await realpath(dirname(wish)).catch(() => undefined);
  if (folder === undefined) throw new EnvironmentError(`${dirname(wish)} is not a folder`);
  const path = join(folder, basename(wish));
  const standing = await lstat(path).catch(() => undefined);
  if (standing !== undefined && !standing.isFile()) throw new EnvironmentError(`${path} is not a regular file`);
  const top = await workTreeAround(folder);
  if (top !== undefined)
    throw new EnvironmentError(`${path} lies in the Git work tree ${top}, where credentials do not belong`);
  return { path };
}

/** Writes the file whole or not at all, for its owner's eyes only. */
export async function writeSecret({ path }: SecretPlace, text: string, processId: number): Promise<void> {
  const temporary = temporaryPath(path, processId);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The nearest folder upwards with a `.git`, be it a folder or, in a linked work tree, a file. */
async function workTreeAround(folder: string): Promise<string | undefined> {
  const found = await lstat(join(folder, '.git')).catch(() => undefined);
  if (found !== undefined) return folder;
  return folder === dirname(folder) ? undefined : workTreeAround(dirname(folder));
}
