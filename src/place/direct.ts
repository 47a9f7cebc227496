import type { Catalog } from '../model/catalog.ts';
import { hostCluster, type Target } from '../model/placement.ts';

/** Where an Application deploys that no AppDeployment places: the host cluster. */
export function directTarget(clusters: Catalog['clusters']): Target {
  const host = clusters.find(({ name }) => name === hostCluster);
  return { name: hostCluster, labels: host?.object.metadata.labels ?? {} };
}
