import type { Command } from './command.ts';
import { commonOptions, jsonOption, outputOptions, stagedOption } from './command.ts';
import { compareWithDisk, compareWithStaged } from './on-disk.ts';
import { planHere, printProblems, refuse } from './plan.ts';

const states = { create: 'missing', update: 'changed', delete: 'stale' } as const;

/** `appdeploy check` */
export const checkCommand: Command = {
  name: 'check',
  summary: 'say whether the output and records here are what render would write',
  usage: '[--output DIR] [--allow-empty] [--replace] [--staged]',
  positionals: { min: 0, max: 0 },
  options: {
    ...outputOptions,
    ...stagedOption,
    ...jsonOption,
    ...commonOptions,
  },
  details:
    'Writes nothing. Exits with 1 when files are missing, changed or stale.\nWith --staged, input, records and output are those that the next commit will have.',
  run: async (_args, values, context) => {
    const rooted = await planHere(values, context, { announce: true });
    const { changes, problems } =
      rooted.staged === undefined
        ? await compareWithDisk(rooted, values)
        : await compareWithStaged(rooted.staged, rooted.plan, values);
    refuse(problems, rooted.plan);
    printProblems(problems, rooted.plan, values, context);
    const differences = changes.map(({ path, action }) => ({ path, state: states[action] }));
    if (values['json'] === true) context.stdout(`${JSON.stringify(differences, null, 2)}\n`);
    else
      for (const { path, state } of differences)
        context.stdout(`${context.out.paint(state === 'stale' ? 'red' : 'yellow', state.padEnd(7))} ${path}\n`);
    if (differences.length === 0) {
      if (values['quiet'] !== true && values['json'] !== true) context.stdout('in sync\n');
      return 0;
    }
    context.stderr(
      `out of sync: ${differences.length} ${differences.length === 1 ? 'file differs' : 'files differ'} from what \`appdeploy render\` writes\n`,
    );
    return 1;
  },
};
