import type { Catalog, SourceFile } from '../model/catalog.ts';
import type { Revision } from '../model/revision.ts';
import { isBlob, type Listing, type SnapshotRecord } from './record.ts';
import { importedAnnotation, readSnapshot, readSnapshotFile, type Snapshot } from './snapshot.ts';

/** A snapshot of the tree, read once. */
export interface TreeSnapshot {
  readonly snapshot: Snapshot;
  readonly revision: Revision;
  readonly text: string;
}

/**
 * What a snapshot of the tree is. `published`: on the mainline as it stands here. `changed`: on the
 * mainline with another content, and not ours to change. `taken`: ours, but its number went to
 * another content on the mainline. `imported`: taken over from a live KubeVela. `unverified`: no
 * mainline is known. Everything else is `pending`.
 */
export type StandingKind = 'published' | 'changed' | 'taken' | 'imported' | 'unverified' | 'pending';

/** A standing, with the branches that have the snapshot. */
export interface Standing {
  readonly kind: StandingKind;
  readonly on: readonly string[];
}

/** A snapshot of the tree, held against the record. */
export interface JudgedSnapshot extends TreeSnapshot {
  readonly standing: Standing;
}

/** Reads the snapshots of the tree. */
export function readSnapshots({ snapshots }: Catalog, files: readonly SourceFile[]): TreeSnapshot[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return snapshots.map((snapshot) => ({
    snapshot,
    revision: readSnapshot(snapshot),
    text: texts.get(snapshot.origin.path) ?? '',
  }));
}

/** Holds every snapshot of the tree against what is on record. */
export function judge(snapshots: readonly TreeSnapshot[], record: SnapshotRecord): JudgedSnapshot[] {
  return snapshots.map((tree) => ({ ...tree, standing: standingOf(tree, record) }));
}

function standingOf(tree: TreeSnapshot, record: SnapshotRecord): Standing {
  const { mainline, history } = record;
  if (mainline.kind === 'none') return { kind: 'published', on: [] };
  if (mainline.kind === 'unknown') return { kind: 'unverified', on: [] };
  const { path } = tree.snapshot.origin;
  const holding = (listings: readonly Listing[]): Listing[] => listings.filter(({ blobs }) => blobs.has(path));
  const alike = (listings: readonly Listing[]): string[] =>
    holding(listings)
      .filter((listing) => isAlike(tree, listing, record))
      .map(({ ref }) => ref);
  const [atTips, atBases] = [alike(mainline.tips), alike(mainline.bases)];
  if (atTips.length > 0 || atBases.length > 0)
    return { kind: 'published', on: [...new Set(atTips.length > 0 ? atTips : atBases)] };
  if (holding(mainline.bases).length > 0) return { kind: 'changed', on: holding(mainline.bases).map(({ ref }) => ref) };
  if (holding(mainline.tips).length > 0) return { kind: 'taken', on: holding(mainline.tips).map(({ ref }) => ref) };
  // A root that moves takes its snapshots along.
  const moved = history?.elsewhere.get(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  if (moved.some((id) => isBlob(id, tree.text))) return { kind: 'published', on: [mainline.name] };
  const last = history?.gone.get(path);
  // What was deleted and stands here again as it was has been restored.
  if (last !== undefined && isBlob(last, tree.text)) return { kind: 'published', on: [mainline.name] };
  if (history?.births.some((birth) => birth.path === path) === true) return { kind: 'taken', on: [mainline.name] };
  return { kind: isImported(tree) ? 'imported' : 'pending', on: [] };
}

/** The same bytes; or other bytes that mean the same revision. */
function isAlike(
  { snapshot: { origin }, revision, text }: TreeSnapshot,
  { blobs }: Listing,
  record: SnapshotRecord,
): boolean {
  const id = blobs.get(origin.path) ?? '';
  if (isBlob(id, text)) return true;
  const other = record.blobs.get(id);
  return other !== undefined && readSnapshotFile({ path: origin.path, text: other })?.hash === revision.hash;
}

function isImported({ snapshot: { object } }: TreeSnapshot): boolean {
  return object.metadata.annotations?.[importedAnnotation] === 'true';
}
