import type { SourceFile } from '../model/catalog.ts';
import type { HistoryStep } from '../resolve/derive.ts';
import { nestedRoots } from './files.ts';
import { snapshotFolder } from '../load/catalog.ts';
import type { WorkTree } from './git.ts';

/** When a file first stood in the mainline. */
export interface Added {
  readonly path: string;
  readonly commit: string;
  /** ISO 8601, as the committer wrote it. */
  readonly date: string;
}

/** One commit of the first-parent history with the blobs that it changed. */
interface LogEntry {
  readonly commit: string;
  readonly date: string;
  readonly changes: readonly { readonly path: string; readonly blob: string | undefined; readonly isAdded: boolean }[];
}

/** The snapshots at HEAD, which stands in for the mainline. */
export async function snapshotsAtHead({ git, head }: WorkTree): Promise<SourceFile[]> {
  if (head === undefined) return [];
  const listing = await git.run('ls-tree', '-r', '-z', head, '--', `${snapshotFolder}/`);
  const entries = listing.split('\0').flatMap((line) => {
    const match = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ id: match[1], path: match[2] }];
  });
  const texts = await git.blobs(entries.map(({ id }) => id));
  return entries.map(({ id, path }) => ({ path, text: texts.get(id) ?? '', commit: head }));
}

/** Every snapshot that was ever added on HEAD's first-parent history, oldest first. */
export async function snapshotsAdded(workTree: WorkTree): Promise<Added[]> {
  const log = await readLog(workTree, [`${snapshotFolder}/`]);
  return log.flatMap(({ commit, date, changes }) =>
    changes.filter(({ isAdded }) => isAdded).map(({ path }) => ({ path, commit, date })),
  );
}

/** The first-parent history of the input files, oldest first: one `git log`, one `git cat-file`. */
export async function inputHistory(
  workTree: WorkTree,
  filterFor: (nestedRoots: readonly string[]) => (path: string) => boolean,
): Promise<HistoryStep[]> {
  const log = await readLog(workTree, ['.']);
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

const commitMark = '\u0001';

async function readLog({ git, head }: WorkTree, paths: readonly string[]): Promise<LogEntry[]> {
  if (head === undefined) return [];
  const output = await git.run(
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--root',
    '--reverse',
    '--raw',
    '-z',
    '--no-renames',
    '--no-abbrev',
    '--relative',
    '--no-color',
    '--no-show-signature',
    '--no-notes',
    `--format=${commitMark}%H%x00%cI`,
    head,
    '--',
    ...paths,
  );
  return output.split(commitMark).slice(1).map(parseEntry);
}

/** `<hash>\0<date>\0[\n]:<mode> <mode> <old> <new> <status>\0<path>\0…` */
function parseEntry(text: string): LogEntry {
  const [commit = '', date = '', ...rest] = text.split('\0').map((part) => part.replace(/^\n/, ''));
  const changes: LogEntry['changes'][number][] = [];
  for (let index = 0; index < rest.length; index += 1) {
    const [, mode, , blob, status] = rest[index]?.split(' ') ?? [];
    if (rest[index]?.startsWith(':') !== true || status === undefined) continue;
    const path = rest[index + 1] ?? '';
    const isFile = mode?.startsWith('100') === true;
    changes.push({ path, blob: isFile ? blob : undefined, isAdded: status === 'A' });
    index += 1;
  }
  return { commit, date, changes };
}
