import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { Clone, SharedRepo, shop, snapshot, snapshots } from '../support/shared-repo.ts';

test('a fork whose origin is stale numbers after upstream', async () => {
  const upstream = await SharedRepo.open();
  const fork = new ScratchRepo({ git: false });
  fork.git('clone', '--quiet', '--bare', upstream.url, '.');
  const ada = upstream.branch('ada');
  await ada.change('nginx:3', 'shop-v3');
  upstream.merge(ada, 'squash');

  const bob = new Clone(`file://${fork.root}`);
  bob.git('remote', 'add', 'upstream', upstream.url);
  bob.git('fetch', '--quiet', 'upstream');
  bob.git('checkout', '--quiet', '-b', 'bob', 'upstream/main');
  await bob.change('nginx:4', 'shop-v3', 'shop-v4');
  expect(snapshots(bob)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:4']);
  bob.git('push', '--quiet', '--set-upstream', 'origin', 'bob');
  await bob.change('nginx:4.1');
  expect(snapshots(bob)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:4.1']);
  expect((await bob.appdeploy('revisions')).stdout).toMatch(/shop-v3 .* published \(upstream\/main\) /);
});

/** What a CI job checks out: the merge of a pull request with main, detached, without origin/HEAD. */
async function mergeRef(refspecs: readonly string[], options: readonly string[]): Promise<Clone> {
  const shared = await SharedRepo.open();
  const ada = shared.branch('ada');
  await ada.change('nginx:3', 'shop-v2', 'shop-v3');
  ada.git('push', '--quiet', 'origin', 'ada');
  const platform = shared.clone();
  platform.write({ 'README.md': 'meanwhile' }).commit().git('push', '--quiet', 'origin', 'main');
  platform.git('merge', '--quiet', '--no-ff', '--message', 'merge ref', 'origin/ada');
  platform.git('push', '--quiet', 'origin', 'HEAD:refs/pull/1/merge');
  const job = new Clone(shared.url, ['--no-checkout']);
  job.write({ '.git': undefined });
  job.git('init', '--quiet', '--initial-branch=nothing');
  job.git('remote', 'add', 'origin', shared.url);
  job.git('fetch', '--quiet', ...options, 'origin', '+refs/pull/1/merge:refs/remotes/pull/1/merge', ...refspecs);
  job.git('checkout', '--quiet', '--force', 'refs/remotes/pull/1/merge');
  return job;
}

const everyBranch = ['+refs/heads/*:refs/remotes/origin/*'];
const environment = { GITHUB_BASE_REF: 'main' };

test('CI checks out a merge ref at full depth: everything is verified', async () => {
  const job = await mergeRef(everyBranch, []);
  const { code, stdout, stderr } = await job.appdeployWith({ environment }, 'check');
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'in sync\n', stderr: '' });
  const list = await job.appdeployWith({ environment }, 'revisions');
  expect(list.stdout).toMatch(/shop-v2 .* published \(origin\/main\) .*\nshop-v3 .* pending /);
});

test('CI checks out a merge ref at depth 1: what is in sync passes with a note, what is not says what to fetch', async () => {
  const job = await mergeRef([], ['--depth=1']);
  const { code, stdout, stderr } = await job.appdeployWith({ environment }, 'check');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'in sync\n' });
  expect(stderr).toContain('note UNVERIFIED_SNAPSHOTS');
  job.write({ 'shop.yaml': shop('nginx:forgotten') });
  const forgotten = await job.appdeployWith({ environment }, 'check');
  expect(forgotten.code).toBe(1);
  expect(forgotten.stderr).toContain(
    'shop.yaml:2:1: error UNKNOWN_MAINLINE: the content of default/shop has no snapshot yet',
  );
  expect(forgotten.stderr).toContain('fetch-depth: 0');
});

test('CI checks out a merge ref and main at depth 1: too shallow for a merge-base, and in sync', async () => {
  const job = await mergeRef(everyBranch, ['--depth=1']);
  const { code, stderr } = await job.appdeployWith({ environment }, 'check');
  expect(code).toBe(0);
  expect(stderr).toContain('the clone is too shallow to tell where it left origin/main');
});

test('CI checks out main at depth 1: what is pushed is published', async () => {
  const shared = await SharedRepo.open();
  const job = shared.clone('--depth=1');
  expect(await job.appdeploy('check')).toEqual({ code: 0, stdout: 'in sync\n', stderr: '' });
});

