import type { Catalog } from '../model/catalog.ts';
import { hostCluster, type Target, versionAnnotation } from '../model/placement.ts';

/** The host cluster, with the labels of the Cluster named in-cluster, in whatever namespace that is. */
export function hostTarget(clusters: Catalog['clusters']): Target {
  const host = clusters.find(({ name }) => name === hostCluster);
  return {
    name: hostCluster,
    labels: host?.object.metadata.labels ?? {},
    version: host?.object.metadata.annotations?.[versionAnnotation],
  };
}
