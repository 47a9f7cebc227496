import type { FieldPath } from '../../model/origin.ts';
import { dig, isPlainObject, type PlainObject } from '../../model/plain.ts';
import type { PatchRule, PatchRules } from './rules.ts';

/** Two values that cannot both stand at a path of the base. */
export interface PatchConflict {
  readonly path: FieldPath;
  readonly base: unknown;
  readonly patch: unknown;
}

/** A patched value, with the paths where patch and base disagree; there the base's value stands. */
export interface Patched {
  readonly value: unknown;
  readonly conflicts: readonly PatchConflict[];
}

/**
 * Unifies a patch with its base as KubeVela does: mappings merge, equal scalars agree, different
 * ones conflict. Lists with keys are aligned by them, and what matches no element is appended in
 * order; other lists meet index by index.
 */
export function unify(base: unknown, patch: unknown, rules: PatchRules, path: FieldPath = []): Patched {
  if (base === undefined || patch === undefined) return { value: base ?? patch, conflicts: [] };
  const rule = rules(path);
  if (rule.strategy === 'replace') return { value: patch, conflicts: [] };
  if (isPlainObject(base) && isPlainObject(patch) && rule.strategy !== 'retainKeys')
    return unifyObjects(base, patch, rules, path);
  if (Array.isArray(base) && Array.isArray(patch)) return unifyLists(base, patch, { rules, rule, path });
  if (rule.strategy === 'retainKeys') return { value: patch, conflicts: [] };
  return { value: base, conflicts: base === patch ? [] : [{ path, base, patch }] };
}

function unifyObjects(base: PlainObject, patch: PlainObject, rules: PatchRules, path: FieldPath): Patched {
  const names = [...new Set([...Object.keys(base), ...Object.keys(patch)])];
  const merged = names.map((name) => [name, unify(dig(base, name), dig(patch, name), rules, [...path, name])] as const);
  return {
    value: Object.fromEntries(merged.map(([name, { value }]) => [name, value])),
    conflicts: merged.flatMap(([, { conflicts }]) => conflicts),
  };
}

/** The list at a path, with its rule. */
interface At {
  readonly rules: PatchRules;
  readonly rule: PatchRule;
  readonly path: FieldPath;
}

function unifyLists(base: readonly unknown[], patch: readonly unknown[], { rules, rule, path }: At): Patched {
  const { keys, strategy } = rule;
  const aligned = strategy === 'every' ? base.map(() => patch[0]) : align(base, patch, keys);
  if (aligned === undefined && strategy === 'retainKeys') return { value: patch, conflicts: [] };
  const placed = aligned ?? patch;
  const merged = Array.from({ length: Math.max(base.length, placed.length) }, (_, index): Patched => {
    if (strategy === 'retainKeys') return { value: placed[index] ?? base[index], conflicts: [] };
    return unify(base[index], placed[index], rules, [...path, index]);
  });
  return { value: merged.map(({ value }) => value), conflicts: merged.flatMap(({ conflicts }) => conflicts) };
}

/**
 * Moves the patch's elements to the indexes of the base's elements with the same keys, the rest
 * behind. undefined where the keys cannot tell the elements apart.
 */
function align(base: readonly unknown[], patch: readonly unknown[], keys: readonly string[]): unknown[] | undefined {
  if (keys.length === 0 || ![...base, ...patch].every((element) => identity(element, keys) !== undefined))
    return undefined;
  const rest = [...patch];
  const matched = base.map((element) => {
    const index = rest.findIndex((other) => identity(other, keys) === identity(element, keys));
    return index < 0 ? undefined : rest.splice(index, 1)[0];
  });
  return [...matched, ...rest];
}

/** What an element is known by; undefined when one of its keys has no scalar. */
function identity(element: unknown, keys: readonly string[]): string | undefined {
  const values = keys.map((key) => dig(element, ...key.split('.')));
  return values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))
    ? JSON.stringify(values)
    : undefined;
}
