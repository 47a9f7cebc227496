import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dig, digList, digText } from '../src/model/plain.ts';
import { argocdManifests } from '../test/support/programs.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';

const project = fileURLToPath(new URL('../', import.meta.url));
const example = `${project}examples/multi-cluster`;
let cluster: ControlPlane;

/** Argo CD as it is installed, with the sidecar merged into it. */
beforeAll(async () => {
  cluster = await startControlPlane();
  cluster.kubectl(['create', 'namespace', 'argocd']);
  const install = ['apply', '--server-side', '--namespace', 'argocd', '--filename'];
  cluster.kubectl([...install, `${argocdManifests()}/install.yaml`]);
  for (const kind of ['applications', 'appprojects'])
    cluster.kubectl(['wait', '--for', 'condition=Established', `crd/${kind}.argoproj.io`]);
});
afterAll(() => cluster.stop());

function get(...words: readonly string[]): unknown {
  return JSON.parse(cluster.kubectl(['get', '--namespace', 'argocd', '--output', 'json', ...words]));
}

function appdeploy(...words: readonly string[]): string {
  return execFileSync(process.execPath, [`${project}dist/cli.js`, ...words, '--root', example], { encoding: 'utf8' });
}

test('deploy/argocd adds the sidecar to an Argo CD that runs, and takes nothing from it', () => {
  const pod = (): unknown => dig(get('deployment', 'argocd-repo-server'), 'spec', 'template', 'spec');
  const before = digList(pod(), 'containers');
  const apply = ['apply', '--server-side', '--field-manager', 'appdeploy', '--namespace', 'argocd'];
  cluster.kubectl([...apply, '--kustomize', `${project}deploy/argocd`]);
  const after = digList(pod(), 'containers');
  expect(after.map((each) => digText(each, '', 'name'))).toEqual([
    ...before.map((each) => digText(each, '', 'name')),
    'appdeploy',
  ]);
  const chunk = { name: 'ARGOCD_CMP_CHUNK_SIZE', value: '131072' };
  expect(digList(after[0], 'env')).toEqual(expect.arrayContaining([...digList(before[0], 'env'), chunk]));
  expect({ ...(after[0] as object), env: [] }).toEqual({ ...(before[0] as object), env: [] });
  expect(dig(get('configmap', 'argocd-cmd-params-cm'), 'data')).toMatchObject({
    'controller.sync.timeout.seconds': '1800',
    'controller.sync.wave.delay.seconds': '5',
  });
});

test('the committed Applications and the AppProject are taken whole', () => {
  cluster.kubectl(['apply', '--kustomize', `${example}/rendered/argocd`]);
  const applications = digList(get('applications'), 'items');
  expect(applications.map((each) => digText(each, '', 'spec', 'destination', 'name'))).toEqual([
    'in-cluster',
    'prod-cluster-1',
  ]);
  expect(cluster.kubectl(['diff', '--kustomize', `${example}/rendered/argocd`])).toBe('');
});

test.each(['', '--plugin', '--plugin --require-committed'])('argocd bootstrap %s pipes into kubectl', (given) => {
  const options = given.split(' ').filter((each) => each !== '');
  const root = appdeploy('argocd', 'bootstrap', ...options);
  expect(cluster.kubectl(['apply', '--filename', '-'], root)).toMatch(/^application\.argoproj\.io\/appdeploy-root /);
  expect(digText(get('application', 'appdeploy-root'), '', 'spec', 'source', 'plugin', 'name')).toBe(
    options.length === 0 ? '' : 'appdeploy',
  );
});

test('the hub that the plugin prints is taken whole', () => {
  const hub = appdeploy('generate', '--view', 'argocd');
  expect(cluster.kubectl(['apply', '--filename', '-'], hub).match(/^application\.argoproj\.io/gm)).toHaveLength(2);
});
