import { secretTypeLabel } from '../cluster-annotations.ts';
import { keyOf, type LiveCluster, type LiveSecret } from './live.ts';

/** The label of everything that `clusters sync` owns (kubernetes.io: Recommended Labels). */
export const managedByLabel = 'app.kubernetes.io/managed-by';
/** Its value. */
export const manager = 'appdeploy';
/** The annotation that says whose cluster Secret it is: `namespace/name` of a Cluster. */
const clusterAnnotation = 'appdeploy.dev/cluster';

/**
 * The label by which Argo CD may track the objects of an Application (`application.instanceLabelKey`).
 * It is the Cluster's own: on the Secret it would make Argo CD prune the Secret as gone from Git.
 */
const trackingLabel = 'app.kubernetes.io/instance';

/** The Cluster that an owned Secret is of; undefined for a foreign one. Label and annotation must both be there. */
export function ownerOf({ labels, annotations }: LiveSecret): string | undefined {
  const owner = annotations[clusterAnnotation] ?? '';
  return labels[managedByLabel] === manager && /^[^/]+\/[^/]+$/.test(owner) ? owner : undefined;
}

/** Whether Argo CD takes a Secret for a cluster. */
export function isClusterSecret({ labels }: LiveSecret): boolean {
  return labels[secretTypeLabel] === 'cluster';
}

/** The labels of an owned Secret: those of the conversion, and ours. */
export function ownLabels(converted: Readonly<Record<string, string>>): Record<string, string> {
  const labels = Object.entries(converted).filter(([name]) => name !== trackingLabel);
  return { ...Object.fromEntries(labels), [managedByLabel]: manager };
}

/** The annotations of an owned Secret; what others wrote beside ours stays. */
export function ownAnnotations(
  cluster: LiveCluster,
  others: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...others, [clusterAnnotation]: keyOf(cluster) };
}
