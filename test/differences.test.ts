import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig } from '../src/model/plain.ts';
import { appDeployment, application, cluster, definition, on, target } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const here = [on(undefined, 1)];
const apps = application('a') + application('b', [{ name: 'api' }]);
const both = {
  hosts: ['x.example.com'],
  http: [
    {
      match: [{ uri: { prefix: '/x' } }],
      weightedTargets: [target('a-v1', 50), target('b-v1', 50, { componentName: 'api' })],
    },
  ],
};
const folder = 'rendered/clusters/in-cluster/default/shop';

async function rendered(text: string): Promise<ScratchRepo> {
  const repo = new ScratchRepo({ git: false }).write({ 'all.yaml': text });
  const { code, stderr } = await repo.appdeploy('render', '-q');
  expect([code, stderr]).toEqual([0, '']);
  return repo;
}

test('match is rendered', async () => {
  const repo = await rendered(apps + appDeployment('shop', { 'a-v1': here, 'b-v1': here }, { traffic: both }));
  expect(parse(repo.read(`${folder}/virtualservice-shop.yaml`))).toMatchObject({
    spec: { http: [{ match: [{ uri: { prefix: '/x' } }] }] },
  });
});

test('a Service selects the pods of its own revision only', async () => {
  const repo = await rendered(apps + appDeployment('shop', { 'a-v1': here, 'b-v1': here }, { traffic: both }));
  const service: unknown = parse(repo.read(`${folder}/service-a-v1-web-80.yaml`));
  expect(dig(service, 'spec', 'selector')).toEqual({
    'app.oam.dev/component': 'web',
    'app.oam.dev/appRevision': 'a-v1',
  });
});

test('labels select clusters, and never the host by accident', async () => {
  const repo = await rendered(
    apps + cluster('prod', { tier: 'prod' }) + appDeployment('shop', { 'a-v1': [on({ labels: { tier: 'prod' } }, 1)] }),
  );
  expect(Object.keys(repo.files('rendered/clusters'))).toEqual([
    'rendered/clusters/prod/default/shop/deployment-web-v1.yaml',
  ]);
});

test('replicas are set on the workload and on nothing else', async () => {
  const twin =
    'outputs:\n  twin: { apiVersion: apps/v1, kind: Deployment, metadata: { name: twin }, spec: { replicas: 7 } }\n';
  const withTwin = application('a', [{ name: 'web', traits: [{ type: 'twin' }] }]);
  const repo = await rendered(
    withTwin + definition('TraitDefinition', 'twin', twin) + appDeployment('shop', { 'a-v1': [on(undefined, 3)] }),
  );
  const replicas = (name: string): unknown =>
    dig(parse(repo.read(`${folder}/deployment-${name}-v1.yaml`)), 'spec', 'replicas');
  expect([replicas('web'), replicas('twin')]).toEqual([3, 7]);
});

test('what is new is written before what is old is deleted', async () => {
  const repo = await rendered(apps + appDeployment('shop', { 'a-v1': here }));
  const blocked = `${folder}/service-b-v1-api-80.yaml`;
  repo.write({
    'all.yaml':
      apps +
      appDeployment(
        'shop',
        { 'b-v1': here },
        { traffic: { hosts: ['x.y'], http: [{ weightedTargets: [target('b-v1', 100, { componentName: 'api' })] }] } },
      ),
    [`${blocked}/in-the-way`]: 'x',
  });
  await expect(repo.appdeploy('render', '-q')).rejects.toThrow();
  expect(Object.keys(repo.files(folder))).toContain(`${folder}/deployment-web-v1.yaml`);
});

test('a cluster gets a VirtualService of what runs there', async () => {
  const repo = new ScratchRepo({ git: false }).write({
    'all.yaml':
      apps +
      cluster('c1') +
      cluster('c2') +
      appDeployment('shop', { 'a-v1': [on('c1', 1), on('c2', 1)], 'b-v1': [on('c1', 1)] }, { traffic: both }),
  });
  expect((await repo.appdeploy('render')).stderr).toContain('SHARE_RISES');
  const hosts = (name: string): string[] =>
    [...repo.read(`rendered/clusters/${name}/default/shop/virtualservice-shop.yaml`).matchAll(/host: (\S+)/g)].map(
      (match) => match[1] ?? '',
    );
  expect([hosts('c1'), hosts('c2')]).toEqual([['a-v1-web-80', 'b-v1-api-80'], ['a-v1-web-80']]);
});

test('weights must sum to 100, and a revision is on a cluster once', async () => {
  const wrong = new ScratchRepo({ git: false }).write({
    'all.yaml': apps + appDeployment('shop', { 'a-v1': [on(undefined, 1), on(undefined, 1)] }),
  });
  expect((await wrong.appdeploy('validate')).stderr).toContain('DUPLICATE_PLACEMENT');
  wrong.write({
    'all.yaml':
      apps +
      appDeployment(
        'shop',
        { 'a-v1': here },
        { traffic: { hosts: ['x.y'], http: [{ weightedTargets: [target('a-v1', 99)] }] } },
      ),
  });
  expect((await wrong.appdeploy('validate')).stderr).toContain('WEIGHT_SUM');
});

test('Services go with the traffic that made them', async () => {
  const repo = await rendered(apps + appDeployment('shop', { 'a-v1': here, 'b-v1': here }, { traffic: both }));
  repo.write({ 'all.yaml': apps + appDeployment('shop', { 'a-v1': here }) });
  await repo.appdeploy('render', '-q');
  expect(Object.keys(repo.files(folder))).toEqual([`${folder}/deployment-web-v1.yaml`]);
});

test('every test that docs/differences.md names exists', () => {
  const page = readFileSync(new URL('../docs/differences.md', import.meta.url), 'utf8');
  const cited = [...page.matchAll(/`(test\/\S+\.ts)`: (.+?) \|$/gm)];
  expect(cited.length).toBe(9);
  for (const [, file = '', name = ''] of cited) {
    expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(`test('${name.trim()}'`);
  }
});
