import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryPath } from './output.ts';

/** Files to write and to remove, by path below the root. */
export interface Writes {
  readonly files: ReadonlyMap<string, string>;
  readonly removals: readonly string[];
}

/**
 * Carries out a computed change. A file appears under its final name only when it is complete, so
 * that a run killed at any moment leaves whole files, old or new; what is removed goes last.
 */
export async function writeChanges(root: string, { files, removals }: Writes, processId: number): Promise<void> {
  for (const [path, text] of files) await writeWhole(join(root, path), text, processId);
  for (const path of removals) {
    await rm(join(root, path), { force: true });
    await removeEmptyFolders(root, dirname(path));
  }
}

async function writeWhole(path: string, text: string, processId: number): Promise<void> {
  const temporary = temporaryPath(path, processId);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, path);
}

/** Removes the folder and those above it that a removal has left empty; never the root. */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  if (folder === '.' || folder === '') return;
  try {
    await rmdir(join(root, folder));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT') return;
    throw error;
  }
  await removeEmptyFolders(root, dirname(folder));
}
