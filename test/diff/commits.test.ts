import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stateOfPlan } from '../../src/diff/from-plan.ts';
import { diffReport, type Side } from '../../src/diff/report.ts';
import { readPageAssets } from '../../src/io/page-assets.ts';
import { openRepo } from '../../src/io/repo.ts';
import { findRoot } from '../../src/io/root.ts';
import { planRepo } from '../../src/pipeline.ts';
import { diffHtml } from '../../src/report/diff/html/page.ts';
import { diffJson } from '../../src/report/diff/json.ts';
import { diffMarkdown } from '../../src/report/diff/markdown.ts';
import { diffText } from '../../src/report/diff/text.ts';
import { styleFor } from '../../src/report/style.ts';
import { undeployed } from '../../src/report/undeployed.ts';
import { application, definition } from '../support/documents.ts';
import { fleet, rendered, shopImage, shopOn } from '../support/fleet.ts';
import { Clone, deployed, SharedRepo, shop } from '../support/shared-repo.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

/** A side as a checkout of a commit has it, read from its files. */
async function checkedOut(
  repo: ScratchRepo,
  name: string,
  folder = '',
): Promise<Side & { behind: ReturnType<typeof undeployed> }> {
  const commit = repo.git('rev-parse', name).trim();
  const clone = new Clone(`file://${repo.root}`);
  clone.git('checkout', '--quiet', '--detach', commit);
  const plan = await planRepo(openRepo(await findRoot(join(clone.root, folder))), { version: '0.1.0' });
  return { label: { name, commit }, state: stateOfPlan(plan), behind: undeployed(plan) };
}

/** The diff of two commits of a shared repo, and what two checkouts of them give, in every format. */
async function bothWays(bare: ScratchRepo, base: string, head: string): Promise<void> {
  const [before, after] = [await checkedOut(bare, base), await checkedOut(bare, head)];
  const report = diffReport(before, after, { undeployed: after.behind });
  expect(report.changes.length).toBeGreaterThan(0);
  const elsewhere = new Clone(`file://${bare.root}`);
  const run = async (...options: string[]): Promise<string> => {
    const { code, stdout } = await elsewhere.appdeploy('diff', base, head, ...options);
    expect(code).toBe(0);
    return stdout;
  };
  expect(await run('-v')).toBe(diffText(report, styleFor(false), true));
  expect(await run('--format', 'markdown')).toBe(diffMarkdown(report));
  expect(await run('--format', 'json')).toBe(diffJson(report));
  expect(await run('--format', 'html')).toBe(diffHtml(report, await readPageAssets()));
}

test('the diff of two commits is the diff of two checkouts, byte for byte', async () => {
  const repo = await fleet(3);
  repo.git('tag', 'one');
  await rendered(
    repo.write({ 'site.yaml': shopOn(50, { 'shop-v1': 4, 'shop-v2': 6 }), 'shop.yaml': shopImage('nginx:1.29') }),
  );
  repo.git('tag', 'two');
  await rendered(repo.write({ 'cart.yaml': undefined, 'site.yaml': shopOn(100, { 'shop-v2': 6, 'shop-v3': 1 }) }));
  repo.git('tag', 'three');
  await bothWays(repo, 'one', 'two');
  await bothWays(repo, 'one', 'three');
  await bothWays(repo, 'three', 'two');
});

test('so it is for commits that nobody rendered, whose revisions come from the history', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1'), 'site.yaml': deployed('shop-v1') }).commit();
  repo.git('tag', 'one');
  repo.write({ 'shop.yaml': shop('nginx:2') }).commit();
  repo.write({ 'shop.yaml': shop('nginx:3'), 'site.yaml': deployed('shop-v2', 'shop-v3') }).commit();
  repo.git('tag', 'two');
  await bothWays(repo, 'one', 'two');
});

test('and for a feature branch that meets a mainline which moved on', async () => {
  const shared = await SharedRepo.open();
  const branch = shared.branch('feature');
  await branch.change('nginx:3', 'shop-v2', 'shop-v3');
  branch.git('push', '--quiet', 'origin', 'feature');
  const main = shared.clone();
  main.write({ 'cart.yaml': application('cart', [{ name: 'cart' }], { direct: true }) });
  await main.render();
  main.commit().git('push', '--quiet', 'origin', 'main');
  const commitOf = (name: string): string => shared.bare.git('rev-parse', name).trim();
  await bothWays(shared.bare, commitOf('main'), commitOf('feature'));
  await bothWays(shared.bare, commitOf('main~1'), commitOf('feature'));
});

