import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../src/layout/printer.ts';

describe('text that YAML 1.1 or 1.2 could take for something else is quoted', () => {
  test.each([
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'N',
    'true',
    'False',
    'null',
    'Null',
    '~',
    '',
    '1',
    '-1',
    '+1',
    '1.5',
    '.5',
    '1.',
    '1e3',
    '1E+3',
    '.inf',
    '-.Inf',
    '.NaN',
    '0o14',
    '014',
    '0x1F',
    '0b11',
    '1_000',
    '12:30:45',
    '1:30',
    '2001-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43',
    '<<',
    '=',
    '# a',
    'a #b',
    'a: b',
    'a:',
    '- a',
    '-',
    '?',
    '? a',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    '[a',
    '{a',
    '"a"',
    "'a'",
    '---',
    '...',
    ' a',
    'a ',
    '\t',
    'a\t',
    ',',
    ']',
    '}',
  ])('%j', (text) => {
    expect(printYaml({ key: text })).toMatch(/^key: (["'|]|\n?.*")/);
    expect(printYaml([text])).toMatch(/^- ["'|]/);
    expect(parse(printYaml({ [text]: 1 }), { version: '1.1', merge: true })).toEqual({ [text]: 1 });
  });
});

describe('text stands plain where every reader takes it for text', () => {
  test.each([
    'a',
    'a b',
    'nginx:1.21',
    '/path',
    'v1',
    '1.2.3',
    '128Mi',
    'a-b',
    '10.0.0.0/8',
    'https://x/?a=b&c',
    'é',
    'x=y',
  ])('%s', (text) => expect(printYaml({ key: text })).toBe(`key: ${text}\n`));
});

describe('tabs stand in quotes, where no YAML reader stumbles over them, or in a block', () => {
  test.each([
    ['a\tb', 'key: "a\\tb"\n'],
    ['\t', 'key: "\\t"\n'],
    ['a\t', 'key: "a\\t"\n'],
    ['a\tb\nc', 'key: |-\n  a\tb\n  c\n'],
  ])('%j', (text, expected) => expect(printYaml({ key: text })).toBe(expected));

  test('in a key too', () => expect(printYaml({ 'a\tb': 1 })).toBe('"a\\tb": 1\n'));
});

describe('several lines stand as a block', () => {
  test.each([
    ['a\nb', 'key: |-\n  a\n  b\n'],
    ['a\nb\n', 'key: |\n  a\n  b\n'],
    ['a\n\n', 'key: |+\n  a\n\n'],
    ['#!/bin/sh\nset -e\n', 'key: |\n  #!/bin/sh\n  set -e\n'],
  ])('%j', (text, expected) => expect(printYaml({ key: text })).toBe(expected));
});

test('a long line is never folded', () => {
  const text = 'word '.repeat(100).trim();
  expect(printYaml({ key: text })).toBe(`key: ${text}\n`);
});

test('apiVersion, kind, metadata, name and namespace lead; the others follow in the order of their code units', () => {
  const object = {
    spec: 1,
    metadata: { z: 1, namespace: 'ns', a: 1, name: 'x' },
    kind: 'K',
    B: 1,
    a: 1,
    apiVersion: 'v1',
    é: 1,
  };
  expect(printYaml(object)).toBe(
    'apiVersion: v1\nkind: K\nmetadata:\n  name: x\n  namespace: ns\n  a: 1\n  z: 1\nB: 1\na: 1\nspec: 1\né: 1\n',
  );
});

test('the order of a list is kept', () => expect(printYaml([3, 1, 2])).toBe('- 3\n- 1\n- 2\n'));

test('a field that is undefined is left out, null is not', () => {
  expect(printYaml({ a: undefined, b: null, c: {}, d: [] })).toBe('b: null\nc: {}\nd: []\n');
});

test('an object that stands twice is written twice', () => {
  const twice = { x: 1 };
  expect(printYaml({ a: twice, b: twice })).toBe('a:\n  x: 1\nb:\n  x: 1\n');
});

/** Go's reader and PyYAML, which speak YAML 1.1, break lines at three of these and refuse the others. */
describe('a character that YAML 1.1 readers break lines at or refuse is escaped', () => {
  test.each([
    '\u0000',
    '\u0008',
    '\u001B',
    '\u007F',
    '\u0085',
    '\u009F',
    '\u2028',
    '\u2029',
    '\uFEFF',
    '\uFFFE',
    '\uFFFF',
    '\uD800',
    '\r',
  ])('%j', (character) => {
    for (const value of [{ key: `a${character}b` }, { [`a${character}b`]: 1 }, [`${character}\nb`]]) {
      expect(printYaml(value).includes(character)).toBe(false);
      expect(parse(printYaml(value))).toEqual(value);
    }
  });
});
