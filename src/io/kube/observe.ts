import { secretTypeLabel } from '../../clusters/cluster-annotations.ts';
import {
  itemsOf,
  kubeconfigKey,
  type LiveCluster,
  type LiveSecret,
  liveApplication,
  liveCluster,
  liveSecret,
  type Observed,
} from '../../clusters/sync/live.ts';
import { secretNameOf } from '../../clusters/sync/desired.ts';
import { managedByLabel, manager } from '../../clusters/sync/ownership.ts';
import type { ClusterScope } from '../../clusters/sync/plan.ts';
import { isPlainObject, type PlainObject } from '../../model/plain.ts';
import type { KubeApi } from './api.ts';
import { ApiFailure, type Resource } from './failure.ts';
import { applicationResource, clusterResource, secretResource } from './resources.ts';

/** What was read, and what could not be: such a kubeconfig counts as unread, so that its Cluster is left as it is. */
export interface Observation {
  readonly observed: Observed;
  readonly failures: readonly ApiFailure[];
}

/** Where Applications are looked for, besides what a run is about. */
export interface ObservedScope extends ClusterScope {
  readonly applicationNamespaces: readonly string[];
}

/**
 * Reads the Clusters, the Secrets that they name, Argo CD's cluster Secrets and its Applications.
 *
 * @throws ApiFailure when one of the lists cannot be read: with half of them a decision could be wrong
 */
export async function observe(api: KubeApi, scope: ObservedScope): Promise<Observation> {
  const clusters = (await listAll(api, clusterResource, scope.clusterNamespaces)).map(liveCluster);
  const applications = (await listAll(api, applicationResource, scope.applicationNamespaces)).map(liveApplication);
  const secrets = await clusterSecrets(api, clusters, scope.namespace);
  const kubeconfigs = new Map<string, PlainObject>();
  const unread = new Set<string>();
  const failures: ApiFailure[] = [];
  for (const cluster of clusters) {
    const key = kubeconfigKey(cluster);
    if (key === undefined || kubeconfigs.has(key) || unread.has(key)) continue;
    try {
      const found = await getSecret(api, cluster.namespace, cluster.secretName ?? '');
      if (found !== undefined) kubeconfigs.set(key, found);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      unread.add(key);
      failures.push(error);
    }
  }
  return { observed: { clusters, kubeconfigs, unread, secrets, applications }, failures };
}

async function listAll(api: KubeApi, resource: Resource, namespaces: readonly string[]): Promise<unknown[]> {
  const lists: unknown[][] = [];
  for (const namespace of namespaces) lists.push([...itemsOf(await api.call({ verb: 'list', resource, namespace }))]);
  return lists.flat();
}

/** Argo CD's and our own by their labels; one that is in the way of a Cluster's by its name. */
async function clusterSecrets(
  api: KubeApi,
  clusters: readonly LiveCluster[],
  namespace: string,
): Promise<LiveSecret[]> {
  const found = new Map<string, LiveSecret>();
  for (const labelSelector of [`${secretTypeLabel}=cluster`, `${managedByLabel}=${manager}`]) {
    const list = await api.call({ verb: 'list', resource: secretResource, namespace, query: { labelSelector } });
    for (const secret of itemsOf(list).map(liveSecret)) found.set(secret.name, secret);
  }
  for (const cluster of clusters) {
    const name = secretNameOf(cluster);
    if (cluster.secretName === undefined || found.has(name)) continue;
    const standing = await getSecret(api, namespace, name);
    if (standing !== undefined) found.set(name, liveSecret(standing));
  }
  return [...found.values()];
}

/** A Secret; undefined where there is none. */
async function getSecret(api: KubeApi, namespace: string, name: string): Promise<PlainObject | undefined> {
  try {
    const found = await api.call({ verb: 'get', resource: secretResource, namespace, name });
    return isPlainObject(found) ? found : undefined;
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
}
