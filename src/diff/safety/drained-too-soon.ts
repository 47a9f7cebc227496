import { drainOf, drainText } from '../../argocd/transitions.ts';
import { isVirtualService } from '../../route/shares.ts';
import { isWorkload, revisionOf } from '../cells.ts';
import { type FleetObject, type FleetState, siteKey } from '../state.ts';
import type { Observation, Transition } from './finding.ts';

/** A revision loses replicas and weight at once, as `render` and `check` warn of it. */
export function drainedTooSoon({ before, after, changes }: Transition): Observation[] {
  const [routesBefore, routesAfter] = [routesOf(before), routesOf(after)];
  return changes.flatMap((change): Observation[] => {
    const { owner, cluster, before: was, after: is } = change;
    if (was === undefined || is === undefined || !isWorkload(is)) return [];
    const site = siteKey(owner, cluster);
    const route = { before: routesBefore.get(site)?.object, after: routesAfter.get(site)?.object };
    const revision = revisionOf(is);
    const drain = drainOf(revision, { before: was.object, after: is.object }, route);
    if (drain === undefined) return [];
    return [{ code: 'DRAINED_TOO_SOON', message: drainText(revision, drain), owner, cluster, origin: is.origin }];
  });
}

function routesOf({ objects }: FleetState): Map<string, FleetObject> {
  const routes = objects.filter(({ object }) => isVirtualService(object));
  return new Map(routes.map((each) => [siteKey(each.owner, each.cluster), each]));
}
