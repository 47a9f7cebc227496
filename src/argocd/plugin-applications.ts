import type { ArgocdSettings } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';
import { applicationName } from './names.ts';
import { cascade, sourcePath, syncPolicy } from './applications.ts';

/** The Applications of the view `argocd`: one for each cluster, which asks the plugin for it. */
export function pluginApplications(clusters: readonly string[], argocd: ArgocdSettings): KubeObject[] {
  return clusters.map((cluster): KubeObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: applicationName({ path: '', cluster, namespace: argocd.project, owner: 'appdeploy' }),
      namespace: argocd.namespace,
      finalizers: [cascade],
      ...(Object.keys(argocd.annotations).length === 0 ? {} : { annotations: argocd.annotations }),
    },
    spec: {
      project: argocd.project,
      source: {
        repoURL: argocd.repoURL,
        targetRevision: argocd.targetRevision,
        path: sourcePath(argocd),
        plugin: { name: 'appdeploy', parameters: [{ name: 'cluster', string: cluster }] },
      },
      destination: { name: cluster, namespace: 'default' },
      syncPolicy: argocd.syncPolicy ?? syncPolicy(argocd),
    },
  }));
}
