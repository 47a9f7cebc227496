import { expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, direct, type Objects, placed } from '../support/component-plan.ts';

const traits = (type: string, ...properties: object[]): { traits: object[] } => ({
  traits: properties.map((each) => ({ type, properties: each })),
});
const path = (at: string, number: number, name: string, pathType = 'ImplementationSpecific'): object => ({
  path: at,
  pathType,
  backend: { service: { name, port: { number } } },
});

async function ingress(properties: object): Promise<Objects[string] | undefined> {
  return (await direct(traits('gateway', { http: { '/': 80 }, ...properties })))['Ingress web'];
}

test('a gateway makes a Service and an Ingress of class nginx that leads to it', async () => {
  const objects = await direct(traits('gateway', { domain: 'x.example.com', http: { '/': 80, '/api': 81, '/b': 80 } }));
  expect(Object.keys(objects).toSorted()).toEqual(['Deployment web', 'Ingress web', 'Service web']);
  expect(objects['Service web']?.['spec']).toEqual({
    selector: { 'app.oam.dev/component': 'web' },
    ports: [
      { name: 'port-80', port: 80, targetPort: 80 },
      { name: 'port-81', port: 81, targetPort: 81 },
    ],
  });
  expect(objects['Ingress web']).toMatchObject({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' });
  expect(dig(objects, 'Ingress web', 'metadata', 'annotations')).toMatchObject({
    'kubernetes.io/ingress.class': 'nginx',
  });
  expect(objects['Ingress web']?.['spec']).toEqual({
    rules: [
      {
        host: 'x.example.com',
        http: { paths: [path('/', 80, 'web'), path('/api', 81, 'web'), path('/b', 80, 'web')] },
      },
    ],
  });
});

test('a gateway without a domain stands for any host', async () => {
  const object = await ingress({ classInSpec: true });
  expect(object?.['spec']).toEqual({ ingressClassName: 'nginx', rules: [{ http: { paths: [path('/', 80, 'web')] } }] });
});

test('a gateway may have a class in its spec, a certificate, labels and annotations', async () => {
  const domain = 'x.example.com';
  const told = { labels: { team: 'a' }, annotations: { note: 'b' }, pathType: 'Prefix', gatewayHost: 'lb' };
  const object = await ingress({ domain, class: 'traefik', classInSpec: true, secretName: 'certificate', ...told });
  expect(object?.metadata).toMatchObject({
    labels: { team: 'a', 'trait.oam.dev/resource': 'ingress' },
    annotations: { note: 'b', 'ingress.controller/host': 'lb' },
  });
  expect(object?.['spec']).toEqual({
    ingressClassName: 'traefik',
    tls: [{ secretName: 'certificate', hosts: [domain] }],
    rules: [{ host: domain, http: { paths: [path('/', 80, 'web', 'Prefix')] } }],
  });
  expect(object?.metadata.annotations).not.toHaveProperty(['kubernetes.io/ingress.class']);
});

test('names tell several gateways of a component apart, through an AppDeployment too', async () => {
  const two = traits(
    'gateway',
    { domain: 'a.example.com', http: { '/': 80 } },
    { domain: 'b.example.com', http: { '/': 81 }, name: 'admin' },
  );
  const objects = await placed(two);
  expect(Object.keys(objects).toSorted()).toEqual([
    'Deployment web-v1',
    'Ingress web-admin-v1',
    'Ingress web-v1',
    'Service web-admin-v1',
    'Service web-v1',
  ]);
  expect(dig(objects, 'Ingress web-admin-v1', 'spec', 'rules', 0, 'http', 'paths')).toEqual([
    path('/', 81, 'web-admin-v1'),
  ]);
  const selector = { 'app.oam.dev/component': 'web', 'app.oam.dev/appRevision': 'shop-v1' };
  expect(dig(objects, 'Service web-admin-v1', 'spec', 'selector')).toEqual(selector);
});

test('a gateway may lead to a Service that is there, and then makes none', async () => {
  const objects = await placed(traits('gateway', { http: { '/': 80 }, existingServiceName: 'old' }));
  expect(Object.keys(objects).toSorted()).toEqual(['Deployment web-v1', 'Ingress web-v1']);
  expect(dig(objects, 'Ingress web-v1', 'spec', 'rules', 0, 'http', 'paths')).toEqual([path('/', 80, 'old')]);
});

test('a gateway needs a path', async () => {
  expect(await complaints(traits('gateway', {}))).toEqual([expect.stringMatching(/^MISSING_FIELD .*http is missing/)]);
  expect(await complaints(traits('gateway', { http: {} }))).toEqual([expect.stringContaining('INVALID_VALUE')]);
});

const utilization = (name: string, averageUtilization: number): object => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});

test('an hpa holds half of the CPU with one to ten pods', async () => {
  const hpa = (await direct(traits('hpa', {})))['HorizontalPodAutoscaler web'];
  expect(hpa?.apiVersion).toBe('autoscaling/v2');
  expect(hpa?.['spec']).toEqual({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 10,
    metrics: [utilization('cpu', 50)],
  });
});

test('an hpa holds amounts, memory and metrics of the pods', async () => {
  const properties = {
    min: 2,
    max: 3,
    cpu: { type: 'AverageValue', value: 2 },
    mem: { value: 70 },
    podCustomMetrics: [{ name: 'rate', value: '77m' }],
  };
  expect(dig(await direct(traits('hpa', properties)), 'HorizontalPodAutoscaler web', 'spec')).toMatchObject({
    minReplicas: 2,
    maxReplicas: 3,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '2' } } },
      utilization('memory', 70),
      { type: 'Pods', pods: { metric: { name: 'rate' }, target: { type: 'AverageValue', averageValue: '77m' } } },
    ],
  });
});

test('through an AppDeployment an hpa follows the workload, and decides its replicas', async () => {
  const part = { type: 'statefulset', ...traits('hpa', { targetKind: 'StatefulSet' }) };
  const objects = await placed(part);
  expect(dig(objects, 'HorizontalPodAutoscaler web-v1', 'spec', 'scaleTargetRef')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    name: 'web-v1',
  });
  expect(objects['StatefulSet web-v1']?.['spec']).not.toHaveProperty('replicas');
  expect(await complaints(part, 'placed')).toEqual([expect.stringMatching(/^AUTOSCALED /)]);
});
