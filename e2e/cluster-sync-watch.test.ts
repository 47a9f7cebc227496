import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterObject, type Hub, kubeconfigOfCluster, startHub, traces } from './support/cluster-sync.ts';
import { until } from './support/processes.ts';

let hub: Hub;

beforeAll(async () => {
  hub = await startHub();
  for (const name of ['east', 'west']) hub.apply(clusterObject(name), kubeconfigOfCluster(name, 'first'));
});
afterAll(() => hub.stop());

test('takes up what changes, lives through a restart of the API server, and ends on SIGTERM with 0', async () => {
  const watcher = await hub.watch();
  hub.apply(kubeconfigOfCluster('east', 'fourth'));
  await until('the rotation', () => (hub.token('cluster-east') === 'fourth' ? true : undefined), 10);
  hub.apply(clusterObject('north'), kubeconfigOfCluster('north', 'north'));
  await until('the new cluster', () => (hub.token('cluster-north') === 'north' ? true : undefined), 10);
  await hub.control.restart();
  hub.apply(kubeconfigOfCluster('north', 'again'));
  await until('the rotation after the restart', () => (hub.token('cluster-north') === 'again' ? true : undefined), 45);
  hub.control.kubectl(['delete', 'secret', 'cluster-north', '--namespace', 'argocd']);
  await until('the repair', () => (hub.token('cluster-north') === 'again' ? true : undefined), 10);
  hub.remove('cluster', 'north');
  await until('the removal', () => (hub.secret('cluster-north') === undefined ? true : undefined), 10);
  expect((await watcher.get('/healthz')).status).toBe(200);
  const { text } = await watcher.get('/metrics');
  expect(text).toContain('appdeploy_cluster_sync_changes_total{action="remove"} 1\n');
  expect(text).toContain('appdeploy_cluster_sync_clusters 2\n');
  expect(await watcher.stop()).toMatchObject({ code: 0 });
});

test('two that write at the same time end in the same state', async () => {
  const watchers = await Promise.all([hub.watch(), hub.watch()]);
  const names = Array.from({ length: 8 }, (_, index) => `many-${index}`);
  hub.apply(...names.flatMap((name) => [clusterObject(name), kubeconfigOfCluster(name, name.replace('-', ''))]));
  for (const [index, name] of names.entries())
    await until(name, () => (hub.token(`cluster-${name}`) === `many${index}` ? true : undefined), 20);
  for (const round of ['a', 'b']) {
    hub.apply(...names.map((name) => kubeconfigOfCluster(name, round)));
    for (const name of names) await until(name, () => (hub.token(`cluster-${name}`) === round ? true : undefined), 20);
  }
  hub.control.kubectl(['delete', 'cluster', ...names]);
  for (const name of names)
    await until(name, () => (hub.secret(`cluster-${name}`) === undefined ? true : undefined), 20);
  for (const watcher of watchers) expect(await watcher.stop()).toMatchObject({ code: 0, stderr: '' });
});

test('nothing that was printed, served or written as an Event holds a credential', () => {
  expect(hub.everythingSaid()).toContain('created Secret');
  expect(traces.filter((trace) => hub.everythingSaid().includes(trace))).toEqual([]);
});
