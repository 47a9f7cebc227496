import { expect, test } from 'vitest';
import { appDeployment, application, cluster, definition, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { Clone, deployed, SharedRepo, shop, snapshot, snapshots } from '../support/shared-repo.ts';

const listing = (...branches: readonly string[]): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nmainline: [${branches.join(', ')}]\n`;

test('a number that was deleted before the root moved is not given again after it', async () => {
  const clone = (await SharedRepo.open()).clone();
  clone.write({
    'deployment.yaml': undefined,
    rendered: undefined,
    [snapshot(2)]: undefined,
    'shop.yaml': shop('nginx:1'),
  });
  clone.commit('delete v2').write({ 'config/appdeploy.yaml': listing('main') });
  for (const path of ['shop.yaml', 'revisions']) clone.git('mv', path, `config/${path}`);
  clone.commit('move').write({ 'config/shop.yaml': shop('nginx:3') });
  expect((await clone.appdeploy('render', '--root', 'config')).code).toBe(0);
  expect(Object.keys(clone.files('config/revisions'))).toEqual([1, 3].map((number) => `config/${snapshot(number)}`));
});

test('two roots of one repo keep numbers and published revisions apart', async () => {
  const repo = new ScratchRepo();
  const render = async (root: string, image: string): Promise<void> => {
    repo.write({ [`${root}/appdeploy.yaml`]: listing('main'), [`${root}/shop.yaml`]: shop(image) });
    expect((await repo.appdeploy('render', '-q', '--root', root)).code).toBe(0);
  };
  for (const root of ['staging', 'prod']) await render(root, 'nginx:1');
  repo.commit();
  await render('staging', 'nginx:2');
  repo.commit().git('checkout', '--quiet', '-b', 'promote');
  for (const image of ['nginx:2', 'nginx:3']) await render('prod', image);
  expect(Object.keys(repo.files('prod/revisions'))).toEqual([1, 2].map((number) => `prod/${snapshot(number)}`));
  expect(repo.read(`prod/${snapshot(2)}`)).toContain('nginx:3');
});

test('two commits on main are rebased one by one, and the first one\u2019s revision stays what it was made', async () => {
  const shared = await SharedRepo.open();
  const [ada, bob] = [shared.clone(), shared.clone()];
  await bob.change('nginx:bob');
  bob.git('push', '--quiet', 'origin', 'main');
  await ada.change('nginx:3', 'shop-v3');
  await ada.change('nginx:4');
  expect(ada.tryGit('pull', '--rebase')).toBe(false);
  ada.write({ 'shop.yaml': shop('nginx:3'), 'deployment.yaml': deployed('shop-v4') });
  await ada.render();
  ada.git('add', '--all');
  expect(ada.tryGit('rebase', '--continue')).toBe(false);
  ada.write({ 'shop.yaml': shop('nginx:4') });
  expect(await ada.render()).toContain('the present content of shop is now shop-v5');
  ada.git('add', '--all');
  expect(ada.tryGit('rebase', '--continue')).toBe(true);
  expect(snapshots(ada)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:bob', 'v4 nginx:3', 'v5 nginx:4']);
  expect(await ada.isInSync()).toBe(true);
});

test('restore and repair take a release line\u2019s own content, and another line\u2019s is no excuse', async () => {
  const shared = await SharedRepo.open(listing('main', 'release-1'));
  shared.clone().git('push', '--quiet', 'origin', 'main:release-1');
  for (const line of ['release-1', 'main']) {
    const clone = new Clone(shared.url, ['--single-branch', '--branch', line]);
    await clone.change(`nginx:${line}`);
    clone.git('push', '--quiet', 'origin', `HEAD:${line}`);
  }
  const release = shared.clone('--branch', 'release-1');
  release.git('checkout', '--quiet', '-b', 'mine');
  const own = release.read(snapshot(3));
  release.write({ [snapshot(3)]: undefined });
  await release.appdeploy('revisions', 'restore', 'shop-v3');
  expect(release.read(snapshot(3))).toBe(own);
  release.write({ [snapshot(3)]: release.git('show', `origin/main:${snapshot(3)}`) });
  expect((await release.appdeploy('check')).stderr).toContain('SNAPSHOT_CHANGED');
  await release.appdeploy('revisions', 'repair');
  expect(release.read(snapshot(3))).toBe(own);
});

test('an imported revision whose number main took is an error, and is not moved to another number', async () => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  const own = shared.branch('import');
  const marked = ada
    .read(snapshot(1))
    .replaceAll('shop', 'till')
    .replace('labels:', 'annotations: { appdeploy.dev/imported: "true" }\n  labels:');
  const till = (image: string): string => application('till', [{ name: 'web', properties: { image } }]);
  const path = 'revisions/default/till/till-v1.yaml';
  await own
    .write({ 'live.json': marked.replace('nginx:1', 'nginx:live') })
    .appdeploy('revisions', 'import', '-f', 'live.json');
  own.write({ 'till.yaml': till('nginx:live'), 'live.json': undefined });
  await own.render();
  own.commit();
  await ada.write({ 'till.yaml': till('nginx:main') }).render();
  shared.merge(ada.commit(), 'squash');
  own.git('fetch', '--quiet');
  const { code, stderr } = await own.appdeploy('render');
  expect(code).toBe(1);
  expect(stderr).toContain('SNAPSHOT_CHANGED: till-v1 is published on origin/main with another content');
  expect(own.read(path)).toContain('nginx:live');
});

test('generate takes a pending revision that has its snapshot, in a full and in a shallow clone', async () => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v3');
  ada.git('push', '--quiet', 'origin', 'ada');
  const shallow = shared.clone('--depth=2', '--no-single-branch', '--branch', 'ada');
  for (const clone of [ada, shallow])
    expect(await clone.appdeploy('generate', '--cluster', 'in-cluster')).toMatchObject({ code: 0, stderr: '' });
});

const own = (tag: string): string =>
  definition('ComponentDefinition', 'own', `output: {apiVersion: apps/v1, kind: Deployment, spec: {tag: ${tag}}}`);
const ours = (size: number): string => application('shop', [{ name: 'web', type: 'own', properties: { size } }]);

test('an edit that is taken back leaves no revision behind, though a definition changed meanwhile', async () => {
  const repo = new ScratchRepo().write({ 'own.yaml': own('one'), 'shop.yaml': ours(1) });
  await repo.appdeploy('render', '-q');
  repo.commit().write({ 'own.yaml': own('two') });
  for (const size of [2, 1]) await repo.write({ 'shop.yaml': ours(size) }).appdeploy('render', '-q');
  expect(Object.keys(repo.files('revisions'))).toEqual([snapshot(1)]);
});

test('a branch that --mainline or origin/HEAD names counts like one of the list when it is checked out', async () => {
  const bare = new ScratchRepo({ git: false });
  bare.git('init', '--quiet', '--bare', '--initial-branch=trunk');
  const first = new Clone(`file://${bare.root}`);
  first.git('checkout', '--quiet', '-B', 'trunk');
  await first.write({ 'appdeploy.yaml': listing('trunk') }).change('nginx:1');
  first.git('push', '--quiet', 'origin', 'trunk');
  const [ada, bob] = [new Clone(`file://${bare.root}`), new Clone(`file://${bare.root}`)];
  for (const clone of [ada, bob]) clone.write({ 'appdeploy.yaml': undefined }).commit('no config');
  for (const image of ['nginx:2', 'nginx:3']) await ada.change(image);
  expect(snapshots(ada)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3']);
  ada.git('push', '--quiet', '--force', 'origin', 'trunk');
  bob.git('fetch', '--quiet');
  await bob.write({ 'shop.yaml': shop('nginx:bob') }).appdeploy('render', '-q', '--mainline', 'trunk');
  expect(snapshots(bob)).toEqual(['v1 nginx:1', 'v4 nginx:bob']);
});

