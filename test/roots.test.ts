import { expect, test } from 'vitest';
import { appDeployment, application, definition, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const config = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n';
const shop = (image: string): string => application('shop', [{ name: 'web', properties: { image } }]);
const deployed = (revision: string): string => appDeployment('shop', { [revision]: [on(undefined, 1)] });

async function render(repo: ScratchRepo, ...argv: readonly string[]): Promise<void> {
  expect(await repo.appdeploy('render', '-q', ...argv)).toEqual({ code: 0, stdout: '', stderr: '' });
}

/** The snapshots below a folder with their images: `shop-v1 nginx`. */
function snapshots(repo: ScratchRepo, folder: string): string[] {
  return Object.entries(repo.files(folder)).map(
    ([path, text]) => `${path.replace(/^.*\/(.*)\.yaml$/, '$1')} ${/image: (\S+)/.exec(text)?.[1] ?? ''}`,
  );
}

test('a nested root resolves from its own folder, never from the files outside', async () => {
  const repo = new ScratchRepo().write({ 'outer.yaml': shop('outer:1'), 'team/appdeploy.yaml': config }).commit();
  repo.write({ 'outer.yaml': shop('outer:2'), 'team/shop.yaml': shop('inner:1') }).commit();
  repo.write({ 'team/shop.yaml': shop('inner:2') + deployed('shop-v1') }).commit();
  await render(repo, '--root', 'team');
  expect(Object.keys(repo.files()).filter((path) => /revisions|rendered/.test(path))).toEqual([
    'team/rendered/.appdeploy',
    'team/rendered/README.md',
    'team/rendered/clusters/in-cluster/default/shop/deployment-web-v1.yaml',
    'team/revisions/default/shop/shop-v1.yaml',
    'team/revisions/default/shop/shop-v2.yaml',
  ]);
  expect(snapshots(repo, 'team/revisions')).toEqual(['shop-v1 inner:1', 'shop-v2 inner:2']);
  repo.commit();
  expect((await repo.appdeploy('check', '--root', 'team')).stdout).toBe('in sync\n');
});

test('definitions of the outer repo do not reach into a nested root', async () => {
  const mine = definition('ComponentDefinition', 'mine', 'output: { apiVersion: apps/v1, kind: Deployment }');
  const repo = new ScratchRepo().write({
    'mine.yaml': mine,
    'team/appdeploy.yaml': config,
    'team/shop.yaml': application('shop', [{ name: 'web', type: 'mine' }]),
  });
  const { code, stderr } = await repo.appdeploy('render', '--root', 'team', '-q');
  expect([code, stderr]).toEqual([1, expect.stringContaining('shop.yaml:10:13: error UNKNOWN_DEFINITION')]);
});

test('the outer root reads nothing of a nested one, now or in history', async () => {
  const repo = new ScratchRepo().write({ 'a-team/appdeploy.yaml': config, 'a-team/shop.yaml': shop('inner:1') });
  repo
    .commit()
    .write({ 'a-team/shop.yaml': shop('inner:2') })
    .commit();
  repo.write({ 'shop.yaml': shop('outer:1') }).commit();
  await render(repo, '--allow-empty');
  expect(snapshots(repo, 'revisions')).toEqual(['shop-v1 outer:1']);
});

test('the numbers of a nested root are not spent for the outer one', async () => {
  const repo = new ScratchRepo().write({ 'team/appdeploy.yaml': config, 'team/shop.yaml': shop('inner:1') });
  await render(repo, '--root', 'team');
  repo.commit().write({ 'shop.yaml': shop('outer:1') });
  await render(repo);
  expect(snapshots(repo, 'revisions')).toEqual(['shop-v1 outer:1']);
});

test('without Git, every snapshot of the folder is published', async () => {
  const repo = new ScratchRepo({ git: false });
  for (const image of ['one', 'two', 'one']) {
    repo.write({ 'shop.yaml': shop(image) });
    await render(repo);
  }
  expect(snapshots(repo, 'revisions')).toEqual(['shop-v1 one', 'shop-v2 two', 'shop-v3 one']);
  expect((await repo.appdeploy('revisions')).stdout).not.toContain('pending');
});

test('files that Git ignores are no input, untracked ones are', async () => {
  const repo = new ScratchRepo().write({ '.gitignore': 'private/\n', 'private/shop.yaml': shop('hidden') });
  await render(repo);
  expect(Object.keys(repo.files('.'))).not.toContain('revisions/default/shop/shop-v1.yaml');
  repo.write({ 'shop.yaml': shop('seen') });
  await render(repo);
  expect(snapshots(repo, 'revisions')).toEqual(['shop-v1 seen']);
});

test('an Application that is deleted and made again goes on counting', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('one') }).commit();
  repo.write({ 'shop.yaml': undefined }).commit();
  repo.write({ 'elsewhere.yaml': shop('two') }).commit();
  await render(repo);
  expect(snapshots(repo, 'revisions')).toEqual(['shop-v1 one', 'shop-v2 two']);
});

test('states of history that are no valid Application make no revision', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('one') }).commit();
  repo.write({ 'shop.yaml': shop('one').replace('spec:', 'sepc:') }).commit();
  repo.write({ 'shop.yaml': shop('broken').replace('spec:', 'spec: [') }).commit();
  repo.write({ 'shop.yaml': shop('two').replace('webservice', 'no-such-type') }).commit();
  repo.write({ 'shop.yaml': shop('three') }).commit();
  await render(repo);
  expect(snapshots(repo, 'revisions')).toEqual(['shop-v1 one', 'shop-v2 three']);
});

test('derived revisions have the definitions as they stood at their commit', async () => {
  const own = (size: string): string => application('shop', [{ name: 'web', type: 'own', properties: { size } }]);
  const define = (tag: string): string =>
    definition(
      'ComponentDefinition',
      'own',
      `output: { apiVersion: apps/v1, kind: Deployment, spec: { tag: ${tag} } }`,
    );
  const repo = new ScratchRepo().write({ 'shop.yaml': own('s'), 'own.yaml': define('first') }).commit();
  repo.write({ 'own.yaml': define('second') }).commit();
  repo.write({ 'shop.yaml': own('l') }).commit();
  repo.write({ 'own.yaml': define('third') }).commit();
  await render(repo);
  const tags = Object.values(repo.files('revisions')).map((text) => /tag: (\w+)/.exec(text)?.[1]);
  expect(tags).toEqual(['first', 'second']);
});
