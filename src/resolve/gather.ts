import { type Catalog, type ObjectName, qualifiedName, type Settings, type SourceFile } from '../model/catalog.ts';
import { shippedDefinitions } from '../load/builtins.ts';
import type { PastContent } from '../model/revision.ts';
import { blobsToRead } from './conflicts.ts';
import { derive, type HistoryStep } from './derive.ts';
import { type Books, holdsPresent, type Ledger, openLedgers } from './ledger.ts';
import { emptyHistory, listingsOf, type Mainline, type SnapshotHistory, type SnapshotRecord } from './record.ts';
import { parseSnapshotPath } from './snapshot.ts';
import { judge, type TreeSnapshot } from './standing.ts';

/** What Git can be asked for. Each answer costs a fixed number of processes, whatever the repo's size. */
export interface RecordSource {
  readonly mainline: (settings: Settings) => Promise<Mainline>;
  /** Texts of blobs by id. */
  readonly blobs: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly snapshotHistory: (mainline: Mainline) => Promise<SnapshotHistory>;
  /** The first-parent history of the input files up to the merge-base, oldest first. */
  readonly inputHistory: (mainline: Mainline, settings: Settings) => Promise<readonly HistoryStep[]>;
}

/** The mainline, and its texts where the tree has others. */
export async function gatherRecord(
  source: RecordSource,
  mainline: Mainline,
  files: readonly SourceFile[],
): Promise<SnapshotRecord> {
  const ids = blobsToRead(files, mainline);
  const blobs = ids.length === 0 ? new Map<string, string>() : await source.blobs(ids);
  return { mainline, blobs, history: undefined };
}

/** Ledgers with all the history that they need. */
export interface OpenBooks {
  readonly books: Books;
  readonly ledgers: readonly Ledger[];
}

/** Opens the ledgers, and asks for the history of snapshots where something depends on it. */
export async function gatherHistory(
  source: RecordSource,
  { snapshots, ...rest }: Omit<Books, 'snapshots'> & { readonly snapshots: readonly TreeSnapshot[] },
): Promise<OpenBooks> {
  const books = { ...rest, snapshots: judge(snapshots, rest.record) };
  const ledgers = openLedgers(books);
  if (rest.record.mainline.kind !== 'known' || !needsHistory(books, ledgers)) return { books, ledgers };
  const history = await source.snapshotHistory(rest.record.mainline);
  const record = { ...rest.record, history };
  const again = { ...rest, record, snapshots: judge(snapshots, record) };
  return { books: again, ledgers: openLedgers(again) };
}

/** The past states of the Applications that never had a snapshot: derivation is a bootstrap. */
export async function gatherDerived(
  source: RecordSource,
  { books, ledgers }: OpenBooks,
  settings: Settings,
  builtins: readonly SourceFile[],
): Promise<PastContent[]> {
  const { mainline, history = emptyHistory } = books.record;
  if (mainline.kind !== 'known' || mainline.isShallow) return [];
  const paths = [...listingsOf(mainline).flatMap(({ blobs }) => [...blobs.keys()]), ...history.everAdded];
  const numbered = new Set(paths.map(applicationOf));
  const wanted = ledgers
    .filter((ledger) => ledger.recorded.length === 0 && !numbered.has(qualifiedName(ledger.id)))
    .filter((ledger) => ledger.application !== undefined)
    .map(({ id }): ObjectName => id);
  if (wanted.length === 0) return [];
  return derive(await source.inputHistory(mainline, settings), wanted, shippedDefinitions(builtins));
}

function needsHistory({ catalog, settled, snapshots }: Books, ledgers: readonly Ledger[]): boolean {
  const isOpen = ledgers.some(
    (ledger) => ledger.pending.length + ledger.taken.length > 0 || !holdsPresent(ledger, ledger.recorded),
  );
  return isOpen || settled.size > 0 || namesAbsent(catalog, snapshots);
}

/** Whether an AppDeployment names what the tree lacks. */
function namesAbsent({ appDeployments }: Catalog, snapshots: readonly TreeSnapshot[]): boolean {
  const present = new Set(snapshots.map(({ snapshot }) => qualifiedName(snapshot)));
  return appDeployments.some(({ namespace, object }) =>
    object.spec.appRevisions.some(({ revisionName }) => !present.has(qualifiedName({ namespace, name: revisionName }))),
  );
}

function applicationOf(path: string): string {
  const place = parseSnapshotPath(path);
  return place === undefined ? '' : qualifiedName(place.application);
}
