import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig } from '../src/model/plain.ts';
import { appDeployment, application, cluster, definition, gateway, on, target } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const apps = application('a') + application('b', [{ name: 'api' }]);
const halves = [{ weightedTargets: [target('a-v1', 50), target('b-v1', 50, { componentName: 'api' })] }];
const config = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n';

async function rendered(text: string, settings = config): Promise<ScratchRepo> {
  const repo = new ScratchRepo({ git: false }).write({ 'all.yaml': text, 'appdeploy.yaml': settings });
  expect((await repo.appdeploy('render', '-q')).stderr).toBe('');
  return repo;
}

test('the clusters of a mesh each get every Service and the declared weights', async () => {
  const mesh = { 'appdeploy.dev/mesh': 'eu' };
  const split = appDeployment(
    'shop',
    { 'a-v1': [on('c1', 1)], 'b-v1': [on('c2', 1)] },
    { traffic: { hosts: ['x.y'], http: halves } },
  );
  const repo = await rendered(apps + cluster('c1', mesh) + cluster('c2', mesh) + split);
  for (const name of ['c1', 'c2']) {
    const folder = `rendered/clusters/${name}/default/shop`;
    expect(Object.keys(repo.files(folder)).filter((path) => path.includes('/service-'))).toEqual([
      `${folder}/service-a-v1-web-80.yaml`,
      `${folder}/service-b-v1-api-80.yaml`,
    ]);
    const route = dig(parse(repo.read(`${folder}/virtualservice-shop.yaml`)), 'spec', 'http', 0, 'route');
    expect(route).toMatchObject([{ weight: 50 }, { weight: 50 }]);
  }
});

test('a shared Gateway lives once, in _shared; the version of networking.istio.io is the config\u2019s', async () => {
  const traffic = (http: object[]): object => ({ hosts: ['x.y'], gateways: ['public'], http });
  const one = appDeployment(
    'one',
    { 'a-v1': [on(undefined, 1)] },
    { traffic: traffic([{ weightedTargets: [target('a-v1')] }]) },
  );
  const api = [{ weightedTargets: [target('b-v1', 100, { componentName: 'api' })] }];
  const two = appDeployment('two', { 'b-v1': [on(undefined, 1)] }, { traffic: traffic(api) });
  const shared = gateway('public', { annotations: { 'appdeploy.dev/shared': 'true' } });
  const repo = await rendered(apps + one + two + shared, `${config}traffic: { istioVersion: v1beta1 }\n`);
  const gateways = Object.entries(repo.files('rendered')).filter(([path]) => path.includes('gateway-'));
  expect(gateways.map(([path]) => path)).toEqual(['rendered/clusters/in-cluster/default/_shared/gateway-public.yaml']);
  expect(gateways[0]?.[1]).toContain('apiVersion: networking.istio.io/v1beta1');
});

test('a host inside the mesh gets a Service, unless the repo has one', async () => {
  const hosted = appDeployment(
    'shop',
    { 'a-v1': [on(undefined, 1)] },
    { traffic: { hosts: ['web'], http: [{ weightedTargets: [target('a-v1')] }] } },
  );
  const path = 'rendered/clusters/in-cluster/default/shop/service-web.yaml';
  const repo = await rendered(application('a') + hosted);
  expect(dig(parse(repo.read(path)), 'spec', 'selector')).toEqual({ 'app.oam.dev/component': 'web' });
  repo.write({ 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: {}\n' });
  await repo.appdeploy('render', '-q');
  expect(Object.keys(repo.files('rendered'))).not.toContain(path);
});

test('a direct selector holds nothing that varies by revision; through an AppDeployment it holds the revision', async () => {
  const properties = { image: 'nginx', addRevisionLabel: true };
  const direct = application('alone', [{ name: 'alone', properties }], { direct: true });
  const repo = await rendered(direct + application('a') + appDeployment('shop', { 'a-v1': [on(undefined, 1)] }));
  const spec = (path: string): unknown =>
    dig(parse(repo.read(`rendered/clusters/in-cluster/default/${path}.yaml`)), 'spec');
  const alone = { 'app.oam.dev/component': 'alone' };
  expect(spec('alone/deployment-alone')).toMatchObject({
    template: { metadata: { labels: { ...alone, 'app.oam.dev/appRevision': 'alone-v1' } } },
  });
  expect(dig(spec('alone/deployment-alone'), 'selector', 'matchLabels')).toEqual(alone);
  expect(dig(spec('shop/deployment-web-v1'), 'selector', 'matchLabels')).toEqual({
    'app.oam.dev/component': 'web',
    'app.oam.dev/appRevision': 'a-v1',
  });
});

test('with an autoscaler replicas are left out, but 0 renders 0 without the autoscaler', async () => {
  const template =
    'outputs:\n  hpa:\n    apiVersion: autoscaling/v2\n    kind: HorizontalPodAutoscaler\n    spec: { scaleTargetRef: { kind: Deployment, name: {{context.name}} } }\n';
  const scaled =
    application('a', [{ name: 'web', traits: [{ type: 'grows' }] }]) + definition('TraitDefinition', 'grows', template);
  const placed = appDeployment('shop', { 'a-v1': [on('c1', 3), on('c2', 0)] });
  const repo = await rendered(scaled + cluster('c1') + cluster('c2') + placed);
  const folder = (name: string): string => `rendered/clusters/${name}/default/shop`;
  const replicas = (name: string): unknown =>
    dig(parse(repo.read(`${folder(name)}/deployment-web-v1.yaml`)), 'spec', 'replicas');
  expect([replicas('c1'), replicas('c2')]).toEqual([undefined, 0]);
  expect(Object.keys(repo.files(folder('c1')))).toHaveLength(2);
  expect(repo.read(`${folder('c1')}/horizontalpodautoscaler-web-hpa-v1.yaml`)).toContain('name: web-v1');
  expect(Object.keys(repo.files(folder('c2')))).toHaveLength(1);
});
