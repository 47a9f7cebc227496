import type { ArgocdSettings } from '../model/catalog.ts';
import { hostCluster } from '../model/placement.ts';
import { apiVersion } from './api.ts';
import { sourcePath, syncPolicy } from './applications.ts';

/** How the root Application gets the others. */
export interface RootOptions {
  readonly byPlugin?: boolean;
  /** Of the plugin: refuse what is not committed as rendered. */
  readonly requireCommitted?: boolean;
}

/**
 * The root Application, applied by hand, once. It deploys `<output>/argocd` itself, or, by the plugin,
 * the same Applications, each of which asks the plugin in its turn.
 */
export function rootApplication(
  { argocd, output }: { readonly argocd: ArgocdSettings; readonly output: string },
  { byPlugin = false, requireCommitted = false }: RootOptions = {},
): object {
  const { repoURL, targetRevision } = argocd;
  const path = `${argocd.path}${output}/argocd`;
  const annotations = { 'argocd.argoproj.io/manifest-generate-paths': `/${path}` };
  const strict = requireCommitted ? [{ name: 'requireCommitted', string: 'true' }] : [];
  const hub = { name: 'appdeploy', parameters: [{ name: 'view', string: 'argocd' }, ...strict] };
  return {
    apiVersion,
    kind: 'Application',
    metadata: {
      name: `${argocd.project}-root`,
      namespace: argocd.namespace,
      ...(byPlugin ? {} : { annotations }),
    },
    spec: {
      project: 'default',
      source: byPlugin
        ? { repoURL, targetRevision, path: sourcePath(argocd), plugin: hub }
        : { repoURL, targetRevision, path },
      destination: { name: hostCluster, namespace: argocd.namespace },
      syncPolicy: syncPolicy(argocd),
    },
  };
}
