import { describe, expect, test } from 'vitest';
import { divide, type Share } from '../../src/place/divide.ts';

/** Sainte-Laguë from the book: every seat by itself to the highest weight / (2 · seats + 1), in whole numbers. */
function bySeat(seats: number, among: readonly Share[]): Record<string, number> {
  const parties = among.map((share) => ({ ...share, seats: 0n })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (let seat = 0; seat < seats; seat += 1) {
    const winner = parties.reduce((best, party) =>
      BigInt(party.weight) * (2n * best.seats + 1n) > BigInt(best.weight) * (2n * party.seats + 1n) ? party : best,
    );
    winner.seats += 1n;
  }
  return Object.fromEntries(parties.map(({ name, seats: own }) => [name, Number(own)]));
}

function shares(...weights: readonly number[]): Share[] {
  return weights.map((weight, index) => ({ name: `c${index}`, weight }));
}

function divided(seats: number, parties: readonly Share[]): Record<string, number> {
  return Object.fromEntries(divide(seats, parties));
}

describe('replicas are divided', () => {
  test.each<[string, number, Share[], number[]]>([
    ['evenly', 6, shares(1, 1, 1), [2, 2, 2]],
    ['the rest to the first names', 5, shares(1, 1, 1), [2, 2, 1]],
    ['by weight', 10, shares(3, 2), [6, 4]],
    ['rounded to the nearest', 10, shares(53, 24, 23), [6, 2, 2]],
    ['nothing for weight 0', 4, shares(0, 1), [0, 4]],
    ['one for the heaviest', 1, shares(1, 5, 2), [0, 1, 0]],
    ['nothing to divide', 0, shares(1, 2), [0, 0]],
    ['all to a single cluster', 7, shares(3), [7]],
  ])('%s', (_, seats, parties, expected) =>
    expect(divided(seats, parties)).toEqual(Object.fromEntries(expected.map((part, index) => [`c${index}`, part]))),
  );

  test('ties go by name, not by place in the list', () => {
    const [a, b] = [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 1 },
    ];
    expect(divided(1, [b, a])).toEqual({ a: 1, b: 0 });
  });

  test.each([[[]], [shares(0)], [shares(0, 0)]])('no weight above 0 (%j) gives no division', (parties) => {
    expect(divided(5, parties)).toEqual({});
  });
});

test('agrees with Sainte-Laguë seat by seat for every small house', () => {
  const tables = [
    [1, 1, 1],
    [0, 1, 2],
    [5, 3, 1],
    [7, 7, 1, 1],
    [1, 0, 0, 100],
    [6, 5, 4, 3, 2, 1],
    [1_000_000, 1],
  ];
  for (const weights of tables)
    for (let seats = 0; seats <= 60; seats += 1)
      expect([seats, weights, divided(seats, shares(...weights))]).toEqual([
        seats,
        weights,
        bySeat(seats, shares(...weights)),
      ]);
});

test('divides the largest possible count over many clusters at once', () => {
  const parties = Array.from({ length: 200 }, (_, index) => ({ name: `c${index}`, weight: 1_000_000 - index }));
  const parts = [...divide(2_147_483_647, parties).values()];
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(2_147_483_647);
  expect(parts.every((part, index) => index === 0 || part <= (parts[index - 1] ?? 0))).toBe(true);
});
