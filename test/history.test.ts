import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readBuiltins } from '../src/io/builtins.ts';
import { openRepo } from '../src/io/repo.ts';
import { namedRoot } from '../src/io/root.ts';
import { planRepo } from '../src/pipeline.ts';
import type { Plan } from '../src/plan.ts';
import { appDeployment, application, definition, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const shop = (image: string): string => application('shop', [{ name: 'web', properties: { image } }]);
const deployed = (revision: string): string => appDeployment('shop', { [revision]: [on(undefined, 1)] });

/** The names and images of the snapshots in the tree. */
function snapshots(repo: ScratchRepo): string[] {
  const files = Object.entries(repo.files('revisions'));
  return files.map(([path, text]) => `${path.split('/').at(-1) ?? ''} ${/image: (\S+)/.exec(text)?.[1] ?? ''}`);
}

test('without snapshots, revisions come from first-parent history, wherever the file lay, and are recorded', async () => {
  const repo = new ScratchRepo().write({ 'a.yaml': shop('one') }).commit();
  repo.write({ 'a.yaml': undefined, 'moved/b.yaml': shop('one') }).commit();
  repo.git('checkout', '--quiet', '-b', 'feature');
  repo.write({ 'moved/b.yaml': shop('draft') }).commit();
  repo.write({ 'moved/b.yaml': shop('two') }).commit();
  repo.git('checkout', '--quiet', 'main');
  repo.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'feature');
  repo.write({ 'moved/b.yaml': shop('three') });
  await repo.appdeploy('render', '-q');
  expect(snapshots(repo)).toEqual(['shop-v1.yaml one', 'shop-v2.yaml two', 'shop-v3.yaml three']);
  const recorded = repo.files();
  await repo.appdeploy('render', '-q');
  expect(repo.files()).toEqual(recorded);
  repo.commit();
  expect((await repo.appdeploy('check')).stdout).toBe('in sync\n');
});

const template = (made: string): string => `output:
  apiVersion: apps/v1
  kind: Deployment
  metadata: { annotations: { made: ${made} } }
  spec:
    selector: { matchLabels: { app.oam.dev/appRevision: {{context.appRevision}} } }
    template: { metadata: { labels: { app.oam.dev/appRevision: {{context.appRevision}} } } }
`;

test('a published revision renders the same bytes after its definition is edited', async () => {
  const mine = application('shop', [{ name: 'web', type: 'mine' }]) + deployed('shop-v1');
  const define = (made: string): string => definition('ComponentDefinition', 'mine', template(made));
  const repo = new ScratchRepo().write({ 'def.yaml': define('before'), 'a.yaml': mine });
  await repo.appdeploy('render', '-q');
  const before = repo.commit().files('rendered');
  await repo.write({ 'def.yaml': define('after') }).appdeploy('render', '-q');
  expect(repo.files('rendered')).toEqual(before);
});

test('a published revision renders the same bytes after a built-in definition is changed', async () => {
  const repo = new ScratchRepo().write({ 'a.yaml': shop('one') + deployed('shop-v1') });
  await repo.appdeploy('render', '-q');
  repo.commit();
  const shipped = await readBuiltins();
  const changed = shipped.map((file) => ({ ...file, text: file.text.replaceAll('containerPort', 'hostPort') }));
  const plan = async (builtins: typeof shipped): Promise<Plan> =>
    planRepo(
      { ...openRepo(await namedRoot(repo.root)), builtins: () => Promise.resolve(builtins) },
      { version: '0.1.0' },
    );
  expect([...(await plan(changed)).output]).toEqual([...(await plan(shipped)).output]);
  repo.write({ 'a.yaml': shop('two') + deployed('shop-v2') });
  expect([...(await plan(changed)).output.values()].join('')).toContain('hostPort');
});

/** The Git processes of a render in a repo with some revisions of shop and as many other files. */
function gitCalls(revisions: number): string[] {
  const repo = new ScratchRepo();
  for (const number of Array.from({ length: revisions }, (_, index) => String(index)))
    repo.write({ 'a.yaml': shop(number), [`${number}.txt`]: number }).commit();
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  repo.write({ 'bin/git': `#!/bin/sh\necho "$1" >> "${repo.root}/bin/log"\nexec "${git}" "$@"\n` });
  execFileSync('chmod', ['+x', `${repo.root}/bin/git`]);
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const env = { ...process.env, PATH: `${repo.root}/bin:${process.env['PATH'] ?? ''}` };
  execFileSync(process.execPath, [cli, 'render', '-q'], { cwd: repo.root, env });
  expect(snapshots(repo)).toHaveLength(revisions);
  return readFileSync(`${repo.root}/bin/log`, 'utf8').trim().split('\n');
}

test('a run starts a handful of Git processes, however long the history', () => {
  const calls = gitCalls(12);
  // They run side by side, in no fixed order.
  expect(calls.toSorted()).toEqual(gitCalls(2).toSorted());
  expect(calls.length).toBeLessThanOrEqual(12);
});

test('neither the time zone, the locale, nor the folder changes a byte', () => {
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const rendered = ['UTC C', 'Pacific/Kiritimati tr_TR.UTF-8'].map((machine) => {
    const [TZ, locale] = machine.split(' ');
    const repo = new ScratchRepo().write({ 'a.yaml': shop('one') + deployed('shop-v1') });
    const env = { ...process.env, TZ, LANG: locale, LC_ALL: locale };
    execFileSync(process.execPath, [cli, 'render', '-q'], { cwd: repo.root, env });
    return { ...repo.files('rendered'), ...repo.files('revisions') };
  });
  expect(Object.keys(rendered[0] ?? {})).toHaveLength(4);
  expect(rendered[1]).toEqual(rendered[0]);
});
