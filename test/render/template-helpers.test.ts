import { describe, expect, test } from 'vitest';
import { TemplateError } from '../../src/render/template-error.ts';
import { compileTemplate } from '../../src/render/template.ts';

const parameter = {
  text: 'A',
  number: 7,
  list: [3, 1, 3],
  map: { x: 1, y: 2 },
  zero: 0,
  no: false,
  empty: '',
  nothing: null,
  ports: [
    { name: 'a', port: 1, open: true },
    { name: 'b', open: false },
    { name: 'a', port: 2 },
  ],
};

function run(template: string): string {
  return compileTemplate(template)({ parameter, context: { name: 'web' } });
}

describe('helpers', () => {
  test.each([
    ['{{concat "a-" parameter.text "-" parameter.number}}', '"a-A-7"'],
    ['{{concat (concat "a" "b") parameter.no}}', '"abfalse"'],
    ['{{concat "a" parameter.empty}}', '"a"'],
    ['{{eq parameter.text "A"}}', 'true'],
    ['{{eq parameter.number "7"}}', 'false'],
    ['{{eq parameter.nope "A"}}', 'false'],
    ['{{not parameter.no}}', 'true'],
    ['{{not parameter.text}}', 'false'],
    ['{{not parameter.nope}}', 'true'],
    ['{{and parameter.text parameter.number}}', 'true'],
    ['{{and parameter.text parameter.zero}}', 'false'],
    ['{{and parameter.text parameter.nope}}', 'false'],
    ['{{or parameter.empty parameter.text}}', 'true'],
    ['{{or parameter.empty parameter.zero parameter.nope parameter.nothing}}', 'false'],
    ['{{#if (or parameter.nope (eq parameter.text "A"))}}x{{/if}}', 'x'],
    ['{{default parameter.nope "x"}}', '"x"'],
    ['{{default parameter.nothing "x"}}', '"x"'],
    ['{{default parameter.empty "x"}}', '""'],
    ['{{default parameter.zero 5}}', '0'],
    ['{{default parameter.no true}}', 'false'],
    ['{{number "12"}}', '12'],
    ['{{number "-1.5"}}', '-1.5'],
    ['{{number parameter.number}}', '7'],
    ['{{values parameter.map}}', '[1,2]'],
    ['{{unique parameter.list}}', '[3,1]'],
    ['{{unique (values parameter.map)}}', '[1,2]'],
    ['{{#each (unique parameter.list)}}{{this}};{{/each}}', '3;1;'],
    ['{{unique parameter.ports "name"}}', '[{"name":"a","port":1,"open":true},{"name":"b","open":false}]'],
    ['{{list 1 parameter.text}}', '[1,"A"]'],
    ['{{includes parameter.list 3}}', 'true'],
    ['{{includes parameter.list "3"}}', 'false'],
    ['{{includes parameter.nope 3}}', 'false'],
    ['{{filter parameter.ports "port"}}', '[{"name":"a","port":1,"open":true},{"name":"a","port":2}]'],
    ['{{filter parameter.ports "open" false}}', '[{"name":"b","open":false}]'],
    ['{{filter parameter.ports "constructor"}}', '[]'],
    ['{{filter parameter.nope "open"}}', '[]'],
    ['{{#if (filter parameter.ports "name" "c")}}x{{else}}y{{/if}}', 'y'],
  ])('%s → %s', (template, text) => expect(run(template)).toBe(text));
});

describe('a helper that cannot give a value is an error, not a wrong value', () => {
  test.each([
    '{{default parameter.nope parameter.nope}}',
    '{{default parameter.nope}}',
    '{{concat}}',
    '{{concat "a" parameter.nope}}',
    '{{concat "a" parameter.nothing}}',
    '{{concat "a" parameter.map}}',
    '{{concat "a" parameter.list}}',
    '{{number "abc"}}',
    '{{number parameter.empty}}',
    '{{number parameter.nope}}',
    '{{number parameter.nothing}}',
    '{{number "Infinity"}}',
    '{{unique parameter.text}}',
    '{{unique parameter.ports parameter.map}}',
    '{{includes parameter.text "A"}}',
    '{{filter parameter.map "x"}}',
    '{{filter parameter.list}}',
    '{{values parameter.text}}',
    '{{not}}',
  ])('%s', (template) => expect(() => run(template)).toThrow(TemplateError));
});
