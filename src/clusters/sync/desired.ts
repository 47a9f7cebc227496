import type { PlainObject } from '../../model/plain.ts';
import { hasErrors, problem, type Problem } from '../../model/problem.ts';
import { clusterSecret } from '../cluster-secret.ts';
import { kubeconfigOf } from '../secret-input.ts';
import { keyOf, kubeconfigKey, type LiveCluster, type Observed } from './live.ts';
import { ownLabels } from './ownership.ts';

/** The cluster Secret that a Cluster should have. */
export interface WantedSecret {
  readonly name: string;
  readonly cluster: LiveCluster;
  readonly labels: Readonly<Record<string, string>>;
  /** Base64, as the API server keeps it. */
  readonly data: Readonly<Record<string, string>>;
}

/** What a Cluster should have: `undecided` means that what it has stays as it is. */
export type Wish =
  | { readonly wants: 'secret'; readonly secret: WantedSecret }
  | { readonly wants: 'nothing' }
  | { readonly wants: 'undecided' };

/** A Cluster's wish, and what is to be said of it. */
export interface Desired {
  readonly wish: Wish;
  readonly problems: readonly Problem[];
}

/** The name of a Cluster's cluster Secret. */
export function secretNameOf({ name }: LiveCluster): string {
  return `cluster-${name}`;
}

/** Where problems of a live object are said to be. */
export function originOf(
  kind: string,
  object: { readonly namespace: string; readonly name: string },
): Problem['origin'] {
  return { path: `${kind} ${keyOf(object)}`, line: 1, column: 1 };
}

/**
 * A Cluster and its kubeconfig → the cluster Secret that it should have. A Cluster whose kubeconfig is
 * missing or refused wants nothing decided: what works is never taken away because of a mistake.
 */
export function desiredOf(cluster: LiveCluster, observed: Observed, namespace: string, now: Date): Desired {
  const key = kubeconfigKey(cluster);
  if (key === undefined) return { wish: { wants: 'nothing' }, problems: [] };
  const source = observed.kubeconfigs.get(key);
  if (source !== undefined) return converted(cluster, source, namespace, now);
  const message = `the Secret ${key} is not there, which ${keyOf(cluster)} names`;
  const missing = problem('KUBECONFIG_MISSING', originOf('Cluster', cluster), message);
  return { wish: { wants: 'undecided' }, problems: observed.unread.has(key) ? [] : [missing] };
}

function converted(cluster: LiveCluster, source: PlainObject, namespace: string, now: Date): Desired {
  const undecided = (problems: readonly Problem[]): Desired => ({ wish: { wants: 'undecided' }, problems });
  const path = `Secret ${kubeconfigKey(cluster) ?? ''}`;
  const kubeconfig = kubeconfigOf(JSON.stringify(source), path, cluster.secretName);
  if (kubeconfig.value === undefined || hasErrors(kubeconfig.problems)) return undecided(kubeconfig.problems);
  const { text, path: place } = kubeconfig.value;
  const { secret, problems } = clusterSecret(cluster, text, { namespace, path: place }, now);
  if (secret === undefined) return undecided(problems);
  const data = Object.fromEntries(
    Object.entries(secret.stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  const labels = ownLabels(secret.metadata.labels ?? {});
  return { wish: { wants: 'secret', secret: { name: secretNameOf(cluster), cluster, labels, data } }, problems };
}
