import { groupBy } from '../../model/plain.ts';
import { cellKey } from '../cells.ts';
import { routesOrigin, siteKey } from '../state.ts';
import type { Observation, Transition } from './finding.ts';
import { highestWeight, runs } from './still-routed.ts';

/**
 * Weight rises with the replicas that are to bear it. Where nothing had weight before, nothing moves:
 * a first deployment is no transition.
 */
export function weightBeforeCapacity({ after: state, cellsBefore, cellsAfter }: Transition): Observation[] {
  const old = new Map(cellsBefore.map((cell) => [cellKey(cell), cell]));
  const routed = groupBy(
    cellsBefore.filter((cell) => highestWeight(cell) > 0),
    ({ owner, cluster }) => siteKey(owner, cluster),
  );
  return cellsAfter.flatMap((after): Observation[] => {
    const { owner, cluster, revision } = after;
    const before = old.get(cellKey(after));
    const [was, is] = [before?.replicas ?? 0, after.replicas ?? 0];
    const [wasWeight, isWeight] = [highestWeight(before), highestWeight(after)];
    if (!runs(after) || is <= was || isWeight <= wasWeight || !routed.has(siteKey(owner, cluster))) return [];
    const message = `${revision} goes from ${was} to ${is} replicas while its weight goes from ${wasWeight} to ${isWeight}`;
    return [{ code: 'WEIGHT_BEFORE_CAPACITY', message, owner, cluster, origin: routesOrigin(state, owner, cluster) }];
  });
}
