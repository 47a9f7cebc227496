import { dig, digObject } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { Rendering } from './context.ts';
import type { Identified } from './identity.ts';
import { canScale, isAutoscaler } from './kinds.ts';

/**
 * Puts the placement's replica count on the workload, and on nothing else. With an autoscaler of
 * the component the count is left out; a count of 0 leaves the autoscaler out instead.
 */
export function scale(
  objects: readonly Identified[],
  replicas: number,
  { component, revision }: Rendering,
): Staged<Identified[]> {
  const workload = objects.find(({ role }) => role === 'workload');
  if (workload === undefined) return { value: [...objects], problems: [] };
  if (!canScale(workload.object.kind)) {
    return {
      value: [...objects],
      problems: [
        problem(
          'UNSCALABLE_WORKLOAD',
          workload.origin,
          `component ${component.name} of ${revision.name} is a ${workload.object.kind}, which cannot be placed with replicas`,
        ),
      ],
    };
  }
  const scalers = objects.filter(
    ({ object }) =>
      isAutoscaler(object.kind) && dig(object, 'spec', 'scaleTargetRef', 'name') === workload.object.metadata.name,
  );
  const autoscaled = scalers.length > 0 && replicas > 0;
  const value = objects
    .filter((each) => autoscaled || !scalers.includes(each))
    .map((each) => (each === workload ? withReplicas(each, autoscaled ? undefined : replicas) : each));
  return { value, problems: autoscaled ? [autoscaledNote(scalers[0] ?? workload, replicas, component.name)] : [] };
}

function withReplicas(workload: Identified, replicas: number | undefined): Identified {
  const { replicas: _replaced, ...spec } = digObject(workload.object, 'spec');
  return { ...workload, object: { ...workload.object, spec: replicas === undefined ? spec : { replicas, ...spec } } };
}

function autoscaledNote({ object, origin }: Identified, replicas: number, component: string): Problem {
  return problem(
    'AUTOSCALED',
    origin,
    `${object.kind} ${object.metadata.name} decides the replicas of component ${component}; the placement\u2019s ${replicas} is left out`,
  );
}
