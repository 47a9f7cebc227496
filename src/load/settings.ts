import type { ArgocdSettings, AutoscalerSettings, Settings, SourceDocument, SourceFile } from '../model/catalog.ts';
import type { Origin } from '../model/origin.ts';
import type { Config } from '../model/kinds.gen.ts';
import { digList } from '../model/plain.ts';
import { problem, type Problem, type Staged } from '../model/problem.ts';
import { parseFile } from './parse.ts';
import { validateAs } from './validate.ts';

/** The file that makes a folder the root of a config repo. */
export const configFile = 'appdeploy.yaml';

/** What holds where the config says nothing. */
const defaultSettings: Settings = {
  include: ['**/*.yaml', '**/*.yml', '**/*.json'],
  exclude: [],
  output: 'rendered',
  allowEmpty: false,
  templateSeconds: 2,
  kubernetesVersion: undefined,
  mainline: ['main', 'master'],
  listsMainlines: false,
  argocd: undefined,
  autoscalers: { initialReplicas: false, beforeRoutes: true },
  istioVersion: 'v1',
  missingTargets: 'Renormalise',
};

/** Reads the config; without a file, the defaults. `version` is appdeploy's own. */
export function readSettings(file: SourceFile | undefined, version: string): Staged<Settings> {
  if (file === undefined) return { value: defaultSettings, problems: [] };
  const { value: documents, problems } = parseFile(file, true);
  const [document, second] = documents.filter(({ value }) => value !== null);
  if (problems.length > 0 || document === undefined) return { value: defaultSettings, problems };
  const extra =
    second === undefined
      ? []
      : [problem('INVALID_VALUE', second.origin, `${configFile} holds one document; this is a second`)];
  const wrong = [...validateAs('Config', document), ...extra];
  if (wrong.length > 0) return { value: defaultSettings, problems: wrong };
  return { value: settingsOf(document.value as Config, document), problems: versionProblems(document, version) };
}

function settingsOf(config: Config, { locate }: SourceDocument): Settings {
  const { requiredVersion, traffic } = config;
  return {
    include: config.include ?? defaultSettings.include,
    exclude: config.exclude ?? defaultSettings.exclude,
    output: (config.output ?? defaultSettings.output).replace(/\/+$/, ''),
    allowEmpty: config.allowEmpty ?? defaultSettings.allowEmpty,
    templateSeconds: config.templates?.timeoutSeconds ?? defaultSettings.templateSeconds,
    kubernetesVersion: config.kubernetesVersion,
    mainline: config.mainline ?? defaultSettings.mainline,
    listsMainlines: config.mainline !== undefined,
    argocd: argocdSettings(config.argocd, locate(['argocd'], 'key')),
    autoscalers: autoscalerSettings(config),
    istioVersion: traffic?.istioVersion ?? defaultSettings.istioVersion,
    missingTargets: traffic?.missingTargets ?? defaultSettings.missingTargets,
    ...(requiredVersion === undefined
      ? {}
      : { requiredVersion: { text: requiredVersion, origin: locate(['requiredVersion']) } }),
  };
}

function argocdSettings(argocd: Config['argocd'], origin: Origin): ArgocdSettings | undefined {
  if (argocd === undefined) return undefined;
  const path = (argocd.path ?? '').replace(/\/+$/, '');
  return {
    repoURL: argocd.repoURL,
    targetRevision: argocd.targetRevision ?? 'HEAD',
    path: path === '' ? '' : `${path}/`,
    namespace: argocd.namespace ?? 'argocd',
    project: argocd.project ?? 'appdeploy',
    version: argocd.version,
    syncPolicy: argocd.syncPolicy,
    annotations: argocd.annotations ?? {},
    clusters: argocd.clusters ?? false,
    origin,
  };
}

function autoscalerSettings({ autoscalers, argocd }: Config): AutoscalerSettings {
  return {
    initialReplicas: autoscalers?.initialReplicas ?? ignoresReplicas(argocd),
    beforeRoutes: autoscalers?.beforeRoutes ?? defaultSettings.autoscalers.beforeRoutes,
  };
}

/** Whether the repo's Applications keep what an autoscaler decided; of others, nothing is known. */
function ignoresReplicas(argocd: Config['argocd']): boolean {
  return (
    argocd !== undefined && !digList(argocd, 'syncPolicy', 'syncOptions').includes('RespectIgnoreDifferences=false')
  );
}

function versionProblems({ value, locate }: SourceDocument, version: string): Problem[] {
  const { requiredVersion } = value as Config;
  if (requiredVersion === undefined) return [];
  const order = compareVersions(version, requiredVersion.replace('>=', ''));
  if (requiredVersion.startsWith('>=') ? order >= 0 : order === 0) return [];
  return [
    problem(
      'REQUIRED_VERSION',
      locate(['requiredVersion']),
      `this is appdeploy ${version}; the config asks for ${requiredVersion}`,
    ),
  ];
}

function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  return [0, 1, 2].map((index) => (left[index] ?? 0) - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
