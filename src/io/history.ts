import { join } from 'node:path';
import { snapshotFolder } from '../load/record-folders.ts';
import type { HistoryStep } from '../resolve/derive.ts';
import type { Mainline, SnapshotHistory } from '../resolve/record.ts';
import { groupBy } from '../model/plain.ts';
import { listCommit } from './commit.ts';
import { nestedRoots } from './files.ts';
import { prefixOf, type WorkTree } from './git.ts';
import { isFolder } from './root.ts';

/** One commit of the first-parent history with the blobs that it changed. */
interface LogEntry {
  readonly commit: string;
  /** ISO 8601, as the committer wrote it. */
  readonly date: string;
  readonly changes: readonly LogChange[];
}

interface LogChange {
  readonly path: string;
  readonly status: string;
  /** undefined for links, submodules, and what is gone. */
  readonly blob: string | undefined;
  readonly before: string;
}

/** The snapshots in the history of the mainline's tips and merge-bases: two `git log`, one `git ls-tree`. */
export async function snapshotHistory(workTree: WorkTree, mainline: Mainline): Promise<SnapshotHistory> {
  const folder = `${snapshotFolder}/`;
  const commits = commitsOf(mainline);
  const [log, added, elsewhere] = await Promise.all([
    readLog(workTree, commits, [folder]),
    everAdded(workTree, commits),
    snapshotsElsewhere(workTree, mainline),
  ]);
  const births = new Map<string, SnapshotHistory['births'][number]>();
  const gone = new Map<string, string>();
  for (const { commit, date, changes } of log) {
    for (const { path, status, before } of changes) {
      if (status === 'A' && !births.has(path)) births.set(path, { path, commit, date });
      if (status === 'D') gone.set(path, before);
      else gone.delete(path);
    }
  }
  return {
    births: [...births.values()],
    gone,
    everAdded: added,
    elsewhere,
  };
}

/** The snapshots below folders that were roots at the merge-base, and are none any more. */
async function snapshotsElsewhere(
  workTree: WorkTree,
  mainline: Mainline,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const base = mainline.kind === 'known' ? mainline.bases[0]?.commit : undefined;
  if (base === undefined) return new Map();
  const listing = await listCommit(workTree, base, 'whole repo');
  const left = await goneRoots(workTree, [...listing.keys()]);
  const snapshots = [...listing].filter(([path]) => left.has(rootOf(path)));
  const byName = groupBy(snapshots, ([path]) => path.slice(path.lastIndexOf('/') + 1));
  return new Map([...byName].map(([name, found]) => [name, found.map(([, blob]) => blob)]));
}

/** What any commit added, on side branches and in merges too, here or where the root may have been. */
async function everAdded(workTree: WorkTree, commits: readonly string[]): Promise<string[]> {
  if (commits.length === 0) return [];
  const options = ['--full-history', '--diff-merges=separate', '--diff-filter=A', '--no-renames', '--name-only'];
  const where = `:(top,glob)**/${snapshotFolder}/**`;
  const output = await workTree.git.run('log', ...options, '-z', '--no-relative', '--format=', ...commits, '--', where);
  const paths = [...new Set(output.split('\0').map((path) => path.replace(/^\n/, '')))].filter((path) => path !== '');
  const own = await prefixOf(workTree);
  const left = await goneRoots(workTree, paths);
  return paths
    .filter((path) => rootOf(path) === own || left.has(rootOf(path)))
    .map((path) => path.slice((rootOf(path) ?? '').length));
}

/** The folder that a snapshot's root is, from the top of the repo; undefined for other files. */
function rootOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.at(-4) === snapshotFolder
    ? parts
        .slice(0, -4)
        .map((part) => `${part}/`)
        .join('')
    : undefined;
}

/** The roots among some paths that have no snapshots any more. Others keep numbers of their own. */
async function goneRoots(workTree: WorkTree, paths: readonly string[]): Promise<ReadonlySet<string | undefined>> {
  const roots = [...new Set(paths.map(rootOf))].filter((root) => root !== undefined);
  const standing = await Promise.all(roots.map((root) => hasFolder(workTree, `${root}${snapshotFolder}`)));
  return new Set(roots.filter((_, index) => standing[index] !== true));
}

/** Whether a folder, seen from the top, stands in the work tree, or in the commit that it is seen as. */
async function hasFolder({ git, top, commit }: WorkTree, path: string): Promise<boolean> {
  if (commit === undefined) return isFolder(join(top, path));
  return (await git.run('ls-tree', '-d', '--full-tree', commit, '--', path)) !== '';
}

/** The first-parent history of the input files up to the merge-base, oldest first. */
export async function inputHistory(
  workTree: WorkTree,
  mainline: Mainline,
  filterFor: (nestedRoots: readonly string[]) => (path: string) => boolean,
): Promise<HistoryStep[]> {
  const bases = mainline.kind === 'known' ? mainline.bases.slice(0, 1).map(({ commit }) => commit) : [];
  const log = await readLog(workTree, bases, ['.']);
  const isInput = filterFor(nestedRoots(log.flatMap(({ changes }) => changes.map(({ path }) => path))));
  const relevant = log.map(({ commit, changes }) => ({ commit, changes: changes.filter(({ path }) => isInput(path)) }));
  const ids = new Set(relevant.flatMap(({ changes }) => changes.flatMap(({ blob }) => blob ?? [])));
  const texts = await workTree.git.blobs([...ids]);
  return relevant
    .filter(({ changes }) => changes.length > 0)
    .map(({ commit, changes }) => ({
      commit,
      changes: changes.map(({ path, blob }) => ({ path, text: blob === undefined ? undefined : texts.get(blob) })),
    }));
}

function commitsOf(mainline: Mainline): string[] {
  if (mainline.kind !== 'known') return [];
  return [...new Set([...mainline.tips, ...mainline.bases].map(({ commit }) => commit))];
}

const commitMark = '\u0001';

/** The first-parent log of some commits, oldest first. */
async function readLog({ git }: WorkTree, commits: readonly string[], paths: readonly string[]): Promise<LogEntry[]> {
  if (commits.length === 0) return [];
  const output = await git.run(
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--root',
    '--reverse',
    '--topo-order',
    '--raw',
    '-z',
    '--no-renames',
    '--no-abbrev',
    '--relative',
    '--no-color',
    '--no-show-signature',
    '--no-notes',
    `--format=${commitMark}%H%x00%cI`,
    ...commits,
    '--',
    ...paths,
  );
  return output.split(commitMark).slice(1).map(parseEntry);
}

/** `<hash>\0<date>\0[\n]:<mode> <mode> <old> <new> <status>\0<path>\0…` */
function parseEntry(text: string): LogEntry {
  const [commit = '', date = '', ...rest] = text.split('\0').map((part) => part.replace(/^\n/, ''));
  const changes: LogChange[] = [];
  for (let index = 0; index < rest.length; index += 1) {
    const [, mode, before = '', blob, status = ''] = rest[index]?.split(' ') ?? [];
    if (rest[index]?.startsWith(':') !== true || status === '') continue;
    const path = rest[index + 1] ?? '';
    const isFile = mode?.startsWith('100') === true;
    changes.push({ path, status, before, blob: isFile ? blob : undefined });
    index += 1;
  }
  return { commit, date, changes };
}
