import { folderOf, isOwnedBy } from '../argocd/names.ts';
import { readPluginRequest } from '../argocd/parameters.ts';
import { InputProblems } from '../findings.ts';
import { outputPath } from '../layout/path.ts';
import { printYaml } from '../layout/printer.ts';
import type { KubeObject } from '../model/manifest.ts';
import { byText } from '../model/plain.ts';
import { problem } from '../model/problem.ts';
import type { Plan } from '../plan.ts';
import { type Command, commonOptions, type Context, type OptionValues, textOption, UsageError } from './command.ts';
import { hubObjects } from './hub.ts';
import { compareWithDisk, knownClusters } from './on-disk.ts';
import { planHere, refuse, type RootedPlan } from './plan.ts';

/** What is asked for. */
interface Request {
  readonly cluster: string | undefined;
  readonly owner: string | undefined;
  readonly view: string;
  readonly allowEmpty: boolean;
  readonly kubernetesVersion: string | undefined;
  readonly requireCommitted: boolean;
}

/** `appdeploy generate` */
export const generateCommand: Command = {
  name: 'generate',
  summary: 'print the manifests of one cluster, as Argo CD\u2019s plugin asks for them',
  usage: '--cluster NAME [--app-deployment NAME] [--view VIEW] [--allow-empty] [--require-committed]',
  positionals: { min: 0, max: 0 },
  options: {
    cluster: {
      type: 'string',
      value: 'NAME',
      offers: 'clusters',
      help: 'the cluster; in-cluster is the one that Argo CD runs in',
    },
    'app-deployment': { type: 'string', value: 'NAME', help: 'only what this AppDeployment or Application deploys' },
    view: {
      type: 'string',
      value: 'VIEW',
      choices: ['cluster', 'argocd'],
      help: 'cluster (default), or argocd: the Applications that ask for the clusters',
    },
    'kubernetes-version': { type: 'string', value: 'VERSION', help: 'for Clusters that do not say theirs' },
    'allow-empty': { type: 'boolean', help: 'accept that nothing runs on the cluster' },
    'require-committed': { type: 'boolean', help: 'refuse unless the rendered files here are the same' },
    ...commonOptions,
  },
  details:
    'Prints what render would write for the cluster, and writes nothing. Revisions and placements must be\non record: commit what render writes. As a plugin it reads the same from ARGOCD_APP_PARAMETERS,\nARGOCD_ENV_\u2026 and KUBE_VERSION; options win.',
  run: async (_args, values, context) => {
    const request = requestOf(values, context);
    const { kubernetesVersion } = request;
    // Whatever else the repo holds is for check to judge, and would cost the more the larger the fleet is.
    const isAlone = request.view === 'cluster' && !request.requireCommitted && !request.owner?.endsWith('/_shared');
    const owner = isAlone ? request.owner : undefined;
    const rooted = await planHere(values, context, { isReader: true, kubernetesVersion, owner });
    const { plan } = rooted;
    const objects = request.view === 'argocd' ? hubObjects(plan, request, context) : clusterObjects(plan, request);
    if (request.requireCommitted) await refuseUncommitted(rooted, request);
    context.stdout(objects.map((object) => `---\n${printYaml(object)}`).join(''));
    return 0;
  },
};

/** Options, else what Argo CD says. @throws UsageError when Argo CD's parameters cannot be read */
function requestOf(values: OptionValues, { environment }: Context): Request {
  const read = readPluginRequest(environment);
  if ('wrong' in read) throw new UsageError(read.wrong);
  const given = read.values;
  const view = textOption(values, 'view') ?? given.view ?? 'cluster';
  if (view !== 'cluster' && view !== 'argocd')
    throw new UsageError(`there is no view ${JSON.stringify(view)}; there are cluster and argocd`);
  return {
    cluster: textOption(values, 'cluster') ?? given.cluster,
    owner: textOption(values, 'app-deployment') ?? given.appDeployment,
    view,
    allowEmpty: values['allow-empty'] === true || given.allowEmpty === 'true',
    kubernetesVersion: textOption(values, 'kubernetes-version') ?? given.kubernetesVersion,
    requireCommitted: values['require-committed'] === true || given.requireCommitted === 'true',
  };
}

/** The objects of one cluster, in the order of the paths that render would give them. */
function clusterObjects(plan: Plan, { cluster, owner, allowEmpty }: Request): KubeObject[] {
  const known = knownClusters(plan);
  if (cluster === undefined)
    throw new UsageError(`which cluster? Set the parameter cluster (--cluster) to one of ${known.join(', ')}`);
  if (!known.includes(cluster))
    throw new UsageError(`there is no cluster ${JSON.stringify(cluster)}; known are ${known.join(', ')}`);
  const { output } = plan.settings;
  const files = plan.manifests
    .map((manifest) => ({ object: manifest.object, path: outputPath(manifest, output) }))
    .filter(({ path }) => isAskedFor(path, output, { cluster, owner }));
  if (files.length === 0 && !allowEmpty) refuseEmpty(plan, owner === undefined ? cluster : `${cluster} for ${owner}`);
  return files.toSorted((a, b) => byText(a.path, b.path)).map(({ object }) => object);
}

/** Whether a file of the output is on the cluster, and in the owner's folder if there is one. */
function isAskedFor(path: string, output: string, { cluster, owner }: Pick<Request, 'cluster' | 'owner'>): boolean {
  const folder = folderOf(path, output);
  return folder?.cluster === cluster && folder !== undefined && (owner === undefined || isOwnedBy(folder, owner));
}

function refuseEmpty({ settings, sources }: Plan, where: string): void {
  if (settings.allowEmpty) return;
  const origin = { path: `${settings.output}/clusters`, line: 1, column: 1 };
  throw new InputProblems([problem('EMPTY_RESULT', origin, `nothing is placed on ${where}`)], sources);
}

/** Holds the rendered files of the repo, which people reviewed, against what is printed. */
async function refuseUncommitted(rooted: RootedPlan, { view, ...asked }: Request): Promise<void> {
  const { cluster } = asked;
  const { output } = rooted.plan.settings;
  const only = view === 'cluster' && cluster !== undefined ? { cluster: [cluster] } : {};
  const { changes, problems } = await compareWithDisk(rooted, { ...only, 'allow-empty': true });
  refuse(problems, rooted.plan);
  const [first, ...others] = changes.filter(({ path }) => view === 'argocd' || isAskedFor(path, output, asked));
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const origin = { path: first.path, line: 1, column: 1 };
  const message = `${first.path} is not what this version renders (${first.action})${more}`;
  throw new InputProblems([problem('NOT_COMMITTED', origin, message)], rooted.plan.sources);
}
