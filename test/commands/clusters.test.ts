import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { base64, kubeconfig, kubeconfigSecret } from '../support/kubeconfigs.ts';
import { type Outcome, ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

const token = 'CANARY-token-of-east';
const east = kubeconfig({ user: { token } });
const files = {
  'clusters.yaml': cluster('east', { region: 'eu', 'appdeploy.dev/mesh': 'blue' }) + cluster('west'),
  'shop.yaml': shop('nginx:1'),
  'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 2), on(undefined, 1)] }),
};

const secretOf = (repo: ScratchRepo, stdin: string, ...more: string[]): Promise<Outcome> =>
  repo.appdeployWith({ stdin }, 'clusters', 'secret', 'east', ...more);

test('clusters lists each Cluster with labels, mesh and what is placed on it', async () => {
  const repo = new ScratchRepo().write(files);
  expect(await repo.appdeploy('clusters', '-q')).toEqual({
    code: 0,
    stderr: '',
    stdout: `NAME         LABELS                              MESH   PLACED
east         region=eu,appdeploy.dev/mesh=blue   blue   shop-v1 (2)
in-cluster   -                                   -      shop-v1 (1)
west         -                                   -      -
`,
  });
  const { stdout } = await repo.appdeploy('clusters', '--json');
  expect(JSON.parse(stdout)).toMatchObject([
    {
      name: 'east',
      namespace: 'default',
      mesh: 'blue',
      kubeconfigSecret: 'kubeconfig-east',
      placed: [{ owner: 'default/site', revision: 'shop-v1', replicas: 2 }],
    },
    { name: 'in-cluster', placed: [{ revision: 'shop-v1', replicas: 1 }] },
    { name: 'west', placed: [] },
  ]);
});

test.each([
  ['a Secret', kubeconfigSecret('kubeconfig-east', east)],
  ['a Secret in plain text', kubeconfigSecret('kubeconfig-east', '', { stringData: { config: east } })],
  ['a bare kubeconfig', east],
  ['a Secret in JSON', JSON.stringify(parse(kubeconfigSecret('kubeconfig-east', east)))],
])('clusters secret makes a cluster Secret of %s', async (_what, stdin) => {
  const { code, stdout, stderr } = await secretOf(new ScratchRepo().write(files), stdin);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(parse(stdout)).toMatchObject({
    kind: 'Secret',
    metadata: { name: 'cluster-east', namespace: 'argocd', labels: { region: 'eu', 'appdeploy.dev/mesh': 'blue' } },
    stringData: { name: 'east', server: 'https://api.example.com:6443' },
  });
  expect(JSON.parse((parse(stdout) as { stringData: { config: string } }).stringData.config)).toMatchObject({
    bearerToken: token,
  });
});

test('Argo CD\u2019s namespace is the config\u2019s, or as said', async () => {
  const config = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: { repoURL: x, namespace: gitops }\n';
  const repo = new ScratchRepo().write({ ...files, 'appdeploy.yaml': config });
  expect(parse((await secretOf(repo, east)).stdout)).toMatchObject({ metadata: { namespace: 'gitops' } });
  expect(parse((await secretOf(repo, east, '--namespace', 'other')).stdout)).toMatchObject({
    metadata: { namespace: 'other' },
  });
});

test.each([
  ['the Secret of another cluster', kubeconfigSecret('kubeconfig-west', east), 'KUBECONFIG_OF_ANOTHER: metadata.name'],
  [
    'a Secret without config',
    kubeconfigSecret('kubeconfig-east', '', { data: { value: base64(east) } }),
    'data.config is missing',
  ],
  [
    'a config that is not base64',
    kubeconfigSecret('kubeconfig-east', '', { data: { config: token } }),
    'data.config must be base64',
  ],
  ['a sealed Secret', 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n', 'kind is SealedSecret'],
  ['a Secret encrypted by SOPS', kubeconfigSecret('kubeconfig-east', east, { sops: { mac: 'ENC[x]' } }), 'sops says'],
  ['a kubeconfig encrypted by SOPS', `kind: ENC[x]\nsops: {}\n`, 'sops says'],
  ['a Deployment', 'apiVersion: apps/v1\nkind: Deployment\n', 'kind must be Secret'],
  ['broken YAML', `token: "${token}\n`, 'this is not valid YAML (MISSING_CHAR)'],
  [
    'a broken kubeconfig in a Secret',
    kubeconfigSecret('kubeconfig-east', `users: {${token}`),
    '<stdin>[data.config]:1:',
  ],
])('%s is refused without a word of what it holds', async (_what, stdin, says) => {
  const { code, stdout, stderr } = await secretOf(new ScratchRepo().write(files), stdin);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr).not.toContain(token);
  expect(stderr).not.toContain(base64(token).slice(0, 16));
});

test('a terminal is shown no credential, unless that is wanted', async () => {
  const repo = new ScratchRepo().write(files);
  const at = (stdin: boolean, ...more: string[]): Promise<Outcome> =>
    repo.appdeployWith({ stdin: east, terminal: { stdin, stdout: true } }, 'clusters', 'secret', 'east', ...more);
  expect(await at(false)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('--show-secrets') as string,
  });
  expect(await at(false, '--show-secrets')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(token) as string,
  });
  expect(await at(true, '--show-secrets')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('pipe') as string,
  });
});

