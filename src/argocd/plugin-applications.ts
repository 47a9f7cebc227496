import type { KubeObject } from '../model/manifest.ts';
import { application, type ApplicationsInput, sourcePath } from './applications.ts';
import type { OutputFolder } from './names.ts';
import type { PluginParameter } from './parameters.ts';

/** A parameter of the plugin, as an Application sets it. */
export interface SetParameter {
  readonly name: PluginParameter['name'];
  readonly string: string;
}

/**
 * The Applications of the view `argocd`: those that `render` writes, by name and destination, which ask
 * the plugin for their output folder, and for `others` as well.
 */
export function pluginApplications(
  folders: readonly OutputFolder[],
  others: readonly SetParameter[],
  { argocd, ignored }: Pick<ApplicationsInput, 'argocd' | 'ignored'>,
): KubeObject[] {
  return folders.map((folder) => {
    const { cluster, namespace, owner } = folder;
    const parameters: SetParameter[] = [
      { name: 'cluster', string: cluster },
      { name: 'appDeployment', string: `${namespace}/${owner}` },
      ...others,
    ];
    const source = { path: sourcePath(argocd), plugin: { name: 'appdeploy', parameters } };
    return application(folder, argocd, { source, ignored: ignored.get(folder.path) });
  });
}
