import { expect, test } from 'vitest';
import { appDeployment, application, cluster, gateway, on, target } from '../support/documents.ts';
import { plan } from '../support/memory-plan.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const traits = [
  { type: 'hpa', properties: { min: 1, max: 3, cpu: {} } },
  { type: 'expose', properties: { port: [80], type: 'LoadBalancer' } },
  { type: 'storage', properties: { pvc: [{ name: 'data', mountPath: '/data' }] } },
];
const apps = application('a', [{ name: 'web', traits }]) + application('b', [{ name: 'api' }]);
const traffic = (a: number, b: number): object => ({
  hosts: ['shop.example.com'],
  gateways: ['public'],
  http: [{ weightedTargets: [target('a-v1', a), target('b-v1', b, { componentName: 'api' })] }],
});

/** The wave of every object on the cluster, by kind and name. */
async function waves(deployment: string, config?: string): Promise<Record<string, string>> {
  const files = { 'apps.yaml': apps + cluster('c') + gateway('public'), 'd.yaml': deployment };
  const { manifests } = await plan(files, config);
  return Object.fromEntries(
    manifests.map(({ object }) => [
      `${object.kind} ${object.metadata.name}`,
      object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0',
    ]),
  );
}

const both = (weights: object | undefined): string =>
  appDeployment(
    'shop',
    { 'a-v1': [on('c', 1)], 'b-v1': [on('c', 1)] },
    weights === undefined ? {} : { traffic: weights },
  );

test('what serves comes first, then routes, then what has no weight, then what lags', async () => {
  expect(await waves(both(traffic(0, 100)))).toEqual({
    'Deployment web-v1': '2',
    'PersistentVolumeClaim data-v1': '2',
    'Deployment api-v1': '0',
    'Service a-v1-web-80': '0',
    'Service b-v1-api-80': '0',
    'VirtualService shop': '1',
    'Gateway public': '1',
    'HorizontalPodAutoscaler web-v1': '3',
    'Service web-v1': '3',
  });
});

test('without traffic every revision is in the first wave', async () => {
  expect(await waves(both(undefined))).toMatchObject({ 'Deployment web-v1': '0', 'Deployment api-v1': '0' });
});

test('a rollback puts the revision that gets the weight first again', async () => {
  const before = await waves(both(traffic(0, 100)));
  const after = await waves(both(traffic(100, 0)));
  expect([before['Deployment web-v1'], before['Deployment api-v1']]).toEqual(['2', '0']);
  expect([after['Deployment web-v1'], after['Deployment api-v1']]).toEqual(['0', '2']);
});

test('the autoscaler of what has weight is there with it, before the routes, unless the config puts it last', async () => {
  const wave = async (deployment: string, config?: string): Promise<unknown> =>
    (await waves(deployment, config))['HorizontalPodAutoscaler web-v1'];
  const last = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nautoscalers: {beforeRoutes: false}\n';
  expect(await wave(both(traffic(100, 0)))).toBe('0');
  expect(await wave(both(undefined))).toBe('0');
  expect(await wave(both(traffic(100, 0)), last)).toBe('3');
});

test('an autoscaler goes with a workload whose template names a wave, and one of something else goes last', async () => {
  const wave = { metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '-2' } } };
  const early = [
    { type: 'hpa', properties: {} },
    { type: 'json-merge-patch', properties: wave },
  ];
  const other = [{ type: 'hpa', properties: { targetKind: 'StatefulSet' } }];
  const files = {
    'apps.yaml': application('a', [
      { name: 'early', traits: early },
      { name: 'web', traits: other },
    ]),
    'd.yaml': appDeployment('shop', { 'a-v1': [on(undefined, 1)] }),
  };
  const { manifests } = await plan(files);
  const autoscalers = manifests.filter(({ object }) => object.kind === 'HorizontalPodAutoscaler');
  expect(
    autoscalers.map(({ object }) => [
      object.metadata.name,
      object.metadata.annotations?.['argocd.argoproj.io/sync-wave'],
    ]),
  ).toEqual([
    ['early-v1', '-2'],
    ['web-v1', '3'],
  ]);
});

test('a wave that a template names is kept', async () => {
  const annotated = apps.replace('image: nginx\n', 'image: nginx\n').replace('name: web\n', 'name: web\n');
  const merge = {
    type: 'json-merge-patch',
    properties: { metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '7' } } },
  };
  const files = {
    'apps.yaml': annotated + application('c', [{ name: 'own', traits: [merge] }]) + cluster('c'),
    'd.yaml': appDeployment('own', { 'c-v1': [on('c', 1)] }),
  };
  const { manifests } = await plan(files);
  expect(manifests.map(({ object }) => object.metadata.annotations?.['argocd.argoproj.io/sync-wave'])).toEqual(['7']);
});

test('weight that moves away together with the replicas is a warning, in two commits it is none', async () => {
  const deployment = (replicas: number, a: number): string =>
    appDeployment(
      'shop',
      { 'a-v1': [on(undefined, replicas)], 'b-v1': [on(undefined, 2)] },
      {
        traffic: {
          hosts: ['x.example.com'],
          http: [{ weightedTargets: [target('a-v1', a), target('b-v1', 100 - a, { componentName: 'api' })] }],
        },
      },
    );
  const repo = new ScratchRepo().write({
    'apps.yaml': application('a') + application('b', [{ name: 'api' }]),
    'd.yaml': deployment(5, 50),
  });
  await repo.appdeploy('render', '-q');
  repo.commit();
  const atOnce = await repo.write({ 'd.yaml': deployment(1, 0) }).appdeploy('check');
  expect(atOnce.stderr).toContain(
    'warning DRAINED_TOO_SOON: a-v1 goes from 5 to 1 replicas on in-cluster while its weight goes from 50 to 0',
  );
  for (const step of [deployment(5, 0), deployment(1, 0)]) {
    const { code, stderr } = await repo.write({ 'd.yaml': step }).appdeploy('render');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    repo.commit();
  }
});
