import type { SourceFile } from '../model/catalog.ts';
import { configFile } from '../load/settings.ts';
import type { Repo } from '../pipeline.ts';
import { readBuiltins } from './builtins.ts';
import { discover, inputFilter, readSource } from './files.ts';
import { openWorkTree } from './git.ts';
import { inputHistory, snapshotsAdded, snapshotsAtHead } from './history.ts';

/** The repo at a root folder, as the working tree has it now. */
export async function openRepo(root: string): Promise<Repo> {
  const workTree = await openWorkTree(root);
  return {
    config: (): Promise<SourceFile | undefined> => readSource(root, configFile),
    builtins: readBuiltins,
    files: (settings) => discover(root, settings, workTree),
    published: async () => (workTree === undefined ? undefined : snapshotsAtHead(workTree)),
    added: async () => (workTree === undefined ? [] : snapshotsAdded(workTree)),
    history: async (settings) =>
      workTree === undefined
        ? { steps: [], isShallow: false }
        : {
            steps: await inputHistory(workTree, (nested) => inputFilter(settings, nested)),
            isShallow: workTree.isShallow,
          },
  };
}
