import type { Settings, SourceFile } from '../model/catalog.ts';
import { configFile } from '../load/settings.ts';
import type { Repo } from '../plan.ts';
import { readBuiltins } from './builtins.ts';
import { filesAt, listCommit } from './commit.ts';
import { createCueEngine } from './cue-engine.ts';
import { inputFilter } from './files.ts';
import type { WorkTree } from './git.ts';
import { historyOf, type MainlineChoice } from './repo.ts';

/**
 * The repo at a root, as a commit has it: the same answers that a checkout of the commit would give,
 * its mainline included, read by `git ls-tree` and `git cat-file`. Neither a file nor the index changes.
 *
 * @param workTree seen from the root, at the commit
 */
export function openCommit(workTree: WorkTree & { readonly commit: string }, choice: MainlineChoice = {}): Repo {
  const { commit } = workTree;
  return {
    ...historyOf(workTree, choice),
    config: () => fileAt(workTree, commit, configFile),
    builtins: readBuiltins,
    cue: ({ templateSeconds }: Settings) => createCueEngine(templateSeconds),
    files: (settings: Settings) => filesAt(workTree, commit, (nested) => inputFilter(settings, nested)),
  };
}

/** The regular files below some folders of a commit. */
export async function filesBelow(
  workTree: WorkTree,
  commit: string,
  folders: readonly string[],
): Promise<SourceFile[]> {
  const listing = await listCommit(workTree, commit, folders);
  const texts = await workTree.git.blobs([...new Set(listing.values())]);
  return [...listing].map(([path, id]) => ({ path, text: texts.get(id) ?? '', commit }));
}

async function fileAt(workTree: WorkTree, commit: string, path: string): Promise<SourceFile | undefined> {
  const files = await filesBelow(workTree, commit, [path]);
  return files.find((file) => file.path === path);
}
