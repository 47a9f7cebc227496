import { expect, test } from 'vitest';
import { dig } from '../../../src/model/plain.ts';
import { cueDefinition, faults, rendered } from '../../support/cue.ts';

const base = `
output: {
	apiVersion: "apps/v1"
	kind:       "Deployment"
	metadata: labels: fixed: "yes"
	spec: {
		replicas: *1 | int
		strategy: {type: "RollingUpdate", rollingUpdate: maxSurge: 1}
		template: spec: {
			containers: [
				{name: context.name, image: *"nginx" | string, env: [{name: "A", value: "1"}, {name: "B", value: "2"}]},
				{name: "log", image: "logger"},
			]
			hostAliases: [{ip: "1.1.1.1", hostnames: ["a"]}]
		}
	}
}
outputs: service: {apiVersion: "v1", kind: "Service", spec: ports: [{port: 80, name: "http"}]}
`;

/** The Deployment (or another object) after a CUE trait patched it. */
async function patched(template: string, kind = 'Deployment', properties: object = {}): Promise<unknown> {
  const definitions =
    cueDefinition('ComponentDefinition', 'base', base) + cueDefinition('TraitDefinition', 'patch', template);
  return (await rendered({ type: 'base', properties: {}, traits: [{ type: 'patch', properties }] }, definitions))[kind];
}

const containersOf = (object: unknown): unknown => dig(object, 'spec', 'template', 'spec', 'containers');
const env = [
  { name: 'A', value: '1' },
  { name: 'B', value: '2' },
];
const web = { name: 'web', image: 'nginx', env };
const log = { name: 'log', image: 'logger' };

test('a patchKey above a chained field holds for all below', async () => {
  const object = await patched(
    'patch: {\n\t// +patchKey=name\n\tspec: template: spec: containers: [{name: "log", env: [{name: "C", value: "3"}]}, {name: "new", image: "x"}]\n}',
  );
  expect(containersOf(object)).toEqual([
    web,
    { ...log, env: [{ name: 'C', value: '3' }] },
    { name: 'new', image: 'x' },
  ]);
});

test('a nested list has a key of its own', async () => {
  const object = await patched(`patch: spec: template: spec: {
	// +patchKey=name
	containers: [{
		name: context.name
		// +patchKey=name
		env: [{name: "B", value: "2"}, {name: "C", value: "3"}]
	}]
}`);
  expect(containersOf(object)).toEqual([{ ...web, env: [...env, { name: 'C', value: '3' }] }, log]);
});

test('without a key lists meet index by index', async () => {
  const object = await patched('patch: spec: template: spec: containers: [{workingDir: "/a"}, {workingDir: "/b"}]');
  expect(containersOf(object)).toEqual([
    { ...web, workingDir: '/a' },
    { ...log, workingDir: '/b' },
  ]);
});

test('an open list is for every element', async () => {
  const object = await patched(
    'patch: spec: template: spec: containers: [...{lifecycle: preStop: exec: command: ["sleep"]}]',
  );
  const lifecycle = { preStop: { exec: { command: ['sleep'] } } };
  expect(containersOf(object)).toEqual([
    { ...web, lifecycle },
    { ...log, lifecycle },
  ]);
});

test('defaults of the component give way to a patch, in lists too', async () => {
  const object = await patched(
    'patch: {\n\tspec: replicas: parameter.n\n\t// +patchKey=name\n\tspec: template: spec: containers: [{name: context.name, image: "own"}]\n}\nparameter: n: *3 | int',
    'Deployment',
    { n: 5 },
  );
  expect(dig(object, 'spec', 'replicas')).toBe(5);
  expect(containersOf(object)).toEqual([{ ...web, image: 'own' }, log]);
});

test('retainKeys replaces a matched element, and a field', async () => {
  const object = await patched(`patch: spec: {
	// +patchStrategy=retainKeys
	strategy: {type: "Recreate"}
	template: spec: {
		// +patchKey=name
		// +patchStrategy=retainKeys
		containers: [{name: "log", image: "other"}]
	}
}`);
  expect(dig(object, 'spec', 'strategy')).toEqual({ type: 'Recreate' });
  expect(containersOf(object)).toEqual([web, { name: 'log', image: 'other' }]);
});

test('replace puts the patch\u2019s list in place of the base\u2019s', async () => {
  const object = await patched(
    'patch: spec: template: spec: {\n\t// +patchStrategy=replace\n\tcontainers: [{name: "only", image: "x"}]\n}',
  );
  expect(containersOf(object)).toEqual([{ name: 'only', image: 'x' }]);
});

test('several keys, and keys below an element', async () => {
  const object = await patched(`patch: {
	// +patchKey=name,image
	spec: template: spec: containers: [{name: "log", image: "logger", a: 1}, {name: "log", image: "two"}]
	// +patchKey=ip
	spec: template: spec: hostAliases: [{ip: "1.1.1.1"}, {ip: "2.2.2.2", hostnames: ["b"]}]
}`);
  expect(containersOf(object)).toEqual([web, { ...log, a: 1 }, { name: 'log', image: 'two' }]);
  expect(dig(object, 'spec', 'template', 'spec', 'hostAliases')).toHaveLength(2);
});

