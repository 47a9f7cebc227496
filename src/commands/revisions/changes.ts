import type { Writes } from '../../io/write.ts';
import { type ObjectName, qualifiedName } from '../../model/catalog.ts';
import type { ResolvedRepo } from '../../plan.ts';
import { rehearse } from '../../render/render.ts';
import { parseSnapshotPath } from '../../resolve/snapshot.ts';

/**
 * What a resolution does to the snapshots of some Applications. New revisions are rendered first,
 * since a snapshot cannot be mended once it is published.
 *
 * @throws InputProblems when one does not render
 */
export function snapshotChanges(
  { resolution, templates, findings }: ResolvedRepo,
  applications: readonly ObjectName[],
): Writes {
  const keys = new Set(applications.map(qualifiedName));
  const isOwn = (path: string): boolean => {
    const place = parseSnapshotPath(path);
    return place !== undefined && keys.has(qualifiedName(place.application));
  };
  const own = resolution.made.filter(({ application }) => keys.has(qualifiedName(application)));
  findings.stage(rehearse(own, { placed: [], direct: [], picks: [] }, templates));
  return {
    files: new Map([...resolution.writes].filter(([path]) => isOwn(path))),
    removals: resolution.removals.filter(isOwn),
  };
}
