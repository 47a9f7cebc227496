import { capacityFloor } from './capacity-floor.ts';
import { definitionEdited } from './definition-edited.ts';
import { drainedTooSoon } from './drained-too-soon.ts';
import { type Finding, foldObservations, type Transition } from './finding.ts';
import { immutableField } from './immutable-field.ts';
import { snapshotTouched } from './snapshot-touched.ts';
import { stillRouted, trafficAndRevisionsRemoved } from './still-routed.ts';
import { weightBeforeCapacity } from './weight-before-capacity.ts';
import { workloadMoved } from './workload-moved.ts';

const rules = [
  immutableField,
  stillRouted,
  capacityFloor,
  weightBeforeCapacity,
  drainedTooSoon,
  workloadMoved,
  trafficAndRevisionsRemoved,
  snapshotTouched,
  definitionEdited,
] as const satisfies readonly ((transition: Transition) => unknown)[];

/** Everything that is wrong with the way from one state to the other. */
export function judgeTransition(transition: Transition): Finding[] {
  return foldObservations(rules.flatMap((rule) => rule(transition)));
}
