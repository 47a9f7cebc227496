import type { Writes } from '../../io/write.ts';
import { type ObjectName, qualifiedName } from '../../model/catalog.ts';
import type { ResolvedRepo } from '../../pipeline.ts';
import { parseSnapshotPath } from '../../resolve/snapshot.ts';

/** What a resolution does to the snapshots of some Applications. */
export function snapshotChanges({ resolution }: ResolvedRepo, applications: readonly ObjectName[]): Writes {
  const keys = new Set(applications.map(qualifiedName));
  const isOwn = (path: string): boolean => {
    const place = parseSnapshotPath(path);
    return place !== undefined && keys.has(qualifiedName(place.application));
  };
  return {
    files: new Map([...resolution.writes].filter(([path]) => isOwn(path))),
    removals: resolution.removals.filter(isOwn),
  };
}
