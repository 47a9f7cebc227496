/** A mapping of a YAML or JSON document. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows keys and indexes down; undefined where the path ends early. Own properties only. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** The scalar at a path as text, or the fallback where there is none. */
export function digText(value: unknown, fallback: string, ...path: readonly (string | number)[]): string {
  const found = dig(value, ...path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? `${found}` : fallback;
}

/** The mapping at a path, empty where there is none. */
export function digObject(value: unknown, ...path: readonly (string | number)[]): PlainObject {
  const found = dig(value, ...path);
  return isPlainObject(found) ? found : {};
}

/** The list at a path, empty where there is none. */
export function digList(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = dig(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Orders strings by code unit, the same on every machine and in every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON with sorted keys: equal for equal values, whatever their key order. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (!isPlainObject(value)) return JSON.stringify(value) ?? 'null';
  const fields = sortedKeys(value).flatMap((key) =>
    value[key] === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(value[key])}`],
  );
  return `{${fields.join(',')}}`;
}

/** Keys by text; but numbers, as JavaScript orders them, first and by size: hashes on record hold them so. */
export function sortedKeys(value: PlainObject): string[] {
  const keys = Object.keys(value).toSorted();
  return keys.some((key) => /^\d/.test(key)) ? Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))) : keys;
}

/** Remembers a function's results by the text of its argument; one that throws is not remembered. */
export function memoise<A, T>(compute: (argument: A) => T, keyOf: (argument: A) => string): (argument: A) => T {
  const known = new Map<string, T>();
  return (argument) => {
    const key = keyOf(argument);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = compute(argument);
    known.set(key, made);
    return made;
  };
}

/** Groups values by a key, in the order of first appearance. (Map.groupBy came with Node 21.) */
export function groupBy<T, K>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
