import { expect, test } from 'vitest';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { type Clone, SharedRepo, shop, snapshot, snapshots } from '../support/shared-repo.ts';

/** Two branches off main that each made their own v3; Ada's is merged, and Bob has fetched that. */
async function bothMadeV3(): Promise<{ readonly shared: SharedRepo; readonly bob: Clone }> {
  const shared = await SharedRepo.open();
  const [ada, bob] = [shared.branch('ada'), shared.branch('bob')];
  await ada.change('nginx:ada', 'shop-v2', 'shop-v3');
  await bob.change('nginx:bob', 'shop-v3');
  expect(snapshots(bob)).toContain('v3 nginx:bob');
  shared.merge(ada, 'squash');
  bob.git('fetch', '--quiet');
  return { shared, bob };
}

test.each([
  { how: 'merges main', start: ['merge', 'origin/main'], finish: ['commit', '--no-edit'] },
  { how: 'rebases onto main', start: ['rebase', 'origin/main'], finish: ['rebase', '--continue'] },
])('two branches made v3: the second $how, and gets v4', async ({ start, finish }) => {
  const { shared, bob } = await bothMadeV3();
  expect(bob.tryGit(...start)).toBe(false);
  expect(bob.read(snapshot(3))).toContain('<<<<<<<');
  // Bob settles what he wrote himself, and leaves the snapshot and the output to render.
  bob.write({
    'shop.yaml': shop('nginx:bob'),
    'deployment.yaml': appDeployment('shop', { 'shop-v3': [on(undefined, 1)] }),
  });
  const { code, stderr } = await bob.appdeploy('render');
  expect(code).toBe(0);
  expect(stderr).toContain(
    'warning REVISION_RENUMBERED: shop-v3 is another content on origin/main; the present content of shop is now shop-v4',
  );
  expect(stderr).toMatch(/write shop-v4 for shop-v3 at deployment\.yaml:\d+:\d+/);
  expect(snapshots(bob)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:ada', 'v4 nginx:bob']);

  bob.write({
    'deployment.yaml': appDeployment('shop', { 'shop-v3': [on(undefined, 1)], 'shop-v4': [on(undefined, 1)] }),
  });
  await bob.render();
  bob.git('add', '--all');
  expect(bob.tryGit(...finish)).toBe(true);
  expect(await bob.isInSync()).toBe(true);
  shared.merge(bob, 'squash');
  expect(snapshots(shared.clone())).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:ada', 'v4 nginx:bob']);
});

test('two branches made v3: a second that renders before it merges moves aside, and then merges its records cleanly', async () => {
  const { bob } = await bothMadeV3();
  const { code, stderr } = await bob.appdeploy('render');
  expect(code).toBe(1);
  expect(stderr).toContain('It was renumbered: write shop-v4.');
  await bob.change('nginx:bob', 'shop-v2', 'shop-v4');
  bob.tryGit('merge', 'origin/main');
  const conflicted = bob.git('diff', '--name-only', '--diff-filter=U').trim().split('\n');
  expect(conflicted.filter((path) => path.startsWith('revisions/'))).toEqual([]);
});

test('two branches that made the same change share the number', async () => {
  const shared = await SharedRepo.open();
  const [ada, bob] = [shared.branch('ada'), shared.branch('bob')];
  await ada.change('nginx:3', 'shop-v3');
  await bob.change('nginx:3', 'shop-v3');
  shared.merge(ada, 'squash');
  shared.merge(bob, 'merge commit');
  const main = shared.clone();
  expect(snapshots(main)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3']);
  expect(await main.isInSync()).toBe(true);
});

test('two pushes race on main: the second pulls with rebase, and its revision moves on', async () => {
  const shared = await SharedRepo.open();
  const [ada, bob] = [shared.clone(), shared.clone()];
  await ada.change('nginx:ada', 'shop-v3');
  ada.git('push', '--quiet', 'origin', 'main');
  await bob.change('nginx:bob');
  expect(bob.tryGit('push', 'origin', 'main')).toBe(false);
  expect(bob.tryGit('pull', '--rebase')).toBe(false);
  bob.write({ 'shop.yaml': shop('nginx:bob') });
  const { code, stderr } = await bob.appdeploy('render');
  expect(code).toBe(0);
  expect(stderr).toContain('the present content of shop is now shop-v4');
  bob.git('add', '--all');
  expect(bob.tryGit('rebase', '--continue')).toBe(true);
  bob.git('push', '--quiet', 'origin', 'main');
  expect(snapshots(bob)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:ada', 'v4 nginx:bob']);
  expect(await bob.isInSync()).toBe(true);
});

test('a conflicted placement record is read from the mainline, so that nothing that runs moves', async () => {
  const shared = await SharedRepo.open();
  const pick = (name: string, tier: string): string =>
    appDeployment(name, { 'shop-v1': [on({ labels: { tier } }, 1)] });
  const setup = shared.clone();
  const clusters = ['a', 'b', 'c'].map((name) => cluster(name, { tier: 'prod', zone: name })).join('');
  await setup.write({ 'clusters.yaml': clusters, 'site.yaml': pick('site', 'prod') }).render();
  setup.commit().git('push', '--quiet', 'origin', 'main');
  const record = 'placements/default/site.yaml';
  const before = setup.read(record);

  const half = before.split('\n');
  setup.write({
    [record]: [
      '<<<<<<< HEAD',
      ...half,
      '=======',
      ...half.map((line) => line.replace(/cluster: ./, 'cluster: x')),
      '>>>>>>> other',
      '',
    ].join('\n'),
  });
  await setup.render();
  expect(setup.read(record)).toBe(before);
});

test('two features are green, and their clean merge is not: check says so', async () => {
  const shared = await SharedRepo.open();
  const setup = shared.clone();
  await setup.write({ 'clusters.yaml': cluster('east') + cluster('west') }).render();
  setup.commit().git('push', '--quiet', 'origin', 'main');
  const [ada, bob] = [shared.branch('ada'), shared.branch('bob')];
  await ada.write({ 'clusters.yaml': cluster('east') }).render();
  await bob.write({ 'site.yaml': appDeployment('site', { 'shop-v1': [on('west', 1)] }) }).render();
  expect([await ada.commit().isInSync(), await bob.commit().isInSync()]).toEqual([true, true]);
  shared.merge(ada, 'squash');
  shared.merge(bob, 'merge commit');

  const { code, stderr } = await shared.clone().appdeploy('check');
  expect(code).toBe(1);
  expect(stderr).toContain('error UNKNOWN_CLUSTER: there is no Cluster "west"');
});

test('a branch starts to use a revision that main prunes: the clean merge is not green, and restore mends it', async () => {
  const shared = await SharedRepo.open();
  const setup = shared.clone();
  for (const number of [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) await setup.change(`nginx:${number}`, `shop-v${number}`);
  setup.git('push', '--quiet', 'origin', 'main');
  const bob = shared.branch('bob');
  await bob.change('nginx:12', 'shop-v12', 'shop-v1');

  const ada = shared.branch('ada');
  expect((await ada.appdeploy('revisions', 'prune', '--dry-run')).stdout).toBe(
    `would delete ${snapshot(1)}\nwould delete ${snapshot(2)}\n`,
  );
  expect(snapshots(ada)).toHaveLength(12);
  expect((await ada.appdeploy('revisions', 'prune')).stdout).toBe(`deleted ${snapshot(1)}\ndeleted ${snapshot(2)}\n`);
  await ada.render();
  shared.merge(ada.commit(), 'squash');
  shared.merge(bob, 'merge commit');

  const main = shared.branch('mend');
  const { code, stderr } = await main.appdeploy('check');
  expect(code).toBe(1);
  expect(stderr).toContain('It was deleted: `appdeploy revisions restore shop-v1` brings it back.');
  await main.appdeploy('revisions', 'restore', 'shop-v1');
  await main.render();
  expect(await main.commit().isInSync()).toBe(true);
  expect(snapshots(main)).toContain('v1 nginx:1');
});
