import { expect, test } from 'vitest';
import { inFormat } from '../../src/resolve/content.ts';
import { readSnapshotFile } from '../../src/resolve/snapshot.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop, snapshot } from '../support/shared-repo.ts';

/** The snapshots of a repo as a version of render format 1 wrote them. */
function asWrittenBefore(repo: ScratchRepo, numbers: readonly number[]): ScratchRepo {
  for (const number of numbers) {
    const path = snapshot(number);
    const text = repo.read(path);
    const revision = readSnapshotFile({ path, text });
    if (revision === undefined) throw new Error(`${path} holds no snapshot`);
    const { hash } = inFormat(revision, 1);
    repo.write({ [path]: text.replace(/renderFormat: \d+/, 'renderFormat: 1').replace(revision.hash, hash) });
  }
  return repo;
}

/** shop-v1 of render format 1 on the mainline, and a feature branch. */
async function upgraded(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') });
  await repo.appdeploy('render', '-q');
  asWrittenBefore(repo, [1]).commit();
  repo.git('checkout', '--quiet', '-b', 'feature');
  return repo;
}

test('an upgrade changes no published snapshot, and makes no revision', async () => {
  const repo = await upgraded();
  const before = repo.files('revisions');
  expect(await repo.appdeploy('check')).toMatchObject({ code: 0, stdout: 'in sync\n' });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(repo.files('revisions')).toEqual(before);
});

test('a pending revision keeps its number and takes the new format', async () => {
  const repo = await upgraded();
  repo.write({ 'shop.yaml': shop('nginx:2') });
  await repo.appdeploy('render', '-q');
  asWrittenBefore(repo, [2]).commit();
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(Object.keys(repo.files('revisions'))).toEqual([snapshot(1), snapshot(2)]);
  expect(repo.read(snapshot(1))).toContain('renderFormat: 1');
  expect(repo.read(snapshot(2))).toContain('renderFormat: 2');
});

test('of several pending snapshots, the one with the present content keeps its number', async () => {
  const repo = await upgraded();
  repo.write({ 'shop.yaml': shop('nginx:2') });
  await repo.appdeploy('render', '-q');
  const second = asWrittenBefore(repo, [2]).read(snapshot(2));
  const third = second.replaceAll('shop-v2', 'shop-v3').replace('nginx:2', 'nginx:3');
  const hash = readSnapshotFile({ path: snapshot(3), text: third })?.hash ?? '';
  repo.write({
    'shop.yaml': shop('nginx:3'),
    [snapshot(3)]: third.replace(/(app-revision-hash: ).*/, `$1${hash}`),
  });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(Object.keys(repo.files('revisions'))).toEqual([snapshot(1), snapshot(3)]);
});
