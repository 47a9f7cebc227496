import type { Origin } from '../../model/origin.ts';
import { byText, groupBy } from '../../model/plain.ts';
import type { Severity } from '../../model/problem-kind.ts';
import type { Cell } from '../cells.ts';
import type { ObjectChange } from '../compare.ts';
import type { FleetState } from '../state.ts';
import { type TransitionCode, transitionKinds } from './transition-codes.ts';

/** Two states, and how they differ: all that a rule looks at. */
export interface Transition {
  readonly before: FleetState;
  readonly after: FleetState;
  readonly changes: readonly ObjectChange[];
  readonly cellsBefore: readonly Cell[];
  readonly cellsAfter: readonly Cell[];
  /** The share of its replicas that a cluster has to keep, 0 to 1; undefined for no floor. */
  readonly minCapacity: number | undefined;
}

/** What a rule found, on one cluster or on none; the message does not name it. */
export interface Observation {
  readonly code: TransitionCode;
  readonly message: string;
  readonly owner?: string;
  readonly cluster?: string;
  readonly origin?: Origin | undefined;
}

/** What is wrong with a transition; the same on several clusters is one finding. */
export interface Finding {
  readonly code: TransitionCode;
  readonly severity: Severity;
  readonly message: string;
  readonly cure: string;
  readonly owner: string | undefined;
  readonly clusters: readonly string[];
  /** What in the input asks for it, where that is known. */
  readonly origin: Origin | undefined;
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Whether one severity weighs at least as much as another. */
export function isAtLeast(severity: Severity, other: Severity): boolean {
  return weights[severity] <= weights[other];
}

/** Observations → findings, the gravest first, then by code and message. */
export function foldObservations(observations: readonly Observation[]): Finding[] {
  const alike = groupBy(observations, ({ code, owner, message }) => JSON.stringify([code, owner, message]));
  return [...alike.values()]
    .flatMap((group): Finding[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { code, message, owner, origin } = first;
      const { severity, cure } = transitionKinds[code];
      const clusters = [...new Set(group.flatMap(({ cluster }) => cluster ?? []))].toSorted(byText);
      return [{ code, severity, message, cure, owner, clusters, origin: originOf(origin) }];
    })
    .toSorted(
      (a, b) =>
        weights[a.severity] - weights[b.severity] ||
        byText(a.code, b.code) ||
        byText(a.owner ?? '', b.owner ?? '') ||
        byText(a.message, b.message),
    );
}

/** Without the commit, which the report names once for the whole side. */
function originOf(origin: Origin | undefined): Origin | undefined {
  return origin === undefined ? undefined : { path: origin.path, line: origin.line, column: origin.column };
}
