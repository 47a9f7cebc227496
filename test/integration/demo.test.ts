import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { byText } from '../../src/model/plain.ts';

test('the demo plays all seven steps, reaches the committed example, and leaves nothing rendered', () => {
  const committed = fileURLToPath(new URL('../../examples/quick-start/rendered/clusters/', import.meta.url));
  const example = readdirSync(committed, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .toSorted(byText);
  const script = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url));
  const output = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  expect(output.match(/^=== \d\./gm)).toHaveLength(7);
  const rendered = output
    .split('=== 6.')[1]
    ?.split('=== 7.')[0]
    ?.match(/^rendered\/clusters\/.*/gm);
  expect(rendered).toEqual(example.map((path) => `rendered/clusters/${path}`));
  expect(output.trimEnd().endsWith('(nothing is rendered)')).toBe(true);
});
