import { EnvironmentError } from '../io/environment-error.ts';
import { filesBelow, openCommit } from '../io/commit-source.ts';
import { commitOf, type WorkTree } from '../io/git.ts';
import { seenAt } from '../io/mainline.ts';
import { readOutput } from '../io/output.ts';
import { openRepo } from '../io/repo.ts';
import type { Root } from '../io/root.ts';
import type { SourceFile } from '../model/catalog.ts';
import { nothing, type Side, type SideLabel } from '../diff/report.ts';
import { stateOfOutput } from '../diff/from-output.ts';
import { stateOfPlan } from '../diff/from-plan.ts';
import { InputProblems } from '../findings.ts';
import { snapshotFolder } from '../load/record-folders.ts';
import { planRepo, readSettingsOf } from '../pipeline.ts';
import type { Plan, Repo } from '../plan.ts';
import { type Context, type OptionValues, UsageError } from './command.ts';
import { labelText } from '../report/diff/words.ts';
import { mainlineChoice } from './plan.ts';

/** A side with the plan that it was rendered by; undefined where committed output was read. */
export interface PlannedSide extends Side {
  readonly plan: Plan | undefined;
}

/** Where both sides are read. */
export interface Place {
  readonly root: Root;
  readonly workTree: WorkTree;
  readonly values: OptionValues;
  readonly context: Context;
}

/** The commit that a word of the command line means. @throws UsageError when there is none */
export async function namedSide({ workTree }: Place, name: string): Promise<SideLabel> {
  const commit = await commitOf(workTree, name);
  if (commit !== undefined) return { name, commit };
  const hint = workTree.isShallow ? '; the clone is shallow, fetch more of it (fetch-depth: 0 in CI)' : '';
  throw new UsageError(`there is no commit ${JSON.stringify(name)}${hint}`);
}

/** The merge-base with the mainline; undefined before the first commit. @throws EnvironmentError when it is unknown */
export async function mergeBase({ root, values, context }: Place): Promise<SideLabel | undefined> {
  const repo = openRepo(root, mainlineChoice(values, context));
  const mainline = await repo.mainline(await readSettingsOf(repo, context));
  if (mainline.kind !== 'known')
    throw new EnvironmentError(
      `there is no base to compare with: ${mainline.kind === 'unknown' ? mainline.reason : 'this is no Git repo'}; name a commit`,
    );
  const commit = mainline.bases[0]?.commit;
  const isOnMainline = commit === root.workTree?.head;
  return commit === undefined
    ? undefined
    : { name: isOnMainline ? 'HEAD' : `merge base with ${mainline.name}`, commit };
}

/** Reads one side: a commit, the working tree (`undefined`), or what there was before the first commit. */
export async function readSide(place: Place, label: SideLabel | undefined): Promise<PlannedSide> {
  const { values, context } = place;
  const side = label ?? { name: 'working tree' };
  const repo = await repoAt(place, side.commit);
  if (values['rendered'] === true)
    return { label: side, state: await committedState(place, repo, side.commit), plan: undefined };
  const { version, progress } = context;
  const plan = await planRepo(repo, { version, progress }).catch((error: unknown) => {
    progress('');
    if (error instanceof InputProblems && side.commit !== undefined)
      context.stderr(`${labelText(side)} cannot be rendered; --rendered compares what was committed.\n`);
    throw error;
  });
  return { label: side, state: stateOfPlan(plan), plan };
}

/** The side before the first commit. */
export const emptySide: PlannedSide = { ...nothing, plan: undefined };

async function repoAt({ root, workTree, values, context }: Place, commit: string | undefined): Promise<Repo> {
  const choice = mainlineChoice(values, context);
  return commit === undefined ? openRepo(root, choice) : openCommit(await seenAt(workTree, commit), choice);
}

async function committedState(
  { root, workTree, context }: Place,
  repo: Repo,
  commit: string | undefined,
): Promise<Side['state']> {
  const settings = await readSettingsOf(repo, context);
  const folders = [settings.output, snapshotFolder];
  const files =
    commit === undefined ? await filesOnDisk(root.folder, folders) : await filesBelow(workTree, commit, folders);
  return stateOfOutput(files, settings.output, await repo.mainline(settings));
}

async function filesOnDisk(root: string, folders: readonly string[]): Promise<SourceFile[]> {
  const found = await Promise.all(folders.map((folder) => readOutput(root, folder)));
  return found.flatMap(({ entries }) => [...entries].map(([path, { text }]) => ({ path, text })));
}
