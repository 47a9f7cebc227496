import { groupBy } from '../../model/plain.ts';
import { isWorkload, replicasOf } from '../cells.ts';
import { isAbove, percentOf } from '../percent.ts';
import { type FleetState, siteKey } from '../state.ts';
import type { Observation, Transition } from './finding.ts';

/** A cluster keeps a smaller share of its replicas than is asked for. */
export function capacityFloor({ before, after, minCapacity }: Transition): Observation[] {
  if (minCapacity === undefined) return [];
  const now = capacities(after);
  return [...capacities(before)].flatMap(([cluster, was]): Observation[] => {
    const is = now.get(cluster) ?? 0;
    if (was === 0 || !isAbove(minCapacity, is / was)) return [];
    const message = `the replicas of the whole cluster fall from ${was} to ${is}, below ${percentOf(minCapacity)}%`;
    return [{ code: 'CAPACITY_FLOOR', message, cluster }];
  });
}

/** The replicas of all workloads of a cluster; of an autoscaled one, the least. */
function capacities({ objects }: FleetState): Map<string, number> {
  const sites = groupBy(objects, ({ owner, cluster }) => siteKey(owner, cluster));
  const totals = new Map<string, number>();
  for (const each of objects.filter(isWorkload)) {
    const { replicas = 0 } = replicasOf(each, sites.get(siteKey(each.owner, each.cluster)) ?? []);
    totals.set(each.cluster, (totals.get(each.cluster) ?? 0) + replicas);
  }
  return totals;
}
