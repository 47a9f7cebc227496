import { relative, resolve } from 'node:path';
import { findRoot, isFolder } from '../io/root.ts';
import { openRepo } from '../io/repo.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { InputProblems } from '../findings.ts';
import { type Plan, planRepo } from '../pipeline.ts';
import { countText, problemsText } from '../report/problem-text.ts';
import { type Context, type OptionValues, textOption, UsageError } from './command.ts';

/** A plan with the root that it is of. */
export interface RootedPlan {
  readonly root: string;
  readonly plan: Plan;
}

/** Where the command works: --root, or what lies around the current folder. */
export async function rootOf(values: OptionValues, context: Context): Promise<string> {
  const given = textOption(values, 'root');
  if (given === undefined) return findRoot(context.cwd);
  const root = resolve(context.cwd, given);
  if (await isFolder(root)) return root;
  throw new UsageError(`--root ${given} is not a folder`);
}

/** Plans the repo, and prints the problems that did not stop it. */
export async function planHere(values: OptionValues, context: Context): Promise<RootedPlan> {
  const root = await rootOf(values, context);
  const output = textOption(values, 'output');
  const folder =
    output === undefined ? {} : { output: relative(root, resolve(context.cwd, output)).replaceAll('\\', '/') };
  if (folder.output !== undefined && /^(\.\.(\/|$))*$/.test(folder.output))
    throw new UsageError(`--output ${output} holds the root itself`);
  const plan = await planRepo(await openRepo(root), {
    version: context.version,
    progress: context.progress,
    ...folder,
  });
  context.progress('');
  printProblems(plan.problems, plan, values, context);
  return { root, plan };
}

/** Prints problems on standard error; with --quiet, errors only. */
export function printProblems(
  problems: readonly Problem[],
  { sources }: Pick<Plan, 'sources'>,
  values: OptionValues,
  context: Context,
): void {
  const shown = values['quiet'] === true ? problems.filter(({ severity }) => severity === 'error') : problems;
  if (shown.length > 0) context.stderr(`${problemsText(shown, sources, context.err)}${countText(shown)}\n`);
}

/** Stops the command when there are errors among the problems. */
export function refuse(problems: readonly Problem[], { sources }: Plan): void {
  if (hasErrors(problems)) throw new InputProblems(problems, sources);
}
