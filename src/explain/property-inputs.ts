import { parameterSchema } from '../definitions/schema.ts';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig, digObject, isPlainObject, type PlainObject } from '../model/plain.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import { mayBeSecret } from '../model/sensitive.ts';
import type { TemplateSettings } from '../render/render.ts';
import type { Cause } from './explanation.ts';
import { leavesOf, renamedAt } from './field-path.ts';
import type { Input } from './input.ts';
import { isDeclared, listedValues } from './listed-values.ts';
import { type Scene, withSpec } from './scene.ts';
import { variantsOf } from './variants.ts';

/** A definition in use: where its properties stand, and whose they are. */
interface PropertyUse {
  readonly definition: PinnedDefinition;
  readonly field: FieldPath;
  readonly whose: string;
}

/** The properties that are given to a definition, the names among them that are free, and its defaults. */
export function propertyInputs(scene: Scene, use: PropertyUse, { cue }: TemplateSettings): Input[] {
  const found = parameterSchema(use.definition.object, cue);
  const schema = 'schema' in found ? found.schema : {};
  return [...givenInputs(scene, use, schema), ...keyInputs(scene, use, schema), ...defaultInputs(scene, use, schema)];
}

function propertiesOf({ revision }: Scene, { field }: PropertyUse): unknown {
  return dig(revision, ...field) ?? {};
}

function givenInputs(scene: Scene, use: PropertyUse, schema: PlainObject): Input[] {
  return leavesOf(propertiesOf(scene, use)).map(({ path, value }): Input => {
    const full = [...use.field, ...path];
    const what = `property ${fieldText(path)} of ${use.whose}`;
    const listed = listedValues(schema, path);
    return {
      cause: { kind: 'property', what, origin: scene.revision.locate(full) },
      variants: variantsOf(value, listed).map((other) => withSpec(scene, full, other)),
      isText: typeof value === 'string' && listed.length === 0,
      isSecret: mayBeSecret(path),
    };
  });
}

/** A name that users choose, of a path of an Ingress, say, is written into fields as values are. */
function keyInputs(scene: Scene, use: PropertyUse, schema: PlainObject): Input[] {
  const properties = propertiesOf(scene, use);
  const free = keysOf(properties).filter((path) => !isDeclared(schema, path));
  return free.map((path): Input => {
    const [key] = path.slice(-1);
    const other = otherKey(String(key), Object.keys(digObject(properties, ...path.slice(0, -1))));
    const what = `key of property ${fieldText(path)} of ${use.whose}`;
    return {
      cause: { kind: 'property', what, origin: scene.revision.locate([...use.field, ...path], 'key') },
      variants: [withSpec(scene, use.field, renamedAt(properties, path, other))],
      key: other,
    };
  });
}

/** A key that is not among its siblings; where there is one, in the same place among them: templates get keys sorted. */
function otherKey(key: string, siblings: readonly string[]): string {
  const rank = (each: string): number => siblings.filter((sibling) => sibling !== key && sibling < each).length;
  const free = variantsOf(key)
    .map(String)
    .filter((each) => !siblings.includes(each));
  return free.find((each) => rank(each) === rank(key)) ?? free[0] ?? '';
}

/** The places of all keys of all mappings in a value. */
function keysOf(value: unknown, path: FieldPath = []): FieldPath[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => keysOf(child, [...path, index]));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...keysOf(child, [...path, key])]);
}

function defaultInputs(scene: Scene, use: PropertyUse, schema: PlainObject): Input[] {
  const { definition, field } = use;
  const absent = Object.entries(digObject(schema, 'properties')).filter(
    ([name]) => dig(propertiesOf(scene, use), name) === undefined,
  );
  return absent.flatMap(([name, about]): Input[] => {
    const value = isPlainObject(about) ? about['default'] : undefined;
    if (value === undefined) return [];
    const what = `default of ${name}, in ${definition.object.kind} ${definition.object.metadata.name}`;
    const listed = listedValues(schema, [name]);
    const others = variantsOf(value, listed);
    return [
      {
        cause: { kind: 'default', what, origin: defaultOrigin(definition, name) },
        variants: others.map((other) => withSpec(scene, [...field, name], other)),
        isText: typeof value === 'string' && listed.length === 0,
      },
    ];
  });
}

/** Where a default stands: in the JSON Schema of a Handlebars definition, somewhere in any other template. */
function defaultOrigin({ object, origin, locate }: PinnedDefinition, name: string): Cause['origin'] {
  const { schematic } = object.spec;
  if (schematic?.handlebars !== undefined)
    return locate(['spec', 'schematic', 'handlebars', 'parameter', 'properties', name, 'default']);
  return schematic?.cue === undefined ? origin : locate(['spec', 'schematic', 'cue', 'template'], 'key');
}
