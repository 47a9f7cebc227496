import { type DiffReport, diffReport } from '../diff/report.ts';
import { isAtLeast } from '../diff/safety/finding.ts';
import { EnvironmentError } from '../io/environment-error.ts';
import { exceededTexts } from '../report/diff/words.ts';
import { undeployed } from '../report/undeployed.ts';
import { type Command, commonOptions, type Context, type ExitCode, type OptionValues } from './command.ts';
import { diffOptions, type DiffWish, knownScope, readWish } from './diff-options.ts';
import { namedRange } from './diff-range.ts';
import { emptySide, mergeBase, type Place, type PlannedSide, readSide } from './diff-sides.ts';
import { printProblems, rootOf } from './plan.ts';

/** `appdeploy diff` */
export const diffCommand: Command = {
  name: 'diff',
  summary: 'show what a change does to the clusters, and how far it reaches',
  usage: '[BASE] [HEAD] | BASE..HEAD | BASE...HEAD [--rendered] [--format FORMAT] [--exit-code] [--fail-on SEVERITY]',
  positionals: { min: 0, max: 2 },
  options: {
    ...diffOptions,
    ...commonOptions,
  },
  details:
    'BASE is the merge base with the mainline unless given, HEAD the working tree; any two commits will\ndo. Writes nothing, neither files nor the index. With -v, unified diffs too.\nExits with 0 whatever differs, unless an option says otherwise.',
  run: async (args, values, context) => {
    const wish = readWish(values);
    const root = await rootOf(values, context);
    const { workTree } = root;
    if (workTree === undefined) throw new EnvironmentError('diff compares commits, and this is no Git repo');
    const [base, head] = await readSides({ root, workTree, values, context }, args);
    const { plan } = head;
    if (plan !== undefined) printProblems(plan.problems, plan, values, context);
    const report = diffReport(base, head, {
      scope: knownScope(wish.scope, [base.state, head.state]),
      minCapacity: wish.minCapacity,
      maxBlastRadius: wish.maxBlastRadius,
      undeployed: plan === undefined ? [] : undeployed(plan),
    });
    return showReport('diff', report, wish, values, context);
  },
};

/** Prints a report, and why it fails the run of a verb by the options that were given. */
export async function showReport(
  verb: string,
  report: DiffReport,
  wish: DiffWish,
  values: OptionValues,
  context: Context,
): Promise<ExitCode> {
  context.stdout(await wish.format(report, values, context));
  const reasons = failures(report, wish);
  context.stderr(reasons.map((reason) => `appdeploy ${verb}: ${reason}\n`).join(''));
  return reasons.length > 0 ? 1 : 0;
}

async function readSides(place: Place, args: readonly string[]): Promise<[PlannedSide, PlannedSide]> {
  const { base: named, head: headLabel } = await namedRange(place, args);
  const baseLabel = named ?? (await mergeBase(place));
  const base = baseLabel === undefined ? emptySide : await readSide(place, baseLabel);
  const head = await readSide(place, headLabel);
  place.context.progress('');
  return [base, head];
}

/** Why the run fails, by the options that were given; nothing where it does not. */
function failures(report: DiffReport, { isExitCode, failOn }: DiffWish): string[] {
  const { changes, findings } = report;
  const below = findings.filter(({ code }) => code === 'CAPACITY_FLOOR').map(({ message }) => message);
  const grave = failOn === undefined ? [] : findings.filter(({ severity }) => isAtLeast(severity, failOn));
  return [
    ...(isExitCode && changes.length > 0 ? ['objects differ (--exit-code)'] : []),
    ...exceededTexts(report),
    ...below,
    ...(grave.length > 0 ? [`there are findings (--fail-on ${failOn}): ${codesOf(grave)}`] : []),
  ];
}

function codesOf(findings: DiffReport['findings']): string {
  return [...new Set(findings.map(({ code }) => code))].join(', ');
}
