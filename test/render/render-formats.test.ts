import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printYaml } from '../../src/layout/printer.ts';
import { currentRenderFormat } from '../../src/model/revision.ts';
import { plan } from '../support/memory-plan.ts';

const file = (name: string): URL => new URL(`formats/${name}`, import.meta.url);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const formats = Array.from({ length: currentRenderFormat }, (_, index) => index + 1);
const path = 'revisions/default/shop/shop-v1.yaml';

/** The documents with the snapshot that a version of that render format wrote for them. */
async function planned(format: number): ReturnType<typeof plan> {
  return plan({ 'documents.yaml': read('documents.yaml'), [path]: read(`format-${format}/snapshot.yaml`) });
}

test.each(formats)('a snapshot of render format %i renders as it always did', async (format) => {
  const { manifests } = await planned(format);
  const text = manifests.map(({ object }) => printYaml(object)).join('---\n');
  const golden = `format-${format}/rendered.yaml`;
  // Those of older formats were written by the versions that had them, and are never written again.
  if (process.env['UPDATE_GOLDEN'] !== undefined && format === currentRenderFormat) writeFileSync(file(golden), text);
  expect(text).toBe(read(golden));
});

test.each(formats)('an Application on record in render format %i gets no new revision', async (format) => {
  const { revisions, records } = await planned(format);
  expect(revisions.map(({ name, renderFormat }) => ({ name, renderFormat }))).toEqual([
    { name: 'shop-v1', renderFormat: format },
  ]);
  expect(records).toEqual({ writes: new Map(), removals: [], owned: [path] });
});

test('a snapshot that says no format is of the first', async () => {
  const snapshot = read('format-1/snapshot.yaml').replace(/^ {2}renderFormat: 1\n/m, '');
  const { manifests } = await plan({ 'documents.yaml': read('documents.yaml'), [path]: snapshot });
  expect(manifests.map(({ object }) => printYaml(object)).join('---\n')).toBe(read('format-1/rendered.yaml'));
});

test('a change of the Application makes a revision of the current format', async () => {
  const changed = read('documents.yaml').replace('image: nginx', 'image: httpd');
  const { revisions } = await plan({ 'documents.yaml': changed, [path]: read('format-1/snapshot.yaml') });
  expect(revisions.map(({ name, renderFormat }) => `${name} ${renderFormat}`)).toEqual([
    'shop-v1 1',
    `shop-v2 ${currentRenderFormat}`,
  ]);
});
