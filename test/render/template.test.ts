import { describe, expect, test } from 'vitest';
import { TemplateError } from '../../src/render/template-error.ts';
import { compileTemplate } from '../../src/render/template.ts';

const input = {
  parameter: { text: 'A', list: [3, 1, 3], map: { x: 1, y: 2 }, zero: 0, no: false, empty: '', nothing: null },
  context: { name: 'web' },
};

function run(template: string): string {
  return compileTemplate(template)(input);
}

function failure(template: string): TemplateError {
  try {
    run(template);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${template} did not fail`);
}

describe('a value is written as JSON', () => {
  test.each([
    ['{{parameter.text}}', '"A"'],
    ['{{parameter.list}}', '[3,1,3]'],
    ['{{parameter.map}}', '{"x":1,"y":2}'],
    ['{{parameter.zero}}', '0'],
    ['{{parameter.no}}', 'false'],
    ['{{parameter.empty}}', '""'],
    ['{{parameter.nothing}}', 'null'],
    ['a: {{~parameter.text~}} # b', 'a:"A"# b'],
    ['{{#each parameter.list}}{{@index}}={{this}} {{/each}}', '0=3 1=1 2=3 '],
    ['{{#each parameter.map}}{{@key}}: {{this}} {{/each}}', '"x": 1 "y": 2 '],
    ['{{#each parameter.list as |item at|}}{{at}}:{{item}} {{/each}}', '0:3 1:1 2:3 '],
    ['{{#each parameter.list}}{{@root.context.name}}{{../parameter.zero}}{{/each}}', '"web"0"web"0"web"0'],
    ['{{#with parameter.map}}{{x}}{{/with}}', '1'],
    ['{{lookup parameter "text"}}', '"A"'],
    ['{{!-- {{parameter.nope}} --}}{{! x }}', ''],
    ['{{#if parameter.empty}}a{{else if parameter.text}}b{{else}}c{{/if}}', 'b'],
  ])('%s → %s', (template, text) => expect(run(template)).toBe(text));
});

describe('a condition may ask for what is missing', () => {
  test.each([
    ['{{#if parameter.nope}}a{{else}}b{{/if}}', 'b'],
    ['{{#unless parameter.nope}}a{{/unless}}', 'a'],
    ['{{#each parameter.nope}}a{{else}}b{{/each}}', 'b'],
    ['{{#with parameter.nope}}a{{else}}b{{/with}}', 'b'],
    ['{{#if parameter.nope.deep}}a{{else}}b{{/if}}', 'b'],
    ['{{#each parameter.nope.deep}}a{{else}}b{{/each}}', 'b'],
  ])('%s → %s', (template, text) => expect(run(template)).toBe(text));
});

describe('a missing value is an error that names it and its line', () => {
  test.each([
    ['\n{{parameter.nope}}', 'parameter.nope has no value', 2],
    ['{{nope}}', 'nope has no value', 1],
    ['\n\n{{parameter.nope.deep}}', 'parameter.nope.deep has no value', 3],
    ['{{parameter.map.x.deep}}', 'parameter.map.x.deep has no value', 1],
    ['{{@root.nope}}', '@root.nope has no value', 1],
    ['{{#each parameter.list}}\n{{this.nope}}{{/each}}', 'this.nope has no value', 2],
    ['{{helperMissing}}', 'helperMissing has no value', 1],
    ['{{log}}', 'log has no value', 1],
  ])('%j: %s', (template, message, line) => expect(failure(template)).toMatchObject({ message, line }));
});

describe('a template that cannot be read is an error', () => {
  test.each(['{{parameter.text', '{{#if parameter.text}}', '{{/if}}', '{{#if a}}{{/each}}', '{{}}', '{{#if}}x{{/if}}'])(
    '%s',
    (template) => expect(failure(template).message).not.toBe(''),
  );

  test('it names the line', () => expect(failure('a\nb\n{{#if x}}{{/each}}').line).toBe(3));
});

test('a compiled template can be used again', () => {
  const template = compileTemplate('{{parameter.text}}');
  expect([template({ parameter: { text: 'a' } }), template({ parameter: { text: 'b' } })]).toEqual(['"a"', '"b"']);
});
