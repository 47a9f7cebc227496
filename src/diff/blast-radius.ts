import { canonicalJson, dig, groupBy } from '../model/plain.ts';
import { ruleKeys, type RuleShares } from '../route/shares.ts';
import { isWorkload, replicasOf } from './cells.ts';
import { objectKey, type ObjectChange } from './compare.ts';
import { argocdOwner, type FleetState, sharesOf, siteKey } from './state.ts';

/** How much of something moves, out of how much. */
export interface Extent {
  readonly moved: number;
  readonly total: number;
}

/**
 * How far a change reaches: clusters with an object that changes; replicas that start, stop or
 * restart; rules' traffic that goes elsewhere, a rule for a host on a cluster counting 1. Totals are of both
 * sides together, so that no share exceeds 1.
 */
export interface BlastRadius {
  readonly clusters: Extent;
  readonly replicas: Extent;
  readonly traffic: Extent;
}

/** The share of an extent, 0 to 1; nothing of nothing is 0. */
export function shareOf({ moved, total }: Extent): number {
  return total === 0 ? 0 : moved / total;
}

/** Measures a change. Argo CD's own objects do not count. */
export function blastRadius(before: FleetState, after: FleetState, changes: readonly ObjectChange[]): BlastRadius {
  const deployed = [...before.objects, ...after.objects].filter(({ owner }) => owner !== argocdOwner);
  const touched = changes.filter(({ owner }) => owner !== argocdOwner);
  const count = (all: readonly { readonly cluster: string }[]): number =>
    new Set(all.map(({ cluster }) => cluster)).size;
  return {
    clusters: { moved: count(touched), total: count(deployed) },
    replicas: replicaExtent(before, after),
    traffic: trafficExtent(before, after),
  };
}

function replicaExtent(before: FleetState, after: FleetState): Extent {
  const [old, now] = [workloadsOf(before), workloadsOf(after)];
  const extents = [...new Set([...old.keys(), ...now.keys()])].map((key): Extent => {
    const [was, is] = [old.get(key), now.get(key)];
    const total = Math.max(was?.replicas ?? 0, is?.replicas ?? 0);
    const isRestarted = was !== undefined && is !== undefined && was.template !== is.template;
    return { moved: isRestarted ? total : Math.abs((is?.replicas ?? 0) - (was?.replicas ?? 0)), total };
  });
  return sum(extents);
}

/** A new pod template replaces every pod. */
function workloadsOf({ objects }: FleetState): Map<string, { readonly replicas: number; readonly template: string }> {
  const neighbours = groupBy(objects, ({ owner, cluster }) => siteKey(owner, cluster));
  return new Map(
    objects.filter(isWorkload).map((each) => [
      objectKey(each),
      {
        replicas: replicasOf(each, neighbours.get(siteKey(each.owner, each.cluster)) ?? []).replicas ?? 0,
        template: canonicalJson(dig(each.object, 'spec', 'template') ?? null),
      },
    ]),
  );
}

function trafficExtent(before: FleetState, after: FleetState): Extent {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  const extents = [...new Set([...old.keys(), ...now.keys()])].map((key) => ({
    moved: movedShare(old.get(key), now.get(key)),
    total: 1,
  }));
  return sum(extents);
}

/** Every rule on every cluster, for each of its hosts. */
function rulesOf(state: FleetState): Map<string, RuleShares> {
  return new Map(
    [...sharesOf(state)].flatMap(([site, shares]) => {
      const keys = ruleKeys(shares);
      return shares.flatMap((rule, index) => {
        const hosts = rule.hosts.length === 0 ? [''] : rule.hosts;
        return hosts.map((host) => [`${site} ${host} ${keys[index] ?? ''}`, rule] as const);
      });
    }),
  );
}

/** Half the sum of what the weights differ by: what goes to another revision than before. */
function movedShare(before: RuleShares | undefined, after: RuleShares | undefined): number {
  if (before === undefined || after === undefined) return 1;
  const revisions = new Set([...before.weights.keys(), ...after.weights.keys()]);
  const difference = (revision: string): number =>
    Math.abs((after.weights.get(revision) ?? 0) - (before.weights.get(revision) ?? 0));
  return [...revisions].reduce((total, revision) => total + difference(revision), 0) / 200;
}

function sum(extents: readonly Extent[]): Extent {
  return extents.reduce((all, { moved, total }) => ({ moved: all.moved + moved, total: all.total + total }), {
    moved: 0,
    total: 0,
  });
}
