import { drainOf, drainText } from '../../argocd/transitions.ts';
import { isWorkload, revisionOf } from '../cells.ts';
import { sharesOf, siteKey } from '../state.ts';
import type { Observation, Transition } from './finding.ts';

/** A revision loses replicas and weight at once, as `render` and `check` warn of it. */
export function drainedTooSoon({ before, after, changes }: Transition): Observation[] {
  const [sharesBefore, sharesAfter] = [sharesOf(before), sharesOf(after)];
  return changes.flatMap((change): Observation[] => {
    const { owner, cluster, before: was, after: is } = change;
    if (was === undefined || is === undefined || !isWorkload(is)) return [];
    const site = siteKey(owner, cluster);
    const routes = { before: sharesBefore.get(site) ?? [], after: sharesAfter.get(site) ?? [] };
    const revision = revisionOf(is);
    const drain = drainOf(revision, { before: was.object, after: is.object }, routes);
    if (drain === undefined) return [];
    return [{ code: 'DRAINED_TOO_SOON', message: drainText(revision, drain), owner, cluster, origin: is.origin }];
  });
}
