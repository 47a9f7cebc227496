import { resolved } from '../definitions/schema.ts';
import type { FieldPath } from '../model/origin.ts';
import { digList, digObject, isPlainObject, type PlainObject } from '../model/plain.ts';

/** The values that a JSON Schema lists for a place in what it describes; empty where it lists none. */
export function listedValues(schema: PlainObject, path: FieldPath): unknown[] {
  return schemasAt(schema, path).flatMap((each) => [
    ...digList(each, 'enum'),
    ...(Object.hasOwn(each, 'const') ? [each['const']] : []),
  ]);
}

/** Whether a JSON Schema itself names the last key of a path, so that users cannot choose it. */
export function isDeclared(schema: PlainObject, path: FieldPath): boolean {
  const key = path.at(-1);
  return schemasAt(schema, path.slice(0, -1)).some((each) => Object.hasOwn(digObject(each, 'properties'), String(key)));
}

/** What a JSON Schema says of a place, each alternative by itself. */
function schemasAt(root: PlainObject, path: FieldPath): PlainObject[] {
  return path.reduce((schemas, key) => schemas.flatMap((each) => below(each, key, root)), alternatives(root, root));
}

function below(schema: PlainObject, key: string | number, root: PlainObject): PlainObject[] {
  const properties = digObject(schema, 'properties');
  const child =
    typeof key === 'number'
      ? schema['items']
      : Object.hasOwn(properties, key)
        ? properties[key]
        : schema['additionalProperties'];
  return isPlainObject(child) ? alternatives(child, root) : [];
}

/** The schema that it refers to, and those that it combines; a reference is followed as deep as a value goes. */
function alternatives(schema: PlainObject, root: PlainObject): PlainObject[] {
  const own = resolved(schema, root);
  const combined = ['oneOf', 'anyOf', 'allOf'].flatMap((word) => digList(own, word).filter(isPlainObject));
  return [own, ...combined.map((each) => resolved(each, root))];
}
