import { readFileSync, rmSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import { readPluginRequest } from '../../src/argocd/parameters.ts';
import { pluginFile } from '../../src/argocd/plugin-file.ts';
import { byText, dig, digList } from '../../src/model/plain.ts';
import { appDeployment, application, cluster, gateway, on, target } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

async function rendered(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({
    'shop.yaml': shop('nginx:1'),
    'clusters.yaml': cluster('east') + cluster('west'),
    'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 2)] }),
  });
  await repo.appdeploy('render', '-q');
  return repo.commit();
}

const asking = (...parameters: readonly object[]): { environment: Record<string, string> } => ({
  environment: { ARGOCD_APP_PARAMETERS: JSON.stringify(parameters) },
});

test('plugin.yaml is made from the parameter list', () => {
  expect(readFileSync(new URL('../../plugin.yaml', import.meta.url), 'utf8')).toBe(pluginFile());
});

test('generate answers what Argo CD asks by parameters or by plugin env', async () => {
  const repo = await rendered();
  const { stdout } = await repo.appdeploy('generate', '--cluster', 'east');
  expect((await repo.appdeployWith(asking({ name: 'cluster', string: 'east' }), 'generate')).stdout).toBe(stdout);
  expect((await repo.appdeployWith({ environment: { ARGOCD_ENV_CLUSTER: 'east' } }, 'generate')).stdout).toBe(stdout);
  const hub = asking({ name: 'view', string: 'argocd' });
  const environment = { ...hub.environment, ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example.com/shop.git' };
  expect((await repo.appdeployWith({ environment }, 'generate')).stdout).toContain('string: east');
});

test('with requireCommitted, the output that was reviewed must be what the plugin renders, on that cluster', async () => {
  const repo = await rendered();
  const strict = asking({ name: 'cluster', string: 'east' }, { name: 'requireCommitted', string: 'true' });
  const { stdout } = await repo.appdeploy('generate', '--cluster', 'east');
  expect(await repo.appdeployWith(strict, 'generate')).toEqual({ code: 0, stdout, stderr: '' });
  const [path = ''] = Object.keys(repo.files('rendered/clusters/east'));
  repo.write({ [path]: `${repo.read(path)}# edited\n` });
  const refused = await repo.appdeployWith(strict, 'generate');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr.split('\n')[0]).toContain(`NOT_COMMITTED: ${path} is not what`);
});

test('the hub has the AppProject, and an Application for each output folder', async () => {
  const repo = await rendered();
  repo.write({
    'appdeploy.yaml':
      'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: {repoURL: https://git.example.com/shop.git}\n',
  });
  const { stdout } = await repo.appdeploy('generate', '--view', 'argocd');
  const objects = parseAllDocuments(stdout).map((document) => document.toJS() as object);
  expect(objects).toMatchObject([
    { kind: 'AppProject', metadata: { name: 'appdeploy' } },
    { kind: 'Application', spec: { project: 'appdeploy', destination: { name: 'east' } } },
  ]);
  const root = parse((await repo.appdeploy('argocd', 'bootstrap', '--plugin')).stdout) as object;
  expect(root).toMatchObject({
    spec: { source: { path: '.', plugin: { parameters: [{ name: 'view', string: 'argocd' }] } } },
  });
  expect(await repo.appdeploy('argocd', 'bootstrap', '--require-committed')).toMatchObject({ code: 2, stdout: '' });
});

test('what the hub is asked beside the view, its Applications ask in their turn', async () => {
  const repo = (await rendered()).write({ 'west.yaml': appDeployment('other', { 'shop-v1': [on('west', 1)] }) });
  await repo.appdeploy('render', '-q');
  repo.write({
    'appdeploy.yaml':
      'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: {repoURL: https://git.example.com/shop.git}\n',
  });
  await repo.appdeploy('render', '-q');
  const root = parse((await repo.appdeploy('argocd', 'bootstrap', '--plugin', '--require-committed')).stdout) as object;
  const asked = digList(root, 'spec', 'source', 'plugin', 'parameters') as object[];
  const hub = asking(...asked, { name: 'appDeployment', string: 'other' });
  const objects = parseAllDocuments((await repo.appdeployWith(hub, 'generate')).stdout).map(
    (each) => each.toJS() as object,
  );
  expect(objects.slice(1).map((each) => dig(each, 'spec', 'source', 'plugin', 'parameters'))).toEqual([
    [
      { name: 'cluster', string: 'west' },
      { name: 'appDeployment', string: 'default/other' },
      { name: 'requireCommitted', string: 'true' },
    ],
  ]);
});

test('the hub has the Applications of the committed output, and together they print all of it', async () => {
  const shared = gateway('public', { annotations: { 'appdeploy.dev/shared': 'true' } });
  const traffic = (host: string): object => ({
    traffic: { hosts: [host], gateways: ['public'], http: [{ weightedTargets: [target('shop-v1', 100)] }] },
  });
  const repo = new ScratchRepo().write({
    'appdeploy.yaml':
      'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: {repoURL: https://git.example.com/shop.git}\n',
    'shop.yaml': shop('nginx:1') + shared + cluster('east') + application('blog', [{ name: 'blog' }], { direct: true }),
    'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 2)] }, traffic('a.example.com')),
    'more.yaml':
      application('cart', [{ name: 'basket' }]) +
      appDeployment(
        'cart',
        { 'cart-v1': [on('east', 1)] },
        {
          traffic: {
            ...(dig(traffic('b.example.com'), 'traffic') as object),
            http: [{ weightedTargets: [target('cart-v1', 100, { componentName: 'basket' })] }],
          },
        },
      ),
  });
  expect(await repo.appdeploy('render', '-q')).toMatchObject({ code: 0 });
  const committed = Object.entries(repo.files('rendered/argocd'))
    .filter(([path]) => path.includes('/application-'))
    .map(([, text]) => parse(text) as object);
  const documents = parseAllDocuments((await repo.appdeploy('generate', '--view', 'argocd')).stdout);
  const applications = documents
    .map((each) => each.toJS() as object)
    .filter((each) => dig(each, 'kind') === 'Application');
  const identity = (each: object): string =>
    JSON.stringify([dig(each, 'metadata', 'name'), dig(each, 'spec', 'destination')]);
  expect(applications.map(identity).toSorted(byText)).toEqual(committed.map(identity).toSorted(byText));
  expect(applications).toHaveLength(4);
  const printed: string[] = [];
  for (const each of applications) {
    const parameters = digList(each, 'spec', 'source', 'plugin', 'parameters');
    const environment = { ARGOCD_APP_PARAMETERS: JSON.stringify(parameters) };
    printed.push(...(await repo.appdeployWith({ environment }, 'generate')).stdout.split('---\n').slice(1));
  }
  const files = Object.values(repo.files('rendered/clusters')).map((text) => text.split('\n').slice(1).join('\n'));
  expect(printed.toSorted(byText)).toEqual(files.toSorted(byText));
});

test('what another AppDeployment has not committed stops this one not', async () => {
  const repo = (await rendered()).write({
    'other.yaml': application('cart', [{ name: 'basket' }]) + appDeployment('other', { 'cart-v1': [on('east', 1)] }),
  });
  await repo.appdeploy('render', '-q');
  rmSync(`${repo.root}/rendered/clusters/east/default/other`, { recursive: true });
  const strict = (owner: string): ReturnType<typeof asking> =>
    asking(
      { name: 'cluster', string: 'east' },
      { name: 'appDeployment', string: owner },
      { name: 'requireCommitted', string: 'true' },
    );
  expect(await repo.appdeployWith(strict('site'), 'generate')).toMatchObject({ code: 0 });
  expect(await repo.appdeployWith(strict('other'), 'generate')).toMatchObject({ code: 1, stdout: '' });
});

test.each([
  { PARAM_CLUSTER: 'east', PARAM_APPDEPLOYMENT: 'site' },
  { PARAM_CLUSTER: 'east', PARAM_APP_DEPLOYMENT: 'site' },
])('without ARGOCD_APP_PARAMETERS, the variables %o are read', (environment) => {
  expect(readPluginRequest(environment)).toEqual({ values: { cluster: 'east', appDeployment: 'site' } });
});

test.each([
  [asking({ name: 'clster', string: 'east' }), 'there is no parameter "clster"'],
  [asking({ name: 'cluster', string: 'north' }), 'there is no cluster "north"'],
  [asking({ name: 'cluster', array: ['east'] }), 'parameter cluster must be a string'],
  [asking(), 'which cluster?'],
  [{ environment: { ARGOCD_APP_PARAMETERS: '{' } }, 'ARGOCD_APP_PARAMETERS is not JSON'],
])('the request %o is refused in the first line', async (input, says) => {
  const { code, stdout, stderr } = await (await rendered()).appdeployWith(input, 'generate');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n')[0]).toContain(says);
});

test('KUBE_VERSION is the least of what says a version', () => {
  const given = { KUBE_VERSION: '1.30', ARGOCD_ENV_KUBERNETES_VERSION: '1.31' };
  expect(readPluginRequest({ KUBE_VERSION: '1.30' })).toEqual({ values: { kubernetesVersion: '1.30' } });
  expect(readPluginRequest(given)).toEqual({ values: { kubernetesVersion: '1.31' } });
});

test('parameters says what the repo offers', async () => {
  const offers = JSON.parse((await (await rendered()).appdeploy('parameters')).stdout) as object[];
  expect(offers).toMatchObject([
    { name: 'cluster', tooltip: 'One of: in-cluster, east, west' },
    { name: 'appDeployment', tooltip: 'One of: default/site' },
  ]);
});
