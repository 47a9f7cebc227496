import type { Plan } from '../plan.ts';
import { byText, groupBy } from '../model/plain.ts';
import { routedShares, weightsOf } from '../route/shares.ts';
import { tableText } from './table.ts';

/** One revision of an owner on one cluster; weights by rule, empty where nothing routes to it. */
export interface RolloutRow {
  readonly owner: string;
  readonly cluster: string;
  readonly revision: string;
  /** undefined where the Application's template decides. */
  readonly replicas: number | undefined;
  readonly weights: readonly number[];
}

/** What runs where, with its share of the traffic. */
export function rolloutRows({ placements, manifests }: Plan): RolloutRow[] {
  const byOwner = groupBy(manifests, ({ owner, cluster }) => `${owner.namespace}/${owner.name} ${cluster}`);
  const shares = new Map([...byOwner].map(([key, own]) => [key, routedShares(own.map(({ object }) => object))]));
  const placed = placements.placed.map(({ appDeployment: { namespace, name }, cluster, revision, replicas }) => {
    const owner = `${namespace}/${name}`;
    return {
      owner,
      cluster: cluster.name,
      revision: revision.name,
      replicas,
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
  const cells = rows.map(({ owner, cluster, revision, replicas, weights }) => [
    owner,
    cluster,
    revision,
    String(replicas ?? '-'),
    weights.length === 0 ? '-' : weights.join(','),
  ]);
  return tableText(['APPDEPLOYMENT', 'CLUSTER', 'REVISION', 'REPLICAS', 'WEIGHT'], cells);
}
