import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { sortedJson } from '../../src/render/cue/sorted-json.ts';
import { cueDefinition, rendered } from '../support/cue.ts';
import { application, cluster, definition } from '../support/documents.ts';
import { plan } from '../support/memory-plan.ts';

/** The same value with the keys of every mapping the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, reversed(child)] as const);
  return Object.fromEntries(entries.toReversed());
}

test('sorted JSON is equal to the given value, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(sortedJson(reversed(value))).toBe(sortedJson(value));
    }),
  );
});

test('keys that look like numbers are in the order of their text, as in Go', () => {
  expect(sortedJson({ 8080: 1, b: [{ d: 1, c: undefined }], 443: 2, a: null })).toBe(
    '{"443":2,"8080":1,"a":null,"b":[{"d":1}]}',
  );
});

const entries = { zone: 'b', area: 'a', name: 'shop', 8080: 'x', 443: 'y', 80: 'z' };
const cue = `
output: {apiVersion: "v1", kind: "List", list: [for key, value in parameter.entries {"\\(key)=\\(value)"}]}
outputs: other: {
	apiVersion: "v1"
	kind:       "Other"
	list: [for component in context.components for key, value in component.properties.entries {key}]
}
parameter: entries: [string]: string
`;
const handlebars =
  'output:\n  apiVersion: v1\n  kind: List\n  list:\n    {{#each parameter.entries}}\n    - {{concat @key "=" this}}\n    {{/each}}\n';

test.each([
  {
    what: 'CUE, in that of Go',
    text: cueDefinition('ComponentDefinition', 'own', cue),
    list: ['443=y', '80=z', '8080=x', 'area=a', 'name=shop', 'zone=b'],
  },
  {
    what: 'Handlebars, numbers first',
    text: definition('ComponentDefinition', 'own', handlebars, {}, { namespace: 'vela-system' }),
    list: ['80=z', '443=y', '8080=x', 'area=a', 'name=shop', 'zone=b'],
  },
])('a loop over a mapping is in the order of its keys, however they are written: $what', async ({ text, list }) => {
  const objects = async (properties: object): ReturnType<typeof rendered> =>
    rendered({ type: 'own', properties }, text);
  const one = await objects({ entries });
  expect(dig(one['List'], 'list')).toEqual(list);
  expect(await objects(reversed({ entries }) as object)).toEqual(one);
});

test('so are the labels of the cluster', async () => {
  const template =
    'output:\n  apiVersion: v1\n  kind: List\n  list:\n    {{#each context.cluster.labels}}\n    - {{@key}}\n    {{/each}}\n';
  const { manifests } = await plan({
    'definition.yaml': definition('ComponentDefinition', 'own', template, {}, { namespace: 'vela-system' }),
    'app.yaml': application('shop', [{ name: 'web', type: 'own', properties: {} }], { direct: true }),
    'cluster.yaml': cluster('in-cluster', { zone: 'b', name: 'c', area: 'a' }),
  });
  expect(manifests.map(({ object }) => object['list'])).toEqual([['area', 'name', 'zone']]);
});

test('so are the fields of context.output that a trait goes through', async () => {
  const text =
    cueDefinition(
      'ComponentDefinition',
      'own',
      'output: {apiVersion: "v1", kind: "A", spec: {}, metadata: annotations: {z: "1", a: "2"}}',
    ) +
    cueDefinition(
      'TraitDefinition',
      'keys',
      'patch: spec: keys: [for key, value in context.output.metadata.annotations {key}]',
    );
  const objects = await rendered({ type: 'own', properties: {}, traits: [{ type: 'keys' }] }, text);
  expect(dig(objects['A'], 'spec', 'keys')).toEqual(['a', 'z']);
});
