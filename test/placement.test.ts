import { expect, test } from 'vitest';
import { appDeployment, application, cluster, definition, on } from './support/documents.ts';
import { type Outcome, ScratchRepo } from './support/scratch-repo.ts';

interface Row {
  readonly revision: string;
  readonly cluster: string;
  readonly replicas: number;
  readonly why: string;
}

const apps = application('shop') + application('cart', [{ name: 'cart' }]) + application('pay', [{ name: 'pay' }]);
const fleet =
  cluster('eu-1', { tier: 'prod', region: 'eu' }) +
  cluster('eu-2', { tier: 'prod', region: 'eu' }) +
  cluster('us-1', { tier: 'prod', region: 'us' }) +
  cluster('dev', { tier: 'dev' });

function command(text: string, ...argv: readonly string[]): Promise<Outcome> {
  return new ScratchRepo({ git: false }).write({ 'all.yaml': apps + text }).appdeploy(...argv);
}

/** Where the revisions of AppDeployment `all` run: `shop-v1 on eu-1: 2`. */
async function placed(text: string): Promise<string[]> {
  const { code, stdout, stderr } = await command(text, 'placements', '--json');
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as Row[]).map((row) => `${row.revision} on ${row.cluster}: ${row.replicas}`).toSorted();
}

async function refusal(text: string): Promise<string> {
  const { code, stdout, stderr } = await command(text, 'render', '-q');
  expect([code, stdout]).toEqual([1, '']);
  return stderr;
}

test('a placement by name is on that cluster', async () => {
  expect(await placed(fleet + appDeployment('all', { 'shop-v1': [on('us-1', 2)] }))).toEqual(['shop-v1 on us-1: 2']);
});

test('a name that no Cluster has is a problem at its line, with the names that there are', async () => {
  const stderr = await refusal(fleet + appDeployment('all', { 'shop-v1': [on('us-9', 2)] }));
  expect(stderr).toMatch(/^all\.yaml:\d+:19: error UNKNOWN_CLUSTER: there is no Cluster "us-9" in namespace default/);
  expect(stderr).toContain('Clusters of namespace default: dev, eu-1, eu-2, us-1.');
});

test('a Cluster of another namespace does not count', async () => {
  const elsewhere = cluster('far', { tier: 'prod' }, { namespace: 'other' });
  const named = await refusal(elsewhere + appDeployment('all', { 'shop-v1': [on('far', 1)] }));
  expect(named).toContain('UNKNOWN_CLUSTER');
  expect(named).toContain('of its own namespace, and these are in another: far (other).');
  const byLabel = on({ labels: { tier: 'prod' } }, 1);
  const selected = await refusal(elsewhere + appDeployment('all', { 'shop-v1': [byLabel] }));
  expect(selected).toContain('NO_MATCHING_CLUSTER');
  expect(selected).toContain('The namespace has no Clusters. An AppDeployment sees the Clusters of its own namespace');
});

test('all labels and all expressions must hold', async () => {
  const selector = {
    labels: { tier: 'prod' },
    matchExpressions: [
      { key: 'region', operator: 'NotIn', values: ['us'] },
      { key: 'region', operator: 'Exists' },
      { key: 'retired', operator: 'DoesNotExist' },
      { key: 'tier', operator: 'In', values: ['prod', 'dev'] },
    ],
  };
  const retired = cluster('eu-0', { tier: 'prod', region: 'eu', retired: 'yes' });
  const all = on({ ...selector, policy: 'All' }, 1);
  expect(await placed(fleet + retired + appDeployment('all', { 'shop-v1': [all] }))).toEqual([
    'shop-v1 on eu-1: 1',
    'shop-v1 on eu-2: 1',
  ]);
});

