import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, direct, type Part, placed, podOf } from '../support/component-plan.ts';

const trait = (type: string, ...properties: object[]): Part => ({
  traits: properties.map((each) => ({ type, properties: each })),
});

async function podWith(type: string, ...properties: object[]): Promise<unknown> {
  return podOf((await direct(trait(type, ...properties)))['Deployment web']);
}

const labelSelector = { matchLabels: { app: 'cache' } };
const topologyKey = 'kubernetes.io/hostname';

describe('affinity', () => {
  test.each(['podAffinity', 'podAntiAffinity'])('%s: pods to be near to, or away from', async (field) => {
    const required = [{ labelSelector, topologyKey, namespaces: ['a'], namespaceSelector: {} }];
    const preferred = [{ weight: 100, podAffinityTerm: { topologyKey, labelSelector } }];
    expect(dig(await podWith('affinity', { [field]: { required, preferred } }), 'affinity')).toEqual({
      [field]: {
        requiredDuringSchedulingIgnoredDuringExecution: required,
        preferredDuringSchedulingIgnoredDuringExecution: preferred,
      },
    });
  });

  test('nodeAffinity: nodes to run on, by labels and fields', async () => {
    const cores = { key: 'cores', operator: 'Gt', values: ['8'] };
    const name = { key: 'metadata.name', values: ['one'] };
    const nodeAffinity = {
      required: { nodeSelectorTerms: [{ matchExpressions: [cores] }, { matchFields: [name] }] },
      preferred: [{ weight: 1, preference: { matchExpressions: [{ key: 'ssd', operator: 'Exists' }] } }],
    };
    expect(dig(await podWith('affinity', { nodeAffinity }), 'affinity')).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [cores] }, { matchFields: [{ ...name, operator: 'In' }] }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: nodeAffinity.preferred,
      },
    });
  });

  test('expressions mean In, and tolerations Equal, unless they say otherwise', async () => {
    const expression = { key: 'app', values: ['a'] };
    const required = [{ topologyKey, labelSelector: { matchExpressions: [expression] } }];
    const tolerations = [
      { key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 0 },
      { operator: 'Exists', effect: 'NoSchedule' },
    ];
    expect(await podWith('affinity', { podAffinity: { required }, tolerations })).toMatchObject({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey, labelSelector: { matchExpressions: [{ ...expression, operator: 'In' }] } },
          ],
        },
      },
      tolerations: [{ ...tolerations[0], operator: 'Equal' }, tolerations[1]],
    });
  });

  test('tolerations alone are no affinity, in a revision as well', async () => {
    const tolerations = [{ key: 'a', operator: 'Exists' }];
    const pod = podOf((await placed(trait('affinity', { tolerations })))['Deployment web-v1']);
    expect(pod).toMatchObject({ tolerations });
    expect(pod).not.toHaveProperty('affinity');
  });

  test('several add to each other where they do not disagree', async () => {
    const near = { required: [{ topologyKey }] };
    const pod = await podWith(
      'affinity',
      { podAffinity: near },
      { podAntiAffinity: near, tolerations: [{ key: 'a' }] },
    );
    expect(Object.keys(dig(pod, 'affinity') as object)).toEqual(['podAffinity', 'podAntiAffinity']);
    const other = { required: [{ topologyKey: 'zone' }] };
    expect(await complaints(trait('affinity', { podAffinity: near }, { podAffinity: other }))).toEqual([
      expect.stringContaining('PATCH_CONFLICT'),
    ]);
  });

  test.each([
    [{}, 'INVALID_VALUE'],
    [{ podAffinity: {} }, 'INVALID_VALUE podAffinity'],
    [{ podAffinity: { required: [{}] } }, 'MISSING_FIELD podAffinity.required[0].topologyKey'],
    [
      { podAffinity: { required: [{ topologyKey, namespace: 'a' }] } },
      'UNKNOWN_FIELD podAffinity.required[0].namespace',
    ],
    [
      { nodeAffinity: { preferred: [{ weight: 0, preference: {} }] } },
      'INVALID_VALUE nodeAffinity.preferred[0].weight',
    ],
    [{ tolerations: [{ effect: 'Never' }] }, 'INVALID_VALUE tolerations[0].effect'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('affinity', properties))).toEqual([expect.stringContaining(complaint)]);
  });
});

describe('topologyspreadconstraints', () => {
  const zone = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' };
  const spreadOf = async (...constraints: object[]): Promise<unknown> =>
    dig(
      await podWith('topologyspreadconstraints', ...constraints.map((each) => ({ constraints: [each] }))),
      'topologySpreadConstraints',
    );

  test('schedules no pod that would make the skew too large, counting all pods of the namespace', async () => {
    expect(await spreadOf(zone)).toEqual([{ ...zone, whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }]);
  });

  test('says everything that Kubernetes can be told', async () => {
    const constraint = {
      ...zone,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { ...labelSelector, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] },
      minDomains: 3,
      matchLabelKeys: ['app.oam.dev/appRevision'],
      nodeAffinityPolicy: 'Ignore',
      nodeTaintsPolicy: 'Honor',
    };
    expect(await spreadOf(constraint)).toEqual([constraint]);
  });

  test('several add to each other', async () => {
    const host = { maxSkew: 2, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector };
    expect(await spreadOf(zone, host)).toMatchObject([zone, host]);
    const two = trait('topologyspreadconstraints', { constraints: [zone] }, { constraints: [{ ...zone, maxSkew: 2 }] });
    expect(await complaints(two)).toEqual([expect.stringContaining('PATCH_CONFLICT')]);
  });

  test('holds for a revision as well', async () => {
    const objects = await placed(trait('topologyspreadconstraints', { constraints: [zone] }));
    expect(dig(podOf(objects['Deployment web-v1']), 'topologySpreadConstraints')).toMatchObject([zone]);
  });

  test.each([
    [{}, 'MISSING_FIELD constraints'],
    [{ constraints: [{ topologyKey }] }, 'MISSING_FIELD constraints[0].maxSkew'],
    [{ constraints: [{ ...zone, whenUnsatisfiable: 'Ignore' }] }, 'INVALID_VALUE constraints[0].whenUnsatisfiable'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('topologyspreadconstraints', properties))).toEqual([
      expect.stringContaining(complaint),
    ]);
  });
});
