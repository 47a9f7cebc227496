import { decodeText } from '../load/encoding.ts';
import { readFile, realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { parseFile } from '../load/parse.ts';
import type { Declaration, SourceFile } from '../model/catalog.ts';
import type { Cluster } from '../model/kinds.gen.ts';
import { hostCluster } from '../model/placement.ts';
import { byText, digText } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import type { SourceChanges } from '../what-if/changed-repo.ts';
import { type Weights, weightEdits } from '../what-if/set-weight.ts';
import { removalEdit, type TextEdit } from '../what-if/text-edit.ts';
import { type Context, type OptionSpec, type OptionValues, UsageError } from './command.ts';
import type { RootedPlan } from './plan.ts';
import { onlyOne } from './revisions/choose.ts';

/** The options that say what is thought of. */
export const thoughtOptions = {
  drain: {
    type: 'string',
    multiple: true,
    value: 'CLUSTER',
    offers: 'clusters',
    help: 'no placement uses this cluster any more',
  },
  'add-cluster': {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'the Clusters of this file are in the repo, too',
  },
  'remove-cluster': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    offers: 'clusters',
    help: 'this Cluster is not in the repo',
  },
  'set-weight': {
    type: 'string',
    multiple: true,
    value: 'APPDEPLOYMENT=REVISION:WEIGHT,...',
    help: 'revisions have these weights in the traffic of an AppDeployment',
  },
} as const satisfies Record<string, OptionSpec>;

/** A change that nobody has made. */
export interface Thought {
  readonly changes: SourceChanges;
  readonly drained: readonly string[];
  /** `drain east, add eu.yaml`, for the heading. */
  readonly text: string;
}

/** Reads what is thought of. @throws UsageError when the options say nothing, or what the repo does not have */
export async function readThought(
  values: OptionValues,
  { root, plan }: RootedPlan,
  { cwd }: Context,
): Promise<Thought> {
  const [drained, files, removed, weights] = Object.keys(thoughtOptions).map((name) => listOption(values, name));
  if (drained === undefined || files === undefined || removed === undefined || weights === undefined)
    throw new TypeError('an option is missing');
  const text = [
    ...drained.map((name) => `drain ${name}`),
    ...files.map((file) => `add ${file}`),
    ...removed.map((name) => `remove ${name}`),
    ...weights.map((weight) => `set ${weight}`),
  ].join(', ');
  if (text === '')
    throw new UsageError(
      `say what changes: ${Object.keys(thoughtOptions)
        .map((name) => `--${name}`)
        .join(', ')}`,
    );
  const known = [...new Set([hostCluster, ...plan.catalog.clusters.map(({ name }) => name)])].toSorted(byText);
  for (const name of drained)
    if (!known.includes(name))
      throw new UsageError(`there is no Cluster ${JSON.stringify(name)}; known are ${known.join(', ')}`);
  const added = await Promise.all(files.map((file) => readClusters(file, resolve(cwd, file), { root, plan })));
  const edits = [
    ...removed.map((name) => removal(onlyOne('Cluster', name, plan.catalog.clusters), plan)),
    ...weights.flatMap((weight) => weightOption(weight, plan)),
  ];
  const places = edits.map(({ path, start }) => `${path} ${start}`);
  if (new Set(places).size < places.length)
    throw new UsageError('--set-weight changes a weight twice; name all revisions of an AppDeployment in one');
  return { changes: { added, edits }, drained, text };
}

function listOption(values: OptionValues, name: string): string[] {
  return [...new Set((values[name] as string[] | undefined) ?? [])];
}

/** A file of Clusters and nothing else that is not in the repo yet. */
async function readClusters(
  given: string,
  full: string,
  { root, plan }: Pick<RootedPlan, 'root' | 'plan'>,
): Promise<SourceFile> {
  const bytes = await readFile(full).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--add-cluster ${given} cannot be read: ${code ?? 'unknown error'}`);
  });
  const text = decodeText(bytes);
  // By their real paths: the root or the current folder may be reached by a link.
  const path = relative(await realpath(root), await realpath(full)).replaceAll('\\', '/');
  if (plan.sources.some((source) => source.path === path))
    throw new UsageError(`--add-cluster ${given} is in the repo already`);
  const documents = parseFile({ path, text }, false).value.filter(({ value }) => value !== null);
  if (documents.length === 0 || documents.some(({ value }) => digText(value, '', 'kind') !== 'Cluster'))
    throw new UsageError(`--add-cluster ${given} holds something else than Clusters`);
  return { path, text };
}

function removal({ name, origin }: Declaration<Cluster>, plan: Plan): TextEdit {
  const edit = removalEdit(sourceOf(plan, origin.path), origin);
  if (edit === undefined) throw new UsageError(`Cluster ${name} cannot be taken out of ${origin.path}`);
  return edit;
}

/** `shop=shop-v1:50,shop-v2:50` */
function weightOption(text: string, plan: Plan): readonly TextEdit[] {
  const [, name = '', list = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const weights = list.split(',').map((each) => /^([^:]+):(\d{1,3})$/.exec(each));
  const read: Weights = new Map(weights.map((match) => [match?.[1] ?? '', Number(match?.[2])]));
  const sum = [...read.values()].reduce((total, weight) => total + weight, 0);
  if (weights.some((match) => match === null) || read.size < weights.length)
    throw new UsageError(`--set-weight ${text} is not APPDEPLOYMENT=REVISION:WEIGHT,...`);
  if (sum > 100) throw new UsageError(`--set-weight ${text}: the weights sum to ${sum}, beyond 100`);
  const appDeployment = onlyOne('AppDeployment', name, plan.catalog.appDeployments);
  const found = weightEdits(appDeployment, read, sourceOf(plan, appDeployment.origin.path));
  if ('wrong' in found) throw new UsageError(`--set-weight ${text}: ${found.wrong}`);
  return found.edits;
}

function sourceOf({ sources }: Plan, path: string): SourceFile {
  const source = sources.find((each) => each.path === path);
  if (source === undefined) throw new TypeError(`no source ${path}`);
  return source;
}