test('a key may lie deeper in the elements', async () => {
  const trait = (mark: string): string =>
    `patch: spec: template: spec: {\n\t// +patchKey=secretRef.name\n\tsources: [{secretRef: name: "b", by: "${mark}"}, {secretRef: name: "a", ${mark}: true}]\n}`;
  const definitions =
    cueDefinition('ComponentDefinition', 'base', base) +
    cueDefinition('TraitDefinition', 'one', 'patch: spec: template: spec: sources: [{secretRef: name: "a"}]') +
    cueDefinition('TraitDefinition', 'two', trait('two'));
  const objects = await rendered(
    { type: 'base', properties: {}, traits: [{ type: 'one' }, { type: 'two' }] },
    definitions,
  );
  expect(dig(objects['Deployment'], 'spec', 'template', 'spec', 'sources')).toEqual([
    { secretRef: { name: 'a' }, two: true },
    { secretRef: { name: 'b' }, by: 'two' },
  ]);
});

test('what a JSON patch produced is changed by a later trait, and hidden fields are dropped', async () => {
  const definitions =
    cueDefinition('ComponentDefinition', 'base', base) +
    cueDefinition(
      'TraitDefinition',
      'one',
      '// +patchStrategy=jsonPatch\npatch: operations: [{op: "add", path: "/spec/template/spec/containers/-", value: {name: "added", image: "a"}}]',
    ) +
    cueDefinition(
      'TraitDefinition',
      'two',
      '_kept: "ms"\npatch: {\n\t_hidden: 1\n\t// +patchKey=name\n\tspec: template: spec: containers: [{name: "added", tty: true, unit: _kept}]\n}',
    );
  const objects = await rendered(
    { type: 'base', properties: {}, traits: [{ type: 'one' }, { type: 'two' }] },
    definitions,
  );
  expect(containersOf(objects['Deployment'])).toEqual([web, log, { name: 'added', image: 'a', tty: true, unit: 'ms' }]);
  expect(JSON.stringify(objects)).not.toContain('_hidden');
});

test('a JSON patch, and a JSON merge patch, as a whole', async () => {
  const json = await patched(
    '// +patchStrategy=jsonPatch\npatch: operations: [{op: "replace", path: "/spec/replicas", value: 4}, {op: "remove", path: "/spec/template/spec/containers/1"}]',
  );
  expect(dig(json, 'spec', 'replicas')).toBe(4);
  expect(containersOf(json)).toEqual([web]);
  const merge = await patched(
    '// +patchStrategy=jsonMergePatch\npatch: {metadata: labels: fixed: null, spec: template: spec: containers: [{name: "m", image: "m"}]}',
  );
  expect(dig(merge, 'metadata', 'labels', 'fixed')).toBeUndefined();
  expect(containersOf(merge)).toEqual([{ name: 'm', image: 'm' }]);
});

test.each([
  'patchOutputs: service: {\n\t// +patchKey=port\n\tspec: ports: [{port: 81, name: "more"}]\n}',
  'patch: context: outputs: service: {\n\t// +patchKey=port\n\tspec: ports: [{port: 81, name: "more"}]\n}',
])('another output is patched: %s', async (template) => {
  expect(dig(await patched(template, 'Service'), 'spec', 'ports')).toEqual([
    { port: 80, name: 'http' },
    { port: 81, name: 'more' },
  ]);
});

test('a trait sees the workload with the earlier patches', async () => {
  const definitions =
    cueDefinition('ComponentDefinition', 'base', base) +
    cueDefinition('TraitDefinition', 'one', 'patch: metadata: annotations: one: "1"') +
    cueDefinition(
      'TraitDefinition',
      'two',
      'patch: metadata: annotations: two: context.output.metadata.annotations.one + context.outputs.service.kind',
    );
  const objects = await rendered(
    { type: 'base', properties: {}, traits: [{ type: 'one' }, { type: 'two' }] },
    definitions,
  );
  expect(dig(objects['Deployment'], 'metadata', 'annotations')).toMatchObject({ one: '1', two: '1Service' });
});

test.each([
  {
    what: 'a fixed value',
    template: 'patch: metadata: labels: fixed: "no"',
    says: 'PATCH_CONFLICT trait patch wants metadata.labels.fixed "no"; it is "yes" already',
  },
  {
    what: 'a value that may be secret',
    template:
      'patch: {\n\t// +patchKey=name\n\tspec: template: spec: containers: [{name: context.name, env: [{name: "A", value: "2"}]}]\n}',
    says: 'env[0].value another string; it is another string already',
  },
  {
    what: 'an error of its own',
    template: 'errs: ["no way"]\npatch: {}',
    says: 'TEMPLATE_FAILED TraitDefinition patch: no way',
  },
  {
    what: 'an output that is not there',
    template: 'patchOutputs: ghost: a: 1',
    says: 'it patches outputs.ghost, which is not there',
  },
  {
    what: 'a JSON patch of nothing',
    template: '// +patchStrategy=jsonPatch\npatch: operations: [{op: "remove", path: "/nowhere"}]',
    says: 'PATCH_CONFLICT trait patch cannot be applied: operations[0]: there is nothing at /nowhere',
  },
])('$what is a problem', async ({ template, says }) => {
  const definitions =
    cueDefinition('ComponentDefinition', 'base', base) + cueDefinition('TraitDefinition', 'patch', template);
  const found = await faults({ type: 'base', properties: {}, traits: [{ type: 'patch' }] }, definitions);
  expect(found.map((each) => each.says).join('\n')).toContain(says);
});
