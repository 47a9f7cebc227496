import { plainCredentials } from '../../clusters/plain-credentials.ts';
import { clusterRows } from '../../report/cluster-rows.ts';
import { replicaText } from '../../report/placed-replicas.ts';
import { tableText } from '../../report/table.ts';
import { hasErrors } from '../../model/problem.ts';
import { type Command, commonOptions, jsonOption } from '../command.ts';
import { planHere, printProblems } from '../plan.ts';

/** `appdeploy clusters` without a verb below */
export const listCommand: Command = {
  name: 'clusters',
  summary: 'list the Clusters with their labels and what is placed on each',
  usage: '[secret NAME | sync]',
  positionals: { min: 0, max: 0 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'PLACED shows each revision with its replicas. Exits with 1 when the credentials of a cluster lie\nin any file of the repo in plain text.',
  run: async (_args, values, context) => {
    const { repo, plan } = await planHere(values, context);
    const rows = clusterRows(plan);
    const table = tableText(
      ['NAME', 'LABELS', 'MESH', 'PLACED'],
      rows.map(({ name, labels, mesh, placed }) => [
        name,
        dashed(Object.entries(labels).map(([key, value]) => `${key}=${value}`)),
        mesh ?? '-',
        dashed(placed.map((each) => `${each.revision} (${replicaText(each)})`)),
      ]),
    );
    context.stdout(values['json'] === true ? `${JSON.stringify(rows, null, 2)}\n` : table);
    const problems = plainCredentials(await repo.files({ ...plan.settings, include: ['**'] }));
    // No source lines: they may be the credentials.
    printProblems(problems, { sources: [] }, values, context);
    return hasErrors(problems) ? 1 : 0;
  },
};

function dashed(items: readonly string[]): string {
  return items.join(',') || '-';
}
