import { expect, test } from 'vitest';
import { dig } from '../../../src/model/plain.ts';
import { rendered } from '../../support/cue.ts';
import { definition } from '../../support/documents.ts';

const base = definition(
  'ComponentDefinition',
  'base',
  `output:
  apiVersion: apps/v1
  kind: Deployment
  spec:
    strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
    template: {spec: {containers: [{name: a, image: x, ports: [{containerPort: 80, protocol: TCP}]}, {name: b, image: y}]}}
outputs:
  service: {apiVersion: v1, kind: Service, spec: {ports: [{port: 80}]}}
`,
);
const containers = 'spec.template.spec.containers';

/** What a Handlebars trait with these rules makes of the Deployment, or of another kind. */
async function patched(template: string, rules: object, kind = 'Deployment'): Promise<unknown> {
  const trait = definition('TraitDefinition', 'own', template, rules);
  return (await rendered({ type: 'base', properties: {}, traits: [{ type: 'own' }] }, base + trait))[kind];
}

const containersOf = (object: unknown): unknown => dig(object, 'spec', 'template', 'spec', 'containers');

test('patchStrategies: replace, retainKeys of a field and of list elements, and every', async () => {
  const list = 'patch: {spec: {template: {spec: {containers: [{name: b, image: z}]}}}}';
  expect(containersOf(await patched(list, { patchStrategies: { [containers]: 'replace' } }))).toEqual([
    { name: 'b', image: 'z' },
  ]);
  const retained = await patched(list, {
    patchKeys: { [containers]: 'name' },
    patchStrategies: { [containers]: 'retainKeys' },
  });
  expect(containersOf(retained)).toMatchObject([
    { name: 'a', image: 'x' },
    { name: 'b', image: 'z' },
  ]);
  const field = await patched('patch: {spec: {strategy: {type: Recreate}}}', {
    patchStrategies: { 'spec.strategy': 'retainKeys' },
  });
  expect(dig(field, 'spec', 'strategy')).toEqual({ type: 'Recreate' });
  const every = await patched('patch: {spec: {template: {spec: {containers: [{stdin: true}]}}}}', {
    patchStrategies: { [containers]: 'every' },
  });
  expect(containersOf(every)).toMatchObject([
    { name: 'a', stdin: true },
    { name: 'b', stdin: true },
  ]);
});

test('patchKeys: several keys, and keys below an element', async () => {
  const template =
    'patch: {spec: {template: {spec: {containers: [{name: a, ports: [{containerPort: 80, protocol: UDP}, {containerPort: 80, protocol: TCP, name: web}]}]}}}}';
  const object = await patched(template, {
    patchKeys: { [containers]: 'name', [`${containers}.ports`]: 'containerPort,protocol' },
  });
  expect(dig(containersOf(object), 0, 'ports')).toEqual([
    { containerPort: 80, protocol: 'TCP', name: 'web' },
    { containerPort: 80, protocol: 'UDP' },
  ]);
});

test('patchFormat: JSON patch and JSON merge patch', async () => {
  const json = 'patch: {operations: [{op: replace, path: /spec/strategy/type, value: Recreate}]}';
  expect(dig(await patched(json, { patchFormat: 'jsonPatch' }), 'spec', 'strategy', 'type')).toBe('Recreate');
  const merge = 'patch: {spec: {strategy: {rollingUpdate: null}}}';
  expect(dig(await patched(merge, { patchFormat: 'jsonMergePatch' }), 'spec', 'strategy')).toEqual({
    type: 'RollingUpdate',
  });
});

test('patchOutputs patches another output, by rules of its own', async () => {
  const template = 'patchOutputs: {service: {spec: {ports: [{port: 81}]}}}';
  const object = await patched(template, { patchKeys: { 'patchOutputs.service.spec.ports': 'port' } }, 'Service');
  expect(dig(object, 'spec', 'ports')).toEqual([{ port: 80 }, { port: 81 }]);
});
