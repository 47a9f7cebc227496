import type { Catalog, SourceFile } from '../model/catalog.ts';
import type { Revision } from '../model/revision.ts';
import { isBlob, type Listing, nearestTips, type SnapshotRecord } from './record.ts';
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
  const { mainline } = record;
  if (mainline.kind === 'none') return { kind: 'published', on: [] };
  if (mainline.kind === 'unknown') return { kind: 'unverified', on: [] };
  const found = standingAt(tree, record, mainline) ?? standingInHistory(tree, record, mainline.name);
  if (found === undefined) return { kind: isImported(tree) ? 'imported' : 'pending', on: [] };
  // What runs under an imported number cannot move to another one.
  return found.kind === 'taken' && isImported(tree) ? { ...found, kind: 'changed' } : found;
}

/** What the merge-base and the tips say. */
function standingAt(
  tree: TreeSnapshot,
  record: SnapshotRecord,
  { bases, tips }: { readonly bases: readonly Listing[]; readonly tips: readonly Listing[] },
): Standing | undefined {
  const refs = (listings: readonly Listing[]): string[] => [...new Set(listings.map(({ ref }) => ref))];
  const holding = (listings: readonly Listing[]): Listing[] =>
    listings.filter(({ blobs }) => blobs.has(tree.snapshot.origin.path));
  const alike = (listings: readonly Listing[]): Listing[] =>
    holding(listings).filter((listing) => isAlike(tree, listing, record));
  const near = nearestTips(record.mainline);
  const others = tips.filter((tip) => !near.includes(tip));
  const same = [[...alike(near), ...alike(others)], alike(bases)].find((found) => found.length > 0);
  // Another line's content is no excuse for changing what the own one published.
  const isOwnChanged = holding(bases).length > 0 && alike(near).length + alike(bases).length === 0;
  if (isOwnChanged) return { kind: 'changed', on: refs(holding(bases)) };
  if (same !== undefined) return { kind: 'published', on: refs(same) };
  return holding(tips).length > 0 ? { kind: 'taken', on: refs(holding(tips)) } : undefined;
}

/** What the history says: a root that moves takes its snapshots along, and what was deleted may be restored. */
function standingInHistory(
  { snapshot, text }: TreeSnapshot,
  { history }: SnapshotRecord,
  mainline: string,
): Standing | undefined {
  const { path } = snapshot.origin;
  const moved = history?.elsewhere.get(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  const last = history?.gone.get(path);
  if ([...moved, ...(last === undefined ? [] : [last])].some((id) => isBlob(id, text)))
    return { kind: 'published', on: [mainline] };
  return history?.births.some((birth) => birth.path === path) === true ? { kind: 'taken', on: [mainline] } : undefined;
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
