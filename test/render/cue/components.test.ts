import { expect, test } from 'vitest';
import { dig } from '../../../src/model/plain.ts';
import { cueDefinition, faults, rendered } from '../../support/cue.ts';

const service = `
import (
	"strings"
	"encoding/json"
)

#Port: {
	// +usage=Number of the port
	number: int & >0 & <65536
	name?:  string
}

output: {
	apiVersion: "apps/v1"
	kind:       "Deployment"
	metadata: annotations: ports: json.Marshal(parameter.ports)
	spec: {
		replicas: *1 | int
		selector: matchLabels: "app.oam.dev/component": context.name
		template: {
			metadata: labels: "app.oam.dev/component": context.name
			spec: containers: [{
				name:  context.name
				image: strings.ToLower(parameter.image)
				if parameter.cmd != _|_ {
					command: parameter.cmd
				}
				ports: [for p in parameter.ports {containerPort: p.number}]
				env: [for e in parameter.env {name: e.name, value: e.value}]
			}]
		}
	}
}
if parameter.expose {
	outputs: service: {
		apiVersion: "v1"
		kind:       "Service"
		spec: selector: "app.oam.dev/component": context.name
	}
}
parameter: {
	image: string
	cmd?: [...string]
	ports: *[{number: 80}] | [...#Port]
	env?: [...{name: string, value: string}]
	expose: *false | bool
}
`;
const definitions = cueDefinition('ComponentDefinition', 'service', service);
const type = 'service';

test('a CUE component renders with its defaults, imports, loops and conditions', async () => {
  const objects = await rendered({ type, properties: { image: 'NGINX' } }, definitions);
  expect(Object.keys(objects)).toEqual(['Deployment']);
  expect(objects['Deployment']).toMatchObject({
    metadata: {
      name: 'web',
      annotations: { ports: '[{"number":80}]' },
      labels: { 'app.oam.dev/component': 'web', 'workload.oam.dev/type': 'service' },
    },
    spec: {
      replicas: 1,
      template: { spec: { containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], env: [] }] } },
    },
  });
});

test('optional parameters and outputs appear when they are given', async () => {
  const properties = {
    image: 'a',
    cmd: ['run'],
    env: [{ name: 'A', value: '1' }],
    expose: true,
    ports: [{ number: 8080 }],
  };
  const objects = await rendered({ type, properties }, definitions);
  expect(Object.keys(objects).toSorted()).toEqual(['Deployment', 'Service']);
  expect(dig(objects['Deployment'], 'spec', 'template', 'spec', 'containers', 0)).toEqual({
    name: 'web',
    image: 'a',
    command: ['run'],
    ports: [{ containerPort: 8080 }],
    env: [{ name: 'A', value: '1' }],
  });
  expect(dig(objects['Service'], 'metadata', 'labels')).toMatchObject({
    'trait.oam.dev/type': 'AuxiliaryWorkload',
    'trait.oam.dev/resource': 'service',
  });
});

test.each([
  { what: 'a wrong type', properties: { image: 5 }, line: 'image: 5', says: 'WRONG_TYPE image: conflicting values' },
  { what: 'a missing parameter', properties: {}, line: 'properties: {}', says: 'MISSING_FIELD image is missing' },
  {
    what: 'a value out of bounds',
    properties: { image: 'a', ports: [{ number: 0 }] },
    line: '- number: 0',
    says: 'INVALID_VALUE ports: ',
  },
  {
    what: 'a wrong type deep down',
    properties: { image: 'a', env: [{ name: 'A', value: 1234567 }] },
    line: 'value: 1234567',
    says: 'WRONG_TYPE env.0.value: it has the wrong type (mismatched types int and string)',
  },
])('$what is shown at the property', async ({ properties, line, says }) => {
  const found = await faults({ type, properties }, definitions);
  expect(found).toEqual([{ says: expect.stringContaining(says) as string, line }]);
  expect(found[0]?.says).not.toContain('1234567');
});

const head = 'output: {apiVersion: "v1", kind: "A"';

