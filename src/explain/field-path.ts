import type { FieldPath } from '../model/origin.ts';
import { digObject, isPlainObject } from '../model/plain.ts';

/** A scalar, or an empty mapping or list, with its place in a value. */
export interface Leaf {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** The leaves of a value, in its order. */
export function leavesOf(value: unknown, path: FieldPath = []): Leaf[] {
  if (value === undefined) return [];
  const children: [string | number, unknown][] = Array.isArray(value)
    ? [...(value as unknown[]).entries()]
    : isPlainObject(value)
      ? Object.entries(value)
      : [];
  return children.length === 0
    ? [{ path, value }]
    : children.flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

/** The value with another one at a path; mappings that the path needs are made. */
export function replacedAt(value: unknown, [key, ...rest]: FieldPath, leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.map((child, index) => (index === key ? replacedAt(child, rest, leaf) : child));
  const object = isPlainObject(value) ? value : {};
  return { ...object, [key]: replacedAt(Object.hasOwn(object, key) ? object[key] : undefined, rest, leaf) };
}

/** The value with another name for the last key of a path; its place among the others stays. */
export function renamedAt(value: unknown, path: FieldPath, name: string): unknown {
  const [outer, key] = [path.slice(0, -1), path.at(-1)];
  const entries = Object.entries(digObject(value, ...outer));
  const renamed = entries.map(([each, child]) => [each === key ? name : each, child]);
  return replacedAt(value, outer, Object.fromEntries(renamed));
}

/** Reads a field as users write it, `spec.ports[0].port` or `metadata.labels["a.b/c"]`; undefined when it is none. */
export function parseField(text: string): FieldPath | undefined {
  const parts = [...text.matchAll(/(?:^|\.)([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return undefined;
  try {
    return parts.map(([, key, index, quoted = '""']) =>
      index === undefined ? (key ?? (JSON.parse(quoted) as string)) : Number(index),
    );
  } catch {
    return undefined;
  }
}

/** Whether a field is another one, or lies in it. */
export function isWithin(path: FieldPath, outer: FieldPath): boolean {
  return outer.every((part, index) => path[index] === part);
}
