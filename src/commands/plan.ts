import { relative, resolve } from 'node:path';
import { findRoot, isFolder, namedRoot, type Root } from '../io/root.ts';
import type { WorkTree } from '../io/git.ts';
import { type MainlineChoice, openRepo } from '../io/repo.ts';
import { openStaged } from '../io/staged.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { InputProblems } from '../findings.ts';
import { planRepo } from '../pipeline.ts';
import type { Plan, Repo } from '../plan.ts';
import { countText, problemsText } from '../report/problems/text.ts';
import { undeployed, undeployedText } from '../report/undeployed.ts';
import { ciTargetBranch } from '../resolve/mainline.ts';
import { type Context, type OptionValues, textOption, UsageError } from './command.ts';

/** A plan with the repo that it is of. */
export interface RootedPlan {
  /** The root's folder. */
  readonly root: string;
  readonly repo: Repo;
  readonly plan: Plan;
  /** With --staged, the work tree whose index is read. */
  readonly staged: WorkTree | undefined;
}

/** Where the command works: --root, or what lies around the current folder. */
export async function rootOf(values: OptionValues, context: Context): Promise<Root> {
  const given = textOption(values, 'root');
  if (given === undefined) return findRoot(context.cwd);
  const folder = resolve(context.cwd, given);
  if (await isFolder(folder)) return namedRoot(folder);
  throw new UsageError(`--root ${given} is not a folder`);
}

/** Who besides the config says what the mainline is. */
export function mainlineChoice(values: OptionValues, { environment }: Context): MainlineChoice {
  return { flag: textOption(values, 'mainline'), ci: ciTargetBranch(environment) };
}

/** The repo that the command works on, as it is on disk or, with --staged, in the index; and where its root is. */
export async function repoHere(values: OptionValues, context: Context): Promise<Omit<RootedPlan, 'plan'>> {
  const root = await rootOf(values, context);
  const choice = mainlineChoice(values, context);
  if (values['staged'] !== true) return { root: root.folder, repo: openRepo(root, choice), staged: undefined };
  if (root.workTree === undefined) throw new UsageError('--staged needs a Git repo');
  return { root: root.folder, repo: openStaged(root.workTree, choice), staged: root.workTree };
}

/** How a verb wants its plan. */
export interface PlanWish {
  /** Say first what is not deployed. */
  readonly announce?: boolean;
  readonly isReader?: boolean;
  readonly kubernetesVersion?: string | undefined;
  /** Plan only what the owner of this name deploys. */
  readonly owner?: string | undefined;
}

/** Plans the repo, and prints the problems that did not stop it; `announce` says first what is not deployed. */
export async function planHere(
  values: OptionValues,
  context: Context,
  { announce = false, isReader = false, kubernetesVersion, owner }: PlanWish = {},
): Promise<RootedPlan> {
  const { root, repo, staged } = await repoHere(values, context);
  const { version, progress } = context;
  const plan = await planRepo(repo, {
    version,
    progress,
    replace: values['replace'] === true,
    isReader,
    kubernetesVersion,
    owner,
    ...outputFolder(root, values, context),
  });
  progress('');
  if (announce && values['quiet'] !== true) context.stderr(undeployedText(undeployed(plan)));
  printProblems(plan.problems, plan, values, context);
  return { root, repo, plan, staged };
}

/** --output, relative to the root. */
function outputFolder(root: string, values: OptionValues, { cwd }: Context): { readonly output?: string } {
  const given = textOption(values, 'output');
  if (given === undefined) return {};
  const output = relative(root, resolve(cwd, given)).replaceAll('\\', '/');
  if (/^(\.\.(\/|$))*$/.test(output)) throw new UsageError(`--output ${given} holds the root itself`);
  return { output };
}

/** Prints problems on standard error; with --quiet, errors only. */
export function printProblems(
  problems: readonly Problem[],
  { sources }: Pick<Plan, 'sources'>,
  values: OptionValues,
  context: Context,
): void {
  const shown = values['quiet'] === true ? problems.filter(({ severity }) => severity === 'error') : problems;
  context.collect?.(shown);
  const isText = context.collect === undefined || values['problems'] === 'github';
  if (isText && shown.length > 0) context.stderr(`${problemsText(shown, sources, context.err)}${countText(shown)}\n`);
}

/** Stops the command when there are errors among the problems. */
export function refuse(problems: readonly Problem[], { sources }: Plan): void {
  if (hasErrors(problems)) throw new InputProblems(problems, sources);
}
