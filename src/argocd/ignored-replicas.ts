import { manifestPath } from '../layout/path.ts';
import { groupOf, type KubeObject, type Manifest } from '../model/manifest.ts';
import { byText, groupBy } from '../model/plain.ts';
import { isAutoscaler, scaledKey, targetKey } from '../render/autoscalers.ts';

/** An entry of an Application's `ignoreDifferences`. */
export interface IgnoredDifference {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly jqPathExpressions: readonly string[];
}

/**
 * The replicas of a workload that runs. Of one that was stopped, with 0, they are not ignored: an HPA
 * never starts it again, so that a revision that comes back would stay at 0.
 * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation
 */
const replicasOfRunning = '.spec | select(.replicas > 0) | .replicas';

/**
 * What the Application of each output folder ignores, by the folder's path: the replicas of workloads
 * that an autoscaler decides. With `RespectIgnoreDifferences` a sync keeps them as they are; where a
 * workload is not there yet, it is created with the replicas of its manifest.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-differences-configs
 */
export function ignoredReplicas(manifests: readonly Manifest[]): ReadonlyMap<string, readonly IgnoredDifference[]> {
  const targets = new Set(
    manifests
      .filter(({ object }) => isAutoscaler(object))
      .map(({ object, cluster }) => `${cluster} ${targetKey(object)}`),
  );
  if (targets.size === 0) return new Map();
  const scaled = manifests
    .filter(({ object, cluster }) => targets.has(`${cluster} ${scaledKey(object)}`))
    .toSorted((a, b) => byText(scaledKey(a.object), scaledKey(b.object)));
  const folders = groupBy(scaled, (manifest) => folderOf(manifestPath(manifest)));
  return new Map([...folders].map(([path, own]) => [path, own.map(({ object }) => ignored(object))]));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function ignored({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): IgnoredDifference {
  const group = groupOf(apiVersion);
  return {
    ...(group === '' ? {} : { group }),
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    jqPathExpressions: [replicasOfRunning],
  };
}
