import { describe, expect, test } from 'vitest';
import { fieldText } from '../../../src/model/origin.ts';
import { type StatedRules, statedRules } from '../../../src/render/patch/rules.ts';
import { unify } from '../../../src/render/patch/unify.ts';

type Row = readonly [title: string, base: unknown, patch: unknown, expected: unknown];

function patched(base: unknown, patch: unknown, patchKeys: NonNullable<StatedRules['patchKeys']> = {}): unknown {
  const { value, conflicts } = unify(base, patch, statedRules({ patchKeys }));
  expect(conflicts).toEqual([]);
  return value;
}

describe('without a conflict', () => {
  test.each<Row>([
    ['mappings merge', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['at any depth', { a: { b: { c: 1 } } }, { a: { b: { d: 2 } } }, { a: { b: { c: 1, d: 2 } } }],
    ['equal scalars agree', { a: 'x' }, { a: 'x' }, { a: 'x' }],
    ['null agrees with null', { a: null }, { a: null }, { a: null }],
    ['a missing base takes the patch', undefined, { a: 1 }, { a: 1 }],
    ['a missing patch leaves the base', { a: 1 }, undefined, { a: 1 }],
    ['a list is added whole', {}, { a: [1, 2] }, { a: [1, 2] }],
    ['an empty list agrees with any', { a: [1] }, { a: [] }, { a: [1] }],
    ['an empty mapping agrees with any', { a: { b: 1 } }, { a: {} }, { a: { b: 1 } }],
    ['lists merge index by index', [{ a: 1 }, { a: 2 }], [{ b: 3 }], [{ a: 1, b: 3 }, { a: 2 }]],
    ['a longer patch list goes on', [1], [1, 2], [1, 2]],
    ['a key named constructor is a key', {}, { constructor: 'x' }, { constructor: 'x' }],
    ['a key named toString is a key', { a: 1 }, { toString: 'x' }, { a: 1, toString: 'x' }],
  ])('%s', (_, base, patch, expected) => expect(patched(base, patch)).toEqual(expected));
});

describe('lists with a patch key', () => {
  const base = { c: [{ name: 'web', image: 'a' }, { name: 'log' }] };
  test.each<Row>([
    [
      'align by it',
      base,
      { c: [{ name: 'log', image: 'b' }] },
      {
        c: [
          { name: 'web', image: 'a' },
          { name: 'log', image: 'b' },
        ],
      },
    ],
    ['append what is new', base, { c: [{ name: 'new' }] }, { c: [...base.c, { name: 'new' }] }],
    [
      'append in the order of the patch',
      base,
      { c: [{ name: 'z' }, { name: 'b' }] },
      { c: [...base.c, { name: 'z' }, { name: 'b' }] },
    ],
    [
      'match each element once',
      { c: [{ name: 'a' }] },
      { c: [{ name: 'a' }, { name: 'a' }] },
      { c: [{ name: 'a' }, { name: 'a' }] },
    ],
    ['serve where the base has no list', {}, { c: [{ name: 'a' }] }, { c: [{ name: 'a' }] }],
    [
      'fall back to the index where an element lacks the key',
      { c: [{ x: 1 }] },
      { c: [{ name: 'a' }] },
      { c: [{ x: 1, name: 'a' }] },
    ],
  ])('%s', (_, from, patch, expected) => expect(patched(from, patch, { c: 'name' })).toEqual(expected));

  test('a key may be a number', () => {
    const value = patched([{ port: 80 }, { port: 81 }], [{ port: 81, name: 'b' }], { '': 'port' });
    expect(value).toEqual([{ port: 80 }, { port: 81, name: 'b' }]);
  });

  test('the path of a list inside a list has no indexes', () => {
    const from = { c: [{ name: 'web', env: [{ name: 'A' }, { name: 'B' }] }] };
    const patch = { c: [{ name: 'web', env: [{ name: 'B', value: 'b' }] }] };
    const value = patched(from, patch, { c: 'name', 'c.env': 'name' });
    expect(value).toEqual({ c: [{ name: 'web', env: [{ name: 'A' }, { name: 'B', value: 'b' }] }] });
  });
});

describe('a conflict leaves the base and names the path', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['two scalars', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b']],
    ['text and number', { a: '1' }, { a: 1 }, ['a']],
    ['null and a value', { a: null }, { a: 1 }, ['a']],
    ['mapping and list', { a: {} }, { a: [] }, ['a']],
    ['mapping and scalar', { a: {} }, { a: 'x' }, ['a']],
    ['each of several', { a: 1, b: 1 }, { a: 2, b: 2 }, ['a', 'b']],
    ['in a list', { a: [1, 2] }, { a: [1, 3] }, ['a[1]']],
    ['at the top', 'x', 'y', ['']],
  ])('%s', (_, base, patch, paths) => {
    const { value, conflicts } = unify(base, patch, statedRules({}));
    expect(value).toEqual(base);
    expect(conflicts.map(({ path }) => fieldText(path))).toEqual(paths);
  });
});

test('neither base nor patch is changed', () => {
  const base = Object.freeze({ a: Object.freeze([Object.freeze({ x: 1 })]) });
  const patch = Object.freeze({ a: Object.freeze([Object.freeze({ y: 2 }), Object.freeze({ x: 3 })]) });
  expect(patched(base, patch)).toEqual({ a: [{ x: 1, y: 2 }, { x: 3 }] });
});

test('a key named __proto__ stays a key and changes no prototype', () => {
  const value = patched({ a: 1 }, JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(JSON.stringify(value)).toBe('{"a":1,"__proto__":{"polluted":true}}');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
