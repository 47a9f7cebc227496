import { appProject } from '../argocd/applications.ts';
import { hubCluster } from '../argocd/hub-clusters.ts';
import { pluginApplications, type SetParameter } from '../argocd/plugin-applications.ts';
import type { ArgocdSettings } from '../model/catalog.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import { byText } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import { type Context, UsageError } from './command.ts';

/** What the hub is asked for besides the view. */
export interface HubRequest {
  readonly owner: string | undefined;
  readonly requireCommitted: boolean;
}

/** The manifests of one AppDeployment or Application, by `name` or `namespace/name`; without one, all. */
export function ownedBy(manifests: readonly Manifest[], wanted: string | undefined): readonly Manifest[] {
  if (wanted === undefined) return manifests;
  return manifests.filter(({ owner: { namespace, name } }) => wanted === name || wanted === `${namespace}/${name}`);
}

/**
 * The config's AppProject, the Clusters where they are asked for, and the Applications of all clusters
 * on which something runs.
 *
 * @throws UsageError when nothing says the repo's address
 */
export function hubObjects(
  { settings, manifests, catalog }: Plan,
  { owner, requireCommitted }: HubRequest,
  { environment }: Context,
): KubeObject[] {
  const used = [...new Set(ownedBy(manifests, owner).map(({ cluster }) => cluster))].toSorted(byText);
  const { argocd } = settings;
  const clusters = argocd?.clusters === true ? catalog.clusters.map(hubCluster) : [];
  const project = argocd === undefined ? [] : [appProject({ argocd, clusters: catalog.clusters })];
  const others: SetParameter[] = [
    ...(owner === undefined ? [] : [{ name: 'appDeployment' as const, string: owner }]),
    ...(requireCommitted ? [{ name: 'requireCommitted' as const, string: 'true' }] : []),
  ];
  return [...project, ...clusters, ...pluginApplications(used, others, argocd ?? fromEnvironment(environment))];
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
