import { Scalar, stringify } from 'yaml';
import { byText, isPlainObject } from '../model/plain.ts';

/** Keys that readers look for first; the others follow in the order of their text. */
const leading = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

/**
 * The one YAML printer: the same bytes for equal values on every machine, read alike by YAML 1.1
 * and 1.2, no folded lines, no aliases, a final newline.
 */
export function printYaml(value: unknown): string {
  const text = stringify(ordered(value), { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
  // Such characters only stand inside double quotes, see printable.
  return text.replace(unprintable, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Characters that YAML 1.1 readers break lines at, or refuse. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Text that a YAML 1.1 reader takes for something else, though YAML 1.2 does not. */
const ambiguous = /^(?:=|<<|---|\.\.\.)(?:\s|$)/;

/** Tabs on a single line, which PyYAML refuses outside of quotes; in a block of lines it reads them. */
const tabbed = /^[^\n]*\t[^\n]*$/;

function ordered(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(ordered);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return new Map(entries.toSorted(([a], [b]) => byKey(a, b)).map(([key, child]) => [printable(key), ordered(child)]));
}

function printable(text: string): unknown {
  if (text.search(unprintable) < 0 && !ambiguous.test(text) && !tabbed.test(text)) return text;
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function byKey(a: string, b: string): number {
  return rank(a) - rank(b) || byText(a, b);
}

function rank(key: string): number {
  const index = leading.indexOf(key);
  return index < 0 ? leading.length : index;
}
