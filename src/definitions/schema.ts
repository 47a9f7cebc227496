import type { Definition } from '../model/kinds.gen.ts';
import { dig, digList, digObject, digText, isPlainObject, type PlainObject } from '../model/plain.ts';
import type { CueEngine } from '../render/cue/engine.ts';
import { cueTemplateOf } from '../render/cue/evaluate.ts';
import { prepareTemplate } from '../render/cue/prepare.ts';
import { parameterSchemaProgram } from '../render/cue/program.ts';

/** The JSON Schema (draft 07) of the properties that a definition takes, or why there is none. */
export type ParameterSchema = { readonly schema: PlainObject } | { readonly unknown: string };

/** The name of a definition's schematic; `none` where it has none. */
export function schematicOf({ spec }: Definition): string {
  if (spec.schematic !== undefined) return Object.keys(spec.schematic)[0] ?? 'none';
  return cueTemplateOf(spec) === undefined ? 'none' : 'cue';
}

/** Reads a definition's parameters: from its JSON Schema, from CUE with its comments, or from its list. */
export function parameterSchema(definition: Definition, cue: CueEngine): ParameterSchema {
  const { handlebars, kube, helm, terraform } = definition.spec.schematic ?? {};
  if (handlebars !== undefined) return { schema: { type: 'object', ...digObject(handlebars, 'parameter') } };
  if (kube !== undefined) return { schema: kubeSchema(kube.parameters ?? []) };
  if (helm !== undefined) return { unknown: 'the chart\u2019s values' };
  if (terraform !== undefined) return { unknown: 'the configuration\u2019s variables' };
  const template = cueTemplateOf(definition.spec);
  return template === undefined ? { unknown: 'it has no schematic' } : cueSchema(template.text, cue);
}

function kubeSchema(
  parameters: readonly { name: string; type: string; required?: boolean; description?: string }[],
): PlainObject {
  return {
    type: 'object',
    additionalProperties: false,
    required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(
      parameters.map(({ name, type, description }) => [
        name,
        { type, ...(description === undefined ? {} : { description }) },
      ]),
    ),
  };
}

function cueSchema(text: string, cue: CueEngine): ParameterSchema {
  let program: string;
  try {
    program = parameterSchemaProgram(prepareTemplate(text));
  } catch (error) {
    return { unknown: error instanceof Error ? error.message : String(error) };
  }
  if (!program.includes('#parameter:')) return { schema: { type: 'object' } };
  const answer = cue.describe(program);
  if (answer.kind !== 'value') return { unknown: answer.message };
  const schemas = digObject(JSON.parse(answer.json), 'components', 'schemas');
  const { parameter, ...definitions } = schemas;
  const own = fromOpenApi(parameter ?? {}) as PlainObject;
  return { schema: Object.keys(definitions).length === 0 ? own : { ...own, definitions: fromOpenApi(definitions) } };
}

/** OpenAPI 3.0 → JSON Schema: defaults are not required, bounds are numbers, `+usage=` is the description. */
function fromOpenApi(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(fromOpenApi);
  if (!isPlainObject(node)) return node;
  const { description, required, $ref, exclusiveMinimum, exclusiveMaximum, ...rest } = node;
  if (typeof $ref === 'string') return { $ref: $ref.replace('#/components/schemas/', '#/definitions/') };
  const entries = Object.entries(rest).map(([key, child]) => [key, fromOpenApi(child)]);
  const needed = digList({ required }, 'required').filter(
    (name) => dig(node, 'properties', String(name), 'default') === undefined,
  );
  const usage = typeof description === 'string' ? usageOf(description) : '';
  return {
    ...(usage === '' ? {} : { description: usage }),
    ...(Object.fromEntries(entries) as object),
    ...(needed.length === 0 ? {} : { required: needed }),
    ...bound(node, 'minimum', exclusiveMinimum),
    ...bound(node, 'maximum', exclusiveMaximum),
  };
}

function bound(node: PlainObject, name: 'minimum' | 'maximum', isExclusive: unknown): PlainObject {
  const limit = node[name];
  if (typeof limit !== 'number' || isExclusive !== true) return {};
  return { [name]: undefined, [name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum']: limit };
}

/** KubeVela's comments: `+usage=What it is for`; other `+` lines are for its own tools. */
function usageOf(comment: string): string {
  const lines = comment.split('\n').map((line) => line.trim());
  const usage = lines.find((line) => line.startsWith('+usage='));
  return usage?.slice('+usage='.length) ?? lines.filter((line) => !line.startsWith('+')).join(' ');
}

/** The schema that a `$ref` leads to. */
export function resolved(schema: PlainObject, root: PlainObject): PlainObject {
  const name = /^#\/definitions\/(.+)$/.exec(digText(schema, '', '$ref'))?.[1];
  return name === undefined ? schema : digObject(root, 'definitions', name);
}
