import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import schema from '../../src/schema/reports/diff-report.json' with { type: 'json' };
import { transitionKinds } from '../../src/diff/safety/transition-codes.ts';
import { definition } from '../support/documents.ts';
import { fleet, rendered, shopImage, shopOn } from '../support/fleet.ts';
import type { ScratchRepo } from '../support/scratch-repo.ts';

const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

/** The Markdown comment on what the working tree changes. */
async function comment(repo: ScratchRepo): Promise<string> {
  const { code, stdout, stderr } = await repo.appdeploy('diff', '--format', 'markdown');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.replace(/HEAD \([0-9a-f]{12}\)/, 'HEAD (0123456789ab)');
}

test('a weight change on 60 clusters is a comment of less than 60 lines, the matrix first', async () => {
  const repo = await fleet(60);
  const text = await comment(repo.write({ 'site.yaml': shopOn(50) }));
  const file = new URL('../../docs/review-example.md', import.meta.url);
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
  expect(text.split('\n').length).toBeLessThan(60);
  expect(text.indexOf('| AppDeployment |')).toBeLessThan(text.indexOf('Blast radius'));
});

test('an edit of a definition that reaches nothing says so, and differs in no object', async () => {
  const repo = await fleet(3);
  const own = (tier: string): string =>
    definition('ComponentDefinition', 'own', `output:\n  apiVersion: v1\n  kind: ConfigMap\n  data: {tier: ${tier}}\n`);
  await rendered(repo.write({ 'definition.yaml': own('one') }));
  const text = await comment(repo.write({ 'definition.yaml': own('two') }));
  expect(text).toContain('No object changes.');
  expect(text).toContain('ComponentDefinition default/own is edited and reaches no revision: none uses it');
  expect((await repo.appdeploy('diff', '--exit-code')).code).toBe(0);
});

test('content that is newer than what is deployed is said first', async () => {
  const repo = await fleet(2);
  const { stdout } = await repo.write({ 'shop.yaml': shopImage('nginx:1.30') }).appdeploy('diff');
  expect(stdout).toMatch(/^The present content of default\/shop \(shop-v3\) is newer than every deployed revision/);
  expect(await comment(repo)).toContain('> The present content of `default/shop` (`shop-v3`) is newer');
});

test('the JSON fits its schema, whatever changes', async () => {
  const repo = await fleet(2);
  const changes: (() => unknown)[] = [
    () => repo,
    () => repo.write({ 'site.yaml': shopOn(40, { 'shop-v1': 1, 'shop-v2': 9 }) }),
    () =>
      repo.write({ 'shop.yaml': shopImage('nginx:1.30'), 'site.yaml': shopOn(100, { 'shop-v2': 1, 'shop-v3': 1 }) }),
    () => repo.write({ 'cart.yaml': undefined, 'site.yaml': undefined }),
  ];
  for (const change of changes) {
    change();
    const { stdout } = await repo.appdeploy(
      'diff',
      '--format',
      'json',
      '--max-blast-radius',
      '1%',
      '--min-capacity',
      '90',
    );
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  }
  expect(schema.properties.findings.items.properties.code.enum).toEqual(Object.keys(transitionKinds));
});
