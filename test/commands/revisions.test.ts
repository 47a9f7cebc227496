import { expect, test } from 'vitest';
import { application, definition } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { deployed, shop, snapshot, snapshots } from '../support/shared-repo.ts';

/** A repo on main in which shop-v1 is published and deployed. */
async function published(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1'), 'deployment.yaml': deployed('shop-v1') });
  await repo.appdeploy('render', '-q');
  return repo.commit();
}

const template = (tag: string): string =>
  definition('ComponentDefinition', 'own', `output: {apiVersion: apps/v1, kind: Deployment, spec: {tag: ${tag}}}`);

/** A repo in which own-v1 pins a definition of the repo that has changed since. */
async function withChangedDefinition(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({
    'own.yaml': application('own', [{ name: 'web', type: 'own', properties: {} }]),
    'definition.yaml': template('first'),
  });
  await repo.appdeploy('render', '-q');
  return repo.commit().write({ 'definition.yaml': template('second') });
}

test('revisions lists number, commit, hash, state and who uses it; JSON says the same', async () => {
  const repo = await published();
  await repo.write({ 'shop.yaml': shop('nginx:2') }).appdeploy('render', '-q');
  const { stdout } = await repo.appdeploy('revisions', 'shop');
  const commit = repo.git('rev-parse', 'HEAD').trim();
  const [header, first, second] = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(header).toEqual(['NAME', 'CREATED', 'COMMIT', 'HASH', 'STATE', 'IN USE BY']);
  expect(first).toEqual([
    'shop-v1',
    expect.stringMatching(/^2026-01-02T03:04:05/),
    commit.slice(0, 12),
    expect.any(String),
    'published (main)',
    'shop',
  ]);
  expect(second).toEqual(['shop-v2', '-', '-', expect.any(String), 'pending', '-']);
  const rows = JSON.parse((await repo.appdeploy('revisions', '--json')).stdout) as object[];
  expect(rows).toMatchObject([
    { name: 'shop-v1', commit, state: 'published', publishedOn: ['main'], inUseBy: ['shop'] },
    { name: 'shop-v2', commit: null, created: null, state: 'pending', publishedOn: [], inUseBy: [] },
  ]);
});

test('revisions show prints a snapshot as it is stored', async () => {
  const repo = await published();
  expect((await repo.appdeploy('revisions', 'show', 'default/shop-v1')).stdout).toBe(repo.read(snapshot(1)));
  expect(await repo.appdeploy('revisions', 'show', 'shop-v9')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no revision "shop-v9"; known are shop-v1') as string,
  });
});

test('cut takes up a changed definition, once; the pending revision stays until it is committed', async () => {
  const repo = await withChangedDefinition();
  await repo.appdeploy('render', '-q');
  expect(Object.keys(repo.files('revisions'))).toHaveLength(1);
  expect((await repo.appdeploy('revisions', 'cut', 'own')).stdout).toBe(
    'own-v2 is pending, with the present content and definitions\nnext: appdeploy render\n',
  );
  const path = 'revisions/default/own/own-v2.yaml';
  expect(repo.read(path)).toContain('tag: second');
  await repo.appdeploy('render', '-q');
  expect(repo.read(path)).toContain('tag: second');
  await repo.write({ 'definition.yaml': template('third') }).appdeploy('render', '-q');
  expect(repo.read(path)).toContain('tag: third');
  repo.commit();
  expect((await repo.appdeploy('revisions', 'cut', 'own')).stdout).toBe(
    'nothing to take up: own-v2 pins the present content and definitions\n',
  );
});

test('cut refuses a definition that does not render, and writes nothing', async () => {
  const repo = await withChangedDefinition();
  const before = repo.write({ 'definition.yaml': definition('ComponentDefinition', 'own', 'output: [') }).files();
  const { code, stderr } = await repo.appdeploy('revisions', 'cut', 'own');
  expect(code).toBe(1);
  expect(stderr).toContain('error TEMPLATE_FAILED');
  expect(repo.files()).toEqual(before);
});

test('a cut is taken back when the definition is', async () => {
  const repo = await withChangedDefinition();
  await repo.appdeploy('revisions', 'cut', 'own');
  await repo.write({ 'definition.yaml': template('first') }).appdeploy('render', '-q');
  expect(Object.keys(repo.files('revisions'))).toEqual(['revisions/default/own/own-v1.yaml']);
});

