import { qualifiedName } from '../model/catalog.ts';
import type { Revision, RevisionContent } from '../model/revision.ts';
import { contentHash } from './content.ts';
import type { Ledger } from './ledger.ts';
import { listingsOf, type SnapshotRecord } from './record.ts';
import { parseSnapshotPath } from './snapshot.ts';

/** A number for the pending revision. */
export interface Numbering {
  readonly number: number;
  /** Whether it is a new one, and not that of a snapshot in the tree. */
  readonly isNew: boolean;
}

/**
 * A pending revision keeps its number as long as nobody took it or a higher one on the mainline;
 * else it gets one more than every number that ever was. So numbers are never reused, and the one
 * that a pull request reviews is the one that merges.
 */
export function numberFor(
  { id, pending }: Ledger,
  present: RevisionContent,
  baseline: readonly Revision[],
  record: SnapshotRecord,
): Numbering {
  const known = listingsOf(record.mainline).flatMap(({ blobs }) => [...blobs.keys()]);
  const births = record.history?.births.map(({ path }) => path) ?? [];
  const numbers = (paths: readonly string[]): number[] => paths.flatMap((path) => numberOf(path, qualifiedName(id)));
  const highest = Math.max(0, ...baseline.map(({ number }) => number), ...numbers([...known, ...births]));
  const free = pending.filter(({ number }) => number > highest);
  const isSame = ({ hash, renderFormat }: Revision): boolean => hash === contentHash(id, { ...present, renderFormat });
  const kept = free.find(isSame) ?? free[0];
  if (kept !== undefined) return { number: kept.number, isNew: false };
  return { number: 1 + Math.max(highest, ...numbers(record.history?.everAdded ?? [])), isNew: true };
}

function numberOf(path: string, application: string): number[] {
  const place = parseSnapshotPath(path);
  return place !== undefined && qualifiedName(place.application) === application ? [place.number] : [];
}
