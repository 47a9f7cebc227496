import type { SourceFile } from '../model/catalog.ts';
import { byText } from '../model/plain.ts';
import type { Mainline } from '../resolve/record.ts';
import { nestedRoots } from './files.ts';
import type { WorkTree } from './git.ts';

/**
 * The regular files of a commit: path → blob id. Below some folders of the root, or in the whole
 * repo with paths from its top. One `git ls-tree`.
 */
export async function listCommit(
  { git }: WorkTree,
  commit: string,
  folders: readonly string[] | 'whole repo',
): Promise<ReadonlyMap<string, string>> {
  const scope = folders === 'whole repo' ? ['--full-tree', commit] : [commit, '--', ...folders];
  const listing = await git.run('ls-tree', '-r', '-z', ...scope);
  return new Map(
    listing.split('\0').flatMap((line): [string, string][] => {
      const match = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line);
      return match?.[1] === undefined || match[2] === undefined ? [] : [[match[2], match[1]]];
    }),
  );
}

/** The input files of a commit, sorted by path: one `git ls-tree`, one `git cat-file`. */
export async function filesAt(
  workTree: WorkTree,
  commit: string,
  filterFor: (nestedRoots: readonly string[]) => (path: string) => boolean,
): Promise<SourceFile[]> {
  const listing = await listCommit(workTree, commit, ['.']);
  const isInput = filterFor(nestedRoots([...listing.keys()]));
  const entries = [...listing].filter(([path]) => isInput(path)).toSorted(([a], [b]) => byText(a, b));
  const texts = await workTree.git.blobs([...new Set(entries.map(([, id]) => id))]);
  return entries.map(([path, id]) => ({ path, text: texts.get(id) ?? '', commit }));
}

/** The folders below a folder, as the merge-base has them: one `git ls-tree`. */
export async function foldersAtBase({ git }: WorkTree, mainline: Mainline, folder: string): Promise<string[]> {
  const base = mainline.kind === 'known' ? mainline.bases[0]?.commit : undefined;
  if (base === undefined) return [];
  const listing = await git.run('ls-tree', '-d', '-z', '--name-only', base, '--', `${folder}/`);
  return listing.split('\0').flatMap((path) => (path === '' ? [] : [path.slice(path.lastIndexOf('/') + 1)]));
}