/** Every byte below a folder, .git included. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).toSorted())
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

test('it changes no file and no index, whatever it compares', async () => {
  const repo = await fleet(2);
  repo.write({ 'site.yaml': shopOn(50), 'untracked.yaml': application('new') });
  repo.git('add', 'site.yaml');
  repo.write({ 'site.yaml': shopOn(60) });
  const before = fingerprint(repo.root);
  expect(existsSync(join(repo.root, '.git/index'))).toBe(true);
  for (const argv of [
    [],
    ['HEAD~1'],
    ['HEAD~1', 'HEAD'],
    ['--rendered'],
    ['HEAD~1', 'HEAD', '--rendered'],
    ['-v', '--format', 'json'],
  ])
    expect((await repo.appdeploy('diff', ...argv)).code).toBe(0);
  expect(fingerprint(repo.root)).toBe(before);
});

test('by default the merge base with the mainline is compared with the working tree', async () => {
  const shared = await SharedRepo.open();
  const branch = shared.branch('feature');
  const base = branch.git('rev-parse', 'HEAD').trim();
  await branch.change('nginx:3', 'shop-v2', 'shop-v3');
  branch.write({ 'deployment.yaml': deployed('shop-v3') });
  const { stdout, code } = await branch.appdeploy('diff', '--format', 'json');
  const report = JSON.parse(stdout) as { base: object; head: object; matrix: { revision: string; changed: boolean }[] };
  expect(code).toBe(0);
  expect([report.base, report.head]).toEqual([
    { name: 'merge base with origin/main', commit: base },
    { name: 'working tree' },
  ]);
  expect(report.matrix.map(({ revision, changed }) => [revision, changed])).toEqual([
    ['shop-v2', true],
    ['shop-v3', true],
  ]);
});

test('on the mainline it is HEAD, with the revisions of commits that are not pushed yet', async () => {
  const shared = await SharedRepo.open();
  const main = shared.clone();
  for (const number of [3, 4, 5]) await main.change(`nginx:${number}`, `shop-v${number}`);
  main.write({ 'deployment.yaml': deployed('shop-v4') });
  const { stdout, stderr, code } = await main.appdeploy('diff');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('HEAD (');
  expect(stdout).toMatch(/default\/shop +shop-v5 +1 → –/);
  expect((await main.appdeploy('diff', 'HEAD~2', 'HEAD~1')).stdout).toMatch(/default\/shop +shop-v4 +– → 1/);
});

test('before the first commit everything is new; a root that a commit lacks is empty there', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': application('shop', undefined, { direct: true }) });
  expect((await repo.appdeploy('diff')).stdout).toContain('nothing → working tree');
  repo.commit().write({ 'deep/appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n' });
  repo.write({ 'deep/b.yaml': application('other', undefined, { direct: true }) }).commit();
  const { stdout } = await repo.appdeploy('diff', 'HEAD~1', 'HEAD', '--root', 'deep');
  expect(stdout).toContain('Deployment: 1 added');
  expect(stdout).toContain('default/other');
});

test('a side that cannot be rendered is named, with its problems; its committed output can be compared', async () => {
  const repo = await fleet(1);
  const broken = definition('ComponentDefinition', 'webservice', '{{{{');
  repo.write({ 'definition.yaml': broken, 'new.yaml': application('new', undefined, { direct: true }) }).commit();
  repo.write({ 'definition.yaml': undefined });
  const { code, stderr, stdout } = await repo.appdeploy('diff');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^HEAD \([0-9a-f]{12}\) cannot be rendered; --rendered compares what was committed\.\n/);
  expect(stderr).toMatch(/definition\.yaml:\d+:\d+@[0-9a-f]{12}: error INVALID_DEFINITION/);
  expect(await repo.appdeploy('diff', '--rendered')).toMatchObject({ code: 0, stderr: '' });
});
