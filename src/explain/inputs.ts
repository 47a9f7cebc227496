import { parameterSchema } from '../definitions/schema.ts';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig, digObject, isPlainObject, type PlainObject } from '../model/plain.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import type { Plan } from '../plan.ts';
import type { TemplateSettings } from '../render/render.ts';
import { clusterInputs } from './cluster-inputs.ts';
import type { Cause } from './explanation.ts';
import { leavesOf } from './field-path.ts';
import type { Input } from './input.ts';
import { componentInputs, ownerInputs } from './name-inputs.ts';
import { placementInputs } from './placement-inputs.ts';
import { type Scene, withSpec } from './scene.ts';
import { variantsOf } from './variants.ts';

/** Every place that the objects of a component may depend on, besides the definitions' texts. */
export function inputsOf(
  scene: Scene,
  index: number,
  { catalog: { clusters }, placements: { placed } }: Pick<Plan, 'catalog' | 'placements'>,
  templates: TemplateSettings,
): Input[] {
  const component = scene.revision.spec.components[index];
  if (component === undefined) return [];
  const at: FieldPath = ['spec', 'components', index];
  const { components, traits } = scene.revision.definitions;
  const used = (definition: PinnedDefinition | undefined, field: FieldPath, whose: string): Input[] =>
    definition === undefined ? [] : propertyInputs(scene, { definition, field, whose }, templates);
  return [
    ...used(components.get(component.type), [...at, 'properties'], `component ${component.name}`),
    ...(component.traits ?? []).flatMap(({ type }, position) =>
      used(traits.get(type), [...at, 'traits', position, 'properties'], `trait ${type}`),
    ),
    ...componentInputs(scene, index),
    ...placementInputs(scene, placed),
    ...ownerInputs(scene),
    ...clusterInputs(scene, clusters),
  ];
}

/** A definition in use: where its properties stand, and whose they are. */
interface PropertyUse {
  readonly definition: PinnedDefinition;
  readonly field: FieldPath;
  readonly whose: string;
}

function propertyInputs(scene: Scene, use: PropertyUse, { cue }: TemplateSettings): Input[] {
  const { definition, field, whose } = use;
  const properties = dig(scene.revision, ...field) ?? {};
  const found = parameterSchema(definition.object, cue);
  const schema = 'schema' in found ? found.schema : {};
  const given = leavesOf(properties).flatMap(({ path, value }): Input[] => {
    const full = [...field, ...path];
    const variants = variantsOf(value, schemaAt(schema, path)).map((other) => withSpec(scene, full, other));
    const what = `property ${fieldText(path)} of ${whose}`;
    return [{ cause: { kind: 'property', what, origin: scene.revision.locate(full) }, variants }];
  });
  const absent = Object.entries(digObject(schema, 'properties')).filter(
    ([name]) => dig(properties, name) === undefined,
  );
  const defaults = absent.flatMap(([name, about]): Input[] => {
    const value = dig(about, 'default');
    if (value === undefined) return [];
    const variants = variantsOf(value, isPlainObject(about) ? about : {});
    const what = `default of ${name}, in ${definition.object.kind} ${definition.object.metadata.name}`;
    return [
      {
        cause: { kind: 'default', what, origin: defaultOrigin(definition, name) },
        variants: variants.map((other) => withSpec(scene, [...field, name], other)),
      },
    ];
  });
  return [...given, ...defaults];
}

/** Where a default stands: in the JSON Schema of a Handlebars definition, somewhere in any other template. */
function defaultOrigin({ object, origin, locate }: PinnedDefinition, name: string): Cause['origin'] {
  const { schematic } = object.spec;
  if (schematic?.handlebars !== undefined)
    return locate(['spec', 'schematic', 'handlebars', 'parameter', 'properties', name, 'default']);
  return schematic?.cue === undefined ? origin : locate(['spec', 'schematic', 'cue', 'template'], 'key');
}

function schemaAt(schema: PlainObject, path: FieldPath): PlainObject {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  return schemaAt(typeof key === 'number' ? digObject(schema, 'items') : digObject(schema, 'properties', key), rest);
}
