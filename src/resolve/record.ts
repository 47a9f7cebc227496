import { createHash } from 'node:crypto';

/** The files of our record folders at one commit: path → blob id. */
export interface Listing {
  /** The branch that the commit was found by, `origin/main`. */
  readonly ref: string;
  readonly commit: string;
  readonly blobs: ReadonlyMap<string, string>;
}

/**
 * What Git says of the mainline. `none`: there is no Git, and what the folder holds is published.
 * `unknown`: there is Git, but no mainline can be found, or no merge-base with it.
 */
export type Mainline =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | {
      readonly kind: 'known';
      /** For messages, `origin/main`. */
      readonly name: string;
      readonly isShallow: boolean;
      /** The merge-bases of HEAD with the mainline; HEAD itself where it is on the mainline. */
      readonly bases: readonly Listing[];
      /** The tips of all mainlines. */
      readonly tips: readonly Listing[];
    };

/** The snapshots in the mainline's history. */
export interface SnapshotHistory {
  /** When each snapshot first stood on the mainline, oldest first. */
  readonly births: readonly { readonly path: string; readonly commit: string; readonly date: string }[];
  /** The last content of snapshots that were deleted: path → blob id. */
  readonly gone: ReadonlyMap<string, string>;
  /** Paths that any commit added that the mainline contains, side branches included. */
  readonly everAdded: readonly string[];
  /** Snapshots below other folders of the mainline, where the root may have been: file name → blob ids. */
  readonly elsewhere: ReadonlyMap<string, readonly string[]>;
}

/** The history of a mainline without snapshots. */
export const emptyHistory: SnapshotHistory = { births: [], gone: new Map(), everAdded: [], elsewhere: new Map() };

/** All that is known of the snapshots besides the tree. */
export interface SnapshotRecord {
  readonly mainline: Mainline;
  /** Texts by blob id, as far as they were needed. */
  readonly blobs: ReadonlyMap<string, string>;
  /** undefined while nothing depends on it. */
  readonly history: SnapshotHistory | undefined;
}

/** Every listing of a mainline, tips first: what others see now weighs more than what once was. */
export function listingsOf(mainline: Mainline): readonly Listing[] {
  return mainline.kind === 'known' ? [...mainline.tips, ...mainline.bases] : [];
}

/** The tips of the nearest mainline, under whatever remote; the others are those of other lines. */
export function nearestTips(mainline: Mainline): readonly Listing[] {
  if (mainline.kind !== 'known') return [];
  const { name, tips } = mainline;
  const isTip = tips.some(({ ref }) => ref === name);
  const branch = isTip && name.includes('/') ? name.slice(name.indexOf('/') + 1) : name;
  return tips.filter(({ ref }) => ref === name || ref.endsWith(`/${branch}`));
}

/** Every listing, the one whose content counts most first: the nearest tips, the merge-base, other lines. */
export function listingsByNearness(mainline: Mainline): readonly Listing[] {
  if (mainline.kind !== 'known') return [];
  return [...new Set([...nearestTips(mainline), ...mainline.bases, ...mainline.tips])];
}

/** Whether a text is a blob's content; line ends that a checkout turned into CRLF do not count. */
export function isBlob(id: string, text: string): boolean {
  return blobId(id, text) === id || (text.includes('\r\n') && blobId(id, text.replaceAll('\r\n', '\n')) === id);
}

/** Git's id of a blob: SHA-1, or SHA-256 in a repo that uses it, of a header and the content. */
function blobId(like: string, text: string): string {
  const content = Buffer.from(text);
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}
