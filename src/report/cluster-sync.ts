import type { Step } from '../clusters/sync/plan.ts';

const words = {
  create: ['created', 'would create'],
  update: ['updated', 'would update'],
  remove: ['removed', 'would remove'],
  keep: ['kept', 'would keep'],
} as const satisfies Record<Step['action'], readonly [string, string]>;

/** One line for a step: which Secret, of which Cluster, and for an update the names of the fields that differ. */
export function stepText(step: Step, namespace: string, isDryRun: boolean): string {
  const word = words[step.action][isDryRun ? 1 : 0];
  const fields = step.action === 'update' ? `: ${step.changed.join(', ')}` : '';
  return `${word} Secret ${namespace}/${step.name} of Cluster ${step.cluster}${fields}\n`;
}
