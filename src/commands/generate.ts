import { InputProblems } from '../findings.ts';
import { printYaml } from '../layout/printer.ts';
import type { Manifest } from '../model/manifest.ts';
import { byText } from '../model/plain.ts';
import { problem } from '../model/problem.ts';
import { manifestPath } from '../layout/path.ts';
import type { Plan } from '../pipeline.ts';
import { type Command, commonOptions, textOption, UsageError } from './command.ts';
import { knownClusters } from './on-disk.ts';
import { planHere } from './plan.ts';

/** `appdeploy generate` */
export const generateCommand: Command = {
  name: 'generate',
  summary: 'print the manifests of one cluster, as Argo CD\u2019s plugin asks for them',
  usage: '--cluster NAME [--allow-empty]',
  positionals: { min: 0, max: 0 },
  options: {
    cluster: { type: 'string', value: 'NAME', help: 'the cluster; in-cluster is the one that Argo CD runs in' },
    'allow-empty': { type: 'boolean', help: 'accept that nothing runs on the cluster' },
    ...commonOptions,
  },
  details:
    'Prints what render would write for the cluster, and writes nothing. Revisions and placements must be\non record: commit what render writes.',
  run: async (_args, values, context) => {
    const cluster = textOption(values, 'cluster');
    if (cluster === undefined) throw new UsageError('--cluster NAME is missing');
    const { plan } = await planHere(values, context, { isReader: true });
    const known = knownClusters(plan);
    if (!known.includes(cluster))
      throw new UsageError(`there is no cluster ${JSON.stringify(cluster)}; known are ${known.join(', ')}`);
    const manifests = plan.manifests.filter((manifest) => manifest.cluster === cluster);
    if (manifests.length === 0 && values['allow-empty'] !== true) refuseEmpty(plan, cluster);
    context.stdout(manifestsText(manifests));
    return 0;
  },
};

/** In the order of the paths that render would give them. */
function manifestsText(manifests: readonly Manifest[]): string {
  return manifests
    .toSorted((a, b) => byText(manifestPath(a), manifestPath(b)))
    .map(({ object }) => `---\n${printYaml(object)}`)
    .join('');
}

function refuseEmpty({ settings, sources }: Plan, cluster: string): void {
  if (settings.allowEmpty) return;
  const origin = { path: `${settings.output}/clusters/${cluster}`, line: 1, column: 1 };
  throw new InputProblems([problem('EMPTY_RESULT', origin, `nothing is placed on ${cluster}`)], sources);
}
