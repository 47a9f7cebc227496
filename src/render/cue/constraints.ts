import type { FieldPath } from '../../model/origin.ts';
import { dig, isPlainObject, type PlainObject } from '../../model/plain.ts';
import type { Override } from '../written.ts';

/** CUE text that asks for values at paths of `output`: a default gives way to them, a fixed value does not. */
export function overrideConstraints(values: readonly Override[]): string {
  return values.map(({ path, value }) => `output: ${constraint(path, JSON.stringify(value))}`).join('\n');
}

/**
 * CUE text that asks for as many elements as the workload has, for every list of the patch that is
 * shorter: an open list (`[...{…}]`) then gives its element for each of them; a closed one refuses.
 */
export function openListConstraints(written: PlainObject, workload: PlainObject, body: string): string {
  if (!/\[[^\]]*\.\.\./.test(body)) return '';
  const lists = shorterLists(dig(written, 'patch'), workload, []);
  return lists
    .map(({ path, length }) => `patch: ${constraint(path, `[${Array(length).fill('{}').join(', ')}]`)}`)
    .join('\n');
}

/** `{a: {b: [_, {c: 1}, ...]}}` for a path a, b, 1, c. */
function constraint(path: FieldPath, value: string): string {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  const inner = constraint(rest, value);
  if (typeof part === 'string') return `{${JSON.stringify(part)}: ${inner}}`;
  return `[${[...Array<string>(part).fill('_'), inner, '...'].join(', ')}]`;
}

function shorterLists(
  patch: unknown,
  base: unknown,
  path: FieldPath,
): { readonly path: FieldPath; readonly length: number }[] {
  if (Array.isArray(patch) && Array.isArray(base))
    return patch.length < base.length && base.every(isPlainObject) ? [{ path, length: base.length }] : [];
  if (!isPlainObject(patch)) return [];
  return Object.entries(patch).flatMap(([key, child]) => shorterLists(child, dig(base, key), [...path, key]));
}
