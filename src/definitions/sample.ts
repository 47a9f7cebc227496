import { dig, digList, digObject, digText, isPlainObject, type PlainObject } from '../model/plain.ts';
import { resolved } from './schema.ts';

/** The smallest properties that a schema allows, as far as it says: every required one, made up. */
export function sampleProperties(root: PlainObject): PlainObject {
  const sample = sampleOf(root, root, 0);
  return isPlainObject(sample) ? sample : {};
}

function sampleOf(given: PlainObject, root: PlainObject, depth: number): unknown {
  const schema = resolved(given, root);
  const fixed = schema['default'] ?? schema['const'] ?? digList(schema, 'enum')[0];
  if (fixed !== undefined) return fixed;
  const choices = [...digList(schema, 'oneOf'), ...digList(schema, 'anyOf')].filter(isPlainObject);
  if (choices[0] !== undefined && dig(schema, 'type') === undefined && dig(schema, 'properties') === undefined)
    return sampleOf(choices[0], root, depth + 1);
  switch (digText(schema, 'object', 'type')) {
    case 'string':
      return 'sample';
    case 'integer':
    case 'number':
      return numberIn(schema);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Number(dig(schema, 'minItems') ?? 0) }, () =>
        sampleOf(digObject(schema, 'items'), root, depth + 1),
      );
    default:
      return depth > 20 ? {} : requiredOf(schema, root, depth);
  }
}

function requiredOf(schema: PlainObject, root: PlainObject, depth: number): PlainObject {
  const names = neededNames(schema);
  const properties = names.map((name) => [name, sampleOf(digObject(schema, 'properties', name), root, depth + 1)]);
  const values = dig(schema, 'additionalProperties');
  if (properties.length === 0 && dig(schema, 'minProperties') !== undefined && isPlainObject(values))
    return { sample: sampleOf(values, root, depth + 1) };
  return Object.fromEntries(properties);
}

/** The properties that must be there: by `required`, by the first way of `anyOf`, by `else`, by `minProperties`. */
function neededNames(schema: PlainObject): string[] {
  const lists = [
    schema,
    digObject(schema, 'else'),
    ...digList(schema, 'anyOf').slice(0, 1),
    ...digList(schema, 'oneOf').slice(0, 1),
  ];
  const named = lists.flatMap((each) => digList(each, 'required')).filter((name) => typeof name === 'string');
  const needsMore = named.length === 0 && dig(schema, 'minProperties') !== undefined;
  return needsMore ? Object.keys(digObject(schema, 'properties')).slice(0, 1) : [...new Set(named)];
}

function numberIn(schema: PlainObject): number {
  const above = dig(schema, 'exclusiveMinimum');
  const least = typeof above === 'number' ? above + 1 : Number(dig(schema, 'minimum') ?? 1);
  return Math.min(least, Number(dig(schema, 'maximum') ?? Infinity));
}
