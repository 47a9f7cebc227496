import { setTimeout as wait } from 'node:timers/promises';
import { originOf } from './clusters/sync/desired.ts';
import { type LiveCluster, kubeconfigKey } from './clusters/sync/live.ts';
import { planSync, type Step } from './clusters/sync/plan.ts';
import type { KubeApi } from './io/kube/api.ts';
import { apply } from './io/kube/apply.ts';
import type { ApiFailure } from './io/kube/failure.ts';
import { observe, type ObservedScope } from './io/kube/observe.ts';
import { problem, type Problem } from './model/problem.ts';

/** What one pass came to. */
export interface PassResult {
  readonly clusters: readonly LiveCluster[];
  /** Steps that were carried out; with --dry-run, that would be. */
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly failures: readonly ApiFailure[];
}

/** How often a pass begins anew because somebody else changed what it had read. */
const attempts = 5;

/**
 * Brings Argo CD's cluster Secrets in sync with the Clusters: observe, plan, apply. On a conflict all is
 * read and planned again, so that no decision rests on what is no longer so.
 *
 * @throws ApiFailure when there is not enough to decide on
 */
export async function syncClusters(api: KubeApi, scope: ObservedScope, isDryRun: boolean): Promise<PassResult> {
  const done: Step[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const { observed, failures } = await observe(api, scope);
    const now = new Date();
    const { value: steps, problems } = planSync(observed, scope, now);
    const { clusters } = observed;
    if (isDryRun) return { clusters, steps, problems, failures };
    const applied = await apply(api, steps, scope.namespace, now);
    done.push(...applied.done);
    const all = { clusters, steps: done, failures: [...failures, ...applied.failures] };
    if (applied.conflicts.length === 0) return { ...all, problems };
    if (attempt === attempts)
      return { ...all, problems: [...problems, ...applied.conflicts.map((step) => conflict(step, scope.namespace))] };
    await wait(20 * 2 ** attempt);
  }
}

function conflict({ name, action }: Step, namespace: string): Problem {
  const message = `changed ${attempts} times between being read and the ${action}`;
  return problem('CLUSTER_SECRET_CONFLICT', originOf('Secret', { namespace, name }), message);
}

/** The Secrets that the Clusters name, by namespace and name, each once. */
export function namedSecrets(clusters: readonly LiveCluster[]): ReadonlyMap<string, LiveCluster> {
  return new Map(
    clusters.flatMap((cluster) => {
      const key = kubeconfigKey(cluster);
      return key === undefined ? [] : [[key, cluster]];
    }),
  );
}
