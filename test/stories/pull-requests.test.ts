import { expect, test } from 'vitest';
import { type MergeKind, SharedRepo, shop, snapshot, snapshots } from '../support/shared-repo.ts';

const kinds: readonly MergeKind[] = ['squash', 'merge commit', 'rebase'];

test.each(kinds)('a %s merge keeps the number that was reviewed', async (kind) => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v2', 'shop-v3');
  await ada.change('nginx:3.1');
  expect(snapshots(ada)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3.1']);
  const reviewed = ada.files();
  shared.merge(ada, kind);

  const main = shared.clone();
  expect(main.files()).toEqual(reviewed);
  expect(await main.isInSync()).toBe(true);
  await main.change('nginx:4');
  expect(snapshots(main)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3.1', 'v4 nginx:4']);
});

test.each(kinds)('a branch goes on after its %s merge, and what was merged stays as it is', async (kind) => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v2', 'shop-v3');
  shared.merge(ada, kind);
  ada.git('fetch', '--quiet');

  await ada.change('nginx:4');
  expect(snapshots(ada)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:4']);
  // After a squash Git knows nothing in common: what Ada edited twice conflicts, and nothing else does.
  const isClean = ada.tryGit('merge', 'origin/main');
  const conflicted = isClean ? '' : ada.git('diff', '--name-only', '--diff-filter=U').trim();
  expect(conflicted).toBe(kind === 'squash' ? 'shop.yaml' : '');
  ada.write({ 'shop.yaml': shop('nginx:4') }).commit();
  expect(await ada.isInSync()).toBe(true);
});

test('a branch that went on without a fetch is told that its number was published, and which AppDeployment says it', async () => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v2', 'shop-v3');
  shared.merge(ada, 'squash');
  await ada.change('nginx:4');
  expect(snapshots(ada)).toContain('v3 nginx:4');

  ada.git('fetch', '--quiet');
  const { code, stderr } = await ada.appdeploy('render');
  expect(code).toBe(1);
  expect(stderr).toContain(
    'REVISION_RENUMBERED: shop-v3 is another content on origin/main; the present content of shop is now shop-v4',
  );
  expect(stderr).toMatch(/write shop-v4 for shop-v3 at deployment\.yaml:\d+:\d+/);
  expect(stderr).toContain('error UNKNOWN_REVISION: there is no revision shop-v3');
  expect(snapshots(ada)).toContain('v3 nginx:4');

  await ada.change('nginx:4', 'shop-v2', 'shop-v4');
  expect(snapshots(ada)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v4 nginx:4']);
});

test('a stacked pull request, after its base was squashed, is repaired into the next revision', async () => {
  const shared = await SharedRepo.open();
  const base = shared.branch('base');
  await base.change('nginx:3', 'shop-v2', 'shop-v3');
  const stackedOn = base.git('rev-parse', 'HEAD').trim();
  base.git('checkout', '--quiet', '-b', 'stacked');
  await base.change('nginx:4');
  expect(snapshots(base)).toContain('v3 nginx:4');
  base.git('checkout', '--quiet', 'base');
  shared.merge(base, 'squash');

  base.git('checkout', '--quiet', 'stacked');
  base.git('fetch', '--quiet');
  expect(base.tryGit('rebase', '--quiet', '--onto', 'origin/main', stackedOn, 'stacked')).toBe(true);
  const refused = await base.appdeploy('render');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`${snapshot(3)}:2:1: error SNAPSHOT_CHANGED: shop-v3 is published on origin/main`);

  const repaired = await base.appdeploy('revisions', 'repair');
  expect(repaired).toMatchObject({ code: 0 });
  expect(repaired.stdout).toBe(`restored ${snapshot(3)}\nwrote ${snapshot(4)}\nnext: appdeploy render\n`);
  expect(repaired.stderr).toMatch(/write shop-v4 for shop-v3 at deployment\.yaml/);
  expect(snapshots(base)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:4']);
  await base.change('nginx:4', 'shop-v3', 'shop-v4');
  expect(await base.isInSync()).toBe(true);
});

test('a merged pull request is reverted in the middle of an incident, and the next change gets a number of its own', async () => {
  const shared = await SharedRepo.open();
  const before = shared.clone().files();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v3');
  shared.merge(ada, 'squash');

  const hotfix = shared.branch('hotfix');
  hotfix.git('revert', '--no-edit', 'HEAD');
  expect(hotfix.files()).toEqual(before);
  expect(await hotfix.isInSync()).toBe(true);
  shared.merge(hotfix, 'merge commit');

  const next = shared.branch('next');
  await next.change('nginx:3-fixed', 'shop-v2', 'shop-v4');
  expect(snapshots(next)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v4 nginx:3-fixed']);
  shared.merge(next, 'squash');

  const back = shared.branch('back');
  expect((await back.appdeploy('revisions', 'restore', 'shop-v3')).stdout).toBe(`restored ${snapshot(3)}\n`);
  await back.render();
  expect(snapshots(back)).toContain('v3 nginx:3');
});

test('a reverted pull request comes back by a revert of the revert, with the number that it had', async () => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v3');
  shared.merge(ada, 'squash');
  const merged = shared.clone().files();
  for (const name of ['revert', 'revert-the-revert']) {
    const branch = shared.branch(name);
    branch.git('revert', '--no-edit', 'HEAD');
    expect(await branch.isInSync()).toBe(true);
    shared.merge(branch, 'squash');
  }
  const main = shared.clone();
  expect(main.files()).toEqual(merged);
  expect(await main.isInSync()).toBe(true);
});

test('what is not deployed is said first', async () => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  ada.write({ 'shop.yaml': shop('nginx:3') });
  const line = 'The present content of default/shop (shop-v3) is newer than every deployed revision (shop-v2)';
  for (const verb of ['check', 'render']) expect((await ada.appdeploy(verb)).stderr.split('\n')[0]).toBe(line);
  expect((await ada.appdeploy('render', '--json')).stdout).toContain('"newest": "shop-v3"');
  expect(await ada.change('nginx:3', 'shop-v3')).toBe('');
});
