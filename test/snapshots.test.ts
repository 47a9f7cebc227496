import { expect, test } from 'vitest';
import { appDeployment, application, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const shop = (image: string): string => application('shop', [{ name: 'web', properties: { image } }]);
const deployed = appDeployment('shop', { 'shop-v1': [on(undefined, 1)] });
const path = 'revisions/default/shop/shop-v1.yaml';

/** A repo whose shop-v1 is published and rendered. */
async function published(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') + deployed });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  return repo.commit();
}

function hashOf(text: string): string {
  return /app-revision-hash: (\S+)/.exec(text)?.[1] ?? '';
}

test.each([
  ['its spec', 'image: nginx:1', 'image: nginx:hand'],
  ['a definition that it pins', 'containerPort', 'hostPort'],
  ['its hash', 'app-revision-hash: ', 'app-revision-hash: "0" # '],
])('a snapshot with %s edited by hand is refused, and nothing is written', async (_what, from, to) => {
  const repo = await published();
  repo.write({ [path]: repo.read(path).replace(from, to), 'shop.yaml': shop('nginx:2') + deployed });
  const before = repo.files();
  expect(before[path]).toContain(to);
  for (const command of ['render', 'check', 'validate']) {
    const { code, stderr } = await repo.appdeploy(command, '-q');
    expect([command, code]).toEqual([command, 1]);
    expect(stderr).toMatch(/^revisions\/default\/shop\/shop-v1\.yaml:\d+:\d+: error SNAPSHOT_CHANGED/);
  }
  expect(repo.files()).toEqual(before);
});

test('a published snapshot that was rewritten with the right hash of another content is refused', async () => {
  const repo = await published();
  const other = new ScratchRepo({ git: false }).write({ 'shop.yaml': shop('nginx:forged') });
  await other.appdeploy('render', '-q');
  const forged = other.read(path);
  expect(hashOf(forged)).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf(forged)).not.toBe(hashOf(repo.read(path)));
  const { code, stderr } = await repo.write({ [path]: forged }).appdeploy('check', '-q');
  expect(code).toBe(1);
  expect(stderr).toContain('error SNAPSHOT_CHANGED: shop-v1 is published on main with another content');
});

test('a comment in a published snapshot changes nothing', async () => {
  const repo = await published();
  repo.write({ [path]: `# Reviewed by Ada.\n${repo.read(path)}` });
  expect(await repo.appdeploy('check')).toMatchObject({ code: 0, stdout: 'in sync\n' });
});

test('a snapshot in the wrong place is refused', async () => {
  const repo = await published();
  repo.write({ 'revisions/default/shop/shop-v2.yaml': repo.read(path) });
  const { code, stderr } = await repo.appdeploy('render', '-q');
  expect(code).toBe(1);
  expect(stderr).toContain('error MISPLACED_SNAPSHOT: shop-v1 belongs at revisions/default/shop/shop-v1.yaml');
});

test('a snapshot holds nothing that is known only after a commit', async () => {
  const repo = await published();
  const [recorded, output] = [repo.files('revisions'), repo.files('rendered')];
  expect((await repo.appdeploy('render')).stdout).toContain('nothing changed');
  expect([repo.files('revisions'), repo.files('rendered')]).toEqual([recorded, output]);
  expect(repo.read(path)).not.toContain(repo.git('rev-parse', 'HEAD').slice(0, 7));
});

test('a pending snapshot that was edited by hand is written anew', async () => {
  const repo = await published();
  repo.write({ 'shop.yaml': shop('nginx:2') + deployed });
  await repo.appdeploy('render', '-q');
  const pending = 'revisions/default/shop/shop-v2.yaml';
  const right = repo.read(pending);
  repo.write({ [pending]: right.replace('nginx:2', 'nginx:hand') });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(repo.read(pending)).toBe(right);
});
