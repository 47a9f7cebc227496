import { canonicalJson, dig, digList, digText, isPlainObject } from '../../model/plain.ts';

/** A JSON Patch that cannot be applied; the message says which operation, and why. */
export class JsonPatchError extends Error {}

type Container = Record<string, unknown> | unknown[];

/**
 * Applies JSON Patch operations (RFC 6902) to a copy of the base.
 *
 * @throws JsonPatchError when an operation is not valid, or its path does not exist
 */
export function applyJsonPatch(base: unknown, operations: readonly unknown[]): unknown {
  let root = structuredClone(base);
  for (const [index, operation] of operations.entries()) {
    try {
      root = applyOperation(root, operation);
    } catch (error) {
      if (!(error instanceof JsonPatchError)) throw error;
      throw new JsonPatchError(`operations[${index}]: ${error.message}`, { cause: error });
    }
  }
  return root;
}

/** Applies a JSON Merge Patch (RFC 7396): null removes, mappings merge, everything else replaces. */
export function applyMergePatch(base: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const kept = Object.entries(isPlainObject(base) ? base : {}).filter(([key]) => dig(patch, key) !== null);
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, applyMergePatch(dig(base, key), value)]);
  return { ...Object.fromEntries(kept), ...(Object.fromEntries(changed) as object) };
}

function applyOperation(root: unknown, operation: unknown): unknown {
  const path = pointer(operation, 'path');
  const value = (): unknown => {
    if (!isPlainObject(operation) || !Object.hasOwn(operation, 'value')) throw new JsonPatchError('value is missing');
    return structuredClone(operation['value']);
  };
  switch (digText(operation, '', 'op')) {
    case 'add':
      return add(root, path, value());
    case 'remove':
      return remove(root, path);
    case 'replace':
      return add(remove(root, path), path, value());
    case 'copy':
      return add(root, path, structuredClone(get(root, pointer(operation, 'from'))));
    case 'move': {
      const from = pointer(operation, 'from');
      const moved = get(root, from);
      return add(remove(root, from), path, moved);
    }
    case 'test':
      if (canonicalJson(get(root, path)) === canonicalJson(value())) return root;
      throw new JsonPatchError(`the value at ${text(path)} is another`);
    default:
      throw new JsonPatchError('op must be add, remove, replace, move, copy or test');
  }
}

function pointer(operation: unknown, field: string): string[] {
  const found = dig(operation, field);
  if (typeof found !== 'string' || !/^(\/|$)/.test(found))
    throw new JsonPatchError(`${field} must be a JSON pointer that begins with /`);
  return found
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function get(root: unknown, path: readonly string[]): unknown {
  const found = path.reduce<unknown>(
    (node, part) => (Array.isArray(node) ? node[indexOf(node, part, 0)] : dig(node, part)),
    root,
  );
  if (found === undefined) throw new JsonPatchError(`there is nothing at ${text(path)}`);
  return found;
}

function add(root: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const [parent, last] = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(indexOf(parent, last, 1), 0, value);
  else Object.defineProperty(parent, last, { value, writable: true, enumerable: true, configurable: true });
  return root;
}

function remove(root: unknown, path: readonly string[]): unknown {
  get(root, path);
  if (path.length === 0) return null;
  const [parent, last] = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(indexOf(parent, last, 0), 1);
  else Reflect.deleteProperty(parent, last);
  return root;
}

function parentOf(root: unknown, path: readonly string[]): [Container, string] {
  const parent = get(root, path.slice(0, -1));
  if (!Array.isArray(parent) && !isPlainObject(parent))
    throw new JsonPatchError(`there is no mapping or list at ${text(path.slice(0, -1))}`);
  return [parent as Container, path.at(-1) ?? ''];
}

/** An index of a list; `-` is the place behind its end, which only an addition may name. */
function indexOf(list: readonly unknown[], part: string, beyond: 0 | 1): number {
  const index = part === '-' ? list.length : /^(0|[1-9]\d*)$/.test(part) ? Number(part) : NaN;
  if (!(index < list.length + beyond)) throw new JsonPatchError(`a list of ${list.length} has no index ${part}`);
  return index;
}

function text(path: readonly string[]): string {
  return `/${path.join('/')}`;
}

/** The operations of a patch that is one. */
export function operationsOf(patch: unknown): readonly unknown[] {
  return digList(patch, 'operations');
}
