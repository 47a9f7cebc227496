import { hostCluster, meshLabel } from '../model/placement.ts';
import { byText } from '../model/plain.ts';
import type { Plan } from '../plan.ts';

/** A cluster, and what runs on it. */
export interface ClusterRow {
  readonly name: string;
  /** undefined for the host cluster without a Cluster of its own. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly mesh: string | undefined;
  /** The Secret with its kubeconfig, in the Cluster's namespace. */
  readonly kubeconfigSecret: string | undefined;
  readonly placed: readonly {
    /** The AppDeployment, or the Application that deploys itself. */
    readonly owner: string;
    readonly revision: string;
    /** undefined where the Application's template decides. */
    readonly replicas: number | undefined;
  }[];
}

/** All Clusters, and the host cluster where something runs on it, by name. */
export function clusterRows({ catalog, placements }: Plan): ClusterRow[] {
  const placed = [
    ...placements.placed.map(({ appDeployment: { namespace, name }, revision, cluster, replicas }) => ({
      cluster: cluster.name,
      use: { owner: `${namespace}/${name}`, revision: revision.name, replicas },
    })),
    ...placements.direct.map(({ application: { namespace, name }, revision, cluster }) => ({
      cluster: cluster.name,
      use: { owner: `${namespace}/${name}`, revision: revision.name, replicas: undefined },
    })),
  ];
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
