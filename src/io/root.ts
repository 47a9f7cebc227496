import { access, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { configFile } from '../load/settings.ts';
import { openWorkTree, seenFrom, type WorkTree } from './git.ts';

/** The root of a config repo, with the work tree that it lies in. */
export interface Root {
  readonly folder: string;
  readonly workTree: WorkTree | undefined;
}

/** The nearest folder upwards with a config, not beyond Git's top; else Git's top; else the folder itself. */
export async function findRoot(folder: string): Promise<Root> {
  const start = await realpath(resolve(folder));
  const workTree = await openWorkTree(start);
  const top = workTree === undefined ? undefined : await realpath(workTree.top);
  for (const candidate of upwards(start, top)) {
    if (await exists(join(candidate, configFile))) return rootAt(candidate, workTree);
  }
  return rootAt(top ?? start, workTree);
}

/** A folder that is the root because the user says so. */
export async function namedRoot(folder: string): Promise<Root> {
  return { folder, workTree: await openWorkTree(folder) };
}

function rootAt(folder: string, workTree: WorkTree | undefined): Root {
  return { folder, workTree: workTree === undefined ? undefined : seenFrom(folder, workTree) };
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
