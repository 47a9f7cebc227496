import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dig } from '../src/model/plain.ts';
import {
  applicationTo,
  clusterObject,
  type Hub,
  kubeconfigOfCluster,
  startHub,
  traces,
} from './support/cluster-sync.ts';
import { until } from './support/processes.ts';

let hub: Hub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

/** What Argo CD would send to a cluster. */
const tokenOf = (name: string): string => {
  const { bearerToken = '' } = JSON.parse(hub.secret(name)?.['config'] ?? '{}') as { bearerToken?: string };
  return bearerToken.split('-')[0] ?? '';
};

describe('clusters sync, once', () => {
  test('--dry-run says what it would do, and writes nothing', async () => {
    hub.apply(clusterObject('east', { region: 'eu' }), kubeconfigOfCluster('east', 'first'));
    const { code, stdout } = await hub.sync('--dry-run');
    expect(stdout).toBe('would create Secret argocd/cluster-east of Cluster default/east\n');
    expect(code).toBe(0);
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
    expect(tokenOf('cluster-east')).toBe('first');
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
    expect(tokenOf('cluster-east')).toBe('second');
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
    expect(tokenOf('cluster-east')).toBe('second');
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
    expect(tokenOf('cluster-west')).toBe('west');
  });
});

describe('clusters sync --watch', () => {
  test('takes up what changes, lives through a restart of the API server, and ends on SIGTERM with 0', async () => {
    const watcher = await hub.watch();
    hub.apply(kubeconfigOfCluster('east', 'fourth'));
    await until('the rotation', () => (tokenOf('cluster-east') === 'fourth' ? true : undefined), 10);
    hub.apply(clusterObject('north'), kubeconfigOfCluster('north', 'north'));
    await until('the new cluster', () => (tokenOf('cluster-north') === 'north' ? true : undefined), 10);
    await hub.control.restart();
    hub.apply(kubeconfigOfCluster('north', 'again'));
    await until('the rotation after the restart', () => (tokenOf('cluster-north') === 'again' ? true : undefined), 45);
    hub.control.kubectl(['delete', 'secret', 'cluster-north', '--namespace', 'argocd']);
    await until('the repair', () => (tokenOf('cluster-north') === 'again' ? true : undefined), 10);
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
      await until(name, () => (tokenOf(`cluster-${name}`) === `many${index}` ? true : undefined), 20);
    for (const round of ['a', 'b']) {
      hub.apply(...names.map((name) => kubeconfigOfCluster(name, round)));
      for (const name of names) await until(name, () => (tokenOf(`cluster-${name}`) === round ? true : undefined), 20);
    }
    hub.control.kubectl(['delete', 'cluster', ...names]);
    for (const name of names)
      await until(name, () => (hub.secret(`cluster-${name}`) === undefined ? true : undefined), 20);
    for (const watcher of watchers) expect(await watcher.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('who may do what', () => {
  test('without RBAC it says which permission is missing', async () => {
    hub.control.kubectl(['create', 'serviceaccount', 'nobody', '--namespace', 'argocd']);
    const { code, stderr } = await hub.syncAs(hub.kubeconfigOf('argocd', 'nobody'));
    expect(code).toBe(2);
    expect(stderr).toBe(
      'appdeploy: list clusters.core.oam.dev in namespace default: forbidden (403): grant the verb "list" on "clusters" of the API group "core.oam.dev" in that namespace, by a Role and a RoleBinding, or see which admission policy denies it\n',
    );
  });

  test('a kubeconfig that may not be read keeps its Cluster as it is, and not the others', async () => {
    const narrow = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['kubeconfig-west'] }];
    const whole = hub.get('role', 'appdeploy-cluster-sync', 'default');
    const rules = (dig(whole, 'rules') as object[]).slice(0, 1);
    hub.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'appdeploy-cluster-sync', namespace: 'default' },
      rules: [...rules, ...narrow],
    });
    hub.apply(kubeconfigOfCluster('east', 'fifth'), kubeconfigOfCluster('west', 'fifth'));
    const { code, stdout, stderr } = await hub.sync();
    expect(code).toBe(2);
    expect(stdout).toBe('updated Secret argocd/cluster-west of Cluster default/west: config\n');
    expect(stderr).toContain('get secrets/kubeconfig-east in namespace default: forbidden (403)');
    expect(tokenOf('cluster-east')).toBe('fourth');
    hub.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'appdeploy-cluster-sync', namespace: 'default' },
      rules: dig(whole, 'rules') as object[],
    });
    expect((await hub.sync()).code).toBe(0);
  });

  test.each([
    ['get secrets -n kube-system', 'no'],
    ['list secrets -n default', 'no'],
    ['update secrets -n default', 'no'],
    ['get secrets --all-namespaces', 'no'],
    ['get configmaps -n argocd', 'no'],
    ['update applications.argoproj.io -n argocd', 'no'],
    ['delete clusters.core.oam.dev -n default', 'no'],
    ['update roles.rbac.authorization.k8s.io -n argocd', 'no'],
    ['get secrets -n default', 'yes'],
  ])('deploy/cluster-sync lets it %s: %s', (words, answer) => {
    const as = ['--as', 'system:serviceaccount:argocd:appdeploy-cluster-sync'];
    expect(said(['auth', 'can-i', ...words.split(' '), ...as])).toBe(`${answer}\n`);
  });

  test('a real read of a Secret elsewhere is refused, and so is a write to a Secret of another', () => {
    const file = hub.kubeconfigOf('argocd', 'appdeploy-cluster-sync');
    hub.control.kubectl(['create', 'secret', 'generic', 'other', '--namespace', 'kube-system', '--from-literal=a=b']);
    hub.control.kubectl([
      'create',
      'secret',
      'generic',
      'argocd-secret',
      '--namespace',
      'argocd',
      '--from-literal=a=b',
    ]);
    const as = ['--kubeconfig', file];
    expect(said([...as, 'get', 'secret', 'other', '--namespace', 'kube-system'])).toContain('Forbidden');
    const denied = 'may write only Secrets that are labelled as appdeploy';
    expect(said([...as, 'delete', 'secret', 'argocd-secret', '--namespace', 'argocd'])).toContain(denied);
    expect(said([...as, 'create', 'secret', 'generic', 'cluster-x', '--namespace', 'argocd'])).toContain(denied);
    const labels = ['app.kubernetes.io/managed-by=appdeploy', '--namespace', 'argocd'];
    expect(hub.control.kubectl(['label', 'secret', 'argocd-secret', ...labels])).toContain('labeled');
    expect(said([...as, 'delete', 'secret', 'argocd-secret', '--namespace', 'argocd'])).toContain(denied);
  });
});

test('the CRD refuses what the repo refuses', () => {
  const bad = { ...clusterObject('east'), spec: { kubeconfigSecretRef: { name: '' } } };
  expect(said(['apply', '--dry-run=server', '--filename', '-'], bad)).toContain('spec.kubeconfigSecretRef.name');
  expect(said(['apply', '--dry-run=server', '--filename', '-'], clusterObject('a.b'))).toContain(
    'metadata.name must be',
  );
});

test('nothing that was printed, served or written as an Event holds a credential', () => {
  const events = hub.control.kubectl(['get', 'events', '--all-namespaces', '--output', 'json']);
  const all = hub.everythingSaid() + events;
  expect(all).toContain('KUBECONFIG_INVALID');
  expect(traces.filter((trace) => all.includes(trace))).toEqual([]);
  expect(JSON.stringify(hub.secret('cluster-east'))).toContain(traces[0]);
});

/** What kubectl prints, on both streams, whether it succeeds or not. */
function said(args: readonly string[], input?: object): string {
  try {
    return hub.control.kubectl(args, input === undefined ? '' : JSON.stringify(input));
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}
