import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, maximumMatching, type Slot } from '../../src/place/assign.ts';

type Taken = ReadonlyMap<string, ReadonlySet<string>>;
const nothing: Taken = new Map();

function slot(key: string, candidates: string, revisions = 'v1'): Slot {
  return { key, candidates: Array.from(candidates), revisions: revisions.split(' ') };
}

function assigned(slots: readonly Slot[], taken: Taken = nothing): Record<string, string> | undefined {
  const assignment = assign(slots, taken);
  return assignment && Object.fromEntries(slots.map(({ key }) => [key, assignment.get(key) ?? '-']));
}

/** Tries every combination in order; the first that holds is the best one: earlier slots, then higher ranks. */
function enumerate(slots: readonly Slot[], taken: Taken): Record<string, string> | undefined {
  const uses = (revisions: readonly string[], cluster: string): string[] =>
    revisions.map((each) => `${each} ${cluster}`);
  const used = [...taken].flatMap(([revision, clusters]) => [...clusters].map((cluster) => `${revision} ${cluster}`));
  const tryFrom = (
    index: number,
    before: readonly string[],
    chosen: Record<string, string>,
  ): typeof chosen | undefined => {
    const current = slots[index];
    if (current === undefined) return chosen;
    for (const cluster of current.candidates) {
      const own = uses(current.revisions, cluster);
      if (own.some((use) => before.includes(use))) continue;
      const found = tryFrom(index + 1, [...before, ...own], { ...chosen, [current.key]: cluster });
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return tryFrom(0, used, {});
}

describe('assign', () => {
  test.each<[string, Slot[], Record<string, string> | undefined]>([
    ['nothing to do', [], {}],
    ['the first candidate', [slot('s', 'ab')], { s: 'a' }],
    ['no cluster twice for a revision', [slot('s', 'ab'), slot('t', 'ab')], { s: 'a', t: 'b' }],
    ['the same cluster for two revisions', [slot('s', 'ab', 'v1'), slot('t', 'ab', 'v2')], { s: 'a', t: 'a' }],
    ['an earlier slot gives way when a later one has no other', [slot('s', 'ab'), slot('t', 'a')], { s: 'b', t: 'a' }],
    ['a chain gives way', [slot('s', 'ab'), slot('t', 'bc'), slot('u', 'a')], { s: 'b', t: 'c', u: 'a' }],
    ['one too many', [slot('s', 'a'), slot('t', 'a')], undefined],
    ['three on two', [slot('s', 'ab'), slot('t', 'ab'), slot('u', 'ab')], undefined],
    ['no candidate', [slot('s', '')], undefined],
    [
      'a slot of two revisions stands for both',
      [slot('s', 'ab', 'v1 v2'), slot('t', 'a', 'v1'), slot('u', 'ab', 'v2')],
      { s: 'b', t: 'a', u: 'a' },
    ],
    [
      'each revision alone would fit, both do not',
      [slot('s', 'ab', 'v1 v2'), slot('t', 'a', 'v1'), slot('u', 'b', 'v2')],
      undefined,
    ],
  ])('%s', (_, slots, expected) => expect(assigned(slots)).toEqual(expected));

  test('a cluster that the revision has already is not used, that of another revision is', () => {
    const taken: Taken = new Map([
      ['v1', new Set(['a'])],
      ['v2', new Set(['b'])],
    ]);
    expect(assigned([slot('s', 'ab', 'v1')], taken)).toEqual({ s: 'b' });
    expect(assigned([slot('s', 'a', 'v1')], taken)).toBeUndefined();
  });

  const clusters = fc.shuffledSubarray(['a', 'b', 'c', 'd']);
  const revisions = fc.subarray(['v1', 'v2', 'v3'], { minLength: 1 });
  const slots = fc
    .array(fc.record({ candidates: clusters, revisions }), { maxLength: 5 })
    .map((list) => list.map((each, index) => ({ key: `s${index}`, ...each })));
  const taken = fc
    .dictionary(fc.constantFrom('v1', 'v2'), fc.subarray(['a', 'b']), { maxKeys: 2 })
    .map((uses): Taken => new Map(Object.entries(uses).map(([revision, names]) => [revision, new Set(names)])));

  test('finds the first solution of a full enumeration, and one whenever there is one', () => {
    fc.assert(
      fc.property(slots, taken, (some, used) => {
        expect(assigned(some, used)).toEqual(enumerate(some, used));
      }),
      { numRuns: 2000 },
    );
  });

  test('twenty slots of two revisions on twenty clusters take no time', () => {
    const names = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(97 + index)).join('');
    const many = Array.from({ length: 20 }, (_, index) => slot(`s${index}`, names, index % 2 ? 'v1 v2' : 'v1'));
    const start = performance.now();
    expect(
      Object.values(assigned(many) ?? {})
        .toSorted()
        .join(''),
    ).toBe(names);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('slots that share no revision with a knot are not tried over and over because of it', () => {
    const free = Array.from({ length: 7 }, (_, index) => slot(`s${index}`, 'abcdefghi', 'v0'));
    const knot = [slot('t', 'xy', 'v1 v3'), slot('u', 'xy', 'v1 v2'), slot('w', 'xy', 'v2 v3')];
    const start = performance.now();
    expect(assigned([...free, ...knot])).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(300);
  });
});

test('maximumMatching leaves no earlier slot out for a later one', () => {
  const matching = maximumMatching([slot('s', 'a'), slot('t', 'a'), slot('u', 'ab'), slot('w', 'b')]);
  expect([...matching.keys()].toSorted()).toEqual(['s', 'u']);
});
