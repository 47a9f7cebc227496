import { expect, test } from 'vitest';
import { appDeployment, application, definition, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

/** The Application `shop` with one webservice on an image. */
function shop(image: string): string {
  return application('shop', [{ name: 'web', properties: { image } }]);
}

/** The numbers of the snapshots that stand in the tree. */
function numbers(repo: ScratchRepo): number[] {
  return Object.keys(repo.files())
    .flatMap((path) => /^revisions\/default\/shop\/shop-v(\d+)\.yaml$/.exec(path)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

function snapshot(number: number): string {
  return `revisions/default/shop/shop-v${number}.yaml`;
}

async function render(repo: ScratchRepo): Promise<void> {
  expect(await repo.appdeploy('render', '-q', '--allow-empty')).toEqual({ code: 0, stdout: '', stderr: '' });
}

/** Writes a state of shop, renders and commits it, so that its revision is published. */
async function publish(repo: ScratchRepo, image: string): Promise<void> {
  repo.write({ 'shop.yaml': shop(image) });
  await render(repo);
  repo.commit(image);
}

test('a change of the spec makes v2, and going back to the first content makes v3', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  expect(numbers(repo)).toEqual([1]);
  await publish(repo, 'nginx:2');
  expect(numbers(repo)).toEqual([1, 2]);
  await publish(repo, 'nginx:1');
  expect(numbers(repo)).toEqual([1, 2, 3]);
  expect(repo.read(snapshot(2))).toContain('image: nginx:2');
  expect(repo.read(snapshot(3))).toContain('image: nginx:1');
});

test('comments, key order, metadata and other files make no revision', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx') });
  await render(repo);
  const before = repo.commit().files('revisions');
  const same = `# A comment.
kind: Application
spec:
  components:
    - properties: { "image": 'nginx' } # another one
      type: webservice
      name: web
metadata:
  annotations: { owner: ada, app.oam.dev/revision-only: "true" }
  labels: { team: shop }
  namespace: default
  name: shop
apiVersion: core.oam.dev/v1beta1
`;
  repo.write({ 'shop.yaml': undefined, 'moved/here.yml': same, 'note.yaml': 'a: 1\n', 'other.yaml': application('x') });
  await render(repo);
  const { 'revisions/default/x/x-v1.yaml': other, ...after } = repo.files('revisions');
  expect(other).toContain('name: x-v1');
  expect(after).toEqual(before);
});

test('a changed definition alone makes no revision, and the next revision takes it up', async () => {
  const template = (image: string): string =>
    definition('ComponentDefinition', 'own', `output: {apiVersion: apps/v1, kind: Deployment, spec: {tag: ${image}}}`);
  const own = (port: number): string => application('shop', [{ name: 'web', type: 'own', properties: { port } }]);
  const repo = new ScratchRepo().write({ 'shop.yaml': own(1), 'own.yaml': template('first') });
  await render(repo);
  repo.commit().write({ 'own.yaml': template('second') });
  await render(repo);
  expect(numbers(repo)).toEqual([1]);
  expect(repo.read(snapshot(1))).toContain('tag: first');
  repo.write({ 'shop.yaml': own(2) });
  await render(repo);
  expect(numbers(repo)).toEqual([1, 2]);
  expect(repo.read(snapshot(1))).toContain('tag: first');
  expect(repo.read(snapshot(2))).toContain('tag: second');
});

test('there is one pending revision, rewritten in place until it is committed', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  for (const image of ['nginx:2', 'nginx:3', 'nginx:4']) {
    repo.write({ 'shop.yaml': shop(image) });
    await render(repo);
    expect(numbers(repo)).toEqual([1, 2]);
    expect(repo.read(snapshot(2))).toContain(`image: ${image}`);
  }
  expect((await repo.appdeploy('revisions')).stdout).toMatch(/shop-v1 .* published .*\nshop-v2 .* pending /);
});

