import { type Metric, metricsText } from '../../report/metrics.ts';
import type { Problem } from '../../model/problem.ts';
import type { Step } from './plan.ts';

/** What a long run counts. */
export interface Tally {
  readonly passes: Readonly<Record<'done' | 'problems' | 'failed', number>>;
  readonly steps: Readonly<Record<Exclude<Step['action'], 'keep'>, number>>;
  /** Of the last pass. */
  readonly clusters: number;
  readonly kept: number;
  readonly problems: Readonly<Record<string, number>>;
  /** When a pass last read and wrote all that it wanted, in seconds since 1970; 0 before. */
  readonly lastDone: number;
}

/** Before the first pass. */
export const noTally: Tally = {
  passes: { done: 0, problems: 0, failed: 0 },
  steps: { create: 0, update: 0, remove: 0 },
  clusters: 0,
  kept: 0,
  problems: {},
  lastDone: 0,
};

/** What a pass adds. */
interface Pass {
  readonly clusters: readonly unknown[];
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly failures: readonly unknown[];
}

/** Counts a pass that ended `at`, in seconds since 1970. */
export function tallied(tally: Tally, { clusters, steps, problems, failures }: Pass, at: number): Tally {
  const result =
    failures.length > 0 ? 'failed' : problems.some(({ severity }) => severity === 'error') ? 'problems' : 'done';
  const count = (action: Step['action']): number => steps.filter((step) => step.action === action).length;
  const codes = [...new Set(problems.map(({ code }) => code))];
  const { create, update, remove } = tally.steps;
  return {
    passes: { ...tally.passes, [result]: tally.passes[result] + 1 },
    steps: { create: create + count('create'), update: update + count('update'), remove: remove + count('remove') },
    clusters: clusters.length,
    kept: count('keep'),
    problems: Object.fromEntries(
      codes.map((code) => [code, problems.filter((problem) => problem.code === code).length]),
    ),
    lastDone: result === 'failed' ? tally.lastDone : at,
  };
}

/** Counts a pass that could not read enough to decide. */
export function tallyFailure(tally: Tally): Tally {
  return { ...tally, passes: { ...tally.passes, failed: tally.passes.failed + 1 } };
}

/** The tally for Prometheus: numbers and codes only. */
export function tallyText({ passes, steps, clusters, kept, problems, lastDone }: Tally): string {
  const metric = (
    name: string,
    type: Metric['type'],
    help: string,
    values: Readonly<Record<string, number>>,
    label = '',
  ): Metric => ({
    name: `appdeploy_cluster_sync_${name}`,
    type,
    help,
    values: Object.fromEntries(Object.entries(values).map(([key, value]) => [label && `${label}="${key}"`, value])),
  });
  return metricsText([
    metric('passes_total', 'counter', 'Passes by their result.', passes, 'result'),
    metric('changes_total', 'counter', 'Changes of cluster Secrets.', steps, 'action'),
    metric('clusters', 'gauge', 'Clusters that the last pass read.', { '': clusters }),
    metric('kept', 'gauge', 'Secrets without a Cluster that an Application still uses.', { '': kept }),
    metric('problems', 'gauge', 'Problems of the last pass by code.', problems, 'code'),
    metric('last_done_timestamp_seconds', 'gauge', 'When a pass last ended without a failure.', { '': lastDone }),
  ]);
}
