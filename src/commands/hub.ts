import { appProject } from '../argocd/app-project.ts';
import { hubCluster } from '../argocd/hub-clusters.ts';
import { ignoredReplicas } from '../argocd/ignored-replicas.ts';
import { isOwnedBy, outputFolders } from '../argocd/names.ts';
import { pluginApplications, type SetParameter } from '../argocd/plugin-applications.ts';
import { outputPath } from '../layout/path.ts';
import type { ArgocdSettings } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';
import type { Plan } from '../plan.ts';
import { type Context, UsageError } from './command.ts';

/** What the hub is asked for besides the view. */
export interface HubRequest {
  readonly owner: string | undefined;
  readonly requireCommitted: boolean;
}

/**
 * The config's AppProject, the Clusters where they are asked for, and the Applications of everything
 * that runs somewhere.
 *
 * @throws UsageError when nothing says the repo's address
 */
export function hubObjects(
  { settings: { argocd, output }, manifests, catalog }: Plan,
  { owner, requireCommitted }: HubRequest,
  { environment }: Context,
): KubeObject[] {
  const paths = manifests.map((manifest) => outputPath(manifest, output));
  const folders = outputFolders(paths, output).filter((folder) => owner === undefined || isOwnedBy(folder, owner));
  const clusters = argocd?.clusters === true ? catalog.clusters.map(hubCluster) : [];
  const project = argocd === undefined ? [] : [appProject({ argocd, clusters: catalog.clusters })];
  const others: SetParameter[] = requireCommitted ? [{ name: 'requireCommitted', string: 'true' }] : [];
  const input = { argocd: argocd ?? fromEnvironment(environment), ignored: ignoredReplicas(manifests) };
  return [...project, ...clusters, ...pluginApplications(folders, others, input)];
}

/** Without `argocd` in the config, the repo is the one that the plugin is asked about. */
function fromEnvironment(environment: Context['environment']): ArgocdSettings {
  const repoURL = environment['ARGOCD_APP_SOURCE_REPO_URL'] ?? '';
  if (repoURL === '') throw new UsageError('the view argocd needs argocd.repoURL in appdeploy.yaml');
  return {
    repoURL,
    targetRevision: environment['ARGOCD_APP_SOURCE_TARGET_REVISION'] || 'HEAD',
    path: (environment['ARGOCD_APP_SOURCE_PATH'] ?? '').replace(/^\.?\/*$/, '').replace(/([^/])$/, '$1/'),
    namespace: 'argocd',
    project: environment['ARGOCD_APP_PROJECT_NAME'] || 'default',
    version: undefined,
    syncPolicy: undefined,
    annotations: {},
    clusters: false,
    origin: { path: 'appdeploy.yaml', line: 1, column: 1 },
  };
}