test('a pending snapshot keeps its number as long as it is free, and there is one only', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  repo.write({ 'shop.yaml': shop('nginx:2') });
  await render(repo);
  const text = repo.read(snapshot(2)).replaceAll('shop-v2', 'shop-v7');
  repo.write({ [snapshot(2)]: undefined, [snapshot(7)]: text });
  await render(repo);
  expect(numbers(repo)).toEqual([1, 7]);
  repo.write({ [snapshot(9)]: text.replaceAll('shop-v7', 'shop-v9').replace('nginx:2', 'nginx:3') });
  const { code, stderr } = await repo.appdeploy('render');
  expect(code).toBe(0);
  expect(stderr).toContain(
    'warning REVISION_RENUMBERED: shop-v9 gives way to one pending revision; the present content of shop is now shop-v7',
  );
  expect(numbers(repo)).toEqual([1, 7]);
});

test('a pending revision that equals the newest published one is removed', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  repo.write({ 'shop.yaml': shop('nginx:2') });
  await render(repo);
  expect(numbers(repo)).toEqual([1, 2]);
  repo.write({ 'shop.yaml': shop('nginx:1') });
  await render(repo);
  expect(numbers(repo)).toEqual([1]);
  expect((await repo.appdeploy('check', '-q')).code).toBe(0);
});

test('before the first commit everything is pending, and only v1 is there', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') });
  await render(repo);
  repo.write({ 'shop.yaml': shop('nginx:2') });
  await render(repo);
  expect(numbers(repo)).toEqual([1]);
  expect(repo.read(snapshot(1))).toContain('image: nginx:2');
});

test('a number is never used again after its snapshot is deleted', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  await publish(repo, 'nginx:2');
  repo.write({ [snapshot(2)]: undefined }).commit('delete v2');
  repo.write({ 'shop.yaml': shop('nginx:3') });
  await render(repo);
  expect(numbers(repo)).toEqual([1, 3]);
});

test('numbers are not used again either when all snapshots of an Application are deleted', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  repo.write({ 'shop.yaml': shop('nginx:never-rendered') }).commit('without render');
  await publish(repo, 'nginx:2');
  repo.write({ revisions: undefined }).commit('delete all snapshots');
  await render(repo);
  expect(numbers(repo)).not.toContain(1);
  expect(numbers(repo)).not.toContain(2);
});

test('a deleted snapshot is a problem only for those who name it', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  await publish(repo, 'nginx:2');
  repo.write({ [snapshot(1)]: undefined });
  await render(repo);
  expect(numbers(repo)).toEqual([2]);
  repo.write({ 'ad.yaml': appDeployment('shop', { 'shop-v1': [on(undefined, 1)] }) });
  const { code, stderr } = await repo.appdeploy('render', '-q');
  expect(code).toBe(1);
  expect(stderr).toContain('ad.yaml:8:21: error UNKNOWN_REVISION');
});

test('the snapshots of a deleted Application stay, and a new Application of that name counts on', async () => {
  const repo = new ScratchRepo();
  await publish(repo, 'nginx:1');
  repo.write({ 'shop.yaml': undefined });
  await render(repo);
  expect(numbers(repo)).toEqual([1]);
  repo.commit('delete the Application');
  await publish(repo, 'nginx:2');
  expect(numbers(repo)).toEqual([1, 2]);
});

test('Applications of one name in two namespaces have revisions of their own', async () => {
  const staged = (image: string): string =>
    application('shop', [{ name: 'web', properties: { image } }], { namespace: 'staging' });
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') + staged('nginx:1') });
  await render(repo);
  repo.commit().write({ 'shop.yaml': shop('nginx:1') + staged('nginx:2') });
  await render(repo);
  expect(Object.keys(repo.files('revisions'))).toEqual([
    'revisions/default/shop/shop-v1.yaml',
    'revisions/staging/shop/shop-v1.yaml',
    'revisions/staging/shop/shop-v2.yaml',
  ]);
});
