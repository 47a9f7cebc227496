import { expect, test } from 'vitest';
import { application } from '../support/documents.ts';
import { SharedRepo, shop, snapshot, snapshots } from '../support/shared-repo.ts';

const listing = (...branches: readonly string[]): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nmainline: [${branches.join(', ')}]\n`;

test('a cherry-pick to a release line keeps its number, and what is only there gets one of its own', async () => {
  const shared = await SharedRepo.open(listing('main', 'release-1'));
  const release = shared.clone();
  release.git('checkout', '--quiet', '-b', 'release-1');
  release.git('push', '--quiet', 'origin', 'release-1');
  const ada = shared.branch('ada');
  await ada.change('nginx:3');
  shared.merge(ada, 'squash');

  const pick = shared.clone();
  pick.git('checkout', '--quiet', '-b', 'pick', 'origin/release-1');
  pick.git('cherry-pick', 'origin/main');
  expect(await pick.isInSync()).toBe(true);
  await pick.change('nginx:3-only-here');
  expect(snapshots(pick)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:3-only-here']);
  shared.merge(pick, 'squash', 'release-1');

  const main = shared.branch('next');
  await main.change('nginx:4');
  expect(snapshots(main)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v5 nginx:4']);
  const back = shared.clone('--branch', 'release-1');
  expect((await back.appdeploy('revisions')).stdout).toMatch(/shop-v3 .* published \(.*origin\/main.*\) /);
  expect(snapshots(back)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:3-only-here']);
});

test('prune keeps what the tip of any listed mainline names', async () => {
  const shared = await SharedRepo.open(listing('main', 'release-1'));
  const release = shared.clone();
  release.git('checkout', '--quiet', '-b', 'release-1');
  await release.change('nginx:2', 'shop-v1');
  release.git('push', '--quiet', 'origin', 'release-1');
  const main = shared.clone();
  for (const number of [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) await main.change(`nginx:${number}`, `shop-v${number}`);
  expect((await main.appdeploy('revisions', 'prune', '--dry-run')).stdout).toBe('nothing to prune\n');
  main.git('push', '--quiet', 'origin', 'main');
  expect((await main.appdeploy('revisions', 'prune', '--dry-run')).stdout).toBe(`would delete ${snapshot(2)}\n`);
  main.git('update-ref', '-d', 'refs/remotes/origin/release-1');
  await expect(main.appdeploy('revisions', 'prune')).rejects.toThrow('fetch release-1, or take it out of the config');
});

test('a foxtrot merge turns main around, and no number is lost', async () => {
  const shared = await SharedRepo.open();
  const [ada, bob] = [shared.clone(), shared.clone()];
  await bob.change('nginx:bob');
  for (const image of ['nginx:ada', 'nginx:ada.1', 'nginx:ada.2']) await ada.change(image, 'shop-v3');
  ada.write({ [snapshot(5)]: undefined, 'shop.yaml': shop('nginx:ada.1') }).commit('delete v5 by hand');
  ada.git('push', '--quiet', 'origin', 'main');

  expect(bob.tryGit('pull', '--no-rebase')).toBe(false);
  bob.write({ 'shop.yaml': shop('nginx:bob') });
  expect(await bob.render()).toContain('the present content of shop is now shop-v6');
  bob.git('add', '--all');
  bob.git('commit', '--quiet', '--message', 'Merge origin/main into main');
  bob.git('push', '--quiet', 'origin', 'main');
  expect(bob.git('log', '--first-parent', '--format=%s', '-3')).toContain('nginx:bob');

  const next = shared.branch('next');
  expect(await next.isInSync()).toBe(true);
  await next.change('nginx:next');
  expect(snapshots(next)).toEqual([
    'v1 nginx:1',
    'v2 nginx:2',
    'v3 nginx:ada',
    'v4 nginx:ada.1',
    'v6 nginx:bob',
    'v7 nginx:next',
  ]);
});

test('an Application that moves to another file has no new revision; renamed, it begins anew; made again, it counts on', async () => {
  const shared = await SharedRepo.open();
  const moved = shared.branch('moved');
  moved.write({ 'shop.yaml': undefined, 'apps/shop.yaml': shop('nginx:2') });
  await moved.render();
  expect(await moved.commit().isInSync()).toBe(true);
  expect(snapshots(moved)).toEqual(['v1 nginx:1', 'v2 nginx:2']);
  shared.merge(moved, 'squash');

  const renamed = shared.branch('renamed');
  const store = application('store', [{ name: 'web', properties: { image: 'nginx:2' } }]);
  renamed.write({ 'apps/shop.yaml': undefined, 'apps/store.yaml': store, 'deployment.yaml': undefined });
  expect((await renamed.appdeploy('render', '--allow-empty')).code).toBe(0);
  expect(renamed.read('revisions/default/store/store-v1.yaml')).toContain('nginx:2');
  expect(snapshots(renamed)).toEqual(['v1 nginx:1', 'v2 nginx:2']);
  shared.merge(renamed.commit(), 'squash');

  const again = shared.branch('again');
  await again.change('nginx:1', 'shop-v3');
  expect(snapshots(again)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:1']);
});

test('a root that moves to another folder takes its snapshots along', async () => {
  const shared = await SharedRepo.open(listing('main'));
  const ada = shared.branch('ada');
  for (const path of ['appdeploy.yaml', 'shop.yaml', 'deployment.yaml', 'revisions', 'rendered']) {
    ada.write({ 'config/.keep': '' }).git('mv', path, `config/${path}`);
  }
  ada.write({ 'config/shop.yaml': shop('nginx:3') });
  expect((await ada.appdeploy('render', '--root', 'config')).code).toBe(0);
  expect(Object.keys(ada.files('config/revisions'))).toEqual([1, 2, 3].map((number) => `config/${snapshot(number)}`));
  const list = await ada.appdeploy('revisions', '--root', 'config');
  expect(list.stdout).toMatch(/shop-v1 .* published .*\nshop-v2 .* published .*\nshop-v3 .* pending /);
});

test('a folder of another repo is taken over with all its snapshots', async () => {
  const other = (await SharedRepo.open()).clone();
  const ada = (await SharedRepo.open()).branch('ada');
  for (const [path, text] of Object.entries(other.files())) ada.write({ [`more/${path}`]: text });
  const edited = { 'more/appdeploy.yaml': listing('main'), 'more/shop.yaml': shop('nginx:9') };
  const root = ['--root', 'more'];
  // Another content than the first repo's, or these would count as moved.
  for (const number of [1, 2]) {
    const path = `more/${snapshot(number)}`;
    ada.write({ [path]: `# taken over\n${ada.read(path)}` });
  }
  expect((await ada.write(edited).appdeploy('render', ...root)).code).toBe(0);
  expect(Object.keys(ada.files('more/revisions'))).toEqual([1, 2, 3].map((number) => `more/${snapshot(number)}`));
  const before = ada.commit().files('more');
  await ada.appdeploy('render', ...root);
  expect(ada.files('more')).toEqual(before);
});
