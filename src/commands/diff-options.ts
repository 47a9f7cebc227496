import type { DiffReport } from '../diff/report.ts';
import { argocdOwner, type FleetState, isNamed, type Scope } from '../diff/state.ts';
import { byText } from '../model/plain.ts';
import type { Severity } from '../model/problem-kind.ts';
import { readPageAssets } from '../io/page-assets.ts';
import { diffHtml } from '../report/diff/html/page.ts';
import { diffJson } from '../report/diff/json.ts';
import { diffMarkdown } from '../report/diff/markdown.ts';
import { diffText } from '../report/diff/text.ts';
import { type Context, type OptionSpec, type OptionValues, textOption, UsageError } from './command.ts';

type Format = (report: DiffReport, values: OptionValues, context: Context) => string | Promise<string>;

const formats: Readonly<Record<string, Format>> = {
  text: (report, values, { out }) => diffText(report, out, values['verbose'] === true),
  markdown: (report) => diffMarkdown(report),
  html: async (report) => diffHtml(report, await readPageAssets()),
  json: (report) => diffJson(report),
};

/** The options of a comparison. */
export const diffOptions = {
  rendered: { type: 'boolean', help: 'compare the committed output instead of rendering both sides' },
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: Object.keys(formats),
    help: 'text, markdown (for a comment), html (a page for a browser) or json (default: text)',
  },
  cluster: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    offers: 'clusters',
    help: 'only this cluster; may be repeated',
  },
  app: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    offers: 'owners',
    help: 'only this AppDeployment or direct Application; may be repeated',
  },
  'exit-code': { type: 'boolean', help: 'exit with 1 when an object differs' },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    choices: ['error', 'warning', 'note'],
    help: 'exit with 1 on a finding of this severity or a graver one: error, warning, note',
  },
  'max-blast-radius': {
    type: 'string',
    value: 'PERCENT',
    help: 'exit with 1 when more of the clusters, replicas or traffic moves, 20%',
  },
  'min-capacity': {
    type: 'string',
    value: 'PERCENT',
    help: 'exit with 1 when a cluster keeps fewer of its replicas, 80%',
  },
} as const satisfies Record<string, OptionSpec>;

/** What the options ask for. */
export interface DiffWish {
  readonly format: Format;
  readonly scope: Scope;
  readonly isExitCode: boolean;
  readonly failOn: Severity | undefined;
  readonly maxBlastRadius: number | undefined;
  readonly minCapacity: number | undefined;
}

/** Reads the options. @throws UsageError when one does not fit */
export function readWish(values: OptionValues): DiffWish {
  const name = textOption(values, 'format') ?? 'text';
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) throw new UsageError(`--format is one of ${Object.keys(formats).join(', ')}`);
  const failOn = textOption(values, 'fail-on');
  if (failOn !== undefined && failOn !== 'error' && failOn !== 'warning' && failOn !== 'note')
    throw new UsageError('--fail-on is one of error, warning, note');
  return {
    format,
    scope: {
      clusters: (values['cluster'] as string[] | undefined) ?? [],
      owners: (values['app'] as string[] | undefined) ?? [],
    },
    isExitCode: values['exit-code'] === true,
    failOn,
    maxBlastRadius: percentOption(values, 'max-blast-radius'),
    minCapacity: percentOption(values, 'min-capacity'),
  };
}

/** `20%` or `20` as 0.2. */
function percentOption(values: OptionValues, name: string): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const percent = Number(/^(\d+(?:\.\d+)?)%?$/.exec(text)?.[1] ?? Number.NaN);
  if (!(percent <= 100)) throw new UsageError(`--${name} is a percentage from 0% to 100%`);
  return percent / 100;
}

/** A name that neither side has is a mistake, and not an empty report. @throws UsageError */
export function knownScope(scope: Scope, states: readonly FleetState[]): Scope {
  const objects = states.flatMap((state) => state.objects);
  const clusters = [...new Set(objects.map(({ cluster }) => cluster))].toSorted(byText);
  const owners = [...new Set(objects.map(({ owner }) => owner))]
    .filter((owner) => owner !== argocdOwner)
    .toSorted(byText);
  for (const wanted of scope.clusters)
    if (!clusters.includes(wanted))
      throw new UsageError(
        `nothing is deployed to a cluster ${JSON.stringify(wanted)}; known are ${clusters.join(', ')}`,
      );
  for (const wanted of scope.owners)
    if (!owners.some((owner) => isNamed(owner, wanted)))
      throw new UsageError(`nothing is deployed for ${JSON.stringify(wanted)}; known are ${owners.join(', ')}`);
  return scope;
}
