import { isWorkload, replicasOf } from '../diff/cells.ts';
import type { Owner, Placement } from '../model/placement.ts';
import { groupBy } from '../model/plain.ts';
import type { Plan } from '../plan.ts';

/** The replicas of a revision on a cluster. */
export interface ReplicaFigures {
  /** The fewest, where an autoscaler decides; undefined where the Application's template does. */
  readonly replicas: number | undefined;
  readonly autoscaled?: true;
}

/** Says of each placement of a plan the replicas that its objects have, as `diff` reads them. */
export function placedReplicas({ manifests }: Pick<Plan, 'manifests'>): (placement: Placement) => ReplicaFigures {
  const own = groupBy(manifests, ({ owner, cluster, instance }) =>
    keyOf(owner, cluster, instance?.revision.name ?? ''),
  );
  return ({ appDeployment: { namespace, name }, cluster, revision, replicas }) => {
    const objects = own.get(keyOf({ kind: 'AppDeployment', namespace, name }, cluster.name, revision.name)) ?? [];
    const counts = objects.filter(isWorkload).map((workload) => replicasOf(workload, objects));
    if (!counts.some(({ isAutoscaled }) => isAutoscaled)) return { replicas };
    return { replicas: Math.max(replicas, ...counts.flatMap((count) => count.replicas ?? [])), autoscaled: true };
  };
}

/** `3`, `2+` where an autoscaler decides, `-` where nothing is known. */
export function replicaText({ replicas, autoscaled }: ReplicaFigures): string {
  return replicas === undefined ? '-' : `${replicas}${autoscaled === true ? '+' : ''}`;
}

function keyOf({ kind, namespace, name }: Owner, cluster: string, revision: string): string {
  return `${kind} ${namespace}/${name} ${cluster} ${revision}`;
}
