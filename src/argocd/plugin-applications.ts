import type { ArgocdSettings } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';
import type { PluginParameter } from './parameters.ts';
import { applicationName } from './names.ts';
import { cascade, sourcePath, syncPolicy } from './applications.ts';

/** A parameter of the plugin, as an Application sets it. */
export interface SetParameter {
  readonly name: PluginParameter['name'];
  readonly string: string;
}

/**
 * The Applications of the view `argocd`: one for each cluster, which asks the plugin for it,
 * and for `others` as well.
 */
export function pluginApplications(
  clusters: readonly string[],
  others: readonly SetParameter[],
  argocd: ArgocdSettings,
): KubeObject[] {
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
        plugin: { name: 'appdeploy', parameters: [{ name: 'cluster', string: cluster }, ...others] },
      },
      destination: { name: cluster, namespace: 'default' },
      syncPolicy: argocd.syncPolicy ?? syncPolicy(argocd),
    },
  }));
}
