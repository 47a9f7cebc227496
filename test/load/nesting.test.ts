import { expect, test } from 'vitest';
import { parse } from '../../src/load/parse.ts';

const head = 'apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata:\n  name: deep\nspec:\n  components:\n    ';

test.each([
  ['lists on one line', `${'- '.repeat(100_000)}a`],
  ['brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['braces', `${'{a: '.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['mappings', `\n${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth + 4)}a:`).join('\n')}`],
])('%s that are nested without end are a problem that says so', (_what, text) => {
  const { value, problems } = parse([{ path: 'a.yaml', text: `${head}${text}\n` }]);
  expect(value).toEqual([]);
  expect(problems.map(({ code, message }) => `${code} ${message}`)).toContain(
    'INVALID_YAML this is nested too deeply to be read',
  );
});

test('what is nested two hundred deep is read', () => {
  const text = Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth + 6)}a:\n`).join('');
  const { value, problems } = parse([{ path: 'a.yaml', text: `${head}b:\n${text}` }]);
  expect([value.length, problems]).toEqual([1, []]);
});
