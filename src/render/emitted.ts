import type { Origin } from '../model/origin.ts';
import { isPlainObject, type PlainObject } from '../model/plain.ts';
import type { Problem } from '../model/problem.ts';
import type { PatchedWorkload } from './patch/apply.ts';

/** An object that a component emits, as its templates wrote it. */
export interface Emitted {
  readonly object: PlainObject;
  readonly role: 'workload' | 'trait';
  /** The component's type, or the trait's. */
  readonly type: string;
  /** The key in `outputs`; empty for the workload. */
  readonly resource: string;
  readonly origin: Origin;
}

/** What a component has become after some of its traits. */
export interface ComponentState {
  readonly workload: PatchedWorkload;
  readonly others: readonly Emitted[];
  readonly problems: readonly Problem[];
}

/** The objects of `outputs`, each with its key. */
export function emittedOutputs(outputs: PlainObject, type: string, origin: Origin): Emitted[] {
  return Object.entries(outputs).map(([resource, object]) => ({
    object: isPlainObject(object) ? object : {},
    role: 'trait',
    type,
    resource,
    origin,
  }));
}
