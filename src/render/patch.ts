import { dig, isPlainObject, type PlainObject } from '../model/plain.ts';

/** Two values that cannot both stand at a path. Values are kept out of messages: they may be secrets. */
export interface PatchConflict {
  readonly path: string;
}

/** A patched value, with the paths where patch and base disagree. */
export interface Patched {
  readonly value: unknown;
  readonly conflicts: readonly PatchConflict[];
}

/** By dotted path of a list: the field that tells its elements apart. */
export type PatchKeys = Readonly<Record<string, string>>;

/**
 * Unifies a patch with its base as KubeVela does: mappings merge, equal scalars agree, different
 * ones conflict. Lists with a patch key are aligned by it, the rest of the patch's elements are
 * appended; other lists merge index by index.
 */
export function applyPatch(base: unknown, patch: unknown, keys: PatchKeys, path = ''): Patched {
  if (base === undefined) return { value: patch, conflicts: [] };
  if (patch === undefined) return { value: base, conflicts: [] };
  if (isPlainObject(base) && isPlainObject(patch)) return mergeObjects(base, patch, keys, path);
  if (Array.isArray(base) && Array.isArray(patch)) return mergeLists(base, patch, keys, path);
  return { value: base, conflicts: base === patch ? [] : [{ path }] };
}

function mergeObjects(base: PlainObject, patch: PlainObject, keys: PatchKeys, path: string): Patched {
  const names = [...new Set([...Object.keys(base), ...Object.keys(patch)])];
  const merged = names.map(
    (name) =>
      [name, applyPatch(dig(base, name), dig(patch, name), keys, path === '' ? name : `${path}.${name}`)] as const,
  );
  return {
    value: Object.fromEntries(merged.map(([name, { value }]) => [name, value])),
    conflicts: merged.flatMap(([, { conflicts }]) => conflicts),
  };
}

function mergeLists(base: readonly unknown[], patch: readonly unknown[], keys: PatchKeys, path: string): Patched {
  const aligned = align(base, patch, Object.hasOwn(keys, path) ? keys[path] : undefined);
  const length = Math.max(base.length, aligned.length);
  const merged = Array.from({ length }, (_, index) => applyPatch(base[index], aligned[index], keys, path));
  return { value: merged.map(({ value }) => value), conflicts: merged.flatMap(({ conflicts }) => conflicts) };
}

/** Moves the patch's elements to the indexes of the base's elements with the same key. */
function align(base: readonly unknown[], patch: readonly unknown[], key: string | undefined): readonly unknown[] {
  if (key === undefined || ![...base, ...patch].every((element) => isScalar(dig(element, key)))) return patch;
  const rest = [...patch];
  const matched = base.map((element) => {
    const index = rest.findIndex((other) => dig(other, key) === dig(element, key));
    return index < 0 ? undefined : rest.splice(index, 1)[0];
  });
  return [...matched, ...rest];
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
