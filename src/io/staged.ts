import { configFile } from '../load/settings.ts';
import type { Settings, SourceFile } from '../model/catalog.ts';
import { byText } from '../model/plain.ts';
import type { Repo } from '../plan.ts';
import { readBuiltins } from './builtins.ts';
import { createCueEngine } from './cue-engine.ts';
import { EnvironmentError } from './environment-error.ts';
import { inputFilter, nestedRoots } from './files.ts';
import type { WorkTree } from './git.ts';
import { type ExistingOutput, existingText } from './output.ts';
import { historyOf, type MainlineChoice } from './repo.ts';

/** The repo at a root, as the next commit will have it: what is staged, and nothing that is untracked. */
export function openStaged(workTree: WorkTree, choice: MainlineChoice = {}): Repo {
  return {
    ...historyOf(workTree, choice),
    config: async () => (await stagedFiles(workTree, (path) => path === configFile))[0],
    builtins: readBuiltins,
    cue: ({ templateSeconds }: Settings) => createCueEngine(templateSeconds),
    files: async (settings: Settings) => {
      const listing = await listStaged(workTree);
      return stagedFiles(workTree, inputFilter(settings, nestedRoots([...listing.keys()])), listing);
    },
  };
}

/** What the next commit will have below an output folder. */
export async function readStagedOutput(workTree: WorkTree, folder: string): Promise<ExistingOutput> {
  const files = await stagedFiles(workTree, (path) => path.startsWith(`${folder}/`));
  return {
    entries: new Map(files.map(({ path, text }) => [path, existingText(folder, path, text)])),
    leftovers: [],
  };
}

async function stagedFiles(
  workTree: WorkTree,
  isWanted: (path: string) => boolean,
  listing?: ReadonlyMap<string, string>,
): Promise<SourceFile[]> {
  const entries = [...(listing ?? (await listStaged(workTree)))].filter(([path]) => isWanted(path));
  const texts = await workTree.git.blobs([...new Set(entries.map(([, id]) => id))]);
  return entries
    .toSorted(([a], [b]) => byText(a, b))
    .map(([path, id]): SourceFile => ({ path, text: texts.get(id) ?? '' }));
}

/** The empty file's blob id, in either of Git's formats; also that of a path which `git add --intent-to-add` announced. */
const emptyBlobs = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/**
 * The regular files in the index below the root: path → blob id. A path that is only announced is not there.
 *
 * @throws EnvironmentError while a merge is unsettled: such a file has no staged content
 */
async function listStaged({ git }: WorkTree): Promise<ReadonlyMap<string, string>> {
  const listing = await git.run('ls-files', '--stage', '-z', '--', '.');
  const entries = listing.split('\0').flatMap((line): [string, string][] => {
    const [, id, stage, path] = /^100\d+ ([0-9a-f]+) (\d)\t(.+)$/s.exec(line) ?? [];
    if (id === undefined || path === undefined) return [];
    if (stage !== '0') throw new EnvironmentError(`${path} has a conflict: settle it and git add it first`);
    return [[path, id]];
  });
  const announced = entries.some(([, id]) => emptyBlobs.has(id)) ? await listAnnounced(git) : new Set();
  return new Map(entries.filter(([path]) => !announced.has(path)));
}

/** The paths of `git add --intent-to-add`, which the next commit will not have. */
async function listAnnounced(git: WorkTree['git']): Promise<ReadonlySet<string>> {
  const [seen, unseen] = await Promise.all(
    ['--ita-visible-in-index', '--ita-invisible-in-index'].map((view) =>
      git.run(
        'diff',
        '--cached',
        '--no-ext-diff',
        '--no-renames',
        '--relative',
        '--name-only',
        '-z',
        '--diff-filter=d',
        view,
      ),
    ),
  );
  const committed = new Set(unseen?.split('\0'));
  return new Set(seen?.split('\0').filter((path) => !committed.has(path)));
}
