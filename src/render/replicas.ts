import type { Placement } from '../model/placement.ts';
import { digObject } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { leastOf, mostOf, scales, withFloor } from './autoscalers.ts';
import type { Rendering } from './context.ts';
import type { Identified } from './identity.ts';
import { canScale } from './kinds.ts';

/** What a placement says of the replicas, and where. */
export type PlacedReplicas = Pick<Placement, 'replicas' | 'origin'>;

/**
 * Puts the placement's replica count on the workload. For the autoscalers of the workload it is the
 * floor, and the workload has it for its creation alone, where Argo CD ignores the field afterwards
 * (`initialReplicas`), else not at all. A count of 0 leaves the autoscalers out instead.
 */
export function scale(
  objects: readonly Identified[],
  placed: PlacedReplicas,
  rendering: Rendering,
): Staged<Identified[]> {
  const workload = objects.find(({ role }) => role === 'workload');
  if (workload === undefined) return { value: [...objects], problems: [] };
  if (!canScale(workload.object.kind)) return { value: [...objects], problems: [unscalable(workload, rendering)] };
  const scalers = objects.filter(({ object }) => scales(object, workload.object));
  if (placed.replicas === 0 || scalers.length === 0) {
    const others = objects.filter((each) => !scalers.includes(each));
    return { value: replaced(others, workload, withReplicas(workload, placed.replicas)), problems: [] };
  }
  const floor = Math.max(placed.replicas, ...scalers.map(({ object }) => leastOf(object) ?? 0));
  const raised = objects.map((each) =>
    scalers.includes(each) ? { ...each, object: withFloor(each.object, placed.replicas) } : each,
  );
  return {
    value: replaced(raised, workload, withReplicas(workload, rendering.initialReplicas ? floor : undefined)),
    problems: scalers.flatMap((each) => [
      autoscaledNote(each, placed.replicas, rendering.component.name),
      ...aboveMost(each, placed),
    ]),
  };
}

function replaced(objects: readonly Identified[], workload: Identified, other: Identified): Identified[] {
  return objects.map((each) => (each === workload ? other : each));
}

function withReplicas(workload: Identified, replicas: number | undefined): Identified {
  const { replicas: _replaced, ...spec } = digObject(workload.object, 'spec');
  return { ...workload, object: { ...workload.object, spec: replicas === undefined ? spec : { replicas, ...spec } } };
}

function unscalable({ object, origin }: Identified, { component, revision }: Rendering): Problem {
  return problem(
    'UNSCALABLE_WORKLOAD',
    origin,
    `component ${component.name} of ${revision.name} is a ${object.kind}, which cannot be placed with replicas`,
  );
}

function autoscaledNote({ object, origin }: Identified, replicas: number, component: string): Problem {
  const least = leastOf(object) ?? 0;
  const floor =
    least > replicas
      ? `from its own ${least} up, which is more than the placement\u2019s ${replicas}`
      : `from the placement\u2019s ${replicas} up`;
  const message = `${object.kind} ${object.metadata.name} decides the replicas of component ${component}, ${floor}`;
  return problem('AUTOSCALED', origin, message);
}

function aboveMost({ object, origin: scaledBy }: Identified, { replicas, origin }: PlacedReplicas): Problem[] {
  const most = mostOf(object);
  if (most === undefined || replicas <= most.count) return [];
  const message = `${replicas} replicas are more than ${object.kind} ${object.metadata.name} allows, whose ${most.field} is ${most.count}`;
  return [problem('REPLICAS_ABOVE_MAX', origin, message, { related: [{ origin: scaledBy, message: 'scaled here' }] })];
}
