import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, direct, placed, podOf } from '../support/component-plan.ts';

const properties = { image: 'nginx' };

/** The objects of a webservice with a trait. */
async function withTrait(type: string, given: object): ReturnType<typeof direct> {
  return direct({ properties, traits: [{ type, properties: given }] });
}

describe('cpuscaler', () => {
  test('scales by CPU, and follows the revision\u2019s name', async () => {
    const objects = await placed({
      properties,
      traits: [{ type: 'cpuscaler', properties: { max: 5, cpuPercent: 60 } }],
    });
    expect(dig(objects['HorizontalPodAutoscaler web-v1'], 'spec')).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web-v1' },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
      ],
    });
    expect(dig(objects['Deployment web-v1'], 'spec', 'replicas')).toBeUndefined();
  });

  test('aims at half of the request unless told otherwise, by either name', async () => {
    const usage = async (given: object): Promise<unknown> =>
      dig(
        (await withTrait('cpuscaler', given))['HorizontalPodAutoscaler web'],
        'spec',
        'metrics',
        0,
        'resource',
        'target',
        'averageUtilization',
      );
    expect([await usage({}), await usage({ cpuUtil: 70 }), await usage({ cpuPercent: 80 })]).toEqual([50, 70, 80]);
  });
});

describe('expose', () => {
  test('makes a Service of ports by number, or in full', async () => {
    const byNumber = await withTrait('expose', { port: [80, 443] });
    expect(dig(byNumber['Service web'], 'spec')).toEqual({
      type: 'ClusterIP',
      selector: { 'app.oam.dev/component': 'web' },
      ports: [
        { name: 'port-80', port: 80, targetPort: 80 },
        { name: 'port-443', port: 443, targetPort: 443 },
      ],
    });
    const inFull = await withTrait('expose', {
      type: 'NodePort',
      annotations: { a: 'b' },
      matchLabels: { tier: 'x' },
      ports: [
        { port: 80, targetPort: 8080, name: 'http', nodePort: 30080 },
        { port: 53, protocol: 'UDP' },
      ],
    });
    expect(dig(inFull['Service web'], 'metadata', 'annotations')).toEqual({ a: 'b' });
    expect(dig(inFull['Service web'], 'spec')).toEqual({
      type: 'NodePort',
      selector: { 'app.oam.dev/component': 'web', tier: 'x' },
      ports: [
        { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 30080 },
        { name: 'port-53', port: 53, targetPort: 53, protocol: 'UDP' },
      ],
    });
  });

  test('through an AppDeployment selects the pods of its revision alone', async () => {
    const objects = await placed({ properties, traits: [{ type: 'expose', properties: { port: [80] } }] });
    expect(dig(objects['Service web-v1'], 'spec', 'selector')).toEqual({
      'app.oam.dev/component': 'web',
      'app.oam.dev/appRevision': 'shop-v1',
    });
  });

  test('needs a port', async () => {
    expect((await complaints({ properties, traits: [{ type: 'expose', properties: {} }] })).length).toBeGreaterThan(0);
  });
});

test('hostalias adds names, and joins those of an address that is there', async () => {
  const hostAliases = [{ ip: '10.0.0.1', hostnames: ['a', 'b'] }];
  const { 'Deployment web': object } = await withTrait('hostalias', { hostAliases });
  expect(dig(podOf(object), 'hostAliases')).toEqual(hostAliases);
});

test('affinity writes Kubernetes\u2019 long names', async () => {
  const term = { topologyKey: 'zone', labelSelector: { matchExpressions: [{ key: 'app', values: ['x'] }] } };
  const { 'Deployment web': object } = await withTrait('affinity', {
    podAffinity: { required: [term] },
    podAntiAffinity: { preferred: [{ podAffinityTerm: term }] },
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }] } },
    tolerations: [{ key: 'gpu', effect: 'NoSchedule' }],
  });
  const filled = {
    topologyKey: 'zone',
    labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['x'] }] },
  };
  expect(dig(podOf(object), 'affinity')).toEqual({
    podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [filled] },
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: filled }] },
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
      },
    },
  });
  expect(dig(podOf(object), 'tolerations')).toEqual([{ key: 'gpu', operator: 'Equal', effect: 'NoSchedule' }]);
});

test('topologyspreadconstraints have Kubernetes\u2019 defaults', async () => {
  const constraint = { maxSkew: 1, topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } } };
  const { 'Deployment web': object } = await withTrait('topologyspreadconstraints', { constraints: [constraint] });
  expect(dig(podOf(object), 'topologySpreadConstraints')).toEqual([
    { ...constraint, whenUnsatisfiable: 'DoNotSchedule', nodeAffinityPolicy: 'Honor', nodeTaintsPolicy: 'Honor' },
  ]);
});

describe('k8s-update-strategy', () => {
  test.each([
    ['webservice', 'Deployment', { strategy: { type: 'Recreate' } }, 'strategy', { type: 'Recreate' }],
    [
      'webservice',
      'Deployment',
      { strategy: { rollingStrategy: { maxSurge: 1 } } },
      'strategy',
      { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    ],
    [
      'statefulset',
      'StatefulSet',
      { targetKind: 'StatefulSet', strategy: { rollingStrategy: { partition: 2 } } },
      'updateStrategy',
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    ],
    [
      'daemon',
      'DaemonSet',
      { targetKind: 'DaemonSet', strategy: { type: 'OnDelete' } },
      'updateStrategy',
      { type: 'OnDelete' },
    ],
  ])('of a %s', async (type, kind, given, field, expected) => {
    const objects = await direct({ type, properties, traits: [{ type: 'k8s-update-strategy', properties: given }] });
    expect(dig(objects[`${kind} web`], 'spec', field)).toEqual(expected);
  });
});

test('json-patch and json-merge-patch change the workload as they say', async () => {
  const operations = [{ op: 'add', path: '/spec/template/spec/hostNetwork', value: true }];
  expect(dig(podOf((await withTrait('json-patch', { operations }))['Deployment web']), 'hostNetwork')).toBe(true);
  const merged = await withTrait('json-merge-patch', {
    spec: { template: { spec: { containers: [{ name: 'only', image: 'x' }] } } },
  });
  expect(dig(podOf(merged['Deployment web']), 'containers')).toEqual([{ name: 'only', image: 'x' }]);
  expect(
    await complaints({
      properties,
      traits: [{ type: 'json-patch', properties: { operations: [{ op: 'remove', path: '/nope' }] } }],
    }),
  ).toEqual(['PATCH_CONFLICT trait json-patch cannot be applied: operations[0]: there is nothing at /nope']);
});
