import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig, digList } from '../../src/model/plain.ts';
import { fleet, rendered, shopOn } from '../support/fleet.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${project}docs/ci.md`, 'utf8');

/** The first block of code below a heading of docs/ci.md. */
function recipe(heading: string): string {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`));
  return /```\w+\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
}

/** A repo whose branch `more` moves weight, rendered or not. */
async function mergeRequest({ isRendered = true } = {}): Promise<ScratchRepo> {
  const origin = await fleet(3);
  origin.git('switch', '--quiet', '--create', 'more');
  origin.write({ 'site.yaml': shopOn(50) });
  return isRendered ? rendered(origin) : origin.commit('more weight');
}

/** Runs lines as a CI's runner does, with `appdeploy` on the PATH and nothing of this machine's CI. */
function run(
  checkout: ScratchRepo,
  script: string,
  variables: Readonly<Record<string, string>>,
): ReturnType<typeof spawnSync> {
  const bin = new ScratchRepo({ git: false }).root;
  symlinkSync(`${project}dist/cli.js`, `${bin}/appdeploy`);
  const git = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('GIT_')));
  const env = { ...git, PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin, ...variables };
  return spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd: checkout.root, env, encoding: 'utf8' });
}

/** A checkout as GitLab's runner makes it with GIT_DEPTH 0: no local branch, all of the remote's. */
async function gitlabCheckout(origin: ScratchRepo): Promise<ScratchRepo> {
  const checkout = new ScratchRepo();
  checkout.git('remote', 'add', 'origin', origin.root);
  checkout.git('fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*');
  checkout.git('checkout', '--quiet', '--force', '--detach', 'origin/more');
  return checkout;
}

test.each([
  [true, 0],
  [false, 1],
])('the GitLab recipe, where the output is committed: %s, ends with %i', async (isRendered, status) => {
  const job = dig(parse(recipe('GitLab')), 'appdeploy');
  const checkout = await gitlabCheckout(await mergeRequest({ isRendered }));
  const variables = { CI: 'true', GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' };
  const result = run(checkout, digList(job, 'script').join('\n'), variables);
  expect({ status: result.status, stderr: result.stderr }).toMatchObject({ status });
  if (!isRendered) return;
  const [comment = '', html = ''] = digList(job, 'artifacts', 'paths').map((path) => checkout.read(String(path)));
  expect(comment).toContain('| `default/shop` | c01, c02, c03 | `shop-v2` | 2 | **10 → 50** |');
  expect(html).toContain('Traffic on c01, c02, c03: shop-v1 from 90% to 50%, shop-v2 from 10% to 50%');
});

test('the recipe for any CI works in a shallow clone', async () => {
  const origin = await mergeRequest();
  const checkout = new ScratchRepo({ git: false });
  checkout.git(
    'clone',
    '--quiet',
    '--depth',
    '1',
    '--no-single-branch',
    '--branch',
    'more',
    `file://${origin.root}`,
    '.',
  );
  const result = run(checkout, recipe('Anywhere'), { CI: 'true' });
  expect(result.stdout).toContain('in sync\n### appdeploy: what changes\n\n`merge base with origin/main (');
  expect({ status: result.status, stderr: result.stderr }).toEqual({
    status: 1,
    stderr:
      'appdeploy diff: 100% of the clusters exceeds --max-blast-radius 20%\nappdeploy diff: 40% of the traffic exceeds --max-blast-radius 20%\n',
  });
});
