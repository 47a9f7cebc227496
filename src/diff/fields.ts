import { isDeepStrictEqual } from 'node:util';
import type { FieldPath } from '../model/origin.ts';
import { isPlainObject } from '../model/plain.ts';

/** One field that differs; undefined where a side lacks it. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The fields in which two values differ, as deep as both have them: a mapping is compared key by
 * key, a list of named elements (containers, ports, env) by name, any other list by position. Of named
 * elements that change places, the names are told in their order.
 */
export function changedFields(before: unknown, after: unknown, path: FieldPath = []): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const pairs = pairedChildren(before, after);
  if (pairs === undefined) return [{ path, before, after }];
  return [
    ...orderChange(before, after, path),
    ...pairs.flatMap(({ key, before: was, after: is }) => changedFields(was, is, [...path, key])),
  ];
}

/** Whether named elements that both lists have stand in another order: the order of init containers, say, counts. */
function orderChange(before: unknown, after: unknown, path: FieldPath): FieldChange[] {
  const [olds, news] = [before, after].map((list) => (Array.isArray(list) ? namesOf(list) : undefined) ?? []);
  const [was, is] = [olds?.filter((name) => news?.includes(name)), news?.filter((name) => olds?.includes(name))];
  return isDeepStrictEqual(was, is) ? [] : [{ path, before: was, after: is }];
}

/** A child that one or both of two values have. */
export interface ChildPair {
  /** Its key; in a list, its position on the side that is newer. */
  readonly key: string | number;
  readonly before: unknown;
  readonly after: unknown;
}

/** The children of two mappings or two lists, each beside its counterpart; undefined for anything else. */
export function pairedChildren(before: unknown, after: unknown): ChildPair[] | undefined {
  if (isPlainObject(before) && isPlainObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return keys.map((key) => ({ key, before: own(before, key), after: own(after, key) }));
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const [old, now]: [unknown[], unknown[]] = [before, after];
  return namesOf(old) !== undefined && namesOf(now) !== undefined ? pairedByName(old, now) : pairedByPosition(old, now);
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function pairedByPosition(before: readonly unknown[], after: readonly unknown[]): ChildPair[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, key) => ({ key, before: before[key], after: after[key] }));
}

function pairedByName(before: readonly unknown[], after: readonly unknown[]): ChildPair[] {
  const olds = namesOf(before) ?? [];
  const news = namesOf(after) ?? [];
  const kept = news.map((name, key) => ({ key, before: before[olds.indexOf(name)], after: after[key] }));
  const gone = olds.flatMap((name, key) =>
    news.includes(name) ? [] : [{ key, before: before[key], after: undefined }],
  );
  return [...kept, ...gone];
}

/** The names of a list's elements, where each has one of its own; undefined otherwise. */
function namesOf(list: readonly unknown[]): string[] | undefined {
  const names = list.map((element) => (isPlainObject(element) ? own(element, 'name') : undefined));
  const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return isNamed ? names : undefined;
}
