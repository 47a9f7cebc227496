import type { ArgocdSettings, Catalog } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';
import { type FileTree, marker } from '../model/output.ts';
import { byText, digList } from '../model/plain.ts';
import { printYaml } from '../layout/printer.ts';
import { apiVersion, cascade } from './api.ts';
import { appProject } from './app-project.ts';
import { hubCluster } from './hub-clusters.ts';
import type { IgnoredDifference } from './ignored-replicas.ts';
import { applicationName, type OutputFolder, outputFolders } from './names.ts';

/** What the Applications are made from. */
export interface ApplicationsInput {
  readonly argocd: ArgocdSettings;
  /** The output folder, relative to the root. */
  readonly output: string;
  /** The repo's Clusters. */
  readonly clusters: Catalog['clusters'];
  /** By the path of an output folder. */
  readonly ignored: ReadonlyMap<string, readonly IgnoredDifference[]>;
}

/**
 * The files below `<output>/argocd`: an Application for each output folder, the AppProject, where they
 * are asked for the Clusters, and a kustomization.
 */
export function argocdFiles(generated: FileTree, input: ApplicationsInput): FileTree {
  const folders = outputFolders(generated.keys(), input.output);
  const applications = folders.map((folder): [string, unknown] => [
    `application-${applicationName(folder)}.yaml`,
    directoryApplication(folder, input),
  ]);
  const clusters = input.argocd.clusters ? input.clusters : [];
  const objects = [
    ...applications,
    ['appproject.yaml', appProject(input)] as [string, unknown],
    ...clusters.map((cluster): [string, unknown] => [`cluster-${cluster.name}.yaml`, hubCluster(cluster)]),
  ].toSorted(([a], [b]) => byText(a, b));
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: objects.map(([name]) => name),
  };
  const files = [...objects, ['kustomization.yaml', kustomization] as [string, unknown]];
  return new Map(files.map(([name, object]) => [`${input.output}/argocd/${name}`, `${marker}\n${printYaml(object)}`]));
}

/** The Application of an output folder that deploys the folder as it is committed. */
function directoryApplication(folder: OutputFolder, { argocd, output, ignored }: ApplicationsInput): KubeObject {
  const path = `${argocd.path}${output}/${folder.path}`;
  // Absolute, so that a commit elsewhere refreshes nothing.
  const annotations = { 'argocd.argoproj.io/manifest-generate-paths': `/${path}` };
  return application(folder, argocd, { source: { path }, annotations, ignored: ignored.get(folder.path) });
}

/** What the Applications of output folders differ in. */
export interface ApplicationParts {
  readonly source: object;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ignored: readonly IgnoredDifference[] | undefined;
}

/**
 * The Application of an output folder: one name and one destination, whatever in the repo it deploys
 * from, so that another source changes it in place, and deletes nothing.
 */
export function application(
  folder: OutputFolder,
  argocd: ArgocdSettings,
  { source, annotations = {}, ignored = [] }: ApplicationParts,
): KubeObject {
  const all = { ...annotations, ...argocd.annotations };
  const policy = argocd.syncPolicy ?? syncPolicy(argocd);
  return {
    apiVersion,
    kind: 'Application',
    metadata: {
      name: applicationName(folder),
      namespace: argocd.namespace,
      finalizers: [cascade],
      ...(Object.keys(all).length === 0 ? {} : { annotations: all }),
    },
    spec: {
      project: argocd.project,
      source: { repoURL: argocd.repoURL, targetRevision: argocd.targetRevision, ...source },
      destination: { name: folder.cluster, namespace: folder.namespace },
      syncPolicy: ignored.length === 0 ? policy : respecting(policy),
      ...(ignored.length === 0 ? {} : { ignoreDifferences: ignored }),
    },
  };
}

/** The policy with which a sync, too, keeps what is ignored, unless it says itself that it does not. */
function respecting(policy: object): object {
  const syncOptions = digList(policy, 'syncOptions');
  if (syncOptions.some((option) => String(option).startsWith('RespectIgnoreDifferences='))) return policy;
  return { ...policy, syncOptions: [...syncOptions, 'RespectIgnoreDifferences=true'] };
}

/** Automated sync; prunes last; retries for about three minutes at a time. */
export function syncPolicy({ version }: ArgocdSettings): object {
  return {
    automated: { prune: true, selfHeal: true },
    syncOptions: ['CreateNamespace=true', 'PruneLast=true', 'ServerSideApply=true'],
    retry: {
      limit: 5,
      backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
      // A retry takes up a newer commit instead of the one that failed.
      ...(atLeast(version, 3, 2) ? { refresh: true } : {}),
    },
  };
}

function atLeast(version: string | undefined, major: number, minor: number): boolean {
  const [own = 0, ownMinor = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number);
  return own > major || (own === major && ownMinor >= minor);
}

/** The root's folder, as an Application names it. */
export function sourcePath({ path }: Pick<ArgocdSettings, 'path'>): string {
  return path === '' ? '.' : path.replace(/\/$/, '');
}
