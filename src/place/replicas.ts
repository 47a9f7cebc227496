import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { Reason, Target } from '../model/placement.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { Choice } from './choose.ts';
import { divide } from './divide.ts';
import type { Request } from './requests.ts';

/** A request's share on one cluster. */
export interface CountedChoice {
  readonly request: Request;
  readonly cluster: Target;
  readonly reason: Reason;
  readonly replicas: number;
}

/** Gives each chosen cluster its replicas: all of them (Duplicated), or a share (Divided). */
export function replicasOf(
  { locate }: Declaration<AppDeployment>,
  { request, clusters }: Choice,
): Staged<CountedChoice[]> {
  const { replicas, type, weights } = request.placement.distribution;
  const at = [...request.field, 'distribution'];
  if (type !== 'Divided') {
    const problems =
      weights === undefined
        ? []
        : [
            problem(
              'INVALID_DISTRIBUTION',
              locate([...at, 'weights'], 'key'),
              'weights are given, but type is not Divided',
            ),
          ];
    return { value: clusters.map((choice) => ({ request, ...choice, replicas })), problems };
  }
  const shares = clusters.map(({ cluster: { name } }) => ({ name, weight: weightOf(weights, name) }));
  const parts = divide(replicas, shares);
  const unused = Object.keys(weights ?? {}).filter((name) => !shares.some((share) => share.name === name));
  const problems: Problem[] = unused.map((name) =>
    problem(
      'UNUSED_WEIGHT',
      locate([...at, 'weights', name], 'key'),
      `${name} is not among the clusters of this placement: ${shares.map((share) => share.name).join(', ')}`,
    ),
  );
  if (parts.size === 0)
    problems.push(
      problem('INVALID_DISTRIBUTION', locate([...at, 'weights'], 'key'), `all ${shares.length} clusters have weight 0`),
    );
  return {
    value: clusters.map((choice) => ({ request, ...choice, replicas: parts.get(choice.cluster.name) ?? 0 })),
    problems,
  };
}

function weightOf(weights: Readonly<Record<string, number>> | undefined, name: string): number {
  return weights !== undefined && Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1;
}
