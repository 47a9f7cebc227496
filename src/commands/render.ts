import { join, relative } from 'node:path';
import type { WorkTree } from '../io/git.ts';
import { writeChanges } from '../io/write.ts';
import { placementFolder, snapshotFolder } from '../load/record-folders.ts';
import { changeCounts, changesText } from '../report/changes-text.ts';
import { rolloutRows, rolloutText } from '../report/rollout.ts';
import { undeployed } from '../report/undeployed.ts';
import type { Command } from './command.ts';
import {
  commonOptions,
  type Context,
  type ExitCode,
  jsonOption,
  type OptionValues,
  outputOptions,
  stagedOption,
} from './command.ts';
import { compareWithDisk, compareWithStaged } from './on-disk.ts';
import { planHere, printProblems, refuse, type RootedPlan } from './plan.ts';

/** `appdeploy render` */
export const renderCommand: Command = {
  name: 'render',
  summary: 'write the manifests of every cluster, and the snapshots of new revisions',
  usage: '[--cluster NAME]... [--output DIR] [--allow-empty] [--replace] [--staged]',
  positionals: { min: 0, max: 0 },
  options: {
    cluster: {
      offers: 'clusters',
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'write and prune only this cluster\u2019s folder; may be repeated',
    },
    ...outputOptions,
    ...stagedOption,
    ...jsonOption,
    ...commonOptions,
  },
  details:
    'The whole result is computed before anything is written; after a problem, nothing is.\nSnapshots (revisions/) and placement records (placements/) are written by a full render only,\nwithout --cluster.\nWith --staged, input and records are those that the next commit will have; exits with 1 when that commit\nwould not have what was rendered, so that a pre-commit hook stops it.',
  run: async (_args, values, context) => {
    const rooted = await planHere(values, context, { announce: true });
    const { sync, problems, changes, leftovers } = await compareWithDisk(rooted, values);
    refuse(problems, rooted.plan);
    printProblems(problems, rooted.plan, values, context);
    await writeChanges(
      rooted.root,
      { files: sync.writes.files, removals: [...sync.writes.removals, ...leftovers] },
      context.processId,
    );
    const rows = rolloutRows(rooted.plan);
    if (values['json'] === true)
      context.stdout(`${JSON.stringify({ undeployed: undeployed(rooted.plan), rollout: rows, changes }, null, 2)}\n`);
    else if (values['quiet'] !== true) {
      if (rows.length > 0) context.stdout(`${rolloutText(rows)}\n`);
      context.stdout(
        `${changesText(changes, context.out, values['verbose'] === true ? Infinity : 20)}${changeCounts(changes)}\n`,
      );
    }
    return rooted.staged === undefined ? 0 : reportUnstaged(rooted, rooted.staged, values, context);
  },
};

/** Whether the next commit will have what was rendered. */
async function reportUnstaged(
  { plan, root }: RootedPlan,
  staged: WorkTree,
  values: OptionValues,
  context: Context,
): Promise<ExitCode> {
  const { changes } = await compareWithStaged(staged, plan, values);
  if (changes.length === 0) return 0;
  const folders = [plan.settings.output, snapshotFolder, placementFolder]
    .filter((folder) => changes.some(({ path }) => path.startsWith(`${folder}/`)))
    .map((folder) => relative(context.cwd, join(root, folder)));
  context.stderr(
    `${changes.length} rendered ${changes.length === 1 ? 'file is' : 'files are'} not staged: git add --all ${folders.join(' ')}\n`,
  );
  return 1;
}
