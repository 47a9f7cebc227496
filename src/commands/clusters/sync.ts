import { resolve } from 'node:path';
import { syncClusters } from '../../cluster-sync.ts';
import { type KubeApi, kubeApi } from '../../io/kube/api.ts';
import { connect } from '../../io/kube/connection.ts';
import type { ObservedScope } from '../../io/kube/observe.ts';
import { hasErrors } from '../../model/problem.ts';
import { stepText } from '../../report/cluster-sync.ts';
import { type Command, commonOptions, type Context, type OptionValues, textOption, UsageError } from '../command.ts';
import { printProblems } from '../plan.ts';
import { watchClusters } from './sync-watch.ts';

const { problems, quiet, help } = commonOptions;

/** `appdeploy clusters sync` */
export const syncCommand: Command = {
  name: 'clusters sync',
  summary: 'keep Argo CD\u2019s cluster Secrets in sync with the Clusters in the host cluster',
  usage: '[--watch] [--dry-run]',
  positionals: { min: 0, max: 0 },
  options: {
    watch: { type: 'boolean', help: 'go on until SIGTERM: whatever changes is taken up at once' },
    'dry-run': { type: 'boolean', help: 'write nothing, say what would be written' },
    kubeconfig: {
      type: 'string',
      value: 'FILE',
      help: 'reach the host cluster by this (default: as the pod that this is)',
    },
    context: { type: 'string', value: 'NAME', help: 'take this context of the kubeconfig' },
    namespace: { type: 'string', value: 'NAME', help: 'Argo CD\u2019s namespace (default: argocd)' },
    'clusters-namespace': {
      type: 'string',
      value: 'NAME',
      multiple: true,
      help: 'where the Clusters and their kubeconfigs are (default: default); may be repeated',
    },
    'applications-namespace': {
      type: 'string',
      value: 'NAME',
      multiple: true,
      help: 'another namespace where Argo CD has Applications; may be repeated',
    },
    port: {
      type: 'string',
      value: 'N',
      help: 'with --watch, serve /healthz, /readyz and /metrics here (default: 8080)',
    },
    problems,
    quiet,
    help,
  },
  details:
    'Asks no repo: Clusters and kubeconfigs are those of the host cluster. Touches only Secrets that it made.\nOne whose Cluster is gone is removed, unless an Application still deploys by it.\nExits with 1 when a Cluster has a problem, with 2 when the API server is away or forbids something.',
  run: async (_args, values, context) => {
    const isWatching = values['watch'] === true;
    refuseCombinations(values, isWatching);
    const scope = scopeOf(values);
    const connection = await connect(connectionChoice(values, context));
    if (!isWatching) return syncOnce(kubeApi(connection), scope, values, context);
    const stop = context.untilStopped();
    return watchClusters(kubeApi(connection, stop), scope, portOf(values), { values, context, stop });
  },
};

async function syncOnce(
  api: KubeApi,
  scope: ObservedScope,
  values: OptionValues,
  context: Context,
): Promise<0 | 1 | 2> {
  const isDryRun = values['dry-run'] === true;
  const { steps, problems: found, failures } = await syncClusters(api, scope, isDryRun);
  for (const step of steps) if (step.action !== 'keep') context.stdout(stepText(step, scope.namespace, isDryRun));
  printProblems(found, { sources: [] }, values, context);
  for (const { message } of failures) context.stderr(`appdeploy: ${message}\n`);
  if (failures.length > 0) return 2;
  return hasErrors(found) ? 1 : 0;
}

function refuseCombinations(values: OptionValues, isWatching: boolean): void {
  if (isWatching && values['dry-run'] === true) throw new UsageError('--watch and --dry-run exclude each other');
  if (isWatching && values['problems'] !== undefined)
    throw new UsageError('--watch writes problems as text, as they come; leave out --problems');
  if (!isWatching && values['port'] !== undefined) throw new UsageError('--port says something with --watch only');
}

function connectionChoice(values: OptionValues, { cwd, environment }: Context): Parameters<typeof connect>[0] {
  const kubeconfig = textOption(values, 'kubeconfig');
  return {
    kubeconfig: kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig),
    context: textOption(values, 'context'),
    environment,
  };
}

function scopeOf(values: OptionValues): ObservedScope {
  const namespace = textOption(values, 'namespace') ?? 'argocd';
  const clusterNamespaces = namesOf(values, 'clusters-namespace');
  return {
    namespace,
    clusterNamespaces: clusterNamespaces.length === 0 ? ['default'] : clusterNamespaces,
    applicationNamespaces: [...new Set([namespace, ...namesOf(values, 'applications-namespace')])],
  };
}

function namesOf(values: OptionValues, option: string): string[] {
  const given = values[option];
  return Array.isArray(given) ? [...new Set(given.map(String))] : [];
}

function portOf(values: OptionValues): number {
  const given = textOption(values, 'port') ?? '8080';
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given);
  throw new UsageError(`--port ${given} is not a port`);
}
