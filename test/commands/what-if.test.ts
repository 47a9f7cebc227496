import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { appDeployment, application, cluster, on, target } from '../support/documents.ts';
import { fleet, rendered } from '../support/fleet.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

/** `site` runs v1 by labels on one of two production clusters and by name on the third, and v2 by name there. */
async function site(): Promise<ScratchRepo> {
  const traffic = {
    hosts: ['a.example.com'],
    http: [{ weightedTargets: [target('shop-v1', 90), target('shop-v2', 10)] }],
  };
  const repo = new ScratchRepo().write({
    'clusters.yaml': cluster('a', { tier: 'prod' }) + cluster('b', { tier: 'prod' }) + cluster('edge'),
    'shop.yaml': application('shop', [{ name: 'web', properties: { image: 'nginx:1' } }]),
  });
  await rendered(repo.write({ 'site.yaml': appDeployment('site', { 'shop-v1': [on('edge', 1)] }) }));
  return rendered(
    repo.write({
      'shop.yaml': application('shop', [{ name: 'web', properties: { image: 'nginx:2' } }]),
      'site.yaml': appDeployment(
        'site',
        { 'shop-v1': [on({ labels: { tier: 'prod' } }, 4), on('edge', 1)], 'shop-v2': [on('edge', 2)] },
        { traffic },
      ),
    }),
  );
}

/** The production cluster that `site` has, and the one that it does not have. */
function picked(repo: ScratchRepo): [string, string] {
  return repo.read('placements/default/site.yaml').includes('cluster: a') ? ['a', 'b'] : ['b', 'a'];
}

interface Row {
  readonly revision: string;
  readonly clusters: readonly string[];
  readonly before?: { readonly replicas?: number };
  readonly after?: { readonly replicas?: number };
}

