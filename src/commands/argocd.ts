import { rootApplication } from '../argocd/root-application.ts';
import { printYaml } from '../layout/printer.ts';
import { readSettingsOf } from '../pipeline.ts';
import { type Command, commonOptions, UsageError } from './command.ts';
import { repoHere } from './plan.ts';

const bootstrapCommand: Command = {
  name: 'argocd bootstrap',
  summary: 'print the root Application, which deploys all others; apply it once',
  usage: '[--plugin [--require-committed]]',
  positionals: { min: 0, max: 0 },
  options: {
    plugin: { type: 'boolean', help: 'deploy what the plugin renders, not the committed output' },
    'require-committed': { type: 'boolean', help: 'with --plugin: refuse what is not committed as rendered' },
    ...commonOptions,
  },
  details: 'appdeploy argocd bootstrap | kubectl apply -f -',
  run: async (_args, values, context) => {
    const { repo } = await repoHere(values, context);
    const { argocd, output } = await readSettingsOf(repo, context);
    if (argocd === undefined)
      throw new UsageError('set argocd.repoURL in appdeploy.yaml: without it there are no Applications');
    const byPlugin = values['plugin'] === true;
    const requireCommitted = values['require-committed'] === true;
    if (requireCommitted && !byPlugin) throw new UsageError('--require-committed goes with --plugin');
    context.stdout(printYaml(rootApplication({ argocd, output }, { byPlugin, requireCommitted })));
    return 0;
  },
};

/** `appdeploy argocd` */
export const argocdCommand: Command = {
  name: 'argocd',
  summary: 'what Argo CD needs to deploy the repo',
  usage: 'bootstrap',
  positionals: { min: 0, max: 0 },
  options: { ...commonOptions },
  details: 'With argocd.repoURL in appdeploy.yaml, render writes an Application for each output folder.',
  subcommands: [bootstrapCommand],
  run: () => Promise.reject(new UsageError('say what: appdeploy argocd bootstrap')),
};
