import type { ArgocdSettings, Catalog } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';
import { hostCluster } from '../model/placement.ts';
import { byText } from '../model/plain.ts';
import { apiVersion, cascade } from './api.ts';

/** What the project is made from. */
export interface ProjectInput {
  readonly argocd: ArgocdSettings;
  /** The repo's Clusters. */
  readonly clusters: Catalog['clusters'];
}

/**
 * The project of all Applications. It allows every Cluster of the repo and every kind: an exact one
 * would orphan objects when the last of their kind or cluster goes. The early wave makes it the
 * first to come and the last to go.
 */
export function appProject({ argocd, clusters }: ProjectInput): KubeObject {
  const names = [...new Set([hostCluster, ...clusters.map(({ name }) => name)])].toSorted(byText);
  return {
    apiVersion,
    kind: 'AppProject',
    metadata: {
      name: argocd.project,
      namespace: argocd.namespace,
      finalizers: [cascade],
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: {
      description: 'What appdeploy renders.',
      sourceRepos: [argocd.repoURL],
      destinations: names.map((name) => ({ name, namespace: '*' })),
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}
