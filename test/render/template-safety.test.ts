import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { TemplateError } from '../../src/render/template-error.ts';
import { compileTemplate } from '../../src/render/template.ts';

const places = `plain: {{parameter.x}}
list:
  - {{parameter.x}}
  - name: {{parameter.x}}
flow: [{{parameter.x}}, {{{a}}}]
{{#if parameter.x}}
inside: {{parameter.x}}
{{/if}}
{{#each parameter.all}}
each: {{this}}
{{/each}}
{{parameter.x}}: key
joined: {{concat "a-" parameter.x}}
after: 1
`.replace(', {{{a}}}', '');

/** What a template gives whose every place holds its value and nothing else. */
function expected(x: string): unknown {
  const base = { plain: x, list: [x, { name: x }], flow: [x] };
  const inside = x === '' ? {} : { inside: x };
  const pairs = Object.entries({ ...base, ...inside, each: x });
  return Object.fromEntries([...pairs, [x, 'key'], ['joined', `a-${x}`], ['after', 1]]);
}

function written(x: string): unknown {
  return parse(compileTemplate(places)({ parameter: { x, all: [x] } }), { stringKeys: true });
}

const breakers = [
  '',
  '"',
  "'",
  '\\',
  '\\"',
  '\n',
  '\r\n',
  '\n---\n',
  '"\nkind: Secret',
  "'}]",
  '{{x}}',
  '{{{x}}}',
  '}}',
  '# a',
  'a #b',
  'a: b',
  ': ',
  '- a',
  '&a',
  '*a',
  '!!js/function x',
  '%YAML 1.1',
  '@a',
  '`a`',
  '|',
  '>',
  '? a',
  '[',
  '{',
  ',',
  '~',
  'null',
  'yes',
  '1',
  '0o14',
  '.inf',
  '<<',
  '=',
  '\t',
  ' a ',
  '\u0000',
  '\u001B',
  '\u007F',
  '\u0085',
  '\u00A0',
  '\u2028',
  '\u2029',
  '\uFEFF',
  '\uFFFF',
  '\uD800',
  '\uDFFF',
  '😀',
  '__proto__',
  'constructor',
  'toString',
  '{{#if 1}}',
  '{{> x}}',
  '\\{{x}}',
  '<script>',
  '&amp;',
  '${x}',
  '$(x)',
];

describe('no text breaks out of its place', () => {
  test.each(breakers)('%j', (text) => expect(written(text)).toEqual(expected(text)));

  test('any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.string({ unit: fc.constantFrom(...breakers) }),
    );
    fc.assert(
      fc.property(
        text.filter((x) => !['plain', 'list', 'flow', 'inside', 'each', 'joined', 'after'].includes(x)),
        (x) => {
          expect(written(x)).toEqual(expected(x));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any JSON value, its keys included', () => {
    const template = compileTemplate('a:\n  - {{parameter}}\nb: 1\n');
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const object = { parameter: value };
        const text = template(object);
        expect(JSON.stringify(parse(text, { stringKeys: true }))).toBe(JSON.stringify({ a: [value], b: 1 }));
      }),
      { numRuns: 300 },
    );
  });
});

const input = { parameter: { x: 'a\nkind: Secret', map: { x: 'b\nkind: Secret' }, list: ['c\nkind: Secret'] } };

function refusal(template: string): string {
  try {
    return `wrote ${JSON.stringify(compileTemplate(template)(input))}`;
  } catch (error) {
    if (error instanceof TemplateError) return 'refused';
    throw error;
  }
}

