import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPluginRequest } from '../../src/argocd/parameters.ts';
import { pluginFile } from '../../src/argocd/plugin-file.ts';
import { appDeployment, cluster, on } from '../support/documents.ts';
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
