import { type Catalog, type Declaration, type ObjectName, qualifiedName } from '../model/catalog.ts';
import type { Application } from '../model/kinds.gen.ts';
import { byText, groupBy } from '../model/plain.ts';
import type { Staged } from '../model/problem.ts';
import type { Revision, RevisionContent } from '../model/revision.ts';
import { presentContent, sameSpec } from './content.ts';
import type { SnapshotRecord } from './record.ts';
import { cutAnnotation, parseSnapshotPath } from './snapshot.ts';
import type { JudgedSnapshot, StandingKind } from './standing.ts';

/** A number that was ours and is another content's on the mainline. */
export interface TakenNumber {
  readonly number: number;
  /** The branches that have it. */
  readonly on: readonly string[];
}

/** What is on record of one Application. */
export interface Ledger {
  readonly id: ObjectName;
  /** The Application as the tree has it; undefined when only its snapshots are left. */
  readonly application: Declaration<Application> | undefined;
  /** What a revision would pin now. */
  readonly present: Staged<RevisionContent> | undefined;
  /** Revisions that are not ours to change: published, imported, or not to be verified; by number. */
  readonly recorded: readonly Revision[];
  /** Snapshots that only this tree has, by number. */
  readonly pending: readonly Revision[];
  readonly taken: readonly TakenNumber[];
  /** Whether one of ours was cut for its definitions. */
  readonly isCut: boolean;
}

/** The tree with what is on record of its Applications. */
export interface Books {
  readonly catalog: Catalog;
  readonly snapshots: readonly JudgedSnapshot[];
  readonly record: SnapshotRecord;
  /** Conflicted snapshots that were read from the mainline. */
  readonly settled: ReadonlyMap<string, string | undefined>;
}

/** Opens the ledger of every Application that the tree or a snapshot knows, by namespace and name. */
export function openLedgers({ catalog, snapshots, record, settled }: Books): Ledger[] {
  const applications = new Map(catalog.applications.map((application) => [qualifiedName(application), application]));
  const judged = groupBy(snapshots, ({ revision }) => qualifiedName(revision.application));
  const lost = groupBy(lostInConflicts(settled, record), ({ id }) => qualifiedName(id));
  const keys = new Set([...applications.keys(), ...judged.keys()]);
  return [...keys].toSorted(byText).map((key) => {
    const application = applications.get(key);
    const own = judged.get(key) ?? [];
    return {
      id: idOf(key),
      application,
      present: application === undefined ? undefined : presentContent(application, catalog.definitions),
      isCut: own.some(isOwnCut),
      recorded: revisionsOf(own, ['published', 'changed', 'imported', 'unverified']),
      pending: revisionsOf(own, ['pending']),
      taken: [
        ...own
          .filter(({ standing }) => standing.kind === 'taken')
          .map(({ revision, standing }) => ({ number: revision.number, on: standing.on })),
        ...(lost.get(key) ?? []),
      ],
    };
  });
}

/** Whether the newest revision on record has the Application's present content. */
export function holdsPresent({ present }: Ledger, revisions: readonly Revision[]): boolean {
  const newest = revisions.at(-1);
  return present === undefined || (newest !== undefined && sameSpec(newest, present.value));
}

function isOwnCut({ snapshot, standing }: JudgedSnapshot): boolean {
  const isOwn = standing.kind === 'pending' || standing.kind === 'taken';
  return isOwn && snapshot.object.metadata.annotations?.[cutAnnotation] === 'true';
}

function revisionsOf(judged: readonly JudgedSnapshot[], kinds: readonly StandingKind[]): Revision[] {
  return judged
    .filter(({ standing }) => kinds.includes(standing.kind))
    .map(({ revision, standing }): Revision => ({
      ...revision,
      state: standing.kind === 'imported' || standing.kind === 'pending' ? standing.kind : 'published',
      publishedOn: standing.on,
    }))
    .toSorted((a, b) => a.number - b.number);
}

/** A conflicted snapshot that the mainline has means that ours lost its number. */
function lostInConflicts(
  settled: Books['settled'],
  { mainline }: SnapshotRecord,
): (TakenNumber & { readonly id: ObjectName })[] {
  const on = mainline.kind === 'known' ? [mainline.name] : [];
  return [...settled].flatMap(([path, text]) => {
    const place = parseSnapshotPath(path);
    return place === undefined || text === undefined ? [] : [{ id: place.application, number: place.number, on }];
  });
}

function idOf(key: string): ObjectName {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}