test('an unknown Cluster is wrong usage', async () => {
  const repo = new ScratchRepo().write(files);
  expect(await repo.appdeployWith({ stdin: east }, 'clusters', 'secret', 'north')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('known are east, west') as string,
  });
});

test('--kubeconfig reads a file, --context chooses in it', async () => {
  const contexts = ['a', 'b'].map((name) => ({ name, context: { cluster: 'prod', user: 'admin' } }));
  const repo = new ScratchRepo().write({ ...files, 'k.conf': kubeconfig({ top: { contexts } }) });
  const run = (...more: string[]): Promise<Outcome> =>
    repo.appdeploy('clusters', 'secret', 'east', '--kubeconfig', 'k.conf', ...more);
  expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('k.conf:') as string });
  expect(await run('--context', 'b')).toMatchObject({ code: 0, stderr: '' });
  expect(await run('--context', 'c')).toMatchObject({ code: 1, stdout: '' });
});

test('--output writes a file that only its owner can read', async () => {
  const [repo, elsewhere] = [new ScratchRepo().write(files), new ScratchRepo({ git: false })];
  const path = join(elsewhere.root, 'east.yaml');
  writeFileSync(path, 'old', { mode: 0o644 });
  expect(await secretOf(repo, east, '--output', path)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(path, 'utf8')).toContain(token);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(Object.keys(elsewhere.files())).toEqual(['east.yaml']);
});

test.each([
  ['in the work tree', (repo: ScratchRepo) => join(repo.root, 'east.yaml')],
  ['in a folder of the work tree', (repo: ScratchRepo) => join(repo.root, 'clusters/east.yaml')],
  ['in a relative folder of the work tree', () => 'clusters/east.yaml'],
  ['below .git', (repo: ScratchRepo) => join(repo.root, '.git/east.yaml')],
  [
    'through a link into the work tree',
    (_repo: ScratchRepo, elsewhere: ScratchRepo) => join(elsewhere.root, 'link/east.yaml'),
  ],
  ['over a link', (_repo: ScratchRepo, elsewhere: ScratchRepo) => join(elsewhere.root, 'file')],
  ['over a folder', (_repo: ScratchRepo, elsewhere: ScratchRepo) => join(elsewhere.root, 'folder')],
  ['where there is no folder', (_repo: ScratchRepo, elsewhere: ScratchRepo) => join(elsewhere.root, 'none/east.yaml')],
])('--output is refused %s', async (_where, pathOf) => {
  const [repo, elsewhere] = [new ScratchRepo().write(files), new ScratchRepo({ git: false })];
  mkdirSync(join(repo.root, 'clusters'));
  mkdirSync(join(elsewhere.root, 'folder'));
  symlinkSync(repo.root, join(elsewhere.root, 'link'));
  symlinkSync(join(repo.root, 'clusters.yaml'), join(elsewhere.root, 'file'));
  const before = repo.files();
  await expect(secretOf(repo, east, '--output', pathOf(repo, elsewhere))).rejects.toThrow(
    /not a folder|not a regular file|Git work tree/,
  );
  expect(repo.files()).toEqual(before);
});
