import { copyFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

/** A rendered and committed repo, at the top or in a folder of it. */
async function rendered(folder = ''): Promise<ScratchRepo> {
  const outer = new ScratchRepo();
  const at = folder === '' ? outer.root : `${outer.root}/${folder}`;
  const repo = new ScratchRepo({ at }).write({
    'appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n',
    'shop.yaml': shop('nginx:1'),
    'clusters.yaml': cluster('east', { tier: 'prod' }),
    'site.yaml': appDeployment('site', { 'shop-v1': [on({ labels: { tier: 'prod' } }, 2)] }),
  });
  await repo.appdeploy('render', '-q');
  outer.commit();
  return repo;
}

test.each(['', 'config'])('what is staged is in sync, whatever lies beside it (root %j)', async (folder) => {
  const repo = await rendered(folder);
  repo.write({ 'more.yaml': cluster('aaa', { tier: 'prod' }), 'shop.yaml': shop('nginx:9'), 'site.yaml': undefined });
  expect(await repo.appdeploy('check', '--staged')).toEqual({ code: 0, stdout: 'in sync\n', stderr: '' });
  expect((await repo.appdeploy('check')).code).toBe(1);
});

test('check --staged sees output that is on disk, and not staged', async () => {
  const repo = await rendered();
  repo.write({ 'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 3)] }) });
  repo.git('add', 'site.yaml');
  await repo.appdeploy('render', '-q');
  expect((await repo.appdeploy('check')).code).toBe(0);
  expect(await repo.appdeploy('check', '--staged')).toMatchObject({
    code: 1,
    stdout:
      'stale   placements/default/site.yaml\nchanged rendered/clusters/east/default/site/deployment-web-v1.yaml\n',
  });
});

test.each(['', 'config'])('render --staged writes, and fails until that is staged (root %j)', async (folder) => {
  const repo = await rendered(folder);
  repo.write({ 'shop.yaml': shop('nginx:2') });
  repo.git('add', 'shop.yaml');
  repo.write({ 'shop.yaml': shop('nginx:3') });
  const first = await repo.appdeploy('render', '--staged', '-q');
  expect(first).toEqual({ code: 1, stdout: '', stderr: '1 rendered file is not staged: git add --all revisions\n' });
  expect(repo.read('revisions/default/shop/shop-v2.yaml')).toContain('nginx:2');
  repo.git('add', '--all', 'revisions');
  expect(await repo.appdeploy('render', '--staged', '-q')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(repo.read('shop.yaml')).toBe(shop('nginx:3'));
});

test('a conflict in the index, and a folder without Git, have nothing that is staged', async () => {
  const repo = await rendered();
  repo.git('switch', '--quiet', '--create', 'other');
  repo.write({ 'shop.yaml': shop('nginx:2') }).commit();
  repo.git('switch', '--quiet', 'main');
  repo.write({ 'shop.yaml': shop('nginx:3') }).commit();
  expect(() => repo.git('merge', '--quiet', 'other')).toThrow();
  await expect(repo.appdeploy('check', '--staged')).rejects.toThrow(
    'shop.yaml has a conflict: settle it and git add it first',
  );
  const plain = new ScratchRepo({ git: false }).write({ 'shop.yaml': shop('nginx:1') });
  expect(await plain.appdeploy('check', '--staged')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--staged needs a Git repo') as string,
  });
});

test.each(['', 'config'])('what git add --intent-to-add announced is not staged (root %j)', async (folder) => {
  const repo = await rendered(folder);
  repo.write({ 'shop.yaml': shop('nginx:2') });
  repo.git('add', 'shop.yaml');
  await repo.appdeploy('render', '-q');
  repo.git('add', '--intent-to-add', 'revisions');
  expect(await repo.appdeploy('check', '--staged', '-q')).toMatchObject({
    code: 1,
    stdout: 'missing revisions/default/shop/shop-v2.yaml\n',
  });
  expect(await repo.appdeploy('render', '--staged', '-q')).toMatchObject({
    code: 1,
    stderr: '1 rendered file is not staged: git add --all revisions\n',
  });
  repo.git('add', 'revisions');
  expect((await repo.appdeploy('check', '--staged')).stdout).toBe('in sync\n');
});

test('a hook reads the index of the commit that is being made', async () => {
  const repo = await rendered();
  repo.write({ 'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 3)] }) });
  const index = `${repo.root}/.git/index-of-commit`;
  copyFileSync(`${repo.root}/.git/index`, index);
  vi.stubEnv('GIT_INDEX_FILE', index);
  onTestFinished(() => void vi.unstubAllEnvs());
  repo.git('add', 'site.yaml');
  expect((await repo.appdeploy('check', '--staged')).code).toBe(1);
  vi.unstubAllEnvs();
  expect((await repo.appdeploy('check', '--staged')).code).toBe(0);
});

test('records that were rendered, and not staged since, are not in the way of the next render --staged', async () => {
  const repo = await rendered();
  const labels = { labels: { tier: 'prod' } };
  repo.write({
    'shop.yaml': shop('nginx:2'),
    'more.yaml': appDeployment('more', { 'shop-v2': [on(labels, 1)] }),
    'site.yaml': undefined,
  });
  repo.git('add', '--all');
  const said = {
    code: 1,
    stderr: expect.stringMatching(/files are not staged: git add --all rendered revisions placements\n$/) as string,
  };
  expect(await repo.appdeploy('render', '--staged', '-q')).toMatchObject(said);
  const written = repo.files();
  expect(await repo.appdeploy('render', '--staged', '-q')).toMatchObject(said);
  expect(repo.files()).toEqual(written);
  repo.write({ 'shop.yaml': shop('nginx:3') });
  repo.git('add', 'shop.yaml');
  expect(await repo.appdeploy('render', '--staged', '-q')).toMatchObject(said);
  expect(repo.read('revisions/default/shop/shop-v2.yaml')).toContain('nginx:3');
});
