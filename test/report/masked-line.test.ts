import { expect, test } from 'vitest';
import { maskedLine } from '../../src/report/problems/masked-line.ts';
import { application } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const secret = (value: string): string => {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { db: 'WORD' } };
  return application('shop', [{ name: 'it', type: 'k8s-objects', properties: { objects: [object] } }]).replace(
    'WORD',
    value,
  );
};

test.each([
  ['"hunter2'],
  ['hunter2: x: y'],
  ['{a: hunter2'],
  ['*hunter2'],
  ['|2 hunter2'],
  ['@hunter2'],
  ['%hunter2'],
  ['x\n              db: hunter2'],
])('a mistake in a value of a Secret is told without the value: %s', async (value) => {
  const repo = new ScratchRepo().write({ 'shop.yaml': secret(value) });
  for (const options of [[], ['--problems', 'json'], ['--problems', 'sarif']]) {
    const { code, stderr } = await repo.appdeploy('validate', ...options);
    expect(code).toBe(1);
    expect(stderr).not.toContain('hunter2');
  }
});

/** The last line of a text as it may be shown. */
function shown(...lines: readonly string[]): string | undefined {
  return maskedLine(lines, lines.length - 1);
}

test('a line is masked by its own key and by those above it, and by no other', () => {
  expect(shown('password: x')).toBe('password: ********');
  expect(shown('stringData:', '', '# a comment', '  a: |', '    x: y')).toBe('    x: ********');
  expect(shown('stringData:', '  a: |', '    x y')).toBe('    ********');
  expect(shown('tokens:', '- x')).toBe('- ********');
  expect(shown('"data": {', '  "a": "x",')).toBe('  "a": ********');
  expect(shown('env:', '  - name: A', '    value: x')).toBe('    value: ********');
  expect(shown('env:', '  - value: x', '    name: A')).toBe('    name: A');
  expect(shown('data:', '  a: x', 'image: nginx')).toBe('image: nginx');
  expect(shown('data:', '---', '  image: nginx')).toBe('  image: nginx');
  expect(shown('kubeconfigSecretRef:', '  name: x')).toBe('  name: x');
  expect(shown('{"kind": "Secret", "x": 1}')).toBeUndefined();
});
