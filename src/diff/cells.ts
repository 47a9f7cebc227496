import { byText, dig, groupBy } from '../model/plain.ts';
import { leastOf, scales } from '../render/autoscalers.ts';
import { ruleKeys, type RuleShares } from '../route/shares.ts';
import { type FleetObject, type FleetState, sharesOf, siteKey } from './state.ts';

/** One revision of an owner on one cluster. */
export interface Cell {
  readonly owner: string;
  readonly cluster: string;
  readonly revision: string;
  /** Its workloads; none where the cluster only routes to it, in a mesh. */
  readonly workloads: readonly FleetObject[];
  /** Of one component; the least that an autoscaler keeps; undefined where the kind has none. */
  readonly replicas: number | undefined;
  readonly isAutoscaled: boolean;
  /** In every rule; empty where none routes to it. */
  readonly weights: readonly number[];
  /** What the rules of the owner's VirtualService there are known by, in its order. */
  readonly rules: readonly string[];
}

/** The rollout of a state: owner × cluster × revision, in this order. Read from the objects alone. */
export function cellsOf(state: FleetState): Cell[] {
  const shares = sharesOf(state);
  const sites = groupBy(state.objects, ({ owner, cluster }) => siteKey(owner, cluster));
  return [...sites]
    .flatMap(([key, objects]) => cellsAt(objects, shares.get(key) ?? []))
    .toSorted((a, b) => byText(a.owner, b.owner) || byText(a.cluster, b.cluster) || byText(a.revision, b.revision));
}

/** The key of a cell in its state. */
export function cellKey({ owner, cluster, revision }: Pick<Cell, 'owner' | 'cluster' | 'revision'>): string {
  return `${siteKey(owner, cluster)} ${revision}`;
}

function cellsAt(objects: readonly FleetObject[], shares: readonly RuleShares[]): Cell[] {
  const [{ owner, cluster } = { owner: '', cluster: '' }] = objects;
  const workloads = groupBy(objects.filter(isWorkload), revisionOf);
  const revisions = new Set([...workloads.keys(), ...shares.flatMap(({ weights }) => [...weights.keys()])]);
  const rules = ruleKeys(shares);
  return [...revisions].map((revision) => {
    const own = workloads.get(revision) ?? [];
    const counts = own.map((workload) => replicasOf(workload, objects));
    const known = counts.flatMap(({ replicas }) => replicas ?? []);
    return {
      owner,
      cluster,
      revision,
      workloads: own,
      replicas: known.length === 0 ? undefined : Math.max(...known),
      isAutoscaled: counts.some(({ isAutoscaled }) => isAutoscaled),
      weights: byRule(revision, shares),
      rules,
    };
  });
}

/** In every rule of the VirtualService, in its order. */
function byRule(revision: string, shares: readonly RuleShares[]): number[] {
  const isRouted = shares.some(({ weights }) => weights.has(revision));
  return isRouted ? shares.map(({ weights }) => weights.get(revision) ?? 0) : [];
}

/** Whether an object is the workload of a component: KubeVela's label says so. */
export function isWorkload({ object }: Pick<FleetObject, 'object'>): boolean {
  return object.metadata.labels?.['app.oam.dev/resourceType'] === 'WORKLOAD';
}

/** The revision that an object is of, by its label; empty for others. */
export function revisionOf({ object }: FleetObject): string {
  return object.metadata.labels?.['app.oam.dev/appRevision'] ?? '';
}

/** The pods that a workload has at least, and whether an autoscaler decides how many more. */
export function replicasOf(
  { object }: Pick<FleetObject, 'object'>,
  neighbours: readonly Pick<FleetObject, 'object'>[],
): { readonly replicas: number | undefined; readonly isAutoscaled: boolean } {
  const scaler = neighbours.find((each) => scales(each.object, object))?.object;
  const replicas = dig(object, 'spec', 'replicas');
  const own = typeof replicas === 'number' ? replicas : defaultsToOne.has(object.kind) ? 1 : undefined;
  return { replicas: (scaler && leastOf(scaler)) ?? own, isAutoscaled: scaler !== undefined };
}

/** Kinds whose `spec.replicas` Kubernetes takes to be 1 (apps/v1). */
const defaultsToOne = new Set(['Deployment', 'ReplicaSet', 'StatefulSet']);
