import { type Catalog, type Declaration, type ObjectName, qualifiedName } from '../model/catalog.ts';
import type { Application, ApplicationRevision } from '../model/kinds.gen.ts';
import { byText, groupBy } from '../model/plain.ts';
import type { Staged } from '../model/problem.ts';
import type { Revision, RevisionContent } from '../model/revision.ts';
import { presentContent, sameSpec } from './content.ts';
import { readSnapshot } from './snapshot.ts';

/** A snapshot file, validated. */
export type Snapshot = Declaration<ApplicationRevision>;

/** What is on record of one Application. */
export interface Ledger {
  readonly id: ObjectName;
  /** The Application as the tree has it; undefined when only its snapshots are left. */
  readonly application: Declaration<Application> | undefined;
  /** What a revision would pin now. */
  readonly present: Staged<RevisionContent> | undefined;
  /** Revisions whose snapshot is published and stands in the tree, by number. */
  readonly recorded: readonly Revision[];
  readonly wasPublished: boolean;
}

/** Opens the ledger of every Application that the tree or a snapshot knows, by namespace and name. */
export function openLedgers(catalog: Catalog, published: readonly Snapshot[]): Ledger[] {
  const applications = new Map(catalog.applications.map((application) => [qualifiedName(application), application]));
  const inTree = groupBy(catalog.snapshots, (snapshot) => qualifiedName(applicationOf(snapshot)));
  const publishedKeys = new Set(published.map((snapshot) => qualifiedName(applicationOf(snapshot))));
  const publishedPaths = new Set(published.map(({ origin }) => origin.path));
  const keys = new Set([...applications.keys(), ...inTree.keys()]);
  return [...keys].toSorted(byText).map((key) => {
    const application = applications.get(key);
    const snapshots = (inTree.get(key) ?? []).filter(({ origin }) => publishedPaths.has(origin.path));
    return {
      id: idOf(key),
      application,
      present: application === undefined ? undefined : presentContent(application, catalog.definitions),
      recorded: snapshots.map((each) => readSnapshot(each, 'published')).toSorted((a, b) => a.number - b.number),
      wasPublished: publishedKeys.has(key),
    };
  });
}

/** Whether the newest of the revisions has the Application's present content. */
export function holdsPresent({ present }: Ledger, revisions: readonly Revision[]): boolean {
  const newest = revisions.at(-1);
  return present === undefined || (newest !== undefined && sameSpec(newest, present.value));
}

function applicationOf({ namespace, object }: Snapshot): ObjectName {
  return { namespace, name: object.spec.application.metadata.name };
}

function idOf(key: string): ObjectName {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}
