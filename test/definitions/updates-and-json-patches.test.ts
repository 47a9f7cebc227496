import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed } from '../support/component-plan.ts';

const trait = (type: string, ...properties: object[]): Part => ({
  traits: properties.map((each) => ({ type, properties: each })),
});

describe('k8s-update-strategy', () => {
  const types: Readonly<Record<string, string>> = {
    Deployment: 'webservice',
    StatefulSet: 'statefulset',
    DaemonSet: 'daemon',
  };
  const specOf = async (kind: string, ...properties: object[]): Promise<unknown> => {
    const part = { type: types[kind] ?? '', ...trait('k8s-update-strategy', ...properties) };
    return dig((await direct(part))[`${kind} web`], 'spec');
  };
  const rolling = (rollingUpdate: object): object => ({ type: 'RollingUpdate', rollingUpdate });
  const quarter = { maxSurge: '25%', maxUnavailable: '25%' };

  test('replaces a quarter of a Deployment’s pods at a time', async () => {
    expect(await specOf('Deployment', {})).toMatchObject({ strategy: rolling(quarter) });
    const rollingStrategy = { maxSurge: 1, maxUnavailable: 0 };
    expect(await specOf('Deployment', { strategy: { rollingStrategy } })).toMatchObject({
      strategy: rolling(rollingStrategy),
    });
  });

  test('replaces a StatefulSet’s pods from a number on', async () => {
    const targetKind = 'StatefulSet';
    expect(await specOf(targetKind, { targetKind })).toMatchObject({ updateStrategy: rolling({ partition: 0 }) });
    expect(await specOf(targetKind, { targetKind, strategy: { rollingStrategy: { partition: 3 } } })).toMatchObject({
      updateStrategy: rolling({ partition: 3 }),
    });
  });

  test.each([
    [{}, { maxSurge: 0, maxUnavailable: '25%' }],
    [{ maxUnavailable: 2 }, { maxSurge: 0, maxUnavailable: 2 }],
    [{ maxSurge: '10%' }, { maxSurge: '10%', maxUnavailable: 0 }],
  ])('%j of a DaemonSet: pods surge or are missing, since Kubernetes does not take both', async (told, expected) => {
    const properties = { targetKind: 'DaemonSet', strategy: { rollingStrategy: told } };
    expect(await specOf('DaemonSet', properties)).toMatchObject({ updateStrategy: rolling(expected) });
  });

  test.each([
    ['Deployment', 'strategy', 'Recreate'],
    ['StatefulSet', 'updateStrategy', 'OnDelete'],
    ['DaemonSet', 'updateStrategy', 'OnDelete'],
  ])('a %s may have a %s of type %s', async (targetKind, field, type) => {
    expect(dig(await specOf(targetKind, { targetKind, strategy: { type } }), field)).toEqual({ type });
  });

  test('the last one wins as a whole, in a revision as well', async () => {
    const part = trait('k8s-update-strategy', {}, { strategy: { type: 'Recreate' } });
    expect(dig(await placed(part), 'Deployment web-v1', 'spec', 'strategy')).toEqual({ type: 'Recreate' });
  });

  test.each([
    [
      { targetKind: 'StatefulSet' },
      'TEMPLATE_FAILED TraitDefinition k8s-update-strategy: targetKind is StatefulSet; the workload is a Deployment',
    ],
    [{ strategy: { type: 'OnDelete' } }, 'INVALID_VALUE strategy.type'],
    [{ targetKind: 'DaemonSet', strategy: { type: 'Recreate' } }, 'INVALID_VALUE strategy.type'],
    [{ strategy: { rollingStrategy: { maxSurge: '3' } } }, 'INVALID_VALUE strategy.rollingStrategy.maxSurge'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('k8s-update-strategy', properties))).toEqual([expect.stringContaining(complaint)]);
  });
});

describe('json-patch', () => {
  const container = '/spec/template/spec/containers/0';

  test('adds, replaces, moves, copies, tests and removes', async () => {
    const part = trait('json-patch', {
      operations: [
        { op: 'test', path: `${container}/image`, value: 'nginx' },
        { op: 'replace', path: `${container}/image`, value: 'caddy' },
        { op: 'add', path: '/metadata', value: { annotations: { 'a/b': '{{x}}' } } },
        { op: 'copy', from: '/metadata/annotations/a~1b', path: '/metadata/annotations/c' },
        { op: 'move', from: '/metadata/annotations/a~1b', path: '/metadata/annotations/d' },
        { op: 'remove', path: `${container}/ports` },
        { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'b', image: 'c' } },
      ],
    });
    const workload = (await direct(part))['Deployment web'];
    expect(dig(workload, 'metadata', 'annotations')).toEqual({ c: '{{x}}', d: '{{x}}' });
    expect(dig(workload, 'spec', 'template', 'spec', 'containers')).toEqual([
      { name: 'web', image: 'caddy' },
      { name: 'b', image: 'c' },
    ]);
  });

  test('changes what the traits before it have made, and a revision as well', async () => {
    const env = { type: 'env', properties: { env: { A: '1' } } };
    const operations = [{ op: 'replace', path: `${container}/env/0/value`, value: '2' }];
    const objects = await placed({ traits: [env, { type: 'json-patch', properties: { operations } }] });
    expect(dig(containerOf(objects['Deployment web-v1']), 'env')).toEqual([{ name: 'A', value: '2' }]);
  });

  test('cannot change what is not there', async () => {
    const operations = [{ op: 'remove', path: '/spec/paused' }];
    expect(await complaints(trait('json-patch', { operations }))).toEqual([
      'PATCH_CONFLICT trait json-patch cannot be applied: operations[0]: there is nothing at /spec/paused',
    ]);
  });

  test.each([
    [{}, 'MISSING_FIELD operations'],
    [{ operations: [{ op: 'add', path: '/a' }] }, 'MISSING_FIELD operations[0].value'],
    [{ operations: [{ op: 'move', path: '/a' }] }, 'MISSING_FIELD operations[0].from'],
    [{ operations: [{ op: 'set', path: '/a' }] }, 'INVALID_VALUE operations[0].op'],
    [{ operations: [{ op: 'remove', path: 'a' }] }, 'INVALID_VALUE operations[0].path'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('json-patch', properties))).toEqual([expect.stringContaining(complaint)]);
  });
});

describe('json-merge-patch', () => {
  const template = { spec: { containers: [{ name: 'a', image: 'b' }], hostNetwork: true } };

  test('adds and replaces fields, lists as a whole, and removes what is null', async () => {
    const told = { metadata: { annotations: { a: 'b' } }, spec: { template, strategy: null } };
    const part = {
      traits: [
        { type: 'k8s-update-strategy', properties: {} },
        { type: 'json-merge-patch', properties: told },
      ],
    };
    const workload = (await direct(part))['Deployment web'];
    expect(dig(workload, 'metadata', 'annotations')).toEqual({ a: 'b' });
    expect(dig(workload, 'spec', 'template', 'spec')).toEqual(template.spec);
    expect(workload?.['spec']).toHaveProperty('selector');
    expect(workload?.['spec']).not.toHaveProperty('strategy');
  });

  test('holds for a revision as well; the replicas are the placement’s', async () => {
    const part = trait('json-merge-patch', { spec: { replicas: 7, paused: true } });
    expect(dig(await placed(part), 'Deployment web-v1', 'spec')).toMatchObject({ replicas: 2, paused: true });
  });

  test('without properties changes nothing', async () => {
    expect(await direct(trait('json-merge-patch', {}))).toEqual(await direct({}));
  });
});
