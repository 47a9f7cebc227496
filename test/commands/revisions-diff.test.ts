import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { styleFor } from '../../src/report/style.ts';
import { diffLines } from '../../src/report/diff-lines.ts';
import schema from '../../src/schema/reports/revisions-diff.json' with { type: 'json' };
import { appDeployment, application, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

async function twoRevisions(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write({
    'shop.yaml': shop('nginx:1'),
    'site.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 1)] }),
  });
  await repo.appdeploy('render', '-q');
  repo.commit().write({ 'shop.yaml': shop('nginx:2') });
  await repo.appdeploy('render', '-q');
  return repo.commit();
}

test('two revisions are compared as they are pinned', async () => {
  const repo = await twoRevisions();
  const { code, stdout, stderr } = await repo.appdeploy('revisions', 'diff', 'shop-v1', 'default/shop-v2', '-q');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^--- default\/shop-v1\n\+\+\+ default\/shop-v2\n@@ /);
  expect(stdout.split('\n').filter((line) => /^[-+] .*image/.test(line))).toEqual([
    '-            image: nginx:1',
    '+            image: nginx:2',
  ]);
  const backwards = (await repo.appdeploy('revisions', 'diff', 'shop-v2', 'shop-v1', '-q')).stdout;
  expect(backwards).toContain('+            image: nginx:1');
});

test('--json lists the fields as its schema says; a credential is not among them', async () => {
  const repo = await twoRevisions();
  const env = (value: string): object => ({ image: 'nginx:2', env: [{ name: 'DB_PASSWORD', value }] });
  repo.write({ 'shop.yaml': application('shop', [{ name: 'web', properties: env('hunter2') }]) });
  await repo.appdeploy('render', '-q');
  const json = async (a: string, b: string): Promise<{ readonly changes: readonly object[] }> => {
    const { code, stdout } = await repo.appdeploy('revisions', 'diff', a, b, '--json', '-q');
    expect(code).toBe(0);
    expect(stdout).not.toContain('hunter2');
    const report = JSON.parse(stdout) as { readonly changes: readonly object[] };
    const validate = new Ajv().compile(schema);
    expect(validate(report) ? [] : validate.errors).toEqual([]);
    return report;
  };
  expect(await json('shop-v1', 'shop-v2')).toEqual({
    from: 'default/shop-v1',
    to: 'default/shop-v2',
    changes: [{ field: 'spec.application.spec.components[0].properties.image', before: 'nginx:1', after: 'nginx:2' }],
  });
  expect((await json('shop-v2', 'shop-v3')).changes).toEqual([
    {
      field: 'spec.application.spec.components[0].properties.env',
      after: [{ name: 'DB_PASSWORD', value: expect.stringContaining('***') as string }],
    },
  ]);
  expect((await json('shop-v2', 'shop-v2')).changes).toEqual([]);
});

test('what may be a credential is masked in the text, too', async () => {
  const repo = await twoRevisions();
  const env = (value: string): object => ({ image: 'nginx:2', env: [{ name: 'DB_PASSWORD', value }] });
  for (const word of ['hunter2', 'hunter3']) {
    repo.write({ 'shop.yaml': application('shop', [{ name: 'web', properties: env(word) }]) });
    await repo.appdeploy('render', '-q');
    // Published: a pending revision would be written anew.
    repo.commit();
  }
  const { stdout } = await repo.appdeploy('revisions', 'diff', 'shop-v3', 'shop-v4', '-q');
  expect(stdout).toContain('+                value: "******** (changed)"');
  expect(stdout).not.toContain('hunter');
});

test('a revision and itself differ in nothing; an unknown one is wrong usage', async () => {
  const repo = await twoRevisions();
  expect(await repo.appdeploy('revisions', 'diff', 'shop-v1', 'shop-v1', '-q')).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect(await repo.appdeploy('revisions', 'diff', 'shop-v1', 'shop-v9')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('there is no revision "shop-v9"; known are shop-v1, shop-v2') as string,
  });
});

test('a terminal shows it in colours, and none of its text is lost', () => {
  const diff = '--- a\n+++ b\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n';
  const painted = diffLines(diff, styleFor(true));
  expect(painted).toContain('\u001B[31m-old\u001B[39m');
  expect(painted).toContain('\u001B[32m+new\u001B[39m');
  expect(stripVTControlCharacters(painted)).toBe(diff);
  expect(diffLines(diff, styleFor(false))).toBe(diff);
});
