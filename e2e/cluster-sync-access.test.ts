import { afterAll, beforeAll, expect, test } from 'vitest';
import { dig } from '../src/model/plain.ts';
import { clusterObject, type Hub, kubeconfigOfCluster, startHub, traces } from './support/cluster-sync.ts';

let hub: Hub;

beforeAll(async () => {
  hub = await startHub();
  for (const name of ['east', 'west']) hub.apply(clusterObject(name), kubeconfigOfCluster(name, 'fourth'));
  expect(await hub.sync()).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => hub.stop());

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
  expect(hub.token('cluster-east')).toBe('fourth');
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
  hub.control.kubectl(['create', 'secret', 'generic', 'argocd-secret', '--namespace', 'argocd', '--from-literal=a=b']);
  const as = ['--kubeconfig', file];
  expect(said([...as, 'get', 'secret', 'other', '--namespace', 'kube-system'])).toContain('Forbidden');
  const denied = 'may write only Secrets that are labelled as appdeploy';
  expect(said([...as, 'delete', 'secret', 'argocd-secret', '--namespace', 'argocd'])).toContain(denied);
  expect(said([...as, 'create', 'secret', 'generic', 'cluster-x', '--namespace', 'argocd'])).toContain(denied);
  const labels = ['app.kubernetes.io/managed-by=appdeploy', '--namespace', 'argocd'];
  expect(hub.control.kubectl(['label', 'secret', 'argocd-secret', ...labels])).toContain('labeled');
  expect(said([...as, 'delete', 'secret', 'argocd-secret', '--namespace', 'argocd'])).toContain(denied);
});

test('the CRD refuses what the repo refuses', () => {
  const bad = { ...clusterObject('east'), spec: { kubeconfigSecretRef: { name: '' } } };
  expect(said(['apply', '--dry-run=server', '--filename', '-'], bad)).toContain('spec.kubeconfigSecretRef.name');
  expect(said(['apply', '--dry-run=server', '--filename', '-'], clusterObject('a.b'))).toContain(
    'metadata.name must be',
  );
});

test('nothing that was printed, served or written as an Event holds a credential', () => {
  expect(hub.everythingSaid()).toContain('forbidden (403)');
  expect(traces.filter((trace) => hub.everythingSaid().includes(trace))).toEqual([]);
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
