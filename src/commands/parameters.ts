import { announcement, pluginParameters } from '../argocd/parameters.ts';
import { qualifiedName } from '../model/catalog.ts';
import { loadRepo } from '../pipeline.ts';
import { type Command, commonOptions } from './command.ts';
import { knownClusters } from './on-disk.ts';
import { repoHere } from './plan.ts';

/** `appdeploy parameters` */
export const parametersCommand: Command = {
  name: 'parameters',
  summary: 'print what the repo offers the plugin\u2019s parameters, as JSON for Argo CD\u2019s UI',
  usage: '',
  positionals: { min: 0, max: 0 },
  options: { ...commonOptions },
  details: 'Called by Argo CD (plugin.yaml, parameters.dynamic).',
  run: async (_args, values, context) => {
    const { repo } = await repoHere(values, context);
    const { catalog } = await loadRepo(repo, context);
    const offers: Readonly<Record<string, readonly string[]>> = {
      cluster: knownClusters({ catalog }),
      appDeployment: catalog.appDeployments.map(qualifiedName),
    };
    const dynamic = pluginParameters
      .filter(({ name }) => offers[name] !== undefined)
      .map((parameter) => ({ ...parameter, tooltip: `One of: ${(offers[parameter.name] ?? []).join(', ')}` }));
    context.stdout(`${JSON.stringify(dynamic.map(announcement), null, 2)}\n`);
    return 0;
  },
};