async function matrix(repo: ScratchRepo, ...options: readonly string[]): Promise<readonly Row[]> {
  const { code, stdout, stderr } = await repo.appdeploy('what-if', ...options, '--format', 'json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { readonly matrix: readonly Row[] }).matrix;
}

describe('--drain', () => {
  test('a recorded pick goes to another cluster that matches, and says so', async () => {
    const repo = await site();
    const [from, to] = picked(repo);
    const { code, stdout, stderr } = await repo.appdeploy('what-if', '--drain', from);
    expect(code).toBe(0);
    expect(stdout).toContain(`what if: drain ${from}`);
    expect(stdout).toMatch(new RegExp(`shop-v1 +4 → – .* ${from}\\n`));
    expect(stdout).toMatch(new RegExp(`shop-v1 +– → 4 .* ${to}\\n`));
    expect(stderr).toContain(`shop-v1 moves from ${from} to ${to}: ${from} does not match any more`);
  });

  test('a placement that names it is left out', async () => {
    const repo = new ScratchRepo().write({
      'clusters.yaml': cluster('a') + cluster('b'),
      'shop.yaml': application('shop'),
      'site.yaml': appDeployment('site', { 'shop-v1': [on('a', 1), on('b', 2), on(undefined, 3)] }),
    });
    await rendered(repo);
    const { stdout } = await repo.appdeploy('what-if', '--drain', 'b', '--drain', 'in-cluster');
    expect(stdout).toMatch(/shop-v1 +2 → – .* b\n/);
    expect(stdout).toMatch(/shop-v1 +3 → – .* in-cluster\n/);
    expect(stdout).toContain('2 of 3 clusters (67%)');
  });

  test('what is routed to and would run nowhere is a problem at its place', async () => {
    const repo = await site();
    const { code, stdout, stderr } = await repo.appdeploy('what-if', '--drain', 'edge');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('With this change the repo cannot be rendered:');
    expect(stderr).toMatch(/site\.yaml:\d+:\d+: error UNKNOWN_TARGET: shop-v2 is not placed/);
  });

  test('a selector that only drained clusters match says why', async () => {
    const repo = await site();
    const { code, stderr } = await repo.appdeploy('what-if', '--drain', 'a', '--drain', 'b');
    expect(code).toBe(1);
    expect(stderr).toContain('a (it is drained), b (it is drained), edge (it has no label tier)');
  });
});

describe('Clusters that come and go', () => {
  test('a new Cluster moves nothing that runs, recorded or about to be', async () => {
    const repo = await site();
    repo.write({
      'more/.gitignore': '*\n',
      'more/new.yaml': cluster('c', { tier: 'prod' }) + cluster('d', { tier: 'prod' }),
    });
    expect((await repo.appdeploy('what-if', '--add-cluster', 'more/new.yaml')).stdout).toContain('No object changes.');
    repo.git('rm', '--quiet', '-r', 'placements');
    expect((await repo.appdeploy('what-if', '--add-cluster', 'more/new.yaml')).stdout).toContain('No object changes.');
  });

  test('a file elsewhere may have the name of one in the repo, and one in the repo is known by every path', async () => {
    const repo = await fleet(1);
    symlinkSync(repo.root, join(repo.root, 'link'));
    const elsewhere = new ScratchRepo({ git: false }).write({ 'clusters.yaml': cluster('c02', { tier: 'prod' }) });
    const said = await elsewhere.appdeploy('what-if', '--root', repo.root, '--add-cluster', 'clusters.yaml');
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toContain('c02');
    expect((await repo.appdeploy('what-if', '--add-cluster', 'link/clusters.yaml')).stderr).toContain(
      '--add-cluster link/clusters.yaml is in the repo already',
    );
  });

  test('a policy All takes the new Cluster up', async () => {
    const repo = (await fleet(2)).write({ '.gitignore': 'c03.yaml\n', 'c03.yaml': cluster('c03', { tier: 'prod' }) });
    expect(await matrix(repo, '--add-cluster', 'c03.yaml')).toMatchObject([
      { revision: 'cart-v1', clusters: ['c03'] },
      { revision: 'shop-v1', clusters: ['c03'] },
      { revision: 'shop-v2', clusters: ['c03'] },
    ]);
  });

  test('a removed Cluster leaves other documents of its file where they are', async () => {
    const repo = await site();
    const [from, to] = picked(repo);
    const { stderr, stdout } = await repo.appdeploy('what-if', '--remove-cluster', from);
    expect(stdout).toMatch(new RegExp(`shop-v1 +– → 4 .* ${to}\\n`));
    expect(stderr).toContain('PLACEMENT_MOVED');
    const before = await repo.appdeploy('validate');
    expect(before.stderr).not.toContain('UNKNOWN_CLUSTER');
    const edge = await repo.appdeploy('what-if', '--remove-cluster', 'edge');
    expect(edge.code).toBe(1);
    expect(edge.stderr).toMatch(/site\.yaml:\d+:\d+: error UNKNOWN_CLUSTER: there is no Cluster "edge"/);
  });

  test('a Cluster is taken out of a List, in YAML and in JSON', async () => {
    const item = (name: string): object => ({
      apiVersion: 'core.oam.dev/v1beta1',
      kind: 'Cluster',
      metadata: { name, labels: { tier: 'prod' } },
      spec: { kubeconfigSecretRef: { name: 'k' } },
    });
    const list = (...names: readonly string[]): object => ({ apiVersion: 'v1', kind: 'List', items: names.map(item) });
    const repo = (await fleet(1)).write({
      'more.yaml': stringify(list('x', 'y')),
      'more.json': JSON.stringify(list('z', 'w')),
    });
    await rendered(repo);
    const rows = await matrix(repo, '--remove-cluster', 'x', '--remove-cluster', 'z');
    expect(rows.map(({ clusters }) => clusters)).toEqual([
      ['x', 'z'],
      ['x', 'z'],
      ['x', 'z'],
    ]);
  });
});

describe('--set-weight', () => {
  test('named revisions get their weights, the others what is left', async () => {
    const repo = await fleet(2);
    for (const option of ['shop=shop-v2:50', 'default/shop=shop-v1:50,shop-v2:50']) {
      const { stdout } = await repo.appdeploy('what-if', '--set-weight', option);
      expect(stdout).toMatch(/shop-v1 .*90 → 50/);
      expect(stdout).toMatch(/shop-v2 .*10 → 50/);
    }
  });

  test('it is the report that diff gives of the edit itself', async () => {
    const repo = await fleet(2);
    const wanted = (await repo.appdeploy('what-if', '--set-weight', 'shop=shop-v1:30,shop-v2:70')).stdout;
    repo.write({
      'site.yaml': repo.read('site.yaml').replace('weight: 90', 'weight: 30').replace('weight: 10', 'weight: 70'),
    });
    const made = (await repo.appdeploy('diff')).stdout;
    const body = (text: string): string => text.slice(text.indexOf('\n'));
    expect(wanted).toContain('shop-v2');
    expect(body(wanted)).toBe(body(made));
  });

  test('the limits of diff hold', async () => {
    const options = ['--set-weight', 'shop=shop-v2:50', '--max-blast-radius', '20%'];
    expect(await (await fleet(2)).appdeploy('what-if', ...options)).toMatchObject({
      code: 1,
      stderr:
        'appdeploy what-if: 100% of the clusters exceeds --max-blast-radius 20%\nappdeploy what-if: 40% of the traffic exceeds --max-blast-radius 20%\n',
    });
  });

  test('weights that do not make 100 are a problem at their place', async () => {
    const { code, stderr } = await (await fleet(1)).appdeploy('what-if', '--set-weight', 'shop=shop-v1:20,shop-v2:20');
    expect(code).toBe(1);
    expect(stderr).toMatch(/site\.yaml:\d+:\d+: error WEIGHT_SUM: the weights of this rule sum to 40/);
  });
});

test('changes combine', async () => {
  const repo = await fleet(3);
  const rows = await matrix(repo, '--drain', 'c01', '--remove-cluster', 'c02', '--set-weight', 'shop=shop-v2:100');
  const gone = rows.filter(({ after }) => after === undefined || after === null).map(({ clusters }) => clusters);
  expect(new Set(gone.flat())).toEqual(new Set(['c01', 'c02']));
  expect(rows.flatMap(({ clusters }) => clusters)).toContain('c03');
});

test.each([
  [[], 'say what changes: --drain, --add-cluster, --remove-cluster, --set-weight'],
  [['--drain', 'nope'], 'there is no Cluster "nope"; known are c01, in-cluster'],
  [['--remove-cluster', 'nope'], 'there is no Cluster "nope"; known are c01'],
  [['--add-cluster', 'nope.yaml'], '--add-cluster nope.yaml cannot be read: ENOENT'],
  [['--add-cluster', 'clusters.yaml'], '--add-cluster clusters.yaml is in the repo already'],
  [['--add-cluster', '.git/HEAD'], '--add-cluster .git/HEAD holds something else than Clusters'],
  [['--set-weight', 'shop'], '--set-weight shop is not APPDEPLOYMENT=REVISION:WEIGHT,...'],
  [['--set-weight', 'shop=shop-v1:x'], 'is not APPDEPLOYMENT=REVISION:WEIGHT,...'],
  [['--set-weight', 'nope=shop-v1:1'], 'there is no AppDeployment "nope"; known are cart, shop'],
  [['--set-weight', 'cart=cart-v1:1'], 'no rule of cart splits traffic among cart-v1: it has no traffic'],
  [
    ['--set-weight', 'shop=shop-v9:1'],
    'no rule of shop splits traffic among shop-v9: its rules route to shop-v1, shop-v2',
  ],
  [['--set-weight', 'shop=shop-v1:60,shop-v2:60'], 'the weights sum to 120, beyond 100'],
  [['--set-weight', 'shop=shop-v1:60', '--set-weight', 'shop=shop-v2:60'], 'changes a weight twice'],
])('%j is wrong usage', async (options, message) => {
  const { code, stdout, stderr } = await (await fleet(1)).appdeploy('what-if', ...options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('it changes no file, no index and no commit', async () => {
  const repo = (await fleet(2)).write({ 'untracked.yaml': cluster('x') });
  const state = (): unknown => [
    repo.files(),
    readFileSync(join(repo.root, '.git/index')).toString('base64'),
    repo.git('for-each-ref'),
    repo.git('--no-optional-locks', 'status', '--porcelain'),
  ];
  const before = state();
  for (const options of [
    ['--drain', 'c01'],
    ['--remove-cluster', 'c02'],
    ['--set-weight', 'shop=shop-v2:50'],
  ])
    expect((await repo.appdeploy('what-if', ...options)).stdout).not.toContain('No object changes.');
  expect(state()).toEqual(before);
});
