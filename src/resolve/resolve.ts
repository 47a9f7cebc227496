import { type Catalog, type Declaration, type ObjectName, qualifiedName } from '../model/catalog.ts';
import type { Application, ApplicationRevision } from '../model/kinds.gen.ts';
import { byText } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { type PastContent, type Revision, type RevisionContent, revisionName } from '../model/revision.ts';
import { contentHash, presentContent, sameSpec } from './content.ts';
import { readSnapshot, snapshotPath, snapshotProblems, snapshotText } from './snapshot.ts';

type Snapshot = Declaration<ApplicationRevision>;

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
export function resolveRevisions(catalog: Catalog, published: Published): Staged<Resolution> {
  const problems = catalog.snapshots.flatMap((snapshot) => [
    ...snapshotProblems(snapshot, readSnapshot(snapshot, 'pending')),
    ...changedSincePublished(snapshot, published),
  ]);
  const ids = new Map(
    [...catalog.applications, ...catalog.snapshots.map(applicationOf)].map((id) => [
      qualifiedName(id),
      { namespace: id.namespace, name: id.name },
    ]),
  );
  const resolved = [...ids].toSorted(([a], [b]) => byText(a, b)).map(([, id]) => resolveOne(id, catalog, published));
  const revisions = resolved.flatMap(({ value }) => value.revisions);
  const writes = new Map(
    resolved
      .flatMap(({ value }) => value.written)
      .map((revision) => [snapshotPath(revision.application, revision.number), snapshotText(revision)]),
  );
  const kept = new Set(revisions.map(({ application, number }) => snapshotPath(application, number)));
  const removals = catalog.snapshots.map(({ origin }) => origin.path).filter((path) => !kept.has(path));
  return {
    value: { revisions, writes, removals },
    problems: [...problems, ...resolved.flatMap((each) => each.problems)],
  };
}

/** The Application that a snapshot is of. */
export function applicationOf({ namespace, object }: Snapshot): ObjectName {
  return { namespace, name: object.spec.application.metadata.name };
}

/** The Applications whose present content no published snapshot holds: only they need Git's history. */
export function unrecorded(catalog: Catalog, published: readonly Snapshot[]): ObjectName[] {
  return catalog.applications.filter((application) => {
    const newest = newestOf(
      catalog.snapshots
        .filter((snapshot) => isOf(snapshot, application) && isPublished(snapshot, published))
        .map((snapshot) => readSnapshot(snapshot, 'published')),
    );
    return newest === undefined || !sameSpec(newest, presentContent(application, catalog.definitions).value);
  });
}

interface Resolved {
  readonly revisions: readonly Revision[];
  readonly written: readonly Revision[];
}

function resolveOne(id: ObjectName, catalog: Catalog, published: Published): Staged<Resolved> {
  const recorded = catalog.snapshots
    .filter((snapshot) => isOf(snapshot, id) && isPublished(snapshot, published.snapshots))
    .map((snapshot) => readSnapshot(snapshot, 'published'));
  const everPublished = published.snapshots.some((snapshot) => isOf(snapshot, id));
  const derived = everPublished
    ? []
    : published.derived.filter(({ application }) => qualifiedName(application) === qualifiedName(id)).map(numbered);
  const baseline = [...recorded, ...derived].toSorted((a, b) => a.number - b.number);
  const application = catalog.applications.find((each) => qualifiedName(each) === qualifiedName(id));
  if (application === undefined) return { value: { revisions: baseline, written: derived }, problems: [] };
  const { value: content, problems } = presentContent(application, catalog.definitions);
  const newest = newestOf(baseline);
  if (newest !== undefined && sameSpec(newest, content)) {
    // Mistakes in the present content are shown where the user edits it, not in the snapshot.
    const shown = baseline.map((revision) =>
      revision === newest ? { ...revision, locate: application.locate } : revision,
    );
    return { value: { revisions: shown, written: derived }, problems: [] };
  }
  const pending = makeRevision(application, nextNumber(id, baseline, published), content);
  return { value: { revisions: [...baseline, pending], written: [...derived, pending] }, problems };
}

function makeRevision(
  { namespace, name, origin, locate }: Declaration<Application>,
  number: number,
  content: RevisionContent,
): Revision {
  const id = { namespace, name };
  return {
    ...content,
    name: revisionName(name, number),
    number,
    application: id,
    state: 'pending',
    hash: contentHash(id, content),
    origin,
    locate,
  };
}

function numbered({ application, content, origin, locate }: PastContent, index: number): Revision {
  return {
    ...content,
    name: revisionName(application.name, index + 1),
    number: index + 1,
    application,
    state: 'pending',
    hash: contentHash(application, content),
    origin,
    locate,
  };
}

/** One more than every number that stands in the tree or ever stood in the mainline. */
function nextNumber(id: ObjectName, baseline: readonly Revision[], { spent, snapshots }: Published): number {
  const folder = snapshotPath(id, 1).replace(/1\.yaml$/, '');
  const numbers = [...spent, ...snapshots.map(({ origin }) => origin.path)]
    .filter((path) => path.startsWith(folder))
    .map((path) => Number(path.slice(folder.length, -'.yaml'.length)));
  return 1 + Math.max(0, ...baseline.map(({ number }) => number), ...numbers.filter(Number.isSafeInteger));
}

function newestOf(revisions: readonly Revision[]): Revision | undefined {
  return revisions.toSorted((a, b) => a.number - b.number).at(-1);
}

function isOf(snapshot: Snapshot, id: ObjectName): boolean {
  return qualifiedName(applicationOf(snapshot)) === qualifiedName(id);
}

function isPublished({ origin }: Snapshot, published: readonly Snapshot[]): boolean {
  return published.some((each) => each.origin.path === origin.path);
}

function changedSincePublished(snapshot: Snapshot, { snapshots }: Published): Problem[] {
  const before = snapshots.find(({ origin }) => origin.path === snapshot.origin.path);
  if (before === undefined || readSnapshot(before, 'published').hash === readSnapshot(snapshot, 'published').hash)
    return [];
  return [problem('SNAPSHOT_CHANGED', snapshot.origin, `${snapshot.name} is published with another content`)];
}
