import type { ObjectName } from './catalog.ts';
import type { ApplicationSpec, Definition } from './kinds.gen.ts';
import type { Locate, Origin } from './origin.ts';

/**
 * The render format that this version writes into new snapshots. Within a format, what a snapshot
 * renders never changes. Format 2: templates get their parameters with sorted keys, and of the context
 * only what KubeVela has.
 */
export const currentRenderFormat = 2;

/** The render format of snapshots that name none. */
export const firstRenderFormat = 1;

/** A definition as a revision pinned it, with the place to blame for a mistake in it. */
export interface PinnedDefinition {
  readonly object: Definition;
  readonly origin: Origin;
  /** Locates a field of the definition's object. */
  readonly locate: Locate;
}

/** The definitions that a revision uses, by type. */
export interface PinnedDefinitions {
  readonly components: ReadonlyMap<string, PinnedDefinition>;
  readonly traits: ReadonlyMap<string, PinnedDefinition>;
}

/** What makes a revision: the Application's spec, its definitions, and how they are rendered. */
export interface RevisionContent {
  readonly spec: ApplicationSpec;
  readonly definitions: PinnedDefinitions;
  readonly renderFormat: number;
}

/**
 * Pending until its snapshot is on the mainline, and rewritten until then; published, and immutable,
 * from then on. Imported: taken over from a live KubeVela, immutable, and not on the mainline yet.
 */
export type RevisionState = 'pending' | 'imported' | 'published';

/** An immutable, numbered state of an Application with the definitions that it used. */
export interface Revision extends RevisionContent {
  /** `<application>-v<number>` */
  readonly name: string;
  readonly number: number;
  readonly application: ObjectName;
  readonly state: RevisionState;
  /** The mainlines that have the snapshot; empty while it is pending, and without Git. */
  readonly publishedOn: readonly string[];
  /** Set for a new revision that only takes changed definitions up. */
  readonly isCut?: boolean;
  /** Content hash, 16 hexadecimal digits. */
  readonly hash: string;
  readonly origin: Origin;
  /** Locates a field of the Application's object, `spec.components[0]…`. */
  readonly locate: Locate;
}

/** A state of an Application found in Git's history, before it has a number. */
export interface PastContent {
  readonly application: ObjectName;
  readonly content: RevisionContent;
  readonly commit: string;
  readonly origin: Origin;
  readonly locate: Locate;
}

/** A revision that the tree lacks, though it is or was somewhere. */
export interface AbsentRevision {
  readonly namespace: string;
  readonly name: string;
  /** What to do for one who names it. */
  readonly cure: string;
}

/** The name of a revision. */
export function revisionName(application: string, number: number): string {
  return `${application}-v${number}`;
}

/** Splits a revision's name; undefined when it is not one. */
export function parseRevisionName(name: string): { readonly application: string; readonly number: number } | undefined {
  const match = /^(.+)-v([1-9]\d{0,8})$/.exec(name);
  return match?.[1] === undefined ? undefined : { application: match[1], number: Number(match[2]) };
}
