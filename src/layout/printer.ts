import { stringify } from 'yaml';
import { byText, isPlainObject } from '../model/plain.ts';

/** Keys that readers look for first; the others follow in the order of their text. */
const leading = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

/**
 * The one YAML printer: the same bytes for equal values on every machine, read alike by YAML 1.1
 * and 1.2, no folded lines, no aliases, a final newline.
 */
export function printYaml(value: unknown): string {
  return stringify(ordered(value), { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false, version: '1.2' });
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return new Map(entries.toSorted(([a], [b]) => byKey(a, b)).map(([key, child]) => [key, ordered(child)]));
}

function byKey(a: string, b: string): number {
  return rank(a) - rank(b) || byText(a, b);
}

function rank(key: string): number {
  const index = leading.indexOf(key);
  return index < 0 ? leading.length : index;
}
