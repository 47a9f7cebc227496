import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renormalise } from '../../src/route/weights.ts';

test.each<[string, number[], number[]]>([
  ['what sums to 100 stays', [90, 10], [90, 10]],
  ['a single one gets all', [10], [100]],
  ['halves', [30, 30], [50, 50]],
  ['thirds: the rest to the first', [1, 1, 1], [34, 33, 33]],
  ['sixths: the rest to the first four', [1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16]],
  ['the rest to the largest remainder', [5, 1, 1], [72, 14, 14]],
  ['a remainder later in the list', [1, 1, 5], [14, 14, 72]],
  ['zero stays zero', [0, 20], [0, 100]],
  ['zero takes no rest', [0, 1, 1, 1], [0, 34, 33, 33]],
  ['all zero stay zero', [0, 0], [0, 0]],
  ['none', [], []],
])('%s: %j', (_, weights, expected) => expect(renormalise(weights)).toEqual(expected));

const weights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 });

test('the sum is 100, each is its exact share rounded down or up', () => {
  fc.assert(
    fc.property(weights, (some) => {
      const total = some.reduce((sum, weight) => sum + weight, 0);
      fc.pre(total > 0);
      const result = renormalise(some);
      expect(result.reduce((sum, weight) => sum + weight, 0)).toBe(100);
      for (const [index, weight] of result.entries()) {
        const exact = ((some[index] ?? 0) * 100) / total;
        expect([Math.floor(exact), Math.ceil(exact)]).toContain(weight);
      }
    }),
  );
});

test('a larger weight never ends below a smaller one', () => {
  fc.assert(
    fc.property(weights, (some) => {
      const result = renormalise(some);
      for (const [i, a] of some.entries())
        for (const [j, b] of some.entries()) if (a > b) expect(result[i]).toBeGreaterThanOrEqual(result[j] ?? 0);
    }),
  );
});
