import { access, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { configFile } from '../load/settings.ts';
import { openWorkTree } from './git.ts';

/** The nearest folder upwards with a config, not beyond Git's top; else Git's top; else the folder itself. */
export async function findRoot(folder: string): Promise<string> {
  const start = await realpath(resolve(folder));
  const top = (await openWorkTree(start))?.top;
  for (const candidate of upwards(start, top === undefined ? undefined : await realpath(top))) {
    if (await exists(join(candidate, configFile))) return candidate;
  }
  return top ?? start;
}

function* upwards(start: string, top: string | undefined): Generator<string> {
  let folder = start;
  for (;;) {
    yield folder;
    if (folder === top || folder === dirname(folder)) return;
    folder = dirname(folder);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether a path leads to a folder. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
