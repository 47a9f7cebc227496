import { byText, isPlainObject } from '../../model/plain.ts';

/**
 * JSON with sorted keys, as Go writes maps, so that loops go through them in KubeVela's order; those that
 * look like numbers too, which JavaScript's objects put first.
 */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => sortedJson(item ?? null)).join(',')}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .toSorted(([a], [b]) => byText(a, b));
  return `{${fields.map(([key, child]) => `${JSON.stringify(key)}:${sortedJson(child)}`).join(',')}}`;
}
