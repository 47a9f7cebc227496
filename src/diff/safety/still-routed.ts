import { groupBy } from '../../model/plain.ts';
import { type Cell, cellKey } from '../cells.ts';
import { routesOrigin, sharesOf, siteKey } from '../state.ts';
import type { Observation, Transition } from './finding.ts';

/** The highest weight that a rule gives a revision. */
export function highestWeight(cell: Cell | undefined): number {
  return Math.max(0, ...(cell?.weights ?? []));
}

/** Whether workloads of a revision are on the cell's cluster. */
export function runs(cell: Cell | undefined): boolean {
  return cell !== undefined && cell.workloads.length > 0;
}

/** The cells of revisions that run on a cluster before, and not after. */
function gone({ cellsBefore, cellsAfter }: Transition): { readonly before: Cell; readonly after: Cell | undefined }[] {
  const now = new Map(cellsAfter.map((cell) => [cellKey(cell), cell]));
  return cellsBefore
    .map((before) => ({ before, after: now.get(cellKey(before)) }))
    .filter(({ before, after }) => runs(before) && !runs(after));
}

/**
 * A revision goes while requests still reach it: before the change until the new routes are
 * everywhere, or after it because the new routes name it, and nothing of it runs in the fleet.
 */
export function stillRouted(transition: Transition): Observation[] {
  const routedAfter = sharesOf(transition.after);
  const runningAfter = groupBy(transition.cellsAfter.filter(runs), ({ owner, revision }) => `${owner} ${revision}`);
  return gone(transition).flatMap(({ before, after }): Observation[] => {
    const { owner, cluster, revision } = before;
    const hasRoutes = (routedAfter.get(siteKey(owner, cluster)) ?? []).length > 0;
    const lost = highestWeight(after) > 0 && !runningAfter.has(`${owner} ${revision}`);
    if (!lost && !(hasRoutes && highestWeight(before) > 0)) return [];
    const side = lost
      ? `the new routes give it weight ${highestWeight(after)}`
      : `it still has weight ${highestWeight(before)}`;
    const message = `${revision} is removed while ${side}`;
    return [{ code: 'STILL_ROUTED', message, owner, cluster, origin: routesOrigin(transition.after, owner, cluster) }];
  });
}

/** The routes of an owner go from a cluster in one change with a revision that they lead to. */
export function trafficAndRevisionsRemoved(transition: Transition): Observation[] {
  const routedAfter = sharesOf(transition.after);
  return gone(transition).flatMap(({ before }): Observation[] => {
    const { owner, cluster, revision, workloads } = before;
    const hasRoutes = (routedAfter.get(siteKey(owner, cluster)) ?? []).length > 0;
    if (hasRoutes || highestWeight(before) === 0) return [];
    const message = `${revision} is removed together with the routes that give it weight ${highestWeight(before)}`;
    return [{ code: 'TRAFFIC_AND_REVISIONS_REMOVED', message, owner, cluster, origin: workloads[0]?.origin }];
  });
}