const clusters = (...names: readonly string[]): string =>
  names.map((name) => cluster(name, { x: '1', y: '1', [`is-${name}`]: '1' })).join('');
const site = (...selectors: readonly object[]): string =>
  appDeployment('shop', { 'shop-v1': selectors.map((selector) => on(selector, 1)) });
const record = 'placements/default/shop.yaml';

test('a conflicted record on a release line is read from that line', async () => {
  const x = { labels: { x: '1' } };
  const repo = new ScratchRepo().write({
    'appdeploy.yaml': listing('main', 'release-1'),
    'shop.yaml': shop('a'),
    'c.yaml': clusters('a', 'b', 'c'),
    'd.yaml': site(x),
  });
  await repo.appdeploy('render', '-q');
  const before = repo.commit().read(record);
  repo.git('branch', 'release-1');
  const other = before.includes('cluster: a') ? 'b' : 'a';
  await repo.write({ [record]: before.replace(/cluster: ./, `cluster: ${other}`) }).appdeploy('render', '-q');
  repo.commit().git('checkout', '--quiet', 'release-1');
  await repo.write({ [record]: `<<<<<<< HEAD\n${before}=======\n${before}>>>>>>> p2\n` }).appdeploy('render', '-q');
  expect(repo.read(record)).toBe(before);
});

test('an edited selector stays on the cluster that it had, as long as that matches', async () => {
  for (const name of ['a', 'b', 'c']) {
    const repo = new ScratchRepo().write({
      'shop.yaml': shop('a'),
      'c.yaml': clusters('a', 'b', 'c'),
      'd.yaml': site({ labels: { [`is-${name}`]: '1' } }),
    });
    await repo.appdeploy('render', '-q');
    const { stderr } = await repo.write({ 'd.yaml': site({ labels: { x: '1' } }) }).appdeploy('render');
    expect([stderr, /cluster: (.)/.exec(repo.read(record))?.[1]]).toEqual(['', name]);
  }
});

test('a placement by name drives out one recorded placement at most', async () => {
  const [x, y] = [{ labels: { x: '1' } }, { labels: { y: '1' } }];
  const repo = new ScratchRepo().write({
    'shop.yaml': shop('a'),
    'c.yaml': clusters('a', 'b', 'c', 'd'),
    'd.yaml': site(x, y),
  });
  await repo.appdeploy('render', '-q');
  const taken = /cluster: (.)/.exec(repo.read(record))?.[1] ?? '';
  const { stderr } = await repo.write({ 'd.yaml': site(x, y, { name: taken }) }).appdeploy('render');
  expect(stderr.match(/PLACEMENT_MOVED/g)).toHaveLength(1);
});

test('generate refuses a placement that is on no record', async () => {
  const repo = new ScratchRepo().write({
    'shop.yaml': shop('a'),
    'c.yaml': clusters('a', 'b'),
    'd.yaml': site({ labels: { x: '1' } }),
  });
  await repo.appdeploy('render', '-q');
  repo.write({ placements: undefined }).commit();
  const { code, stderr } = await repo.appdeploy('generate', '--cluster', 'a');
  expect(code).toBe(1);
  expect(stderr).toContain('UNRECORDED_PLACEMENT: no cluster is recorded for shop-v1 here');
});
