import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig } from '../src/model/plain.ts';
import { appDeployment, application, type ComponentInput, definition, on } from './support/documents.ts';
import { type Outcome, ScratchRepo } from './support/scratch-repo.ts';

const folder = 'rendered/clusters/in-cluster/default/shop';

/** Renders AppDeployment `shop` of one component on the host cluster. */
async function placed(component: ComponentInput, text = ''): Promise<ScratchRepo & Outcome> {
  const deployment = appDeployment('shop', { 'shop-v1': [on(undefined, 2)] });
  const repo = new ScratchRepo({ git: false }).write({
    'all.yaml': application('shop', [component]) + text + deployment,
  });
  return Object.assign(repo, await repo.appdeploy('render'));
}

function read(repo: ScratchRepo, name: string): unknown {
  return parse(repo.read(`${folder}/${name}.yaml`));
}

async function deploymentOf(component: Omit<ComponentInput, 'name'>): Promise<unknown> {
  const repo = await placed({ name: 'web', ...component });
  expect([repo.code, repo.stderr]).toEqual([0, '']);
  return read(repo, 'deployment-web-v1');
}

const env = [
  { name: 'PLAIN', value: 'yes' },
  { name: 'EMPTY', value: '' },
  { name: 'NUMBER', value: '0123' },
  { name: 'TRICKY', value: '{{a}}: "b"\n# no comment' },
  { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'token', key: 'k' } } },
  { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'settings', key: 'k' } } },
];
const items = [{ key: 'a', path: 'b' }];
const volumes = [
  { name: 'claim', mountPath: '/1', type: 'pvc', claimName: 'data' },
  { name: 'config', mountPath: '/2', type: 'configMap', cmName: 'settings', defaultMode: 256, items },
  { name: 'secret', mountPath: '/3', type: 'secret', secretName: 'token' },
  { name: 'scratch', mountPath: '/4', type: 'emptyDir' },
  { name: 'memory', mountPath: '/5', type: 'emptyDir', medium: 'Memory' },
];

test.each(['webservice', 'worker'])('a %s takes every form of env and volume as it is', async (type) => {
  const workload = await deploymentOf({ type, properties: { image: 'nginx', env, volumes } });
  const container = dig(workload, 'spec', 'template', 'spec', 'containers', 0);
  expect(dig(container, 'env')).toEqual(env);
  expect(dig(container, 'volumeMounts')).toEqual(volumes.map(({ name, mountPath }) => ({ name, mountPath })));
  expect(dig(workload, 'spec', 'template', 'spec', 'volumes')).toEqual([
    { name: 'claim', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'config', configMap: { name: 'settings', defaultMode: 256, items: [{ ...items[0], mode: 511 }] } },
    { name: 'secret', secret: { secretName: 'token', defaultMode: 420 } },
    { name: 'scratch', emptyDir: { medium: '' } },
    { name: 'memory', emptyDir: { medium: 'Memory' } },
  ]);
});

test('a webservice says no more than it was told', async () => {
  expect(dig(await deploymentOf({}), 'spec', 'template', 'spec')).toEqual({
    containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }],
  });
  expect(dig(await deploymentOf({ type: 'worker' }), 'spec', 'template', 'spec')).toEqual({
    containers: [{ name: 'web', image: 'nginx' }],
  });
});

test('cpu and memory are limit and request alike', async () => {
  const at = ['spec', 'template', 'spec', 'containers', 0, 'resources'];
  const resources = async (properties: object): Promise<unknown> =>
    dig(await deploymentOf({ properties: { image: 'nginx', ...properties } }), ...at);
  expect(await resources({ cpu: '0.5' })).toEqual({ limits: { cpu: '0.5' }, requests: { cpu: '0.5' } });
  const both = { cpu: '1', memory: '1Gi' };
  expect(await resources(both)).toEqual({ limits: both, requests: both });
});

test.each([
  [{ name: 'x', mountPath: '/x', type: 'pvc' }, 'claimName'],
  [{ name: 'x', mountPath: '/x', type: 'configMap' }, 'cmName'],
  [{ name: 'x', mountPath: '/x', type: 'secret' }, 'secretName'],
])('a volume %j lacks its %s', async (volume, field) => {
  const { code, stderr } = await placed({ name: 'web', properties: { image: 'nginx', volumes: [volume] } });
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(new RegExp(`all\\.yaml:.* error MISSING_FIELD: .*${field}`)),
  ]);
});

