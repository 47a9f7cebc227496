import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { appDeployment, application, cluster, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const inputs = (image: string): string =>
  cluster('c1') +
  cluster('c2') +
  application('shop', [{ name: 'web', properties: { image } }]) +
  appDeployment('shop', { 'shop-v1': [on('c1', 1), on('c2', 1)] });
const file = (name: string): string => `rendered/clusters/${name}/default/shop/deployment-web-v1.yaml`;

async function rendered(): Promise<ScratchRepo> {
  const repo = new ScratchRepo({ git: false }).write({ 'all.yaml': inputs('one') });
  await repo.appdeploy('render', '-q');
  return repo;
}

test('a failed run leaves the old output whole', async () => {
  const repo = await rendered();
  const before = repo.files('rendered');
  repo.write({ 'all.yaml': inputs('two').replace('type: webservice', 'type: nothing') });
  expect((await repo.appdeploy('render', '-q')).code).toBe(1);
  expect(repo.files('rendered')).toEqual(before);
});

test('a file without the marker is never overwritten, and nothing else is written beside it', async () => {
  const repo = await rendered();
  repo.write({ [file('c1')]: 'by: hand\n', [file('c2')]: undefined });
  const before = repo.files();
  expect((await repo.appdeploy('render', '-q')).stderr).toContain('FOREIGN_FILE');
  expect(repo.files()).toEqual(before);
});

test('what is no longer rendered is pruned with its empty folders; the files of others stay', async () => {
  const repo = await rendered();
  repo.write({ 'rendered/clusters/c1/NOTES.md': 'mine' });
  repo.write({ 'all.yaml': inputs('one').split('---\n').slice(0, 4).join('---\n') });
  expect((await repo.appdeploy('render', '-q')).stderr).toContain('EMPTY_RESULT');
  expect((await repo.appdeploy('render', '-q', '--allow-empty')).code).toBe(0);
  expect(Object.keys(repo.files('rendered'))).toEqual(['rendered/clusters/c1/NOTES.md']);
});

test('--cluster writes and prunes one cluster, and leaves snapshots to a full render', async () => {
  const repo = new ScratchRepo({ git: false }).write({ 'all.yaml': inputs('one') });
  expect((await repo.appdeploy('render', '-q', '--cluster', 'c1')).code).toBe(0);
  expect(Object.keys(repo.files())).toEqual(['all.yaml', 'rendered/.appdeploy', 'rendered/README.md', file('c1')]);
  await repo.appdeploy('render', '-q');
  repo.write({
    'rendered/clusters/c1/old.yaml': repo.read(file('c1')),
    'rendered/clusters/c2/old.yaml': repo.read(file('c2')),
  });
  await repo.appdeploy('render', '-q', '--cluster', 'c1');
  const left = Object.keys(repo.files('rendered'));
  expect(left).not.toContain('rendered/clusters/c1/old.yaml');
  expect(left).toContain('rendered/clusters/c2/old.yaml');
});

test('a checkout that turned line ends into CRLF is in sync', async () => {
  const repo = await rendered();
  for (const [path, text] of Object.entries(repo.files())) repo.write({ [path]: text.replaceAll('\n', '\r\n') });
  expect(await repo.appdeploy('check')).toMatchObject({ code: 0, stdout: 'in sync\n' });
});

test('a link in the output is not followed', async () => {
  const repo = await rendered();
  repo.write({ 'elsewhere/keep.yaml': 'mine: true\n', 'rendered/clusters/c1': undefined });
  symlinkSync(`${repo.root}/elsewhere`, `${repo.root}/rendered/clusters/c1`);
  expect((await repo.appdeploy('render', '-q')).stderr).toContain('FOREIGN_FILE');
  expect(repo.files('elsewhere')).toEqual({ 'elsewhere/keep.yaml': 'mine: true\n' });
});
