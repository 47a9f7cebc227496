import type { Observation, Transition } from './finding.ts';

/** Published snapshots that the other side has with another content, or not at all. */
export function snapshotTouched({ before, after }: Transition): Observation[] {
  const now = new Map(after.revisions.map((revision) => [`${revision.application} ${revision.name}`, revision]));
  return before.revisions
    .filter(({ isPublished }) => isPublished)
    .flatMap(({ application, name, hash }): Observation[] => {
      const same = now.get(`${application} ${name}`);
      if (same?.hash === hash) return [];
      return same === undefined
        ? [{ code: 'SNAPSHOT_REMOVED', message: `the snapshot of ${name} is removed` }]
        : [{ code: 'SNAPSHOT_TOUCHED', message: `the published snapshot of ${name} has another content` }];
    });
}
