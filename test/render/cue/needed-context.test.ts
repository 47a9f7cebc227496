import { expect, test } from 'vitest';
import { neededContext } from '../../../src/render/cue/needed-context.ts';

const context = { name: 'web', appName: 'shop', parameter: { a: 1 }, cluster: { name: 'eu', labels: {} } };
const all = { ...context, cluster: 'eu' };

test.each<[string, string, object]>([
  ['names nothing of it', 'output: a: parameter.appName', { name: 'web' }],
  ['names a field', 'a: context.appName-1', { name: 'web', appName: 'shop' }],
  ['names one in an interpolation', 'a: "\\(context.cluster)"', { name: 'web', cluster: 'eu' }],
  ['names one by an index', 'a: context["parameter"]', { name: 'web', parameter: { a: 1 } }],
  ['names one in quotes, with blanks', 'a: context . "appName"', { name: 'web', appName: 'shop' }],
  ['takes it as a whole', 'let c = context\na: c.appName', all],
  ['computes the name', 'a: context[parameter.field]', all],
])('a template that %s', (_what, template, expected) => {
  expect(neededContext(context, template)).toEqual(expected);
});
