import type { Settings, SourceFile } from '../model/catalog.ts';
import { configFile } from '../load/settings.ts';
import type { Repo } from '../plan.ts';
import type { MainlineWish } from '../resolve/mainline.ts';
import { emptyHistory } from '../resolve/record.ts';
import { readBuiltins } from './builtins.ts';
import { discover, inputFilter, readSource } from './files.ts';
import { filesAt, foldersAtBase } from './commit.ts';
import { createCueEngine } from './cue-engine.ts';
import { prefixOf, type WorkTree } from './git.ts';
import { inputHistory, snapshotHistory } from './history.ts';
import { readMainline } from './mainline.ts';
import type { Root } from './root.ts';

/** Who besides the config says what the mainline is. */
export type MainlineChoice = Omit<MainlineWish, 'list'>;

/** What a repo answers where there is no Git: the folder itself is the mainline. */
export const withoutGit = {
  prefix: () => Promise.resolve(undefined),
  foldersAtBase: () => Promise.resolve([]),
  filesAt: () => Promise.resolve([]),
  mainline: () => Promise.resolve({ kind: 'none' }),
  blobs: () => Promise.resolve(new Map()),
  snapshotHistory: () => Promise.resolve(emptyHistory),
  inputHistory: () => Promise.resolve([]),
} as const satisfies Partial<Repo>;

/** The repo at a root, as the working tree has it now. */
export function openRepo({ folder, workTree }: Root, choice: MainlineChoice = {}): Repo {
  const files = {
    config: (): Promise<SourceFile | undefined> => readSource(folder, configFile),
    builtins: readBuiltins,
    cue: ({ templateSeconds }: Settings) => createCueEngine(templateSeconds),
    files: (settings: Settings) => discover(folder, settings, workTree),
  };
  return workTree === undefined ? { ...files, ...withoutGit } : { ...files, ...historyOf(workTree, choice) };
}

/** What Git knows besides the files themselves: the mainline as of now, and the history up to it. */
export function historyOf(
  workTree: WorkTree,
  choice: MainlineChoice,
): Omit<Repo, 'config' | 'builtins' | 'cue' | 'files'> {
  return {
    prefix: () => prefixOf(workTree),
    foldersAtBase: (mainline, path) => foldersAtBase(workTree, mainline, path),
    filesAt: (commit, settings) => filesAt(workTree, commit, (nested) => inputFilter(settings, nested)),
    mainline: ({ mainline }) => readMainline(workTree, { ...choice, list: mainline }),
    blobs: (ids) => workTree.git.blobs(ids),
    snapshotHistory: (mainline) => snapshotHistory(workTree, mainline),
    inputHistory: (mainline, settings) => inputHistory(workTree, mainline, (nested) => inputFilter(settings, nested)),
  };
}
