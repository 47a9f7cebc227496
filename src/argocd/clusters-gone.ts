import type { Catalog, Settings } from '../model/catalog.ts';
import { hostCluster } from '../model/placement.ts';
import { type Problem, problem } from '../model/problem.ts';

/**
 * Clusters that the mainline still deploys to and the repo does not have any more. Argo CD removes
 * what it deployed only while it knows the cluster; in one change with its last placement, or
 * before it, the Cluster's workloads would be orphaned.
 */
export function clusterGoneProblems(
  deployedTo: readonly string[],
  { clusters }: Catalog,
  { output }: Settings,
): Problem[] {
  const known = new Set([hostCluster, ...clusters.map(({ name }) => name)]);
  return deployedTo
    .filter((name) => !known.has(name))
    .map((name) => {
      const origin = { path: `${output}/clusters/${name}`, line: 1, column: 1 };
      return problem('CLUSTER_GONE', origin, `Cluster ${name} is gone, and the mainline still deploys to it`);
    });
}
