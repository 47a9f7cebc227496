import type { ObjectName } from '../model/catalog.ts';
import { revisionName } from '../model/revision.ts';
import { listingsByNearness, type Mainline, type SnapshotHistory } from './record.ts';
import { parseSnapshotPath } from './snapshot.ts';

/** A snapshot that the mainline has or had. */
export interface Restorable extends ObjectName {
  readonly path: string;
  readonly blob: string;
}

/** Every snapshot that can be brought back: from the tips, the merge-base, or what was deleted. */
export function restorable(mainline: Mainline, { gone }: SnapshotHistory): Restorable[] {
  const blobs = new Map([
    ...gone,
    ...listingsByNearness(mainline)
      .toReversed()
      .flatMap((listing) => [...listing.blobs]),
  ]);
  return [...blobs].flatMap(([path, blob]) => {
    const place = parseSnapshotPath(path);
    if (place === undefined) return [];
    const { namespace, name } = place.application;
    return [{ namespace, name: revisionName(name, place.number), path, blob }];
  });
}
