import { dig, digList, digText, isPlainObject } from '../model/plain.ts';

/** One parameter of the config-management plugin, as Argo CD announces it in its UI. */
export interface PluginParameter {
  readonly name: 'cluster' | 'appDeployment' | 'view' | 'kubernetesVersion' | 'allowEmpty' | 'requireCommitted';
  readonly title: string;
  readonly tooltip: string;
  /** The value where none is given. */
  readonly string: string;
}

/** Every parameter; plugin.yaml, `appdeploy parameters` and `appdeploy generate` are made from this list. */
export const pluginParameters: readonly PluginParameter[] = [
  {
    name: 'cluster',
    title: 'Cluster',
    tooltip: 'The Cluster whose manifests are wanted; in-cluster is the one that Argo CD runs in.',
    string: '',
  },
  {
    name: 'appDeployment',
    title: 'AppDeployment',
    tooltip:
      'Only what this AppDeployment or Application deploys: name or namespace/name; namespace/_shared for shared Gateways. Empty: everything.',
    string: '',
  },
  {
    name: 'view',
    title: 'View',
    tooltip: 'cluster: the manifests of one cluster. argocd: the Applications for all of them, which use this plugin.',
    string: 'cluster',
  },
  {
    name: 'kubernetesVersion',
    title: 'Kubernetes version',
    tooltip: 'For Clusters that do not say theirs. Empty: that of the cluster that Argo CD runs in.',
    string: '',
  },
  {
    name: 'allowEmpty',
    title: 'Allow an empty result',
    tooltip: 'true accepts that nothing runs on the cluster; else that is an error.',
    string: 'false',
  },
  {
    name: 'requireCommitted',
    title: 'Require the committed output',
    tooltip: 'true refuses unless the rendered files of the repo, which people reviewed, are the same.',
    string: 'false',
  },
];

/** What the plugin is asked for, or why the request cannot be read. */
export type PluginRequest =
  | { readonly values: Readonly<Partial<Record<PluginParameter['name'], string>>> }
  | { readonly wrong: string };

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads what Argo CD tells a plugin: `ARGOCD_APP_PARAMETERS` (JSON; else the `PARAM_…` variables that
 * are made of it), then `ARGOCD_ENV_…` of the Application's plugin env, then `KUBE_VERSION`.
 */
export function readPluginRequest(environment: Environment): PluginRequest {
  const given = environment['ARGOCD_APP_PARAMETERS'];
  const listed = given === undefined || given === '' ? fromVariables('PARAM_', environment) : fromJson(given);
  if ('wrong' in listed) return listed;
  const kubernetesVersion = environment['KUBE_VERSION'];
  return {
    values: {
      ...(kubernetesVersion === undefined || kubernetesVersion === '' ? {} : { kubernetesVersion }),
      ...fromVariables('ARGOCD_ENV_', environment).values,
      ...listed.values,
    },
  };
}

function fromVariables(prefix: string, environment: Environment): { readonly values: Record<string, string> } {
  const found = pluginParameters.flatMap(({ name }) => {
    const value = variableNames(name)
      .map((variable) => environment[prefix + variable])
      .find((each) => each !== undefined);
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return { values: Object.fromEntries(found) as Record<string, string> };
}

/** `kubernetesVersion` → `KUBERNETESVERSION`, as Argo CD writes it, and `KUBERNETES_VERSION`. */
function variableNames(name: string): string[] {
  return [name.toUpperCase(), name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()];
}

function fromJson(text: string): PluginRequest {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return { wrong: 'ARGOCD_APP_PARAMETERS is not JSON' };
  }
  const known = new Set<string>(pluginParameters.map(({ name }) => name));
  const values: Record<string, string> = {};
  for (const parameter of digList({ list }, 'list')) {
    const name = digText(parameter, '', 'name');
    if (!known.has(name))
      return { wrong: `there is no parameter ${JSON.stringify(name)}; there are ${[...known].join(', ')}` };
    const value = dig(parameter, 'string');
    if (!isPlainObject(parameter) || typeof value !== 'string') return { wrong: `parameter ${name} must be a string` };
    if (value !== '') values[name] = value;
  }
  return { values };
}

/** A parameter as ParametersAnnouncement (Argo CD's plugin API). */
export function announcement({ name, title, tooltip, string }: PluginParameter): object {
  return { name, title, tooltip, required: name === 'cluster', itemType: 'string', collectionType: 'string', string };
}
