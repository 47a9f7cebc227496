import { isPlainObject } from '../model/plain.ts';

/**
 * Other values that may stand where a scalar, or an empty mapping or list, stands, likely ones first.
 *
 * @param listed what a schema says that may stand there; empty where it leaves that open
 */
export function variantsOf(value: unknown, listed: readonly unknown[] = []): unknown[] {
  const others = listed.filter((each) => each !== value);
  if (others.length > 0) return others.slice(0, 3);
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value - 1, value * 2];
  if (typeof value === 'string') return textVariants(value);
  if (Array.isArray(value)) return value.length === 0 ? [['x'], [1], [{ name: 'x' }]] : [];
  if (isPlainObject(value)) return Object.keys(value).length === 0 ? [{ x: 'x' }, { x: 1 }] : [];
  return value === null ? ['x', 1, true, {}] : [];
}

/** What differs in every part; then a higher number, what is longer, and another letter at the end: patterns allow one. */
function textVariants(text: string): string[] {
  const count = (digits: string): string => String(Number(digits) + 1);
  const counted = text.replace(/\d+/, count);
  const turned = text.replace(/[a-z](?=[^a-z]*$)/i, (letter) => ({ z: 'a', Z: 'A' })[letter] ?? next(letter));
  return [
    ...new Set([`x${text.replaceAll(/\d+/g, count)}x`, counted, `${text}x`, turned, `${text}-x`, `x${text}`]),
  ].filter((other) => other !== text);
}

function next(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}
