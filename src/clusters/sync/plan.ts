import type { KubeObject } from '../../model/manifest.ts';
import { byText, canonicalJson, groupBy } from '../../model/plain.ts';
import { problem, type Problem, type Staged } from '../../model/problem.ts';
import { applicationsOf, fieldOf, isSame } from './applications.ts';
import { type Desired, desiredOf, originOf, secretNameOf, type WantedSecret } from './desired.ts';
import { keyOf, type LiveCluster, type LiveSecret, type Observed } from './live.ts';
import { isClusterSecret, ownAnnotations, ownerOf } from './ownership.ts';

/** Which objects a run is about. */
export interface ClusterScope {
  /** Argo CD's own namespace. */
  readonly namespace: string;
  /** Where the Clusters are; owned Secrets of Clusters elsewhere belong to another run. */
  readonly clusterNamespaces: readonly string[];
}

/** One change of one cluster Secret. `cluster` is `namespace/name` of its Cluster. */
export type Step =
  | { readonly action: 'create'; readonly name: string; readonly cluster: string; readonly object: KubeObject }
  | {
      readonly action: 'update';
      readonly name: string;
      readonly cluster: string;
      readonly object: KubeObject;
      /** What differs: fields of `data`, `labels`, `annotations`. */
      readonly changed: readonly string[];
    }
  | { readonly action: 'remove'; readonly name: string; readonly cluster: string; readonly standing: LiveSecret }
  | {
      readonly action: 'keep';
      readonly name: string;
      readonly cluster: string;
      readonly standing: LiveSecret;
      readonly applications: readonly string[];
    };

/**
 * What is there → the steps that bring Argo CD's cluster Secrets in sync with the Clusters. Pure. No
 * step touches a Secret that is not owned, none follows from a Cluster with a problem, and after the
 * steps the plan has no step but `keep`.
 */
export function planSync(observed: Observed, scope: ClusterScope, now: Date): Staged<Step[]> {
  const clashing = clashes(observed.clusters);
  const parts = observed.clusters
    .toSorted((a, b) => byText(keyOf(a), keyOf(b)))
    .map((cluster) =>
      clashing.has(cluster.name)
        ? { value: [], problems: [clash(cluster)] }
        : stepsFor(desiredOf(cluster, observed, scope.namespace, now), observed, scope),
    );
  const gone = leftovers(observed, scope).map((secret) => stepWithout(secret, observed, scope));
  return {
    value: [...parts, ...gone].flatMap(({ value }) => value),
    problems: [...parts, ...gone].flatMap(({ problems }) => problems),
  };
}

function stepsFor({ wish, problems }: Desired, { secrets }: Observed, scope: ClusterScope): Staged<Step[]> {
  if (wish.wants !== 'secret') return { value: [], problems };
  const foreign = foreignProblems(wish.secret, secrets, scope);
  if (foreign.length > 0) return { value: [], problems: [...problems, ...foreign] };
  const standing = secrets.find(({ name }) => name === wish.secret.name);
  const step = standing === undefined ? creation(wish.secret, scope) : correction(wish.secret, standing, scope);
  return { value: step === undefined ? [] : [step], problems };
}

function creation({ name, cluster, labels, data }: WantedSecret, { namespace }: ClusterScope): Step {
  const metadata = { name, namespace, labels, annotations: ownAnnotations(cluster) };
  return {
    action: 'create',
    name,
    cluster: keyOf(cluster),
    object: { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data },
  };
}

/** The update carries the resourceVersion that was read: the API server refuses it when somebody was faster. */
function correction(wanted: WantedSecret, standing: LiveSecret, { namespace }: ClusterScope): Step | undefined {
  const { name, cluster, labels, data } = wanted;
  const annotations = ownAnnotations(cluster, standing.annotations);
  const changed = [
    ...Object.keys({ ...standing.data, ...data }).filter((key) => standing.data[key] !== data[key]),
    ...(canonicalJson(labels) === canonicalJson(standing.labels) ? [] : ['labels']),
    ...(canonicalJson(annotations) === canonicalJson(standing.annotations) ? [] : ['annotations']),
  ].toSorted(byText);
  if (changed.length === 0) return undefined;
  const metadata = { ...standing.metadata, name, namespace, labels, annotations };
  const object = { apiVersion: 'v1', kind: 'Secret', metadata, type: standing.type, data };
  return { action: 'update', name, cluster: keyOf(cluster), object, changed };
}

/** Secrets that stand in the way: of the same name, or cluster Secrets that say the same cluster. */
function foreignProblems(wanted: WantedSecret, secrets: readonly LiveSecret[], scope: ClusterScope): Problem[] {
  const mine = keyOf(wanted.cluster);
  return secrets.flatMap((secret) => {
    const owner = ownerOf(secret);
    if (owner === mine && secret.name === wanted.name) return [];
    const origin = originOf('Secret', { namespace: scope.namespace, name: secret.name });
    const whose = owner === undefined ? 'is not appdeploy\u2019s' : `is that of the Cluster ${owner}`;
    if (secret.name === wanted.name)
      return [
        problem('CLUSTER_SECRET_FOREIGN', origin, `stands where that of the Cluster ${mine} would, and ${whose}`),
      ];
    if (owner !== undefined || !isClusterSecret(secret)) return [];
    const same = (['name', 'server'] as const).filter((field) =>
      isSame(fieldOf(secret, field), fieldOf(wanted, field)),
    );
    if (same.length === 0) return [];
    const message = `gives Argo CD a cluster of the same ${same.join(' and ')} as the Cluster ${mine}, and ${whose}`;
    return [problem('CLUSTER_SECRET_FOREIGN', origin, message)];
  });
}

/** Owned Secrets whose Cluster is gone, or names no kubeconfig any more. */
function leftovers({ clusters, secrets }: Observed, { clusterNamespaces }: ClusterScope): LiveSecret[] {
  const used = new Map(
    clusters.flatMap((each) => (each.secretName === undefined ? [] : [[keyOf(each), secretNameOf(each)]])),
  );
  return secrets
    .filter((secret) => {
      const owner = ownerOf(secret);
      if (owner === undefined || !clusterNamespaces.includes(owner.split('/')[0] ?? '')) return false;
      return used.get(owner) !== secret.name;
    })
    .toSorted((a, b) => byText(a.name, b.name));
}

function stepWithout(standing: LiveSecret, { applications }: Observed, { namespace }: ClusterScope): Staged<Step[]> {
  const { name } = standing;
  const cluster = ownerOf(standing) ?? '';
  const users = applicationsOf(standing, applications);
  if (users.length === 0) return { value: [{ action: 'remove', name, cluster, standing }], problems: [] };
  const message = `is kept, though the Cluster ${cluster} is gone: ${users.join(', ')} deploys there`;
  return {
    value: [{ action: 'keep', name, cluster, standing, applications: users }],
    problems: [problem('CLUSTER_SECRET_KEPT', originOf('Secret', { namespace, name }), message)],
  };
}

/** Names that Clusters of several namespaces have: they would share one cluster Secret. */
function clashes(clusters: readonly LiveCluster[]): ReadonlySet<string> {
  const groups = [...groupBy(clusters, ({ name }) => name)];
  return new Set(groups.filter(([, group]) => group.length > 1).map(([name]) => name));
}

function clash(cluster: LiveCluster): Problem {
  const message = `another namespace has a Cluster ${cluster.name} too; Argo CD knows a cluster by its name`;
  return problem('DUPLICATE_CLUSTER', originOf('Cluster', cluster), message);
}
