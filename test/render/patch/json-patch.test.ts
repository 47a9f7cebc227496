import { expect, test } from 'vitest';
import { applyJsonPatch, applyMergePatch } from '../../../src/render/patch/json-patch.ts';

const base = { a: { b: [1, 2, 3], 'x/y': 1, 'm~n': 2 }, c: 'text' };

test.each<[string, object[], unknown]>([
  ['adds a member', [{ op: 'add', path: '/d', value: 1 }], { ...base, d: 1 }],
  ['adds before an index', [{ op: 'add', path: '/a/b/1', value: 9 }], { ...base, a: { ...base.a, b: [1, 9, 2, 3] } }],
  ['adds behind the end', [{ op: 'add', path: '/a/b/-', value: 9 }], { ...base, a: { ...base.a, b: [1, 2, 3, 9] } }],
  ['removes', [{ op: 'remove', path: '/a/b/0' }], { ...base, a: { ...base.a, b: [2, 3] } }],
  ['replaces', [{ op: 'replace', path: '/c', value: null }], { ...base, c: null }],
  ['replaces the whole', [{ op: 'replace', path: '', value: {} }], {}],
  ['moves', [{ op: 'move', from: '/c', path: '/a/b' }], { a: { ...base.a, b: 'text' } }],
  ['copies', [{ op: 'copy', from: '/a/b/2', path: '/c' }], { ...base, c: 3 }],
  ['tests', [{ op: 'test', path: '/a/b', value: [1, 2, 3] }], base],
  [
    'reads escaped pointers',
    [
      { op: 'remove', path: '/a/x~1y' },
      { op: 'remove', path: '/a/m~0n' },
    ],
    { ...base, a: { b: base.a.b } },
  ],
  [
    'adds a key named __proto__',
    [{ op: 'add', path: '/__proto__', value: 1 }],
    JSON.parse('{"a":{"b":[1,2,3],"x/y":1,"m~n":2},"c":"text","__proto__":1}'),
  ],
])('a JSON patch %s', (_title, operations, expected) => {
  const before = structuredClone(base);
  expect(JSON.stringify(applyJsonPatch(base, operations))).toBe(JSON.stringify(expected));
  expect(base).toEqual(before);
});

test.each([
  [{ op: 'remove', path: '/nowhere' }, 'operations[0]: there is nothing at /nowhere'],
  [{ op: 'add', path: '/a/b/7', value: 1 }, 'a list of 3 has no index 7'],
  [{ op: 'add', path: '/a/b/01', value: 1 }, 'a list of 3 has no index 01'],
  [{ op: 'remove', path: '/a/b/-' }, 'a list of 3 has no index -'],
  [{ op: 'add', path: '/c/d', value: 1 }, 'there is no mapping or list at /c'],
  [{ op: 'add', path: '/d' }, 'value is missing'],
  [{ op: 'add', path: 'd', value: 1 }, 'path must be a JSON pointer'],
  [{ op: 'test', path: '/c', value: 'other' }, 'the value at /c is another'],
  [{ op: 'spell', path: '/c' }, 'op must be add, remove'],
])('the JSON patch %o is refused', (operation, says) => {
  expect(() => applyJsonPatch(base, [operation])).toThrow(says);
});

/** The examples of RFC 7396, appendix A, by their columns. */
test.each<[unknown, unknown, unknown]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('merging into %o the patch %o', (target, patch, expected) => {
  expect(applyMergePatch(target, patch)).toEqual(expected);
});
