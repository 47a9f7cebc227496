import { digList, type PlainObject } from '../model/plain.ts';

/** Other values that may stand where a scalar stands, likely ones first; none for anything but a scalar. */
export function variantsOf(value: unknown, schema: PlainObject = {}): unknown[] {
  const listed = digList(schema, 'enum').filter((each) => each !== value);
  if (listed.length > 0) return listed.slice(0, 3);
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value - 1, value * 2];
  if (typeof value !== 'string') return [];
  const counted = value.replace(/\d+/, (digits) => String(Number(digits) + 1));
  return [...(counted === value ? [] : [counted]), `${value}x`, `${value}-x`, `x${value}`];
}
