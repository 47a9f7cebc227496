import { qualifiedName } from '../model/catalog.ts';
import { hostCluster, meshLabel } from '../model/placement.ts';
import { byText } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import { placedReplicas, type ReplicaFigures } from './placed-replicas.ts';

/** A cluster, and what runs on it. */
export interface ClusterRow {
  readonly name: string;
  /** undefined for the host cluster without a Cluster of its own. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly mesh: string | undefined;
  /** The Secret with its kubeconfig, in the Cluster's namespace. */
  readonly kubeconfigSecret: string | undefined;
  readonly placed: readonly (ReplicaFigures & {
    /** The AppDeployment, or the Application that deploys itself. */
    readonly owner: string;
    readonly revision: string;
  })[];
}

/** All Clusters, and the host cluster where something runs on it, by name. */
export function clusterRows({ catalog, placements, manifests }: Plan): ClusterRow[] {
  const placed = usesOf(placements, manifests);
  const declared = catalog.clusters.map(({ name, namespace, object }) => ({
    name,
    namespace,
    labels: object.metadata.labels ?? {},
    kubeconfigSecret: object.spec?.kubeconfigSecretRef?.name,
  }));
  const isNamed = declared.some(({ name }) => name === hostCluster);
  const isUsed = placed.some(({ cluster }) => cluster === hostCluster);
  const host = { name: hostCluster, namespace: undefined, labels: {}, kubeconfigSecret: undefined };
  return [...declared, ...(isUsed && !isNamed ? [host] : [])]
    .toSorted((a, b) => byText(a.name, b.name))
    .map((cluster) => ({
      ...cluster,
      mesh: Object.entries(cluster.labels).find(([key]) => key === meshLabel)?.[1],
      placed: placed
        .filter((each) => each.cluster === cluster.name)
        .map(({ use }) => use)
        .toSorted((a, b) => byText(a.owner, b.owner) || byText(a.revision, b.revision)),
    }));
}

/** What is placed, with the cluster that it is on. */
function usesOf(
  { placed, direct }: Plan['placements'],
  manifests: Plan['manifests'],
): { readonly cluster: string; readonly use: ClusterRow['placed'][number] }[] {
  const figuresOf = placedReplicas({ manifests });
  return [
    ...placed.map((placement) => ({
      cluster: placement.cluster.name,
      use: {
        owner: qualifiedName(placement.appDeployment),
        revision: placement.revision.name,
        ...figuresOf(placement),
      },
    })),
    ...direct.map(({ application, revision, cluster }) => ({
      cluster: cluster.name,
      use: { owner: qualifiedName(application), revision: revision.name, replicas: undefined },
    })),
  ];
}
