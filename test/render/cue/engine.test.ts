import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCueEngine } from '../../../src/io/cue-engine.ts';
import { appDeployment, application, on } from '../../support/documents.ts';
import { cueDefinition } from '../../support/cue.ts';
import { ScratchRepo } from '../../support/scratch-repo.ts';

const endless = 'import "list"\noutput: {apiVersion: "v1", kind: "A", spec: list.Range(0, 200000, 1)}\n';
const quick =
  'output: {apiVersion: "apps/v1", kind: "Deployment", spec: image: parameter.image}\nparameter: image: string\n';
const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** The threads that the built command line starts to render a repo. */
function threads(repo: ScratchRepo): string {
  const log = join(mkdtempSync(join(tmpdir(), 'appdeploy-threads-')), 'log');
  writeFileSync(log, '');
  const preload = new URL('../../support/count-workers.mjs', import.meta.url).href;
  const env = { ...process.env, WORKER_LOG: log };
  execFileSync(process.execPath, ['--import', preload, cli, 'render', '-q'], { cwd: repo.root, env, stdio: 'pipe' });
  return readFileSync(log, 'utf8');
}

test('ten CUE definitions cost one start of the engine, and a repo without CUE none', () => {
  const names = Array.from({ length: 10 }, (_, index) => `quick-${index}`);
  const apps = names.map((type) =>
    application(type, [{ name: type, type, properties: { image: type } }], { direct: true }),
  );
  const definitions = names.map((type) => cueDefinition('ComponentDefinition', type, `${quick}// ${type}\n`));
  expect(threads(new ScratchRepo().write({ 'all.yaml': [...apps, ...definitions].join('') }))).toBe('cue-worker.js\n');
  expect(threads(new ScratchRepo().write({ 'all.yaml': application('shop', undefined, { direct: true }) }))).toBe('');
});

test('a template that does not end is stopped within its budget, and the rest of the run goes on', async () => {
  const repo = new ScratchRepo().write({
    'appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\ntemplates: {timeoutSeconds: 2.5}\n',
    'definitions.yaml':
      cueDefinition('ComponentDefinition', 'endless', endless) + cueDefinition('ComponentDefinition', 'quick', quick),
    'apps.yaml':
      application('slow', [{ name: 'a', type: 'endless', properties: {} }], { direct: true }) +
      application('wrong', [{ name: 'b', type: 'quick', properties: {} }], { direct: true }),
  });
  const { code, stderr } = await repo.appdeploy('render');
  expect(code).toBe(1);
  expect(stderr).toContain(
    'TEMPLATE_FAILED: ComponentDefinition endless: its evaluation took longer than 2.5 s and was stopped',
  );
  expect(stderr).toContain('MISSING_FIELD: image is missing');
});

test('equal programs are evaluated once, and a new thread serves after one was stopped', () => {
  const engine = createCueEngine(3);
  expect(engine.evaluate('a: 1 + 1')).toEqual({ kind: 'value', json: '{"a":2}' });
  expect(engine.evaluate('a: 1 + 1')).toBe(engine.evaluate('a: 1 + 1'));
  expect(engine.evaluate('import "list"\na: list.Range(0, 200000, 1)')).toMatchObject({ kind: 'stopped' });
  expect(engine.evaluate('a: 1 & 2')).toEqual({ kind: 'error', message: 'a: conflicting values 2 and 1' });
});

test('two thousand levels of nesting do not end the run', () => {
  let deep = '1';
  for (let level = 0; level < 2000; level += 1) deep = `{a: ${deep}}`;
  const engine = createCueEngine(20);
  expect(engine.evaluate(`x: ${deep}`).kind).toMatch(/value|error/);
  expect(engine.evaluate('a: 2')).toEqual({ kind: 'value', json: '{"a":2}' });
});

test('a snapshot made with a CUE definition renders the same after the definition is deleted', async () => {
  const repo = new ScratchRepo().write({
    'definition.yaml': cueDefinition('ComponentDefinition', 'quick', quick),
    'app.yaml': application('shop', [{ name: 'web', type: 'quick', properties: { image: 'nginx' } }]),
    'site.yaml': appDeployment('shop', { 'shop-v1': [on(undefined, 1)] }),
  });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  const before = repo.commit().files('rendered');
  repo.write({ 'definition.yaml': undefined, 'app.yaml': undefined });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(repo.files('rendered')).toEqual(before);
});