test.each([
  { where: 'without a remote', remote: false },
  { where: 'in a clone, without pushing in between', remote: true },
])('direct commits on main $where publish one revision after another', async ({ remote }) => {
  const repo = remote ? (await SharedRepo.open()).clone() : await withoutRemote();
  await repo.change('nginx:3');
  await repo.change('nginx:4', 'shop-v3', 'shop-v4');
  repo.write({ 'shop.yaml': shop('nginx:5') });
  await repo.render();
  await repo.change('nginx:5.1');
  expect(snapshots(repo)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:4', 'v5 nginx:5.1']);
  expect((await repo.appdeploy('revisions')).stdout).toMatch(/shop-v5 .* published \(main\) /);
});

/** The state of a shared repo as a repo of its own. */
async function withoutRemote(): Promise<Clone> {
  const clone = (await SharedRepo.open()).clone();
  clone.git('remote', 'remove', 'origin');
  return clone;
}

test('without a remote, a feature branch is measured against the local main', async () => {
  const repo = await withoutRemote();
  repo.git('checkout', '--quiet', '-b', 'feature');
  await repo.change('nginx:3');
  await repo.change('nginx:3.1');
  expect(snapshots(repo)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3.1']);
});

test('without a remote and without a main branch, HEAD stands in', async () => {
  const repo = await withoutRemote();
  repo.git('branch', '--move', 'main', 'production');
  await repo.change('nginx:3');
  await repo.change('nginx:4');
  expect(snapshots(repo)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3', 'v4 nginx:4']);
  expect((await repo.appdeploy('revisions')).stdout).toMatch(/shop-v4 .* published \(HEAD\) /);
});

test('a feature branch\u2019s own upstream never counts', async () => {
  const ada = (await SharedRepo.open()).branch('ada');
  await ada.change('nginx:3');
  ada.git('push', '--quiet', '--set-upstream', 'origin', 'ada');
  await ada.change('nginx:3.1');
  expect(snapshots(ada)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3.1']);
});

test('--mainline and the CI\u2019s target branch name another mainline; one that does not exist is refused', async () => {
  const shared = await SharedRepo.open();
  const ada = shared.branch('next');
  await ada.change('nginx:3');
  ada.git('push', '--quiet', 'origin', 'next');
  ada.git('checkout', '--quiet', '-b', 'ada');
  const published = /shop-v3 .* published \(origin\/next\) /;
  expect((await ada.appdeploy('revisions')).stdout).toMatch(/shop-v3 .* pending /);
  expect((await ada.appdeploy('revisions', '--mainline', 'next')).stdout).toMatch(published);
  expect((await ada.appdeploy('revisions', '--mainline', 'origin/next')).stdout).toMatch(published);
  const targets = { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'next' };
  expect((await ada.appdeployWith({ environment: targets }, 'revisions')).stdout).toMatch(published);
  await expect(ada.appdeploy('render', '--mainline', 'nonsense')).rejects.toThrow(
    'there is no branch nonsense for --mainline',
  );
});

test('autocrlf turns every line end, and nothing is out of sync', async () => {
  const shared = await SharedRepo.open();
  const clone = shared.clone('--config', 'core.autocrlf=true');
  expect(clone.read(snapshot(1))).toContain('\r\n');
  expect(await clone.appdeploy('check')).toEqual({ code: 0, stdout: 'in sync\n', stderr: '' });
  await clone.render();
  expect(clone.git('status', '--porcelain')).toBe('');
  await clone.change('nginx:3');
  expect(snapshots(clone)).toEqual(['v1 nginx:1', 'v2 nginx:2', 'v3 nginx:3']);
});

test('KubeVela\u2019s quick start in an ordinary clone, without pushing in between', async () => {
  const server = new ScratchRepo({ git: false });
  server.git('init', '--quiet', '--bare', '--initial-branch=main');
  const clone = new Clone(`file://${server.root}`);
  clone.git('checkout', '--quiet', '-B', 'main');
  const steps = new URL('../../examples/quick-start/steps/', import.meta.url);
  const play = async (...names: readonly string[]): Promise<string[]> => {
    for (const name of names) clone.write({ [name.slice(2)]: readFileSync(new URL(name, steps), 'utf8') });
    expect((await clone.appdeploy('render', '-q', '--allow-empty')).stderr).not.toContain('error');
    return Object.keys(clone.commit().files('revisions')).map((path) => path.split('/').at(-1) ?? '');
  };
  expect(await play('1-application.yaml')).toEqual(['example-app-v1.yaml']);
  expect(await play('2-appdeployment.yaml')).toEqual(['example-app-v1.yaml']);
  expect(await play('4-application.yaml')).toEqual(['example-app-v1.yaml', 'example-app-v2.yaml']);
  expect(await play('5-appdeployment.yaml')).toHaveLength(2);
  expect(await play('6-appdeployment.yaml', '6-gateway.yaml')).toHaveLength(2);
  expect(clone.read('revisions/default/example-app/example-app-v1.yaml')).toContain('crccheck/hello-world');
  expect(await clone.isInSync()).toBe(true);
  clone.git('push', '--quiet', 'origin', 'main');
  expect((await clone.appdeploy('check')).stdout).toBe('in sync\n');
});
