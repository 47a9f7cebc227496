import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byText, canonicalJson, isPlainObject } from '../../src/model/plain.ts';

/** What the hashes on record were made of. */
function recorded(value: unknown): string {
  return JSON.stringify(value, (_key, node: unknown) =>
    isPlainObject(node) ? Object.fromEntries(Object.entries(node).toSorted(([a], [b]) => byText(a, b))) : node,
  );
}

describe('canonical JSON', () => {
  test('is what the hashes on record were made of, of any value', () => {
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom('80', '443', '9', '010', '4294967295', '4294967294', '-1', '__proto__', 'é', 'a'),
    );
    const values = [
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
    ];
    fc.assert(
      fc.property(fc.object({ key, values, maxDepth: 3 }), (value) => {
        expect(canonicalJson(value)).toBe(recorded(value));
      }),
    );
  });

  test('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], 8: 0, 443: 1, a: {} })).toBe(
      '{"8":0,"443":1,"a":{},"b":[{"d":1}]}',
    );
  });
});
