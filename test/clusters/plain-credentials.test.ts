import { stringify } from 'yaml';
import { expect, test } from 'vitest';
import { plainCredentials } from '../../src/clusters/plain-credentials.ts';
import { appDeployment, application, cluster, on } from '../support/documents.ts';
import { base64, convert, exec, kubeconfig, kubeconfigSecret } from '../support/kubeconfigs.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const token = 'CANARY-token';
const plain = kubeconfig({ user: { token } });
const secret = (data: object, more: object = {}): string =>
  stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'east' }, ...data, ...more });
const clusterSecret = stringify(convert(plain).secret);
const leaksOf = (text: string): number => plainCredentials([{ path: 'a.yaml', text }]).length;

test.each<[what: string, text: string]>([
  ['a kubeconfig', plain],
  ['a kubeconfig with a password', kubeconfig({ user: { username: 'a', password: 'b' } })],
  ['a kubeconfig with a key', kubeconfig({ user: { 'client-key-data': base64('key') } })],
  ['a kubeconfig with an OIDC token', kubeconfig({ user: { 'auth-provider': { config: { 'id-token': 'x' } } } })],
  ['a kubeconfig with AWS keys', kubeconfig({ user: exec({ env: [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'x' }] }) })],
  ['a kubeconfig in JSON', JSON.stringify({ clusters: [], users: [{ user: { token } }] })],
  ['KubeVela\u2019s Secret', kubeconfigSecret('east', plain)],
  ['Cluster API\u2019s Secret', secret({ data: { value: base64(plain) } })],
  ['a Secret with stringData', secret({ stringData: { kubeconfig: plain } })],
  ['a Secret after other documents', `${cluster('east')}---\n${kubeconfigSecret('east', plain)}`],
  ['a Secret in a List', stringify({ kind: 'List', items: [{ kind: 'Secret', data: { config: base64(plain) } }] })],
  [
    'a Secret among an Application\u2019s objects',
    application('a', [
      { name: 'x', type: 'k8s-objects', properties: { objects: [{ kind: 'Secret', stringData: { config: plain } }] } },
    ]),
  ],
  ['Argo CD\u2019s cluster Secret', clusterSecret],
])('%s is found', (_what, text) => {
  expect(leaksOf(text)).toBe(1);
});

test.each<[what: string, text: string]>([
  ['a kubeconfig with a command', kubeconfig({ user: exec({ env: [{ name: 'AWS_PROFILE', value: 'ops' }] }) })],
  ['a kubeconfig with a token in a file', kubeconfig({ user: { tokenFile: '/token' } })],
  ['a kubeconfig with a placeholder', kubeconfig({ user: { token: '<token>' } })],
  ['a kubeconfig encrypted by SOPS', kubeconfig({ user: { token: 'ENC[AES256_GCM,data:x]' }, top: { sops: {} } })],
  ['a Secret encrypted by SOPS', secret({ data: { config: 'ENC[AES256_GCM,data:x,type:str]' } }, { sops: {} })],
  ['a sealed Secret', stringify({ kind: 'SealedSecret', spec: { encryptedData: { config: 'AgB' } } })],
  ['a Secret of something else', secret({ stringData: { config: 'a: b', password: 'x' } })],
  ['a Cluster', cluster('east')],
  ['a template', 'kind: Secret\nstringData:\n  config: {{ .Values.kubeconfig }}\n'],
  [
    'Argo CD\u2019s repository Secret',
    secret(
      { stringData: { password: 'x' } },
      { metadata: { name: 'r', labels: { 'argocd.argoproj.io/secret-type': 'repository' } } },
    ),
  ],
])('%s is fine', (_what, text) => {
  expect(leaksOf(text)).toBe(0);
});

const oneLine = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'east' },
  stringData: { config: plain },
});

test.each([['clusters'], ['validate']])('%s ends with 1 and shows no credential', async (command) => {
  const repo = new ScratchRepo().write({ 'c.yaml': cluster('east'), 'a.yaml': plain, 'b.json': `${oneLine}\n` });
  const { code, stdout, stderr } = await repo.appdeploy(command);
  expect(code).toBe(1);
  expect(stderr).toContain('a.yaml:8:1: error PLAIN_CREDENTIALS: ');
  expect(stderr).toContain(
    'b.json:1:20: error PLAIN_CREDENTIALS: Secret east holds the credentials of a cluster in plain text, in stringData.config',
  );
  expect(stdout + stderr).not.toContain('CANARY');
});

/** A whole repo on one line each, with a Secret beside a Cluster that has a mistake. */
const beside = JSON.stringify({
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'west' }, data: { 'admin.conf': base64(plain) } },
    { apiVersion: 'core.oam.dev/v1beta1', kind: 'Cluster', metadata: { name: 'west' }, specs: {} },
  ],
});

test.each([
  ['render'],
  ['check'],
  ['validate'],
  ['generate', '--cluster', 'east'],
  ['clusters'],
  ['placements'],
  ['revisions'],
  ['parameters'],
  ['definitions'],
])('%s prints and writes no credential of the repo', async (...argv) => {
  const sound = {
    'c.yaml': cluster('east'),
    'a.yaml': plain,
    'b.json': oneLine,
    'shop.yaml': application('shop'),
    'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 1)] }),
  };
  for (const files of [sound, { ...sound, 'd.json': beside }]) {
    const repo = new ScratchRepo().write(files);
    const { stdout, stderr } = await repo.appdeploy(...argv);
    const { 'a.yaml': _a, 'b.json': _b, 'd.json': _d, ...written } = repo.files();
    const bytes = stdout + stderr + Object.values(written).join('');
    expect(bytes).not.toContain('CANARY');
    expect(bytes).not.toContain(base64(plain).slice(0, 40));
    expect(stdout + stderr).not.toBe('');
  }
});

test('clusters looks at files of every name, but those that the config excludes', async () => {
  const repo = new ScratchRepo().write({ 'c.yaml': cluster('east'), 'kube/config': plain });
  expect(await repo.appdeploy('validate')).toMatchObject({ code: 0 });
  expect(await repo.appdeploy('clusters')).toMatchObject({ code: 1 });
  repo.write({ 'appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nexclude: ["kube/**"]\n' });
  expect(await repo.appdeploy('clusters')).toMatchObject({ code: 0 });
});
