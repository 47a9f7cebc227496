import type { Plan } from '../plan.ts';
import { byText, groupBy } from '../model/plain.ts';
import { routedShares, weightsOf } from '../route/shares.ts';
import { placedReplicas, type ReplicaFigures, replicaText } from './placed-replicas.ts';
import { tableText } from './table.ts';

/** One revision of an owner on one cluster; weights by rule, empty where nothing routes to it. */
export interface RolloutRow extends ReplicaFigures {
  readonly owner: string;
  readonly cluster: string;
  readonly revision: string;
  readonly weights: readonly number[];
}

/** What runs where, with its share of the traffic. */
export function rolloutRows({ placements, manifests }: Plan): RolloutRow[] {
  const byOwner = groupBy(manifests, ({ owner, cluster }) => `${owner.namespace}/${owner.name} ${cluster}`);
  const shares = new Map([...byOwner].map(([key, own]) => [key, routedShares(own.map(({ object }) => object))]));
  const figuresOf = placedReplicas({ manifests });
  const placed = placements.placed.map((placement) => {
    const { appDeployment, cluster, revision } = placement;
    const { namespace, name } = appDeployment;
    const owner = `${namespace}/${name}`;
    return {
      owner,
      cluster: cluster.name,
      revision: revision.name,
      ...figuresOf(placement),
      weights: weightsOf(revision.name, shares.get(`${owner} ${cluster.name}`) ?? []),
    };
  });
  const direct = placements.direct.map(({ application: { namespace, name }, cluster, revision }) => ({
    owner: `${namespace}/${name}`,
    cluster: cluster.name,
    revision: revision.name,
    replicas: undefined,
    weights: [],
  }));
  return [...placed, ...direct].toSorted((a, b) => byText(a.owner, b.owner) || byText(a.cluster, b.cluster));
}

/** The rollout as a table. */
export function rolloutText(rows: readonly RolloutRow[]): string {
  const cells = rows.map((row) => [
    row.owner,
    row.cluster,
    row.revision,
    replicaText(row),
    row.weights.length === 0 ? '-' : row.weights.join(','),
  ]);
  return tableText(['APPDEPLOYMENT', 'CLUSTER', 'REVISION', 'REPLICAS', 'WEIGHT'], cells);
}