test.each([
  {
    what: 'a conflict in the template',
    template: `${head}}\noutput: spec: a: 1\noutput: spec: {\n\ta: 2\n}\nparameter: {}`,
    line: 'output: spec: a: 1',
    says: 'TEMPLATE_FAILED ComponentDefinition odd: output.spec.a: conflicting values',
  },
  {
    what: 'a reference to nothing',
    template: `${head},\n\tspec: nowhere\n}`,
    line: 'spec: nowhere',
    says: 'TEMPLATE_FAILED ComponentDefinition odd: output.spec: reference "nowhere" not found',
  },
  {
    what: 'a syntax error',
    template: 'output: {\n\tapiVersion: \n}',
    line: 'template: |-',
    says: 'INVALID_DEFINITION ComponentDefinition odd: expected operand',
  },
  {
    what: 'a string without an end',
    template: 'output: a: "x\n',
    line: 'template: |',
    says: 'INVALID_DEFINITION ComponentDefinition odd: a string does not end',
  },
  {
    what: 'a request',
    template: 'processing: {\n\thttp: {method: "GET"}\n}\noutput: {}\n',
    line: 'http: {method: "GET"}',
    says: 'INVALID_DEFINITION ComponentDefinition odd: processing.http calls a URL',
  },
  {
    what: 'a package of a cluster',
    template: 'import "vela/op"\noutput: op.#Read\n',
    line: 'template: |',
    says: 'INVALID_DEFINITION ComponentDefinition odd: it imports "vela/op"',
  },
  {
    what: 'an object without a kind',
    template: 'output: apiVersion: "v1"\n',
    line: 'template: |',
    says: 'TEMPLATE_FAILED odd: output has no kind',
  },
  {
    what: 'a number that JavaScript rounds',
    template: `${head}, spec: a: 9007199254740993}\n`,
    line: 'template: |',
    says: 'TEMPLATE_FAILED ComponentDefinition odd: the number 9007199254740993 cannot be represented exactly',
  },
])('$what is shown in the definition', async ({ template, line, says }) => {
  const found = await faults({ type: 'odd', properties: {} }, cueDefinition('ComponentDefinition', 'odd', template));
  expect(found).toEqual([{ says: expect.stringContaining(says) as string, line }]);
});

test('kube packages know every kind by its name', async () => {
  const template =
    'import (\n\tapps "kube/apps/v1"\n\tcore "kube/v1"\n)\noutput: apps.#StatefulSet & {spec: serviceName: context.name}\noutputs: s: core.#Service\n';
  const objects = await rendered(
    { type: 'odd', properties: {} },
    cueDefinition('ComponentDefinition', 'odd', template),
  );
  expect(objects['StatefulSet']).toMatchObject({ apiVersion: 'apps/v1', spec: { serviceName: 'web' } });
  expect(objects['Service']).toMatchObject({ apiVersion: 'v1' });
});

test.each<[string, unknown]>([
  ['name', 'web'],
  ['appName', 'shop'],
  ['appRevision', 'shop-v1'],
  ['appRevisionNum', 1],
  ['namespace', 'default'],
  ['componentType', 'odd'],
  ['revision', 'web-v1'],
  ['parameter', {}],
  ['cluster', 'in-cluster'],
  ['components', [{ name: 'web', type: 'odd', properties: {} }]],
  ['appLabels', {}],
  ['appAnnotations', {}],
  ['workflowName', ''],
  ['publishVersion', ''],
  ['replicaKey', ''],
  ['clusterVersion', { major: '1', minor: 37, gitVersion: 'v1.37.0', platform: 'linux/amd64' }],
])('context.%s is what KubeVela\u2019s templates expect', async (field, expected) => {
  const template = `${head}, spec: value: context.${field}}`;
  const objects = await rendered(
    { type: 'odd', properties: {} },
    cueDefinition('ComponentDefinition', 'odd', template),
  );
  expect(dig(objects['A'], 'spec', 'value')).toEqual(expected);
});

test.each(['config', 'output', 'outputs'])('context.%s is not there for a component, as in KubeVela', async (field) => {
  const template = `${head}, spec: is: [if context["${field}"] != _|_ {"there"}, "not there"][0]}`;
  const objects = await rendered(
    { type: 'odd', properties: {} },
    cueDefinition('ComponentDefinition', 'odd', template),
  );
  expect(dig(objects['A'], 'spec', 'is')).toBe('not there');
});

test('a component with environment variables of its own and of a config that is not there', async () => {
  const template = `${head}, spec: {
    if context["config"] == _|_ {env: parameter.env}
    if context["config"] != _|_ {env: context.config + parameter.env}
  }}
parameter: env: [...{name: string, value: string}]`;
  const env = [{ name: 'A', value: '1' }];
  const objects = await rendered(
    { type: 'odd', properties: { env } },
    cueDefinition('ComponentDefinition', 'odd', template),
  );
  expect(dig(objects['A'], 'spec', 'env')).toEqual(env);
});

test('parameters come with sorted keys, at any depth', async () => {
  const template = `${head}, spec: list: [for group, values in parameter for key, _ in values {"\\(group).\\(key)"}]}
parameter: [string]: [string]: string`;
  const objects = await rendered(
    { type: 'odd', properties: { b: { z: '1', y: '2' }, a: { d: '3', c: '4' } } },
    cueDefinition('ComponentDefinition', 'odd', template),
  );
  expect(dig(objects['A'], 'spec', 'list')).toEqual(['a.c', 'a.d', 'b.y', 'b.z']);
});

test('KubeVela\u2019s old place of a template is read', async () => {
  const old = cueDefinition('ComponentDefinition', 'odd', 'output: {apiVersion: "v1", kind: "A"}').replace(
    'schematic:\n    cue:',
    'extension:',
  );
  const text = old.replace(/^ {6}template/m, '    template');
  expect(Object.keys(await rendered({ type: 'odd', properties: {} }, text))).toEqual(['A']);
});
