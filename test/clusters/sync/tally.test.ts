import { expect, test } from 'vitest';
import { noTally, tallied, tallyFailure, tallyText } from '../../../src/clusters/sync/tally.ts';
import { problem } from '../../../src/model/problem.ts';

const origin = { path: 'Cluster default/east', line: 1, column: 1 };
const missing = problem('KUBECONFIG_MISSING', origin, 'is not there');
const quiet = { clusters: [1, 2], steps: [], problems: [], failures: [] };

test('passes, changes and problems are counted, and told as Prometheus reads them', () => {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cluster-east' } };
  const created = { action: 'create', name: 'cluster-east', cluster: 'default/east', object } as const;
  const first = tallied(noTally, { ...quiet, steps: [created], problems: [missing, missing] }, 100);
  const last = tallyFailure(tallied(tallied(first, quiet, 200), { ...quiet, problems: [missing], failures: [1] }, 300));
  expect(tallyText(last)).toBe(`# HELP appdeploy_cluster_sync_passes_total Passes by their result.
# TYPE appdeploy_cluster_sync_passes_total counter
appdeploy_cluster_sync_passes_total{result="done"} 1
appdeploy_cluster_sync_passes_total{result="problems"} 1
appdeploy_cluster_sync_passes_total{result="failed"} 2
# HELP appdeploy_cluster_sync_changes_total Changes of cluster Secrets.
# TYPE appdeploy_cluster_sync_changes_total counter
appdeploy_cluster_sync_changes_total{action="create"} 1
appdeploy_cluster_sync_changes_total{action="update"} 0
appdeploy_cluster_sync_changes_total{action="remove"} 0
# HELP appdeploy_cluster_sync_clusters Clusters that the last pass read.
# TYPE appdeploy_cluster_sync_clusters gauge
appdeploy_cluster_sync_clusters 2
# HELP appdeploy_cluster_sync_kept Secrets without a Cluster that an Application still uses.
# TYPE appdeploy_cluster_sync_kept gauge
appdeploy_cluster_sync_kept 0
# HELP appdeploy_cluster_sync_problems Problems of the last pass by code.
# TYPE appdeploy_cluster_sync_problems gauge
appdeploy_cluster_sync_problems{code="KUBECONFIG_MISSING"} 1
# HELP appdeploy_cluster_sync_last_done_timestamp_seconds When a pass last ended without a failure.
# TYPE appdeploy_cluster_sync_last_done_timestamp_seconds gauge
appdeploy_cluster_sync_last_done_timestamp_seconds 200
`);
});
