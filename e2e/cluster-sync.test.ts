import { afterAll, beforeAll, expect, test } from 'vitest';
import { dig } from '../src/model/plain.ts';
import {
  applicationTo,
  clusterObject,
  type Hub,
  kubeconfigOfCluster,
  startHub,
  traces,
} from './support/cluster-sync.ts';

let hub: Hub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

test('--dry-run says what it would do, and writes nothing', async () => {
  hub.apply(clusterObject('east', { region: 'eu' }), kubeconfigOfCluster('east', 'first'));
  expect(await hub.sync('--dry-run')).toEqual({
    code: 0,
    stdout: 'would create Secret argocd/cluster-east of Cluster default/east\n',
    stderr: '',
  });
  expect(hub.secret('cluster-east')).toBeUndefined();
});

test('creates the cluster Secret, and has nothing to do then', async () => {
  const { code, stdout, stderr } = await hub.sync();
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'created Secret argocd/cluster-east of Cluster default/east\n',
    stderr: '',
  });
  expect(hub.secret('cluster-east')).toMatchObject({ name: 'east', server: 'https://east.example.com:6443' });
  expect(hub.token('cluster-east')).toBe('first');
  expect(dig(hub.get('secret', 'cluster-east', 'argocd'), 'metadata', 'labels')).toEqual({
    'app.kubernetes.io/managed-by': 'appdeploy',
    'argocd.argoproj.io/secret-type': 'cluster',
    region: 'eu',
  });
  expect(await hub.sync()).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('takes up a rotated kubeconfig and changed labels, and keeps annotations of others', async () => {
  hub.control.kubectl(['annotate', 'secret', 'cluster-east', '--namespace', 'argocd', 'example.com/note=mine']);
  hub.apply(clusterObject('east', { region: 'us' }), kubeconfigOfCluster('east', 'second'));
  expect((await hub.sync()).stdout).toBe(
    'updated Secret argocd/cluster-east of Cluster default/east: config, labels\n',
  );
  expect(hub.token('cluster-east')).toBe('second');
  const annotations = dig(hub.get('secret', 'cluster-east', 'argocd'), 'metadata', 'annotations');
  expect(annotations).toEqual({ 'appdeploy.dev/cluster': 'default/east', 'example.com/note': 'mine' });
});

test('a kubeconfig that is missing or broken is a problem of its Cluster alone, and the old Secret stays', async () => {
  hub.apply(clusterObject('west'), clusterObject('lost'), kubeconfigOfCluster('west', 'west'));
  hub.apply({ ...kubeconfigOfCluster('east', 'x'), data: { config: 'bm90IGEga3ViZWNvbmZpZw==' } });
  const { code, stdout, stderr } = await hub.sync();
  expect(code).toBe(1);
  expect(stdout).toBe('created Secret argocd/cluster-west of Cluster default/west\n');
  expect(stderr).toContain('Secret default/kubeconfig-east[data.config]:1:1: error KUBECONFIG_INVALID');
  expect(stderr).toContain('Cluster default/lost:1:1: error KUBECONFIG_MISSING');
  expect(hub.token('cluster-east')).toBe('second');
  hub.remove('cluster', 'lost');
  hub.apply(kubeconfigOfCluster('east', 'third'));
  expect((await hub.sync()).code).toBe(0);
});

test('a foreign Secret of the name is left alone', async () => {
  const foreign = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cluster-south', namespace: 'argocd', labels: { 'app.kubernetes.io/managed-by': 'appdeploy' } },
    stringData: { name: 'theirs' },
  };
  hub.apply(foreign, clusterObject('south'), kubeconfigOfCluster('south', 'south'));
  const before = hub.get('secret', 'cluster-south', 'argocd');
  const { code, stderr } = await hub.sync();
  expect(code).toBe(1);
  expect(stderr).toContain('Secret argocd/cluster-south:1:1: error CLUSTER_SECRET_FOREIGN');
  hub.remove('cluster', 'south');
  expect(await hub.sync()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(hub.get('secret', 'cluster-south', 'argocd')).toEqual(before);
  hub.remove('secret', 'cluster-south', 'argocd');
});

test.each([
  ['name', { name: 'west' }],
  ['server', { server: 'https://west.example.com:6443/' }],
])('a Secret is kept for an Application that names the cluster by its %s, with an Event', async (by, destination) => {
  hub.apply(applicationTo(`shop-by-${by}`, { ...destination, namespace: 'shop' }));
  hub.remove('cluster', 'west');
  const { code, stdout, stderr } = await hub.sync();
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain(`warning CLUSTER_SECRET_KEPT: is kept, though the Cluster default/west is gone`);
  await hub.sync();
  const { items } = JSON.parse(hub.control.kubectl(['get', 'events', '--namespace', 'argocd', '-o', 'json'])) as {
    items: object[];
  };
  expect(items).toMatchObject([
    { reason: 'ClusterSecretKept', involvedObject: { kind: 'Secret', name: 'cluster-west' } },
  ]);
  hub.remove('application', `shop-by-${by}`, 'argocd');
  expect((await hub.sync()).stdout).toBe('removed Secret argocd/cluster-west of Cluster default/west\n');
  hub.remove('event', String(dig(items[0], 'metadata', 'name')), 'argocd');
  hub.apply(clusterObject('west'));
  await hub.sync();
  expect(hub.token('cluster-west')).toBe('west');
});

test('nothing that was printed, served or written as an Event holds a credential', () => {
  expect(hub.everythingSaid()).toContain('KUBECONFIG_INVALID');
  expect(traces.filter((trace) => hub.everythingSaid().includes(trace))).toEqual([]);
});

test('the credential that is looked for is in the Secret, in the clear and in base64', () => {
  const { data } = hub.get('secret', 'kubeconfig-east', 'default') as { data: { config: string } };
  const text = JSON.stringify(data) + Buffer.from(data.config, 'base64').toString();
  expect(traces.filter((trace) => text.includes(trace)).length).toBeGreaterThan(1);
});
