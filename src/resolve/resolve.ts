import { type ObjectName, qualifiedName } from '../model/catalog.ts';
import { type Problem, type Staged, stagedAll } from '../model/problem.ts';
import {
  type AbsentRevision,
  type PastContent,
  type Revision,
  type RevisionContent,
  revisionName,
} from '../model/revision.ts';
import { absentRevisions } from './absent.ts';
import { contentHash } from './content.ts';
import { type Books, holdsPresent, type Ledger } from './ledger.ts';
import { numberFor } from './numbers.ts';
import { renumberings, type Renumbering, renumberingProblems } from './renumbering.ts';
import type { SnapshotRecord } from './record.ts';
import { cutAnnotation, parseSnapshotPath, snapshotPath, snapshotText } from './snapshot.ts';
import { snapshotProblems } from './snapshot-problems.ts';
import { undecidable } from './undecidable.ts';

/** What the revisions depend on besides the books. */
export interface Decisions {
  /** States of Applications that have no snapshot at all, oldest first. */
  readonly derived: readonly PastContent[];
  /** Applications whose next revision is wanted though only a definition changed. */
  readonly cut: (application: ObjectName) => boolean;
}

/** Every revision, and what has to be done to the snapshots so that they say the same. */
export interface Resolution {
  readonly revisions: readonly Revision[];
  /** Those of them that have no snapshot yet, or one with another content. */
  readonly made: readonly Revision[];
  readonly writes: ReadonlyMap<string, string>;
  readonly removals: readonly string[];
  /** Revisions that the tree lacks, with what is known of them. */
  readonly absent: readonly AbsentRevision[];
}

/** One Application's revisions, those of them that have to be written, and the numbers that it lost. */
interface Resolved {
  readonly revisions: readonly Revision[];
  readonly made: readonly Revision[];
  readonly renumbered: readonly Renumbering[];
}

/** Tree + what is on record → revisions and writes. Pure: the same for the same input. */
export function resolveRevisions(books: Books, ledgers: readonly Ledger[], decisions: Decisions): Staged<Resolution> {
  const { catalog, snapshots, record, settled } = books;
  const resolved = stagedAll(ledgers.map((ledger) => resolveOne(ledger, record, decisions)));
  const revisions = resolved.value.flatMap((each) => each.revisions);
  const made = resolved.value.flatMap((each) => each.made);
  const renumbered = resolved.value.flatMap((each) => each.renumbered);
  const kept = new Set(revisions.map(pathOf));
  const inTree = new Map(snapshots.map(({ snapshot, revision }) => [snapshot.origin.path, revision.hash]));
  const inConflict = [...settled].filter(([path]) => parseSnapshotPath(path) !== undefined);
  const restored = inConflict.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]));
  const present = [...snapshots.map(({ snapshot }) => snapshot.origin.path), ...inConflict.map(([path]) => path)];
  const value = {
    revisions,
    made: made.filter((revision) => inTree.get(pathOf(revision)) !== revision.hash),
    writes: new Map([...restored, ...made.map((revision) => [pathOf(revision), textOf(revision)] as const)]),
    removals: [...new Set(present)].filter((path) => !kept.has(path)),
    absent: absentRevisions(revisions, renumbered, record),
  };
  const problems = [
    ...snapshotProblems(snapshots, record),
    ...resolved.problems,
    ...renumberingProblems(renumbered, catalog),
  ];
  return { value, problems };
}

/** Recorded revisions, else those derived from history; then the pending one, if the content is new. */
function resolveOne(ledger: Ledger, record: SnapshotRecord, { derived, cut }: Decisions): Staged<Resolved> {
  const { id, application, present, recorded } = ledger;
  const bootstrap = recorded.length > 0 ? [] : derivedRevisions(id, derived);
  const baseline = [recorded, bootstrap, takenAlong(ledger)].find((revisions) => revisions.length > 0) ?? [];
  const settledAs = (revisions: readonly Revision[], problems: readonly Problem[] = []): Staged<Resolved> => ({
    value: { revisions, made: bootstrap, renumbered: [] },
    problems,
  });
  if (application === undefined || present === undefined) return settledAs(baseline);
  const own = { ...ledger, pending: notIn(baseline, ledger.pending) };
  const isCut = ledger.isCut || cut(id);
  const isOtherSpec = !holdsPresent(ledger, baseline);
  const isNew = isOtherSpec || (isCut && contentHash(id, present.value) !== baseline.at(-1)?.hash);
  if (!isNew) return settledAs(atApplication(baseline, application));
  const numbering = numberFor(own, present.value, baseline, record);
  const blocked = undecidable(application, numbering, own, record);
  if (blocked.length > 0) return settledAs(atApplication(baseline, application), blocked);
  const revision = {
    ...pendingRevision({ ...application, ...id }, numbering.number, present.value),
    isCut: !isOtherSpec,
  };
  const value = {
    revisions: [...baseline, revision],
    made: [...bootstrap, revision],
    renumbered: renumberings(own, application, numbering.number),
  };
  return { value, problems: present.problems };
}

/**
 * Several snapshots of an Application that the mainline never had were brought here as they are, say
 * with a folder of another repo: none of them is thrown away.
 */
function takenAlong({ pending, taken }: Ledger): readonly Revision[] {
  return pending.length + taken.length > 1 ? pending : [];
}

/** Mistakes in the present content are shown where the user edits it, not in the snapshot. */
function atApplication(revisions: readonly Revision[], { locate }: Pick<Revision, 'locate'>): Revision[] {
  return revisions.map((each, index) => (index === revisions.length - 1 ? { ...each, locate } : each));
}

function notIn(baseline: readonly Revision[], revisions: readonly Revision[]): Revision[] {
  return revisions.filter(({ number }) => !baseline.some((other) => other.number === number));
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
  return {
    ...content,
    name: revisionName(name, number),
    number,
    application,
    state: 'pending',
    publishedOn: [],
    hash: contentHash(application, content),
    origin,
    locate,
  };
}

function textOf(revision: Revision): string {
  return snapshotText(revision, revision.isCut === true ? { [cutAnnotation]: 'true' } : undefined);
}

function pathOf({ application, number }: Revision): string {
  return snapshotPath(application, number);
}