describe('raw output is refused', () => {
  test.each([
    '{{{parameter.x}}}',
    '{{&parameter.x}}',
    '{{~{parameter.x}~}}',
    '{{#if parameter.x}}{{{parameter.x}}}{{/if}}',
    '{{#if parameter.no}}{{else}}{{&parameter.x}}{{/if}}',
    '{{#each parameter.list}}{{{this}}}{{/each}}',
    '{{{concat parameter.x}}}',
    '{{{json parameter.x}}}',
    '{{{{raw}}}}{{parameter.x}}{{{{/raw}}}}',
    '{{#concat parameter.x}}{{/concat}}',
    '{{#lookup parameter "x"}}{{/lookup}}',
    '{{^lookup parameter "x"}}{{/lookup}}',
    '{{#default parameter.x ""}}{{/default}}',
    '{{#values parameter.map}}{{/values}}',
    '{{#unique parameter.list}}{{/unique}}',
    '{{#if parameter.no}}{{else lookup parameter "x"}}{{/if}}',
    '{{#parameter.x}}{{/parameter.x}}',
  ])('%s', (template) => expect(refusal(template)).toBe('refused'));
});

describe('what could reach beyond the template is refused', () => {
  test.each([
    '{{> x}}',
    '{{#> x}}{{/x}}',
    '{{> (lookup parameter "x")}}',
    '{{> @partial-block}}',
    '{{* x}}',
    '{{#*inline "x"}}{{/inline}}',
    '{{log "x"}}',
    '{{#log "x"}}{{/log}}',
    '{{concat (log "x")}}',
    '{{helperMissing "x"}}',
    '{{#helperMissing "x"}}{{/helperMissing}}',
    '{{blockHelperMissing "x"}}',
    '{{#blockHelperMissing parameter.list}}{{/blockHelperMissing}}',
    '{{nope parameter.x}}',
    '{{#nope}}{{/nope}}',
    '{{concat (nope 1)}}',
    '{{nope a=1}}',
    '{{__lookupGetter__ "x"}}',
    '{{__defineGetter__ "x" concat}}',
    '{{parameter.constructor}}',
    '{{parameter.__proto__}}',
    '{{parameter.toString}}',
    '{{parameter.x.constructor}}',
    '{{parameter.x.link}}',
    '{{parameter.list.map}}',
    '{{parameter.hasOwnProperty "x"}}',
    '{{constructor}}',
    '{{constructor.constructor "return process"}}',
    '{{lookup parameter "constructor"}}',
    '{{lookup parameter "__proto__"}}',
    '{{lookup (lookup parameter "constructor") "name"}}',
    '{{#with (lookup parameter "constructor")}}{{name}}{{else}}{{nope}}{{/with}}',
    '{{@root.constructor}}',
  ])('%s', (template) => expect(refusal(template)).toBe('refused'));
});

describe('a template is stopped by what it does, not by the clock', () => {
  const loops = (depth: number): string =>
    depth === 0 ? 'x' : `{{#each parameter.list}}${loops(depth - 1)}{{/each}}`.replace('parameter', '@root.parameter');
  const list = Array.from({ length: 30 }, (_, index) => index);

  test('six loops within each other over thirty elements', () => {
    expect(() => compileTemplate(loops(6))({ parameter: { list } })).toThrow(/takes more than 2000000 steps/);
  });

  test('a value that is written again and again', () => {
    const template = '{{#each parameter.list}}{{#each @root.parameter.list}}{{@root.parameter.text}}{{/each}}{{/each}}';
    const text = 'a'.repeat(100_000);
    expect(() => compileTemplate(template)({ parameter: { list, text } })).toThrow(/takes more than/);
  });

  test('a list that is searched for each of its elements', () => {
    const many = Array.from({ length: 3000 }, (_, index) => index);
    const template = '{{#each parameter.list}}{{includes @root.parameter.list this}}{{/each}}';
    expect(() => compileTemplate(template)({ parameter: { list: many } })).toThrow(/takes more than/);
  });

  test('each evaluation has a budget of its own', () => {
    const run = compileTemplate(loops(3));
    for (let round = 0; round < 100; round += 1) expect(run({ parameter: { list } })).toHaveLength(27_000);
  });

  test('one that is nested too deeply is said to be', () => {
    const deep = `${'{{#if true}}'.repeat(5000)}${'{{/if}}'.repeat(5000)}`;
    expect(() => compileTemplate(deep)({})).toThrow(/nested too deeply/);
  });
});
