import { type Catalog, type ObjectName, qualifiedName } from '../model/catalog.ts';
import { type Problem, problem, type Staged, stagedAll } from '../model/problem.ts';
import { type PastContent, type Revision, type RevisionContent, revisionName } from '../model/revision.ts';
import { contentHash } from './content.ts';
import { holdsPresent, type Ledger, type Snapshot } from './ledger.ts';
import { readSnapshot, snapshotPath, snapshotProblems, snapshotText } from './snapshot.ts';

/** What history says: the snapshots that are published, and what is known beyond them. */
export interface Published {
  readonly snapshots: readonly Snapshot[];
  /** Snapshot paths that ever stood in the mainline; their numbers are spent. */
  readonly spent: readonly string[];
  /** States of Applications that have no published snapshot, oldest first. */
  readonly derived: readonly PastContent[];
}

/** Every revision, and what has to be done to the snapshots so that they say the same. */
export interface Resolution {
  readonly revisions: readonly Revision[];
  readonly writes: ReadonlyMap<string, string>;
  readonly removals: readonly string[];
}

/** Tree + what is published → revisions and writes. Pure: the same for the same input. */
export function resolveRevisions(
  { snapshots }: Catalog,
  ledgers: readonly Ledger[],
  published: Published,
): Staged<Resolution> {
  const resolved = stagedAll(ledgers.map((ledger) => resolveOne(ledger, published)));
  const revisions = resolved.value.flat();
  const pending = revisions.filter(({ state }) => state === 'pending');
  const kept = new Set(revisions.map(pathOf));
  const value = {
    revisions,
    writes: new Map(pending.map((revision) => [pathOf(revision), snapshotText(revision)])),
    removals: snapshots.map(({ origin }) => origin.path).filter((path) => !kept.has(path)),
  };
  return { value, problems: [...treeProblems(snapshots, published), ...resolved.problems] };
}

/** Recorded revisions, else those derived from history; then the pending one, if the content is new. */
function resolveOne(ledger: Ledger, published: Published): Staged<Revision[]> {
  const { id, application, present, recorded, wasPublished } = ledger;
  const baseline = wasPublished ? recorded : derivedRevisions(id, published.derived);
  if (application === undefined || present === undefined) return { value: [...baseline], problems: [] };
  if (holdsPresent(ledger, baseline)) {
    // Mistakes in the present content are shown where the user edits it, not in the snapshot.
    const shown = baseline.map((each, index) =>
      index === baseline.length - 1 ? { ...each, locate: application.locate } : each,
    );
    return { value: shown, problems: [] };
  }
  const number = nextNumber(id, baseline, published);
  return { value: [...baseline, pendingRevision(application, number, present.value)], problems: present.problems };
}

function derivedRevisions(id: ObjectName, derived: readonly PastContent[]): Revision[] {
  const own = derived.filter(({ application }) => qualifiedName(application) === qualifiedName(id));
  return own.map((past, index) => pendingRevision({ ...id, ...past }, index + 1, past.content));
}

function pendingRevision(
  { namespace, name, origin, locate }: ObjectName & Pick<Revision, 'origin' | 'locate'>,
  number: number,
  content: RevisionContent,
): Revision {
  const application = { namespace, name };
  const hash = contentHash(application, content);
  return { ...content, name: revisionName(name, number), number, application, state: 'pending', hash, origin, locate };
}

/** One more than every number that stands in the tree or ever stood in the mainline. */
function nextNumber(id: ObjectName, baseline: readonly Revision[], { spent, snapshots }: Published): number {
  const folder = snapshotPath(id, 1).replace(/1\.yaml$/, '');
  const paths = [...spent, ...snapshots.map(({ origin }) => origin.path)].filter((path) => path.startsWith(folder));
  const numbers = paths.map((path) => Number(path.slice(folder.length, -'.yaml'.length))).filter(Number.isSafeInteger);
  return 1 + Math.max(0, ...baseline.map(({ number }) => number), ...numbers);
}

function pathOf({ application, number }: Revision): string {
  return snapshotPath(application, number);
}

/** What is wrong with the snapshots of the tree: by themselves, and against what is published. */
function treeProblems(snapshots: readonly Snapshot[], { snapshots: published }: Published): Problem[] {
  const before = new Map(published.map((snapshot) => [snapshot.origin.path, snapshot]));
  return snapshots.flatMap((snapshot) => {
    const now = readSnapshot(snapshot, 'pending');
    const then = before.get(snapshot.origin.path);
    const changed = then !== undefined && then !== snapshot && readSnapshot(then, 'published').hash !== now.hash;
    const edited = changed
      ? [problem('SNAPSHOT_CHANGED', snapshot.origin, `${snapshot.name} is published with another content`)]
      : [];
    // A pending snapshot is rewritten or removed in any case.
    const isPending = then === undefined;
    const wrong = snapshotProblems(snapshot, now).filter(({ code }) => !isPending || code !== 'SNAPSHOT_CHANGED');
    return [...wrong, ...edited];
  });
}
