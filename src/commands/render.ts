import { writeChanges } from '../io/write.ts';
import { changeCounts, changesText } from '../report/changes-text.ts';
import { rolloutRows, rolloutText } from '../report/rollout.ts';
import { undeployed } from '../report/undeployed.ts';
import type { Command } from './command.ts';
import { commonOptions, jsonOption, outputOptions } from './command.ts';
import { compareWithDisk } from './on-disk.ts';
import { planHere, printProblems, refuse } from './plan.ts';

/** `appdeploy render` */
export const renderCommand: Command = {
  name: 'render',
  summary: 'write the manifests of every cluster, and the snapshots of new revisions',
  usage: '[--cluster NAME]... [--output DIR] [--allow-empty] [--replace]',
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
    ...jsonOption,
    ...commonOptions,
  },
  details:
    'The whole result is computed before anything is written; after a problem, nothing is.\nSnapshots (revisions/) and placement records (placements/) are written by a full render only,\nwithout --cluster.',
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
    return 0;
  },
};
