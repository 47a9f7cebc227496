import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, direct, type Part, placed } from '../support/component-plan.ts';

const trait = (type: string, properties?: object): Part => ({
  traits: [{ type, ...(properties === undefined ? {} : { properties }) }],
});

describe('cpuscaler', () => {
  const autoscaler = (name: string, [min, max, percent]: readonly number[], kind = 'Deployment'): object => ({
    scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
    minReplicas: min,
    maxReplicas: max,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } } },
    ],
  });

  test('holds half of the requested CPU with one to ten pods', async () => {
    const objects = await direct(trait('cpuscaler'));
    expect(Object.keys(objects).toSorted()).toEqual(['Deployment web', 'HorizontalPodAutoscaler web']);
    expect(objects['HorizontalPodAutoscaler web']).toMatchObject({
      apiVersion: 'autoscaling/v2',
      metadata: { labels: { 'trait.oam.dev/type': 'cpuscaler', 'trait.oam.dev/resource': 'cpuscaler' } },
      spec: autoscaler('web', [1, 10, 50]),
    });
  });

  test.each(['cpuPercent', 'cpuUtil'])('takes the percentage as %s', async (field) => {
    const objects = await direct(trait('cpuscaler', { min: 2, max: 20, [field]: 60 }));
    expect(objects['HorizontalPodAutoscaler web']?.['spec']).toEqual(autoscaler('web', [2, 20, 60]));
  });

  test('scales a workload of another kind', async () => {
    const properties = { image: 'nginx' };
    const objects = await direct({
      ...trait('cpuscaler', { targetKind: 'StatefulSet' }),
      type: 'statefulset',
      properties,
    });
    expect(objects['HorizontalPodAutoscaler web']?.['spec']).toEqual(autoscaler('web', [1, 10, 50], 'StatefulSet'));
  });

  test('scales its own revision, from the placement’s replicas up', async () => {
    const objects = await placed(trait('cpuscaler'));
    expect(objects['HorizontalPodAutoscaler web-v1']?.['spec']).toEqual(autoscaler('web-v1', [2, 10, 50]));
    expect(objects['Deployment web-v1']?.['spec']).not.toHaveProperty('replicas');
    expect(await complaints(trait('cpuscaler'), 'placed')).toEqual([expect.stringMatching(/^AUTOSCALED /)]);
  });

  test.each([
    [{ cpuUtil: 50, cpuPercent: 50 }, 'INVALID_VALUE cpuUtil'],
    [{ min: 0 }, 'INVALID_VALUE min'],
    [{ max: 'ten' }, 'WRONG_TYPE max'],
    [{ memory: 50 }, 'UNKNOWN_FIELD memory'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('cpuscaler', properties))).toEqual([expect.stringContaining(complaint)]);
  });
});

describe('expose', () => {
  const specOf = async (properties: object): Promise<unknown> =>
    dig(await direct(trait('expose', properties)), 'Service web', 'spec');

  test('makes a Service within the cluster', async () => {
    expect(await specOf({ port: [80, 8080, 80] })).toEqual({
      type: 'ClusterIP',
      selector: { 'app.oam.dev/component': 'web' },
      ports: [
        { name: 'port-80', port: 80, targetPort: 80 },
        { name: 'port-8080', port: 8080, targetPort: 8080 },
      ],
    });
  });

  test('names ports by number and protocol, unless they are named', async () => {
    const ports = [
      { port: 53 },
      { port: 53, protocol: 'UDP' },
      { port: 9, protocol: 'SCTP' },
      { port: 80, name: 'http' },
    ];
    expect(dig(await specOf({ ports }), 'ports')).toEqual([
      { name: 'port-53', port: 53, targetPort: 53, protocol: 'TCP' },
      { name: 'port-53-udp', port: 53, targetPort: 53, protocol: 'UDP' },
      { name: 'port-9-sctp', port: 9, targetPort: 9, protocol: 'SCTP' },
      { name: 'http', port: 80, targetPort: 80, protocol: 'TCP' },
    ]);
  });

  test('takes ports rather than port', async () => {
    expect(dig(await specOf({ port: [1], ports: [{ port: 2 }] }), 'ports')).toMatchObject([{ port: 2 }]);
  });

  test('opens ports of the nodes or a load balancer, with annotations', async () => {
    const annotations = { note: 'internal' };
    const objects = await direct(trait('expose', { port: [80], type: 'LoadBalancer', annotations }));
    expect(objects['Service web']).toMatchObject({ metadata: { annotations }, spec: { type: 'LoadBalancer' } });
    expect(await specOf({ ports: [{ port: 80, nodePort: 30080 }], type: 'NodePort' })).toMatchObject({
      type: 'NodePort',
      ports: [{ name: 'port-80', port: 80, targetPort: 80, protocol: 'TCP', nodePort: 30080 }],
    });
  });

  test('leads to the pods of its revision alone', async () => {
    const objects = await placed(trait('expose', { port: [80] }));
    expect(dig(objects, 'Service web-v1', 'spec', 'selector')).toEqual({
      'app.oam.dev/component': 'web',
      'app.oam.dev/appRevision': 'shop-v1',
    });
  });

  test('leads to pods of other labels, which cannot reach beyond the revision', async () => {
    const matchLabels = { app: 'x', 'app.oam.dev/component': 'other', 'app.oam.dev/appRevision': 'other' };
    const part = trait('expose', { port: [80], matchLabels });
    expect(dig(await direct(part), 'Service web', 'spec', 'selector')).toEqual(matchLabels);
    expect(dig(await placed(part), 'Service web-v1', 'spec', 'selector')).toEqual({
      app: 'x',
      'app.oam.dev/component': 'web',
      'app.oam.dev/appRevision': 'shop-v1',
    });
  });

  test.each([
    [{}, 'MISSING_FIELD port'],
    [{ port: [] }, 'INVALID_VALUE port'],
    [{ port: [0] }, 'INVALID_VALUE port[0]'],
    [{ ports: [{ port: 80, nodePort: 30080 }] }, 'MISSING_FIELD type'],
    [{ ports: [{ port: 80, nodePort: 30080 }], type: 'LoadBalancer' }, 'INVALID_VALUE type'],
    [{ port: [80], type: 'ExternalName' }, 'INVALID_VALUE type'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('expose', properties))).toEqual([expect.stringContaining(complaint)]);
  });
});