test('labels and annotations go to the pods, scaler gives way to the placement', async () => {
  const traits = [
    { type: 'labels', properties: { team: 'shop' } },
    { type: 'annotations', properties: { note: 'on' } },
    { type: 'scaler', properties: { replicas: 7 } },
  ];
  const workload = await deploymentOf({ traits });
  const identity = { 'app.oam.dev/component': 'web', 'app.oam.dev/appRevision': 'shop-v1' };
  expect(dig(workload, 'spec', 'template', 'metadata')).toEqual({
    labels: { ...identity, team: 'shop' },
    annotations: { note: 'on' },
  });
  expect(dig(workload, 'spec', 'selector', 'matchLabels')).toEqual(identity);
  expect(dig(workload, 'spec', 'replicas')).toBe(2);
  const direct = new ScratchRepo({ git: false }).write({
    'a.yaml': application('shop', [{ name: 'web', traits }], { direct: true }),
  });
  await direct.appdeploy('render', '-q');
  expect(dig(read(direct, 'deployment-web'), 'spec', 'replicas')).toBe(7);
});

test('a label that the selector needs cannot be overridden', async () => {
  const traits = [{ type: 'labels', properties: { 'app.oam.dev/component': 'other' } }];
  const { code, stderr } = await placed({ name: 'web', traits });
  expect(code).toBe(1);
  expect(stderr).toContain('error PATCH_CONFLICT: trait labels wants spec.template.metadata.labels');
});

const ingress = (domain: string): object => ({
  type: 'ingress',
  properties: { domain, http: { '/': 80, '/api': 81 } },
});

test('ingress makes a Service of the revision and an Ingress that leads to it', async () => {
  const repo = await placed({ name: 'web', traits: [ingress('x.example.com')] });
  expect(dig(read(repo, 'service-web-v1'), 'spec')).toEqual({
    selector: { 'app.oam.dev/component': 'web', 'app.oam.dev/appRevision': 'shop-v1' },
    ports: [
      { name: 'port-80', port: 80, targetPort: 80 },
      { name: 'port-81', port: 81, targetPort: 81 },
    ],
  });
  const path = (at: string, number: number): object => ({
    path: at,
    pathType: 'ImplementationSpecific',
    backend: { service: { name: 'web-v1', port: { number } } },
  });
  expect(dig(read(repo, 'ingress-web-v1'), 'spec')).toEqual({
    rules: [{ host: 'x.example.com', http: { paths: [path('/', 80), path('/api', 81)] } }],
  });
});

/** shop-v1 and shop-v2 with an Ingress each, v1 with a count of replicas. */
async function twoIngresses(first: string, second: string, replicas: number): Promise<Outcome> {
  const shop = (domain: string): string => application('shop', [{ name: 'web', traits: [ingress(domain)] }]);
  const repo = new ScratchRepo({ git: false }).write({ 'shop.yaml': shop(first) });
  await repo.appdeploy('render', '-q');
  const image = shop(second).replace('image: nginx', 'image: caddy');
  const places = { 'shop-v1': [on(undefined, replicas)], 'shop-v2': [on(undefined, 1)] };
  return repo.write({ 'shop.yaml': image + appDeployment('shop', places) }).appdeploy('render', '-q');
}

test('the same host and path from two live revisions is a problem', async () => {
  const { code, stderr } = await twoIngresses('x.y', 'x.y', 1);
  expect(code).toBe(1);
  expect(stderr).toContain('INGRESS_CONFLICT: on in-cluster, shop-v2 and shop-v1 both claim x.y/');
  expect((await twoIngresses('x.y', 'other.y', 1)).code).toBe(0);
  expect((await twoIngresses('x.y', 'x.y', 0)).code).toBe(0);
});

const claim = definition(
  'TraitDefinition',
  'claim',
  `outputs:
  data:
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: { name: data, annotations: { argocd.argoproj.io/sync-options: Replace=true } }
    spec: { accessModes: [ReadWriteOnce] }
`,
);

test('a claim outlives its revision, with a note, and the volume follows its name', async () => {
  const properties = { image: 'nginx', volumes: volumes.slice(0, 1) };
  const repo = await placed({ name: 'web', properties, traits: [{ type: 'claim' }] }, claim);
  expect(repo.stderr).toContain('note DATA_KEPT: PersistentVolumeClaim data-v1 stays when its revision goes');
  const annotations = dig(read(repo, 'persistentvolumeclaim-data-v1'), 'metadata', 'annotations');
  expect(annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Replace=true,Prune=false,Delete=false' });
  expect(repo.read(`${folder}/deployment-web-v1.yaml`)).toContain('claimName: data-v1\n');
});
