import type { LiveCluster } from '../../clusters/sync/live.ts';
import { managedByLabel, manager } from '../../clusters/sync/ownership.ts';
import type { ObservedScope } from './observe.ts';
import { applicationResource, clusterResource, secretResource } from './resources.ts';
import type { WatchTarget } from './watching.ts';

/**
 * What is watched: the Clusters, each Secret that one names and no other of its namespace, our cluster
 * Secrets, and whether Applications go. Their status changes all the time, and their other changes can
 * wait for the resync.
 *
 * @param named the Clusters by the Secret that they name
 */
export function watchTargets(
  { namespace, clusterNamespaces, applicationNamespaces }: ObservedScope,
  named: ReadonlyMap<string, LiveCluster>,
): ReadonlyMap<string, WatchTarget> {
  const own = { labelSelector: `${managedByLabel}=${manager}` };
  const targets = new Map<string, WatchTarget>();
  targets.set('own', { call: { verb: 'watch', resource: secretResource, namespace, query: own } });
  for (const each of clusterNamespaces)
    targets.set(`clusters ${each}`, { call: { verb: 'watch', resource: clusterResource, namespace: each } });
  for (const each of applicationNamespaces)
    targets.set(`applications ${each}`, {
      call: { verb: 'watch', resource: applicationResource, namespace: each },
      isNews: (type) => type === 'DELETED',
    });
  for (const [key, { namespace: home, secretName = '' }] of named) {
    const query = { fieldSelector: `metadata.name=${secretName}` };
    targets.set(`kubeconfig ${key}`, { call: { verb: 'watch', resource: secretResource, namespace: home, query } });
  }
  return targets;
}
