import type { SourceFile } from '../model/catalog.ts';
import { mergeMarkerLine } from '../load/merge-markers.ts';
import { isRecordPath } from '../load/record-folders.ts';
import {
  isBlob,
  type Listing,
  listingsByNearness,
  listingsOf,
  nearestTips,
  type Mainline,
  type SnapshotRecord,
} from './record.ts';
import { parseSnapshotPath } from './snapshot.ts';

/** The files with every conflicted record settled. */
export interface SettledFiles {
  readonly files: readonly SourceFile[];
  /** What was settled: the mainline's text, or undefined where the mainline has no such file. */
  readonly settled: ReadonlyMap<string, string | undefined>;
}

/** The ids of the blobs whose text is needed: those that the tree has with other bytes. */
export function blobsToRead(files: readonly SourceFile[], mainline: Mainline): string[] {
  const listings = listingsOf(mainline);
  return files.flatMap(({ path, text }) =>
    isRecordPath(path)
      ? listings.flatMap(({ blobs }) => {
          const id = blobs.get(path);
          return id === undefined || isBlob(id, text) ? [] : [id];
        })
      : [],
  );
}

/**
 * A snapshot or placement record with merge markers is read as the mainline has it: its tip, else
 * the merge-base. One that the mainline lacks was ours on both sides, and is written anew. With
 * `repair`, so are the published snapshots that the tree has changed.
 */
export function settleConflicts(
  files: readonly SourceFile[],
  { mainline, blobs }: SnapshotRecord,
  { repair }: { readonly repair: boolean },
): SettledFiles {
  if (mainline.kind !== 'known') return { files, settled: new Map() };
  const settled = new Map<string, string | undefined>();
  const kept = files.flatMap((file): SourceFile[] => {
    const isBroken =
      mergeMarkerLine(file.text) !== undefined || (repair && isChanged(file, mainline.bases, nearestTips(mainline)));
    if (!isRecordPath(file.path) || !isBroken) return [file];
    const ids = listingsByNearness(mainline).flatMap((listing) => listing.blobs.get(file.path) ?? []);
    const text = ids.map((id) => blobs.get(id)).find((each) => each !== undefined);
    settled.set(file.path, text);
    return text === undefined ? [] : [{ path: file.path, text }];
  });
  return { files: kept, settled };
}

/** Whether the merge-base has a snapshot that stands here as its own line never had it. */
function isChanged({ path, text }: SourceFile, bases: readonly Listing[], tips: readonly Listing[]): boolean {
  const isHere = ({ blobs }: Listing): boolean => isBlob(blobs.get(path) ?? '', text);
  const isPublished = parseSnapshotPath(path) !== undefined && bases.some(({ blobs }) => blobs.has(path));
  return isPublished && ![...bases, ...tips].some(isHere);
}
