import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { copyProject } from '../support/project-copy.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

const place = mkdtempSync(join(tmpdir(), 'appdeploy-hooks-'));
const hooks = join(place, 'appdeploy');
const environment = { ...process.env, PRE_COMMIT_HOME: join(place, 'home') };
let revision = '';

/** This project as a repo of hooks, as pre-commit clones it. */
beforeAll(() => {
  copyProject(hooks);
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: hooks, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'hooks');
  revision = git('rev-parse', 'HEAD').trim();
});
afterAll(() => rmSync(dirname(hooks), { recursive: true, force: true }));

/** A config repo with the hooks installed, and its first commit made. */
function configRepo(): ScratchRepo {
  const repo = new ScratchRepo().write({
    '.pre-commit-config.yaml': `repos:\n  - repo: ${hooks}\n    rev: ${revision}\n    hooks: [{id: appdeploy-render}, {id: appdeploy-check}]\n`,
    'shop.yaml': shop('nginx:1'),
    'clusters.yaml': cluster('east', { tier: 'prod' }) + cluster('west'),
    'site.yaml': appDeployment('site', { 'shop-v1': [on({ labels: { tier: 'prod' } }, 2)] }),
    'other.yaml': appDeployment('other', { 'shop-v1': [on('west', 1)] }),
  });
  execFileSync('pre-commit', ['install'], { cwd: repo.root, env: environment, stdio: 'ignore' });
  repo.git('add', '--all');
  return repo;
}

/** What `git commit` says. */
function commit(repo: ScratchRepo): { readonly ok: boolean; readonly says: string } {
  const { status, stdout, stderr } = spawnSync('git', ['commit', '--message', 'change'], {
    cwd: repo.root,
    env: environment,
    encoding: 'utf8',
  });
  return { ok: status === 0, says: stdout + stderr };
}

/** Commits, and shows what the hooks said where they do not let it pass. */
function passes(repo: ScratchRepo): void {
  const { ok, says } = commit(repo);
  expect(ok ? '' : says).toBe('');
}

/** A file as the last commit has it. */
const committed = (repo: ScratchRepo, path: string): string => repo.git('show', `HEAD:${path}`);

test('a commit without its output is stopped once, and passes when what was rendered is staged', () => {
  const repo = configRepo();
  const stopped = commit(repo);
  expect(stopped.ok).toBe(false);
  expect(stopped.says).toContain('rendered files are not staged: git add --all rendered revisions placements');
  repo.git('add', '--all');
  passes(repo);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(committed(repo, 'revisions/default/shop/shop-v1.yaml')).toContain('nginx:1');
});

function begun(): ScratchRepo {
  const repo = configRepo();
  commit(repo);
  repo.git('add', '--all');
  passes(repo);
  return repo;
}

test('an untracked Cluster moves nothing', () => {
  const repo = begun();
  const before = repo.files('rendered');
  repo.write({ 'more.yaml': cluster('aaa', { tier: 'prod' }), 'README.md': 'a shop\n' });
  repo.git('add', 'README.md');
  passes(repo);
  expect(repo.files('rendered')).toEqual(before);
});

test('of a file that is staged in part, the staged part is rendered, and the rest stays', () => {
  const repo = begun();
  repo.write({ 'shop.yaml': shop('nginx:2') });
  repo.git('add', 'shop.yaml');
  repo.write({ 'shop.yaml': shop('nginx:3') });
  expect(commit(repo).says).toContain('+ revisions/default/shop/shop-v2.yaml');
  expect(repo.read('shop.yaml')).toBe(shop('nginx:3'));
  repo.git('add', 'revisions');
  passes(repo);
  expect(committed(repo, 'revisions/default/shop/shop-v2.yaml')).toContain('nginx:2');
  expect(committed(repo, 'shop.yaml')).toBe(shop('nginx:2'));
  expect(repo.read('shop.yaml')).toBe(shop('nginx:3'));
});

test('a file that is deleted takes its output along, though pre-commit tells a hook nothing of it', () => {
  const repo = begun();
  repo.git('rm', '--quiet', 'other.yaml');
  const { ok, says } = commit(repo);
  expect({ ok, pruned: says.includes('- rendered/clusters/west/default/other/deployment-web-v1.yaml') }).toEqual({
    ok: false,
    pruned: true,
  });
  repo.git('add', '--all');
  passes(repo);
});