test.each([
  { damage: 'edited', harm: (text: string) => text.replace('nginx:1', 'nginx:evil') },
  {
    damage: 'forged, hash and all',
    harm: (text: string) =>
      text.replace('nginx:1', 'nginx:evil').replace(/revision-hash: .*/, 'revision-hash: 0123456789abcdef'),
  },
  { damage: 'broken', harm: (text: string) => `${text}  : [` },
  { damage: 'emptied', harm: () => '' },
])('repair restores a published snapshot that was $damage', async ({ harm }) => {
  const repo = await published();
  const before = repo.files();
  repo.write({ [snapshot(1)]: harm(repo.read(snapshot(1))) });
  expect((await repo.appdeploy('check')).code).toBe(1);
  expect(await repo.appdeploy('revisions', 'repair')).toMatchObject({
    code: 0,
    stdout: `restored ${snapshot(1)}\nnext: appdeploy render\n`,
  });
  expect(repo.files()).toEqual(before);
  expect((await repo.appdeploy('revisions', 'repair')).stdout).toBe('nothing to repair\n');
});

test('restore brings back what was deleted, and refuses what is there or never was', async () => {
  const repo = await published();
  repo.write({ [snapshot(1)]: undefined });
  expect((await repo.appdeploy('render')).stderr).toContain('appdeploy revisions restore shop-v1');
  expect((await repo.appdeploy('revisions', 'restore', 'shop-v1')).stdout).toBe(`restored ${snapshot(1)}\n`);
  expect(snapshots(repo)).toEqual(['v1 nginx:1']);
  expect(await repo.appdeploy('revisions', 'restore', 'shop-v1')).toMatchObject({ code: 2 });
  expect(await repo.appdeploy('revisions', 'restore', 'shop-v7')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no recorded snapshot "shop-v7"; known are shop-v1') as string,
  });
});

test('a snapshot that was deleted on main long ago is restored from history, and stays', async () => {
  const repo = await published();
  repo.write({ 'shop.yaml': shop('nginx:2'), 'deployment.yaml': deployed('shop-v2') });
  await repo.appdeploy('render', '-q');
  const text = repo.commit().read(snapshot(1));
  repo
    .write({ [snapshot(1)]: undefined })
    .commit('delete')
    .write({ 'README.md': 'more' })
    .commit('more');
  await repo.appdeploy('revisions', 'restore', 'shop-v1');
  await repo.appdeploy('render', '-q');
  expect(repo.read(snapshot(1))).toBe(text);
  expect((await repo.appdeploy('check')).code).toBe(0);
});

test('prune keeps the newest ten, whatever is named in any file, and what is pending', async () => {
  const repo = await published();
  for (let number = 2; number <= 14; number += 1) {
    await repo.write({ 'shop.yaml': shop(`nginx:${number}`) }).appdeploy('render', '-q');
    repo.commit();
  }
  await repo
    .write({ 'notes.yaml': '{{ broken }} rollback: shop-v3\n', 'shop.yaml': shop('nginx:15') })
    .appdeploy('render', '-q');
  const { code, stdout } = await repo.appdeploy('revisions', 'prune');
  expect(code).toBe(0);
  expect(stdout).toBe(`deleted ${snapshot(2)}\ndeleted ${snapshot(4)}\n`);
  expect(snapshots(repo)).toHaveLength(13);
  expect((await repo.appdeploy('revisions', 'prune')).stdout).toBe('nothing to prune\n');
});

test.each([
  { argv: ['revisions', 'nope'], says: 'there is no Application "nope"; known are shop' },
  { argv: ['revisions', 'cut'], says: 'APP is missing' },
  { argv: ['revisions', 'restore', 'a', 'b'], says: 'unexpected argument "b"' },
  { argv: ['revisions', 'import'], says: '-f FILE is missing' },
  { argv: ['revisions', 'import', '-f', 'absent.yaml'], says: 'cannot read absent.yaml: ENOENT' },
  { argv: ['revisions', 'prune', '--dryrun'], says: '--dryrun' },
])('$argv is wrong usage', async ({ argv, says }) => {
  const { code, stderr, stdout } = await (await published()).appdeploy(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
});
