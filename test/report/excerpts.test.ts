import { expect, test } from 'vitest';
import { problem } from '../../src/model/problem.ts';
import { problemsText } from '../../src/report/problems/text.ts';
import { styleFor } from '../../src/report/style.ts';

function excerptAt(text: string, column: number): string[] {
  const found = problem('INVALID_YAML', { path: 'a.yaml', line: 1, column }, 'is wrong');
  return problemsText([found], [{ path: 'a.yaml', text }], styleFor(false))
    .split('\n')
    .slice(1, 3);
}

test('a long line is cut around the caret', () => {
  const [line = '', caret = ''] = excerptAt(`${'a'.repeat(100_000)}X${'b'.repeat(100_000)}`, 100_001);
  expect(line).toBe(`  1 | …${'a'.repeat(80)}X${'b'.repeat(79)}…`);
  expect(line[caret.indexOf('^')]).toBe('X');
});

test('a short one is shown whole', () => {
  expect(excerptAt('kind: Application', 7)).toEqual(['  1 | kind: Application', '    |       ^']);
});
