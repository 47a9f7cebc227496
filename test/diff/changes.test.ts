import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedFields } from '../../src/diff/fields.ts';
import { fieldText } from '../../src/model/origin.ts';
import { canonicalJson } from '../../src/model/plain.ts';
import { diffJson } from '../../src/report/diff/json.ts';
import { unifiedTexts } from '../../src/diff/unified.ts';
import { diffMarkdown } from '../../src/report/diff/markdown.ts';
import { diffText } from '../../src/report/diff/text.ts';
import { whereText } from '../../src/report/diff/words.ts';
import { styleFor } from '../../src/report/style.ts';
import { deployment, placed, reportOn } from '../support/fleet-state.ts';

type State = Parameters<typeof reportOn>[0];

const configMap = (data: object, cluster = 'c1'): State[number] =>
  placed({ apiVersion: 'v1', kind: 'ConfigMap', labels: data }, { cluster });

/** The changes as lines: `changed ConfigMap it on c1: labels.a`. */
function changes(before: State, after: State): string[] {
  return reportOn(before, after).changes.map(
    ({ action, kind, name, clusters, fields }) =>
      `${action} ${kind} ${name} ${whereText(clusters, 2)}: ${fields.map(({ path }) => path).join(' ')}`,
  );
}

/** Values of JSON, with one zero only. */
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

describe('objects', () => {
  test('are compared as values: the order of keys does not count', () => {
    expect(changes([configMap({ a: '1', b: '2' })], [configMap({ b: '2', a: '1' })])).toEqual([]);
  });

  test('are told apart by cluster, group, kind, namespace and name, not by version', () => {
    const before = [
      placed({ apiVersion: 'apps/v1beta1', kind: 'Deployment' }),
      placed({ apiVersion: 'v1', kind: 'Service' }),
    ];
    const after = [
      placed({ apiVersion: 'apps/v1', kind: 'Deployment' }),
      placed({ apiVersion: 'x.dev/v1', kind: 'Service' }),
    ];
    expect(changes(before, after)).toEqual([
      'changed Deployment it on c1: apiVersion',
      'removed Service it on c1: ',
      'added Service it on c1: ',
    ]);
  });

  test('with the same change on several clusters are one change, though they differ otherwise', () => {
    const clusters = ['c1', 'c2', 'c3', 'c4'];
    const before = clusters.map((name) => configMap({ a: '1', cluster: name }, name));
    const after = clusters.map((name) => configMap({ a: name === 'c4' ? '3' : '2', cluster: name }, name));
    expect(changes(before, after)).toEqual([
      'changed ConfigMap it same in 3 clusters: c1, c2, c3: labels.a',
      'changed ConfigMap it on c4: labels.a',
    ]);
  });

  test('that move to another owner and stay the same do not change', () => {
    expect(changes([configMap({})], [{ ...configMap({}), owner: 'default/other' }])).toEqual([]);
  });
});

describe('fields', () => {
  const paths = (before: unknown, after: unknown): string[] =>
    changedFields(before, after).map(({ path }) => fieldText(path));

  test('named elements are compared by name, others by position', () => {
    const env = (...names: string[]): object[] => names.map((name) => ({ name, value: name }));
    expect(paths({ env: env('a', 'b') }, { env: env('new', 'a', 'b') })).toEqual(['env[0]']);
    expect(paths({ args: ['a', 'b'] }, { args: ['new', 'a', 'b'] })).toEqual(['args[0]', 'args[1]', 'args[2]']);
  });

  test('named elements that change places are a change of their order, though none differs', () => {
    const env = (...names: string[]): object => ({ env: names.map((name) => ({ name, value: name })) });
    expect(changedFields(env('a', 'b', 'old'), env('b', 'new', 'a'))).toEqual([
      { path: ['env'], before: ['a', 'b'], after: ['b', 'a'] },
      { path: ['env', 1], before: undefined, after: { name: 'new', value: 'new' } },
      { path: ['env', 2], before: { name: 'old', value: 'old' }, after: undefined },
    ]);
  });

  test('a value that changes its type is one change', () => {
    expect(paths({ a: { b: 1 } }, { a: [1] })).toEqual(['a']);
  });

  test('there are some if and only if the values differ, and the same ones the other way round', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const there = changedFields(a, b);
        const back = changedFields(b, a).map(({ before, after }) => ({ before: after, after: before }));
        const values = (found: readonly object[]): string[] => found.map((each) => JSON.stringify(each)).toSorted();
        expect(changedFields(a, a)).toEqual([]);
        expect(there.length > 0).toBe(canonicalJson(a) !== canonicalJson(b));
        expect(values(there.map(({ before, after }) => ({ before, after })))).toEqual(values(back));
      }),
    );
  });
});

describe('values that may be credentials', () => {
  const formats = (before: State, after: State): string => {
    const report = reportOn(before, after);
    return [diffText(report, styleFor(false), true), diffMarkdown(report), diffJson(report)].join('\n');
  };
  const secret = (data: object, more: object = {}): State[number] =>
    placed({ apiVersion: 'v1', kind: 'Secret', data, ...more });

  test('are told to be the same or changed', () => {
    const report = reportOn([secret({ a: 'old', b: 'kept' })], [secret({ a: 'new', b: 'kept' })]);
    expect(report.changes[0]?.fields).toEqual([{ path: 'data.a', before: '********', after: '******** (changed)' }]);
    expect(report.changes[0]?.after).toMatchObject({ data: { a: '******** (changed)', b: '********' } });
  });

  test('are the same where an element before them comes or goes', () => {
    const pod = (...names: string[]): State[number] =>
      placed({ apiVersion: 'v1', kind: 'Pod', spec: { env: names.map((name) => ({ name, value: `of ${name}` })) } });
    expect(reportOn([pod('a')], [pod('new', 'a')]).changes[0]?.fields).toEqual([
      { path: 'spec.env[0]', before: null, after: { name: 'new', value: '******** (changed)' } },
    ]);
  });

  test('are never shown, wherever the object keeps them and whatever happens to it', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 2 }), ([one = '', two = '']) => {
        const object = (value: string): State[number] =>
          secret(
            { key: value },
            {
              stringData: { nested: [value] },
              spec: {
                env: [{ name: 'X', value }],
                args: [`--password=${value}`, `--url=https://me:${value}@host/path`],
                auth: { deep: { er: value } },
              },
            },
          );
        for (const [before, after] of [
          [[object(one)], [object(two)]],
          [[], [object(one)]],
          [[object(one)], []],
        ] as const) {
          const shown = formats(before, after);
          expect(shown).toContain('********');
          expect([shown.includes(one), shown.includes(two)]).toEqual([false, false]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('a value is on one line of a terminal, and commands it nothing', () => {
  const nasty = 'x\nBlast radius: none\r\n\t\u001b[2J\u202e';
  const after = deployment('v1', { note: nasty, [nasty]: 1 }, nasty);
  const report = reportOn([placed(deployment('v1', { note: 'plain' }))], [placed(after)]);
  const text = diffText(report, styleFor(false), true);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
  expect(text).not.toMatch(/^Blast radius: none/m);
  expect(text).toContain('spec.note: plain → x\\nBlast radius: none\\r\\n\\t\\u001b[2J');
});

test('a side without lines begins at line 0, as patch wants it', () => {
  const [none, one] = [
    { title: '/dev/null', text: '' },
    { title: 'a', text: 'x\n' },
  ];
  expect(unifiedTexts(none, one)).toBe('--- /dev/null\n+++ a\n@@ -0,0 +1,1 @@\n+x\n');
  expect(unifiedTexts(one, none)).toBe('--- a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n');
});
