import type { Undeployed } from '../report/undeployed.ts';
import { type BlastRadius, blastRadius, shareOf } from './blast-radius.ts';
import { cellsOf } from './cells.ts';
import { compareStates } from './compare.ts';
import { type FoldedChange, foldChanges } from './fold.ts';
import { type ImageChange, imageChanges } from './images.ts';
import { type MatrixRow, matrixRows } from './matrix.ts';
import { isAbove } from './percent.ts';
import type { Finding } from './safety/finding.ts';
import { judgeTransition } from './safety/rules.ts';
import { emptyState, type FleetState, type Scope, within } from './state.ts';

/** What a side is called, and the commit that it is. */
export interface SideLabel {
  /** `merge base with origin/main`, `working tree`, or as the user wrote it. */
  readonly name: string;
  /** undefined for the working tree, and for the state of nothing. */
  readonly commit?: string;
}

/** One side of a comparison. */
export interface Side {
  readonly label: SideLabel;
  readonly state: FleetState;
}

/** What a comparison depends on besides its sides. */
export interface DiffOptions {
  readonly scope?: Scope;
  /** The share of its replicas that a cluster has to keep, 0 to 1. */
  readonly minCapacity?: number | undefined;
  /** The share that no part of the blast radius may exceed, 0 to 1. */
  readonly maxBlastRadius?: number | undefined;
  /** Applications of the newer side whose present content runs nowhere. */
  readonly undeployed?: readonly Undeployed[];
}

/** Everything that a review shows; formatters add nothing to it. */
export interface DiffReport {
  readonly base: SideLabel;
  readonly head: SideLabel;
  readonly undeployed: readonly Undeployed[];
  readonly matrix: readonly MatrixRow[];
  readonly images: readonly ImageChange[];
  readonly changes: readonly FoldedChange[];
  readonly blastRadius: BlastRadius;
  readonly findings: readonly Finding[];
  /** The parts of the blast radius that exceed the limit. */
  readonly exceeded: readonly (keyof BlastRadius)[];
  readonly maxBlastRadius: number | undefined;
}

/** Two states → report. Pure: what is rendered, committed, or only thought of is compared alike. */
export function diffReport(base: Side, head: Side, options: DiffOptions = {}): DiffReport {
  const { scope = { clusters: [], owners: [] }, minCapacity, maxBlastRadius, undeployed = [] } = options;
  const [before, after] = [within(base.state, scope), within(head.state, scope)];
  const [cellsBefore, cellsAfter] = [cellsOf(before), cellsOf(after)];
  const changes = compareStates(before, after);
  const radius = blastRadius(before, after, changes);
  const parts = ['clusters', 'replicas', 'traffic'] as const;
  return {
    base: base.label,
    head: head.label,
    undeployed,
    matrix: matrixRows(cellsBefore, cellsAfter),
    images: imageChanges(changes),
    changes: foldChanges(changes),
    blastRadius: radius,
    findings: judgeTransition({ before, after, changes, cellsBefore, cellsAfter, minCapacity }),
    exceeded:
      maxBlastRadius === undefined ? [] : parts.filter((part) => isAbove(shareOf(radius[part]), maxBlastRadius)),
    maxBlastRadius,
  };
}

/** The side before there was anything. */
export const nothing: Side = { label: { name: 'nothing' }, state: emptyState };
