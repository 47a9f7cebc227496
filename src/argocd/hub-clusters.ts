import type { Catalog } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';

/**
 * A Cluster as it goes to the host cluster: its labels, its annotations and the name of its Secret,
 * never a credential. The early wave makes it come before the Applications that deploy there, and go
 * after them.
 */
export function hubCluster({ name, namespace, object }: Catalog['clusters'][number]): KubeObject {
  const { apiVersion, kind, metadata, spec } = object;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      ...(metadata.labels === undefined ? {} : { labels: metadata.labels }),
      annotations: { 'argocd.argoproj.io/sync-wave': '-1', ...metadata.annotations },
    },
    spec,
  };
}
