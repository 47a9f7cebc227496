import type { Reason } from '../model/placement.ts';
import { tableText } from '../report/table.ts';
import type { Command } from './command.ts';
import { commonOptions, jsonOption } from './command.ts';
import { planHere } from './plan.ts';

/** `appdeploy placements` */
export const placementsCommand: Command = {
  name: 'placements',
  summary: 'list which revision runs on which cluster, and why there',
  usage: '',
  positionals: { min: 0, max: 0 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'WHY is name (the selector names the cluster), host (no selector), all (policy All), recorded\n(picked before, under placements/), kept (recorded for a selector that is gone), or picked; with\nthe cluster\u2019s rank among those that match.',
  run: async (_args, values, context) => {
    const { plan } = await planHere(values, context);
    const placed = plan.placements.placed.map(
      ({ appDeployment: { namespace, name }, revision, cluster, replicas, reason }) => ({
        appDeployment: `${namespace}/${name}`,
        revision: revision.name,
        cluster: cluster.name,
        replicas,
        why: whyText(reason),
      }),
    );
    const table = tableText(
      ['APPDEPLOYMENT', 'REVISION', 'CLUSTER', 'REPLICAS', 'WHY'],
      placed.map(({ appDeployment, revision, cluster, replicas, why }) => [
        appDeployment,
        revision,
        cluster,
        String(replicas),
        why,
      ]),
    );
    context.stdout(values['json'] === true ? `${JSON.stringify(placed, null, 2)}\n` : table);
    return 0;
  },
};

function whyText(reason: Reason): string {
  if (!('rank' in reason)) return reason.kind;
  return `${{ record: 'recorded', kept: 'kept', rank: 'picked' }[reason.kind]}, rank ${reason.rank} of ${reason.of}`;
}
