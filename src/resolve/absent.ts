import { type ObjectName, qualifiedName } from '../model/catalog.ts';
import { type AbsentRevision, type Revision, revisionName } from '../model/revision.ts';
import { listingsOf, type SnapshotRecord } from './record.ts';
import type { Renumbering } from './renumbering.ts';
import { parseSnapshotPath } from './snapshot.ts';

/** The revisions that the mainline has or had and the tree lacks, and those that were renumbered. */
export function absentRevisions(
  revisions: readonly Revision[],
  renumbered: readonly Renumbering[],
  { mainline, history }: SnapshotRecord,
): AbsentRevision[] {
  const present = new Set(revisions.map(({ name, application }) => qualifiedName({ ...application, name })));
  const moved = renumbered.map(({ application, from, to }) => ({
    namespace: application.namespace,
    name: from,
    cure: `It was renumbered: write ${to}.`,
  }));
  const onMainline = listingsOf(mainline).flatMap(({ ref, blobs }) =>
    [...blobs.keys()].flatMap((path) =>
      named(path, (name) => `It is on ${ref}: merge that, or run \`appdeploy revisions restore ${name}\`.`),
    ),
  );
  const deleted = [...(history?.gone.keys() ?? [])].flatMap((path) =>
    named(path, (name) => `It was deleted: \`appdeploy revisions restore ${name}\` brings it back.`),
  );
  const absent = new Map<string, AbsentRevision>();
  for (const each of [...moved, ...onMainline, ...deleted]) {
    const key = qualifiedName(each);
    if (!present.has(key) && !absent.has(key)) absent.set(key, each);
  }
  return [...absent.values()];
}

function named(path: string, cure: (name: string) => string): AbsentRevision[] {
  const place = parseSnapshotPath(path);
  if (place === undefined) return [];
  const { namespace, name: application }: ObjectName = place.application;
  const name = revisionName(application, place.number);
  return [{ namespace, name, cure: cure(name) }];
}
