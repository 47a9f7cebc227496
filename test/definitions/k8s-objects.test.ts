import { expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, direct, placed } from '../support/component-plan.ts';

const labels = { app: 'cache' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cache' },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{ name: 'redis', image: 'redis', envFrom: [{ configMapRef: { name: 'cache-settings' } }] }],
      },
    },
  },
};
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cache-settings' }, data: { A: '{{1}}' } };
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'redis' },
  spec: { selector: labels, ports: [{ port: 6379 }] },
};
const part = (...objects: object[]): object => ({ type: 'k8s-objects', properties: { objects } });

test('objects go out as they are; the first one is the workload', async () => {
  const objects = await direct(part(deployment, settings, service));
  expect(Object.keys(objects).toSorted()).toEqual(['ConfigMap cache-settings', 'Deployment cache', 'Service redis']);
  expect(objects['Deployment cache']).toMatchObject(deployment);
  expect(objects['ConfigMap cache-settings']).toMatchObject(settings);
  expect(objects['Service redis']).toMatchObject(service);
  const role = (key: string): unknown[] => [
    dig(objects, key, 'metadata', 'labels', 'app.oam.dev/resourceType'),
    dig(objects, key, 'metadata', 'labels', 'trait.oam.dev/resource'),
  ];
  expect(role('Deployment cache')).toEqual(['WORKLOAD', undefined]);
  expect(role('ConfigMap cache-settings')).toEqual(['TRAIT', 'objects-1']);
  expect(role('Service redis')).toEqual(['TRAIT', 'objects-2']);
});

test('one object is enough, and needs no name of its own', async () => {
  const objects = await direct(part({ ...settings, metadata: {} }));
  expect(Object.keys(objects)).toEqual(['ConfigMap web']);
});

test('through an AppDeployment names get the suffix of the revision, and references follow', async () => {
  const objects = await placed(part(deployment, settings));
  expect(Object.keys(objects).toSorted()).toEqual(['ConfigMap cache-settings-v1', 'Deployment cache-v1']);
  expect(objects['Deployment cache-v1']?.['spec']).toMatchObject({
    replicas: 2,
    template: { spec: { containers: [{ envFrom: [{ configMapRef: { name: 'cache-settings-v1' } }] }] } },
  });
});

test('there must be an object, with apiVersion and kind', async () => {
  expect(await complaints(part())).toEqual([expect.stringContaining('INVALID_VALUE')]);
  expect(await complaints(part({ kind: 'ConfigMap' }))).toEqual([
    expect.stringMatching(/^MISSING_FIELD .*objects\[0\]\.apiVersion is missing/),
  ]);
});
