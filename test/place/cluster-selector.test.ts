import { describe, expect, test } from 'vitest';
import type { ClusterSelector, MatchExpression } from '../../src/model/kinds.gen.ts';
import { canonicalSelector, isEmptySelector, rejection } from '../../src/place/cluster-selector.ts';

const paris = { name: 'paris', labels: { region: 'eu', tier: 'prod', blank: '' } };

function one(key: string, operator: MatchExpression['operator'], values?: string[]): ClusterSelector {
  return { matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }] };
}

describe('a cluster in region eu, tier prod', () => {
  test.each<[string, ClusterSelector]>([
    ['its name', { name: 'paris' }],
    ['one of its labels', { labels: { region: 'eu' } }],
    ['all of its labels', { labels: { region: 'eu', tier: 'prod' } }],
    ['a label whose value is empty', { labels: { blank: '' } }],
    ['In with its value', one('region', 'In', ['us', 'eu'])],
    ['NotIn without its value', one('region', 'NotIn', ['us'])],
    ['NotIn for a label that it lacks', one('zone', 'NotIn', ['a'])],
    ['Exists', one('region', 'Exists')],
    ['Exists for an empty value', one('blank', 'Exists')],
    ['DoesNotExist for a label that it lacks', one('zone', 'DoesNotExist')],
    ['DoesNotExist for what every object inherits', one('constructor', 'DoesNotExist')],
    ['NotIn for what every object inherits', one('toString', 'NotIn', ['x'])],
    [
      'name, labels and expressions that all hold',
      { name: 'paris', labels: { tier: 'prod' }, ...one('region', 'Exists') },
    ],
    ['no condition', {}],
  ])('matches %s', (_, selector) => expect(rejection(selector, paris)).toBeUndefined());

  test.each<[string, ClusterSelector, string]>([
    ['another name', { name: 'tokyo' }, 'its name is not tokyo'],
    ['its name in upper case', { name: 'Paris' }, 'its name is not Paris'],
    ['another label value', { labels: { region: 'us' } }, 'it has region=eu'],
    ['a label that it lacks', { labels: { zone: 'a' } }, 'it has no label zone'],
    ['the empty value of a label that it lacks', { labels: { zone: '' } }, 'it has no label zone'],
    ['one label of two', { labels: { region: 'eu', tier: 'test' } }, 'it has tier=prod'],
    ['In without its value', one('region', 'In', ['us', 'ap']), 'it has region=eu'],
    ['In for a label that it lacks', one('zone', 'In', ['a']), 'it has no label zone'],
    ['In without values', one('region', 'In'), 'it has region=eu'],
    ['NotIn with its value', one('region', 'NotIn', ['us', 'eu']), 'it has region=eu'],
    ['Exists for a label that it lacks', one('zone', 'Exists'), 'it has no label zone'],
    ['DoesNotExist', one('region', 'DoesNotExist'), 'it has region=eu'],
    ['its name with a label that differs', { name: 'paris', labels: { tier: 'test' } }, 'it has tier=prod'],
    ['its labels with another name', { name: 'tokyo', labels: { tier: 'prod' } }, 'its name is not tokyo'],
    ['a label that every object inherits', { labels: { constructor: 'x' } }, 'it has no label constructor'],
    ['Exists for what every object inherits', one('toString', 'Exists'), 'it has no label toString'],
    [
      'two expressions of which the second fails',
      {
        matchExpressions: [
          { key: 'region', operator: 'Exists' },
          { key: 'tier', operator: 'In', values: ['test'] },
        ],
      },
      'it has tier=prod',
    ],
  ])('is rejected by %s', (_, selector, why) => expect(rejection(selector, paris)).toBe(why));
});

describe('selectors that mean the same are one text', () => {
  const base: ClusterSelector = {
    labels: { a: '1', b: '2' },
    matchExpressions: [
      { key: 'x', operator: 'In', values: ['p', 'q'] },
      { key: 'y', operator: 'Exists' },
    ],
  };
  const [first, second] = base.matchExpressions ?? [];

  test.each<[string, ClusterSelector]>([
    ['labels in another order', { ...base, labels: { b: '2', a: '1' } }],
    ['expressions in another order', { ...base, matchExpressions: [second, first].flatMap((each) => each ?? []) }],
    [
      'values in another order',
      {
        ...base,
        matchExpressions: [
          { key: 'x', operator: 'In', values: ['q', 'p'] },
          { key: 'y', operator: 'Exists' },
        ],
      },
    ],
    [
      'fields in another order',
      {
        matchExpressions: [
          { operator: 'In', values: ['p', 'q'], key: 'x' },
          { operator: 'Exists', key: 'y' },
        ],
        labels: { a: '1', b: '2' },
      },
    ],
    ['policy One, which is the default', { ...base, policy: 'One' }],
  ])('%s', (_, selector) => expect(canonicalSelector(selector)).toBe(canonicalSelector(base)));

  test.each<[string, ClusterSelector]>([
    ['another value', { ...base, labels: { a: '1', b: '3' } }],
    ['an expression less', { labels: base.labels ?? {}, matchExpressions: [{ key: 'y', operator: 'Exists' }] }],
    [
      'another operator',
      {
        ...base,
        matchExpressions: [
          { key: 'x', operator: 'NotIn', values: ['p', 'q'] },
          { key: 'y', operator: 'Exists' },
        ],
      },
    ],
  ])('but not with %s', (_, selector) => expect(canonicalSelector(selector)).not.toBe(canonicalSelector(base)));
});

test.each<[ClusterSelector, boolean]>([
  [{}, true],
  [{ labels: {}, matchExpressions: [] }, true],
  [{ policy: 'All' }, true],
  [{ name: 'paris' }, false],
  [{ labels: { a: '1' } }, false],
  [one('a', 'Exists'), false],
])('%j is empty: %s', (selector, empty) => expect(isEmptySelector(selector)).toBe(empty));
