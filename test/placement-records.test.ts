import { expect, test } from 'vitest';
import { appDeployment, application, cluster, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const shop = application('shop');
const anywhere = { labels: { tier: 'prod' } };
const record = 'placements/default/shop.yaml';
const prod = (...names: readonly string[]): string => names.map((name) => cluster(name, { tier: 'prod' })).join('');
const site = (...selectors: readonly object[]): string =>
  appDeployment('shop', { 'shop-v1': selectors.map((selector) => on(selector, 1)) });

/** A committed repo in which the selectors are placed on some clusters. */
async function placed(declared: string, deployment: string): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop, 'clusters.yaml': declared, 'site.yaml': deployment });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  return repo.commit();
}

/** Where the AppDeployments run: `cluster why`. */
async function whereabouts(repo: ScratchRepo): Promise<string[]> {
  const { stdout } = await repo.appdeploy('placements', '--json');
  return (JSON.parse(stdout) as { cluster: string; why: string }[]).map(({ cluster: name, why }) => `${name} ${why}`);
}

/** The clusters that have output. */
function clusters(repo: ScratchRepo): string[] {
  const found = Object.keys(repo.files('rendered')).flatMap((path) => /clusters\/([^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(found)];
}

test('a new Cluster changes no output file of fifty AppDeployments', async () => {
  const files = Array.from({ length: 50 }, (_, index): [string, string] => [
    `app-${index}.yaml`,
    application(`app-${index}`, [{ name: `web-${index}` }]) +
      appDeployment(`site-${index}`, { [`app-${index}-v1`]: [on(anywhere, 1)] }),
  ]);
  const repo = new ScratchRepo().write({ 'clusters.yaml': prod('a', 'b', 'c'), ...Object.fromEntries(files) });
  await repo.appdeploy('render', '-q');
  const before = repo.commit().files();
  expect(clusters(repo)).toEqual(['a', 'b', 'c']);

  repo.write({ 'more.yaml': prod('d', 'e', 'f') });
  const { code, stdout } = await repo.appdeploy('render', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ changes: [] });
  expect(repo.files()).toEqual({ ...before, 'more.yaml': prod('d', 'e', 'f') });

  await repo.appdeploy('render', '-q', '--replace');
  expect(clusters(repo)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('a pick is recorded by its selector and ordinal, whatever the order of its parts', async () => {
  const twice = {
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['test', 'prod'] },
      { key: 'x', operator: 'DoesNotExist' },
    ],
  };
  const turned = {
    matchExpressions: [
      { key: 'x', operator: 'DoesNotExist' },
      { key: 'tier', operator: 'In', values: ['prod', 'test'] },
    ],
  };
  const repo = await placed(prod('a', 'b', 'c'), site(twice, twice));
  const before = repo.read(record);
  expect(before).toMatch(/kind: PlacementRecord[\s\S]*ordinal: 0[\s\S]*ordinal: 1/);
  repo.write({ 'site.yaml': site(turned, turned), 'clusters.yaml': prod('a', 'b', 'c', 'd', 'e', 'f') });
  await repo.appdeploy('render', '-q');
  expect(repo.read(record)).toBe(before);
});

test('placements says of each choice why it was made', async () => {
  const repo = await placed(prod('a') + cluster('b', { zone: 'b' }), site(anywhere));
  repo.write({ 'site.yaml': appDeployment('shop', { 'shop-v1': [on(anywhere, 1), on('b', 1), on(undefined, 1)] }) });
  expect(await whereabouts(repo)).toEqual(['a recorded, rank 1 of 1', 'b name', 'in-cluster host']);
  repo.write({ [record]: undefined });
  expect(await whereabouts(repo)).toEqual(['a picked, rank 1 of 1', 'b name', 'in-cluster host']);
});

test('a recorded cluster that does not match any more is left, and the report says so', async () => {
  const repo = await placed(prod('a'), site(anywhere));
  repo.write({ 'clusters.yaml': cluster('a') + prod('b') });
  const { code, stderr } = await repo.appdeploy('render');
  expect(code).toBe(0);
  expect(stderr).toContain('warning PLACEMENT_MOVED: shop-v1 moves from a to b: a does not match any more');
  expect(clusters(repo)).toEqual(['b']);
  expect(repo.read(record)).toContain('cluster: b');
});

test('a recorded cluster that a placement by name takes is left', async () => {
  const repo = await placed(prod('a'), site(anywhere));
  repo.write({ 'clusters.yaml': prod('a', 'b'), 'site.yaml': site(anywhere, { name: 'a' }) });
  const { stderr } = await repo.appdeploy('render');
  expect(stderr).toContain('warning PLACEMENT_MOVED: shop-v1 moves from a to b: a is taken by another placement');
  expect(clusters(repo)).toEqual(['a', 'b']);
});

test('a new selector never drives out what is recorded', async () => {
  for (const name of ['a', 'b', 'c']) {
    const repo = await placed(prod(name), site(anywhere));
    const wider = { matchExpressions: [{ key: 'tier', operator: 'Exists' }] };
    repo.write({ 'clusters.yaml': prod('a', 'b', 'c'), 'site.yaml': site(wider, anywhere) });
    const { stderr } = await repo.appdeploy('render');
    expect(stderr).toBe('');
    expect(await whereabouts(repo)).toContainEqual(expect.stringContaining(`${name} recorded`));
  }
});

test('a new revision with a recorded selector meets the others there', async () => {
  const repo = await placed(prod('a'), site(anywhere));
  repo.write({
    'shop.yaml': application('shop', [{ name: 'web', properties: { image: 'nginx:2' } }]),
    'clusters.yaml': prod('a', 'b', 'c', 'd'),
    'site.yaml': appDeployment('shop', { 'shop-v1': [on(anywhere, 1)], 'shop-v2': [on(anywhere, 1)] }),
  });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(clusters(repo)).toEqual(['a']);
});

test('a record goes with its AppDeployment and with its last selector', async () => {
  const repo = await placed(prod('a'), site(anywhere));
  repo.write({ 'site.yaml': site({ name: 'a' }) });
  await repo.appdeploy('render', '-q');
  expect(Object.keys(repo.files())).not.toContain(record);
  const other = await placed(prod('a'), site(anywhere));
  other.write({ 'site.yaml': undefined });
  await other.appdeploy('render', '-q', '--allow-empty');
  expect(Object.keys(other.files())).not.toContain(record);
});

test('a render of one cluster reads records, and writes none', async () => {
  const repo = await placed(prod('a'), site(anywhere));
  repo.write({
    'clusters.yaml': prod('a', 'b', 'c'),
    'two.yaml': appDeployment('two', { 'shop-v1': [on(anywhere, 1)] }),
  });
  for (const name of ['a', 'b', 'c']) await repo.appdeploy('render', '-q', '--cluster', name);
  expect(Object.keys(repo.files('placements'))).toEqual([record]);
  const { stdout } = await repo.appdeploy('check');
  expect(stdout).toBe('missing placements/default/two.yaml\n');
});

test('a record that is edited by hand is obeyed where it can be, and refused where it is wrong', async () => {
  const repo = await placed(prod('a', 'b'), site(anywhere));
  const other = repo.read(record).includes('cluster: a') ? 'b' : 'a';
  repo.write({ [record]: repo.read(record).replace(/cluster: ./, `cluster: ${other}`) });
  await repo.appdeploy('render', '-q');
  expect(clusters(repo)).toEqual([other]);
  repo.write({ [record]: repo.read(record).replace('ordinal: 0', 'ordinal: zero') });
  expect((await repo.appdeploy('render')).stderr).toContain(`${record}:10:16: error WRONG_TYPE`);
  repo.write({ [record]: 'apiVersion: appdeploy.dev/v1alpha1\nkind: PlacementRecord\nspec: [\n' });
  expect((await repo.appdeploy('render')).stderr).toContain('error INVALID_YAML');
});