test('name and labels must both hold, and the problem says which label does not', async () => {
  const both = (region: string): string =>
    fleet + appDeployment('all', { 'shop-v1': [on({ name: 'eu-1', labels: { region } }, 1)] });
  expect(await placed(both('eu'))).toEqual(['shop-v1 on eu-1: 1']);
  const stderr = await refusal(both('us'));
  expect(stderr).toContain('error NO_MATCHING_CLUSTER');
  expect(stderr).toContain('eu-1 (it has region=eu), eu-2 (its name is not eu-1)');
});

test('without a selector, or by the name in-cluster, it is the host cluster, declared or not', async () => {
  expect(
    await placed(appDeployment('all', { 'shop-v1': [on(undefined, 1)], 'cart-v1': [on('in-cluster', 2)] })),
  ).toEqual(['cart-v1 on in-cluster: 2', 'shop-v1 on in-cluster: 1']);
});

const labelled = definition(
  'ComponentDefinition',
  'labelled',
  `output:
  apiVersion: apps/v1
  kind: Deployment
  metadata: { annotations: { region: {{default context.cluster.labels.region "none"}} } }
`,
);

/** The region that a template sees on the host cluster, for AppDeployment `all` of a namespace. */
async function regionOnHost(host: string, namespace: string): Promise<string | undefined> {
  const repo = new ScratchRepo({ git: false }).write({
    'all.yaml':
      host +
      labelled.replace('name: labelled', 'name: labelled\n  namespace: vela-system') +
      application('shop', [{ name: 'web', type: 'labelled' }], { namespace }) +
      appDeployment('all', { 'shop-v1': [on(undefined, 1)] }, { namespace }),
  });
  expect(await repo.appdeploy('render', '-q')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(Object.keys(repo.files('rendered/clusters'))).toHaveLength(1);
  return /region: (\S+)/.exec(repo.read(`rendered/clusters/in-cluster/${namespace}/all/deployment-web-v1.yaml`))?.[1];
}

test('a Cluster named in-cluster labels the host cluster and adds none', async () => {
  expect(await regionOnHost('', 'default')).toBe('none');
  expect(await regionOnHost(cluster('in-cluster', { region: 'eu' }), 'default')).toBe('eu');
});

test('the host cluster has its labels for AppDeployments of every namespace', async () => {
  expect(await regionOnHost(cluster('in-cluster', { region: 'eu' }), 'shop')).toBe('eu');
});

const everywhere = { labels: { tier: 'prod' }, policy: 'All' };

test('policy All is on every match: each with all replicas, or with a share by weight', async () => {
  expect(await placed(fleet + appDeployment('all', { 'shop-v1': [on(everywhere, 4)] }))).toEqual([
    'shop-v1 on eu-1: 4',
    'shop-v1 on eu-2: 4',
    'shop-v1 on us-1: 4',
  ]);
  const evenly = on(everywhere, 10, { type: 'Divided' });
  expect(await placed(fleet + appDeployment('all', { 'shop-v1': [evenly] }))).toEqual([
    'shop-v1 on eu-1: 4',
    'shop-v1 on eu-2: 3',
    'shop-v1 on us-1: 3',
  ]);
  const weighted = on(everywhere, 10, { type: 'Divided', weights: { 'eu-1': 3, 'us-1': 0 } });
  expect(await placed(fleet + appDeployment('all', { 'shop-v1': [weighted] }))).toEqual([
    'shop-v1 on eu-1: 8',
    'shop-v1 on eu-2: 2',
    'shop-v1 on us-1: 0',
  ]);
});

test('a division with no weight left is refused, a weight for a stranger is a warning', async () => {
  const none = { type: 'Divided', weights: { 'eu-1': 0, 'eu-2': 0, 'us-1': 0 } };
  expect(await refusal(fleet + appDeployment('all', { 'shop-v1': [on(everywhere, 1, none)] }))).toContain(
    'error INVALID_DISTRIBUTION',
  );
  const stranger = on(everywhere, 1, { type: 'Divided', weights: { dev: 2 } });
  const { code, stderr } = await command(fleet + appDeployment('all', { 'shop-v1': [stranger] }), 'render');
  expect(code).toBe(0);
  expect(stderr).toContain('warning UNUSED_WEIGHT: dev is not among the clusters of this placement: eu-1, eu-2, us-1');
});

test('revisions with the same selector meet, in whatever order it is written', async () => {
  const one = { labels: { tier: 'prod', region: 'eu' } };
  const same = { labels: { region: 'eu', tier: 'prod' } };
  const rows = await placed(fleet + appDeployment('all', { 'shop-v1': [on(one, 1)], 'cart-v1': [on(same, 1)] }));
  const clusters = rows.map((row) => / on (\S+):/.exec(row)?.[1]);
  expect(clusters).toHaveLength(2);
  expect(new Set(clusters).size).toBe(1);
});

test('a pick stays where it is when clusters that it does not win come', async () => {
  const pick = appDeployment('all', { 'shop-v1': [on({ labels: { region: 'eu' } }, 1)] });
  const [before] = await placed(fleet + pick);
  expect(before).toMatch(/on eu-[12]: 1/);
  const removed = before?.includes('eu-1') === true ? 'eu-2' : 'eu-1';
  expect(await placed(cluster(before?.slice(11, 15) ?? '', { region: 'eu' }) + pick)).toEqual([before]);
  expect(await placed(cluster(removed, { region: 'eu' }) + pick)).toEqual([`shop-v1 on ${removed}: 1`]);
});

test('a solution is found when the first choices would leave a later placement without a cluster', async () => {
  const wide = { matchExpressions: [{ key: 'tier', operator: 'Exists' }] };
  const narrower = { labels: { tier: 'prod' } };
  const narrow = { labels: { tier: 'prod', region: 'eu' } };
  const only = { labels: { region: 'us' } };
  const list = [on(wide, 1), on(narrower, 2), on(narrow, 3), on(only, 4)];
  const rows = await placed(fleet + appDeployment('all', { 'shop-v1': list }));
  expect(rows).toContain('shop-v1 on dev: 1');
  expect(rows).toContain('shop-v1 on us-1: 4');
  expect(new Set(rows.map((row) => row.split(':')[0])).size).toBe(4);
});

test('where there is no solution, the problem names the placement that is left', async () => {
  const eu = { labels: { region: 'eu' } };
  const stderr = await refusal(fleet + appDeployment('all', { 'shop-v1': [on(eu, 1), on(eu, 2), on(eu, 3)] }));
  expect(stderr).toContain('error NO_MATCHING_CLUSTER');
  expect(stderr).toContain('eu-1 (already used by this revision), eu-2 (already used by this revision)');
});

test('a named placement goes first, and the picked one gets another cluster', async () => {
  for (const name of ['eu-1', 'eu-2']) {
    const list = [on({ labels: { region: 'eu' } }, 1), on(name, 2)];
    const other = name === 'eu-1' ? 'eu-2' : 'eu-1';
    expect(await placed(fleet + appDeployment('all', { 'shop-v1': list }))).toEqual(
      [`shop-v1 on ${name}: 2`, `shop-v1 on ${other}: 1`].toSorted(),
    );
  }
});

test('0 replicas keep the objects at zero', async () => {
  const repo = new ScratchRepo({ git: false }).write({
    'all.yaml': apps + appDeployment('all', { 'shop-v1': [on(undefined, 0)] }),
  });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(repo.read('rendered/clusters/in-cluster/default/all/deployment-web-v1.yaml')).toMatch(/^ {2}replicas: 0$/m);
});

test('missing replicas are a problem', async () => {
  const list = [{ clusterSelector: { name: 'eu-1' }, distribution: {} }];
  expect(await refusal(fleet + appDeployment('all', { 'shop-v1': list }))).toMatch(
    /^all\.yaml:\d+:\d+: error MISSING_FIELD: .*replicas/,
  );
});
