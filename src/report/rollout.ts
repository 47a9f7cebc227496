import type { Plan } from '../plan.ts';
import type { Manifest } from '../model/manifest.ts';
import { byText, dig, digList, groupBy } from '../model/plain.ts';
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
  const placed = placements.placed.map(({ appDeployment: { namespace, name }, cluster, revision, replicas }) => {
    const owner = `${namespace}/${name}`;
    return {
      owner,
      cluster: cluster.name,
      revision: revision.name,
      replicas,
      weights: weightsOf(revision.name, byOwner.get(`${owner} ${cluster.name}`) ?? []),
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

/** The weight of a revision in every rule that routes to it, read from what is rendered. */
function weightsOf(revision: string, manifests: readonly Manifest[]): number[] {
  const services = new Set(
    manifests
      .filter(({ object }) => dig(object, 'spec', 'selector', 'app.oam.dev/appRevision') === revision)
      .map(({ object }) => object.metadata.name),
  );
  const rules = manifests
    .filter(({ role }) => role === 'virtualService')
    .flatMap(({ object }) => digList(object, 'spec', 'http'));
  return rules.flatMap((rule) => {
    const own = digList(rule, 'route').filter((target) => services.has(String(dig(target, 'destination', 'host'))));
    return own.length === 0 ? [] : [own.reduce<number>((sum, target) => sum + Number(dig(target, 'weight') ?? 0), 0)];
  });
}
