import { decodeText } from '../../load/encoding.ts';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { clusterSecret, type SecretConversion } from '../../clusters/cluster-secret.ts';
import { type KubeconfigText, kubeconfigOf } from '../../clusters/secret-input.ts';
import { InputProblems } from '../../findings.ts';
import { type SecretPlace, secretPlace, writeSecret } from '../../io/secret-file.ts';
import { printYaml } from '../../layout/printer.ts';
import type { Catalog } from '../../model/catalog.ts';
import { hasErrors, type Problem } from '../../model/problem.ts';
import { loadRepo, readSettingsOf } from '../../pipeline.ts';
import { type Command, commonOptions, type Context, type OptionValues, textOption, UsageError } from '../command.ts';
import { printProblems, repoHere } from '../plan.ts';

/** `appdeploy clusters secret` */
export const secretCommand: Command = {
  name: 'clusters secret',
  summary: 'turn a Cluster\u2019s kubeconfig into the Secret by which Argo CD knows the cluster',
  usage: 'NAME [--kubeconfig FILE] [--output FILE]',
  positionals: { min: 1, max: 1 },
  options: {
    kubeconfig: { type: 'string', value: 'FILE', help: 'read this kubeconfig or Secret instead of standard input' },
    context: { type: 'string', value: 'NAME', help: 'convert this context of the kubeconfig' },
    namespace: {
      type: 'string',
      value: 'NAME',
      help: 'Argo CD\u2019s namespace (default: the config\u2019s, else argocd)',
    },
    output: { type: 'string', value: 'FILE', help: 'write here, for your eyes only; not into a Git work tree' },
    'show-secrets': { type: 'boolean', help: 'print to a terminal too' },
    ...commonOptions,
  },
  details:
    'A filter: a Secret with data.config, or a bare kubeconfig, in; a Secret manifest out.\nkubectl get secret kubeconfig-east -o yaml | appdeploy clusters secret east | kubectl apply -f -\nLossless, or refused: problems name the field, never its value.',
  run: async ([name = ''], values, context) => {
    const { repo } = await repoHere(values, context);
    const { argocd } = await readSettingsOf(repo, context);
    const cluster = clusterOf(name, (await loadRepo(repo, context)).catalog);
    const place = await sinkOf(values, context);
    const { secret, problems } = await convert(cluster, argocd?.namespace ?? 'argocd', values, context);
    refuse(problems);
    printProblems(problems, { sources: [] }, values, context);
    const text = printYaml(secret);
    if (place === undefined) context.stdout(text);
    else await writeSecret(place, text, context.processId);
    return 0;
  },
};

/** The file to write to; undefined for standard output, where that is no terminal. */
async function sinkOf(values: OptionValues, { cwd, terminal }: Context): Promise<SecretPlace | undefined> {
  const output = textOption(values, 'output');
  if (output !== undefined) return secretPlace(resolve(cwd, output));
  if (!terminal.stdout || values['show-secrets'] === true) return undefined;
  throw new UsageError('this would print credentials to a terminal; pipe it on, or say --output or --show-secrets');
}

async function convert(
  { name, object: { metadata, spec } }: Catalog['clusters'][number],
  namespace: string,
  values: OptionValues,
  context: Context,
): Promise<SecretConversion> {
  const { text, path } = await readKubeconfig(values, context, spec?.kubeconfigSecretRef?.name);
  const wish = textOption(values, 'context');
  const options = {
    namespace: textOption(values, 'namespace') ?? namespace,
    path,
    ...(wish === undefined ? {} : { context: wish }),
  };
  const identity = { name, labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {} };
  return clusterSecret(identity, text, options, new Date());
}

function clusterOf(name: string, { clusters }: Catalog): Catalog['clusters'][number] {
  const found = clusters.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `there is no Cluster ${JSON.stringify(name)}; known are ${clusters.map((each) => each.name).join(', ') || 'none'}`,
  );
}

async function readKubeconfig(
  values: OptionValues,
  context: Context,
  secretName: string | undefined,
): Promise<KubeconfigText> {
  const path = textOption(values, 'kubeconfig');
  if (path === undefined && context.terminal.stdin)
    throw new UsageError('pipe a Secret or a kubeconfig in, or say --kubeconfig FILE');
  const input = path === undefined ? await context.readStdin() : decodeText(await readFile(resolve(context.cwd, path)));
  const { value, problems } = kubeconfigOf(input, path ?? '<stdin>', secretName);
  refuse(problems);
  if (value === undefined) throw new Error('an input without errors has a kubeconfig');
  return value;
}

/** No source lines: all of them may be credentials. */
function refuse(problems: readonly Problem[]): void {
  if (hasErrors(problems)) throw new InputProblems(problems, []);
}
