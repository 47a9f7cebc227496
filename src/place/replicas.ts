import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment, Distribution } from '../model/kinds.gen.ts';
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

/** The share of each cluster in replicas that are Divided; empty where no cluster has a weight above 0. */
export function dividedReplicas(
  { replicas, weights }: Distribution,
  clusters: readonly string[],
): ReadonlyMap<string, number> {
  return divide(
    replicas,
    clusters.map((name) => ({ name, weight: weightOf(weights, name) })),
  );
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
  const names = clusters.map(({ cluster: { name } }) => name);
  const parts = dividedReplicas(request.placement.distribution, names);
  const unused = Object.keys(weights ?? {}).filter((name) => !names.includes(name));
  const problems: Problem[] = unused.map((name) =>
    problem(
      'UNUSED_WEIGHT',
      locate([...at, 'weights', name], 'key'),
      `${name} is not among the clusters of this placement: ${names.join(', ')}`,
    ),
  );
  if (parts.size === 0)
    problems.push(
      problem('INVALID_DISTRIBUTION', locate([...at, 'weights'], 'key'), `all ${names.length} clusters have weight 0`),
    );
  return {
    value: clusters.map((choice) => ({ request, ...choice, replicas: parts.get(choice.cluster.name) ?? 0 })),
    problems,
  };
}

function weightOf(weights: Readonly<Record<string, number>> | undefined, name: string): number {
  return weights !== undefined && Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1;
}
