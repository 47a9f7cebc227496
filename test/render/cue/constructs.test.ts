import { expect, test } from 'vitest';
import { dig } from '../../../src/model/plain.ts';
import { prepareTemplate } from '../../../src/render/cue/prepare.ts';
import { tokenize } from '../../../src/render/cue/lexer.ts';
import { cueDefinition, faults, rendered } from '../../support/cue.ts';

const shout = 'output: {apiVersion: "v1", kind: "A", text: strings.ToUpper("a")}';

/** The `text` that a component of its own template writes. */
async function textOf(template: string, properties: object = {}): Promise<unknown> {
  const objects = await rendered({ type: 'own', properties }, cueDefinition('ComponentDefinition', 'own', template));
  return objects['A']?.['text'];
}

test.each([
  ['behind a comment', `// What it is.\n\nimport "strings"\n${shout}`],
  ['behind a package clause', `package own\n\nimport "strings"\n${shout}`],
  ['behind attributes of the file', `@tag(a)\n@other(b=(c), d)\n\nimport "strings"\n${shout}`],
  [
    'behind an attribute, a package clause and another attribute',
    `@a()\npackage own\n@b()\nimport "strings"\n${shout}`,
  ],
  ['in one line with another', `import "strings", import "list"\n${shout}\n_used: list.Concat([[1], [2]])`],
  ['before a field in its line', `import "strings", ${shout}`],
  ['in a group of one line', `import ("strings", "list")\n${shout}\n_used: list.Concat([[1], [2]])`],
  ['in several groups', `import "list"\nimport (\n\t"strings"\n)\n${shout}\n_used: list.Concat([[1], [2]])`],
  ['with a name', `import strings "strings"\n${shout}`],
  ['with the name of its package', `import "strings:strings"\n${shout}`],
])('an import may stand %s', async (_where, template) => {
  expect(await textOf(template)).toBe('A');
});

test('a field called package or import is a field', async () => {
  expect(await textOf('package: "p"\noutput: {apiVersion: "v1", kind: "A", text: package}')).toBe('p');
});

test('an import behind a field is refused, as KubeVela does', async () => {
  const template = cueDefinition('ComponentDefinition', 'own', `${shout}\nimport "strings"\n`);
  expect((await faults({ type: 'own', properties: {} }, template))[0]?.says).toContain('expected label or ');
});

test('a required field is asked for', async () => {
  const template =
    'output: {apiVersion: "v1", kind: "A", text: parameter.text}\nparameter: {\n\ttext!: string\n\t"a b"!: int\n}';
  expect(await textOf(template, { text: 'x', 'a b': 1 })).toBe('x');
  const found = await faults(
    { type: 'own', properties: { 'a b': 1 } },
    cueDefinition('ComponentDefinition', 'own', template),
  );
  expect(found.map(({ says }) => says)).toEqual(['MISSING_FIELD text is missing (own\u2019s properties)']);
});

const base = `
output: {
	apiVersion: "apps/v1"
	kind:       "Deployment"
	spec: template: spec: containers: [
		{name: "web", if parameter.ports != _|_ {ports: parameter.ports}},
		{name: "log"},
	]
}
parameter: ports?: [...int]
`;

/** A trait of the shape that KubeVela's env and container-ports have. */
const ports = `
import "list"

#Wanted: {
	container: *"" | string
	ports: [...int]
}
Change: {
	_wanted: #Wanted
	name:    _wanted.container
	_found: [for each in context.output.spec.template.spec.containers if each.name == name {each}]
	_old: *_|_ | {...}
	if len(_found) == 0 {
		err: "there is no container \\(name)"
	}
	if len(_found) > 0 {
		_old:   _found[0]
		_there: _old.ports
		if _there == _|_ {
			// +patchStrategy=replace
			ports: _wanted.ports
		}
		if _|_ != _there {
			// +patchStrategy=replace
			ports: list.Concat([_there, [for port in _wanted.ports if !list.Contains(_there, port) {port}]])
		}
	}
}
patch: spec: template: spec: {
	// +patchKey=name
	containers: [for each in parameter.containers {Change & {_wanted: each}}]
}
parameter: *close({containers: [...#Wanted]}) | {containers: [#Wanted]}
errs: [for each in patch.spec.template.spec.containers if each.err != _|_ {each.err}]
`;
const definitions =
  cueDefinition('ComponentDefinition', 'base', base) + cueDefinition('TraitDefinition', 'ports', ports);

test.each([
  { what: 'is not there', properties: {}, expected: [80, 90] },
  { what: 'is there', properties: { ports: [70, 80] }, expected: [70, 80, 90] },
])('a trait asks for a field of the container that $what', async ({ properties, expected }) => {
  const traits = [{ type: 'ports', properties: { containers: [{ container: 'web', ports: [80, 90] }] } }];
  const objects = await rendered({ type: 'base', properties, traits }, definitions);
  expect(dig(objects['Deployment'], 'spec', 'template', 'spec', 'containers')).toEqual([
    { name: 'web', ports: expected },
    { name: 'log' },
  ]);
});

test('and tells that a container is not there', async () => {
  const traits = [{ type: 'ports', properties: { containers: [{ container: 'nope', ports: [80] }] } }];
  expect((await faults({ type: 'base', properties: {}, traits }, definitions)).map(({ says }) => says)).toEqual([
    'TEMPLATE_FAILED TraitDefinition ports: there is no container nope',
  ]);
});

test.each([
  [
    'a path',
    '_x: a.b[0]["c"]\nif _x == _|_ {y: 1}',
    'let $path$_x = a.b[0]["c"]\n_x: a.b[0]["c"]\nif $path$_x == _|_ {y: 1}',
  ],
  ['a path in one line', '{_x: a.b, if _|_ != _x {y: 1}}', '{let $path$_x = a.b\n_x: a.b, if _|_ != $path$_x {y: 1}}'],
])('%s is asked for by a let', (_what, template, body) => {
  expect(prepareTemplate(template).body).toBe(body);
});

test.each([
  ['declared twice', '_x: a.b\n_x: c.d\nif _x == _|_ {y: 1}'],
  ['declared in a chain', 'z: _x: a.b\nif z._x == _|_ {y: 1}'],
  ['more than a path', '_x: a.b & {c: 1}\nif _x == _|_ {y: 1}'],
  ['an optional field', '_x?: a.b\nif _x == _|_ {y: 1}'],
  ['seen by others', 'x: a.b\nif x == _|_ {y: 1}'],
  ['asked for something below it', '_x: a.b\nif _x.c == _|_ {y: 1}'],
  ['not asked for', '_x: a.b\ny: _x'],
])('a field that is %s is left as it is', (_what, template) => {
  expect(prepareTemplate(template).body).toBe(template);
});

test('bottom is one token, unless it is a disjunction with a hidden field', () => {
  const texts = (source: string): string[] => tokenize(source).map(({ text }) => text);
  expect(texts('a == _|_')).toEqual(['a', '==', '_|_']);
  expect(texts('_|_x')).toEqual(['_', '|', '_x']);
});
