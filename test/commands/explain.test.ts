import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import schema from '../../src/schema/reports/explain.json' with { type: 'json' };
import { appDeployment, application, cluster, on, target } from '../support/documents.ts';
import { fleet, rendered } from '../support/fleet.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

/** `shop` on one of two clusters by labels, and by name on a third; `job` scales itself; `blog` deploys itself. */
async function site(): Promise<ScratchRepo> {
  const traffic = { hosts: ['a.example.com'], http: [{ weightedTargets: [target('shop-v1', 100)] }] };
  const env = [{ name: 'DB_PASSWORD', value: 'hunter2' }];
  return rendered(
    new ScratchRepo().write({
      'clusters.yaml': cluster('a', { tier: 'prod' }) + cluster('b', { tier: 'prod' }) + cluster('edge'),
      'shop.yaml':
        application('shop', [{ name: 'web', properties: { image: 'nginx:1', env } }]) +
        application('job', [{ name: 'job', type: 'worker', traits: [{ type: 'hpa' }] }]) +
        application('blog', [{ name: 'blog' }], { direct: true }),
      'site.yaml': appDeployment(
        'site',
        { 'shop-v1': [on({ labels: { tier: 'prod' } }, 4), on('edge', 1)] },
        { traffic },
      ),
      'jobs.yaml': appDeployment('jobs', { 'job-v1': [on('edge', 1)] }),
    }),
  );
}

function picked(repo: ScratchRepo): [string, string] {
  return repo.read('placements/default/site.yaml').includes('cluster: a') ? ['a', 'b'] : ['b', 'a'];
}

describe('which object', () => {
  test.each([
    ['deployment/web-v1', ['--cluster', 'edge']],
    ['Deployment/default/web-v1', ['--cluster', 'edge']],
    ['rendered/clusters/edge/default/site/deployment-web-v1.yaml', []],
    ['./rendered/clusters/edge/default/site/deployment-web-v1.yaml', ['--cluster', 'edge']],
  ])('%s %j', async (wanted, options) => {
    const { code, stdout, stderr } = await (await site()).appdeploy('explain', wanted, ...options, '-q');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Deployment default\/web-v1 on edge\nrendered\/clusters\/edge\/default\/site\/deployment-web-v1\.yaml\nfor AppDeployment default\/site, shop-v1, component web: \S+:\d+:\d+\n/,
    );
  });

  test('the path is one below the current folder, too', async () => {
    const repo = await site();
    const below = new ScratchRepo({ at: `${repo.root}/rendered/clusters/edge` });
    const { code, stdout } = await below.appdeploy('explain', 'default/site/deployment-web-v1.yaml');
    expect({ code, title: stdout.split('\n')[0] }).toEqual({ code: 0, title: 'Deployment default/web-v1 on edge' });
  });

  test.each([
    [['deployment/web-v1'], /deployment\/web-v1 is on several clusters: (a|b), edge; choose one with --cluster/],
    [['deployment/web-v1', '--cluster', 'nope'], /deployment\/web-v1 is not on nope; it is on (a|b), edge/],
    [['deployment/nope'], /nothing rendered is "deployment\/nope"; write a path below the output folder/],
    [['rendered/clusters/edge/default/site/deployment-web-v1.yaml', '--cluster', 'a'], /is on edge, and not on a/],
    [['deployment/blog', '--field', 'spec.nope'], /Deployment blog has no field spec\.nope/],
    [['deployment/blog', '--field', 'spec..x'], /--field spec\.\.x is no field/],
    [['rendered/argocd/x.yaml'], /is made from argocd in the config/],
    [[], /PATH\|KIND\/NAME\|KIND\/NAMESPACE\/NAME is missing/],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await (await site()).appdeploy('explain', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('why there', () => {
  test('every cluster has its verdict, its rank and the reason', async () => {
    const repo = await site();
    const [chosen, other] = picked(repo);
    const { stdout } = await repo.appdeploy('explain', 'deployment/web-v1', '--cluster', chosen);
    expect(stdout).toContain('clusterSelector {"labels":{"tier":"prod"}}');
    expect(stdout).toMatch(new RegExp(`\\n${chosen} +chosen +1 +recorded under placements/`));
    expect(stdout).toMatch(new RegExp(`\\n${other} +not picked +2 +it matches, but the recorded pick stays`));
    expect(stdout).toMatch(/\nedge +rejected +it has no label tier/);
  });

  test('without a record the rank decides; with one that moved here, a better rank does not', async () => {
    const repo = await site();
    const [chosen, other] = picked(repo);
    const record = repo.read('placements/default/site.yaml');
    repo.write({ 'placements/default/site.yaml': undefined });
    const byRank = (await repo.appdeploy('explain', 'deployment/web-v1', '--cluster', chosen)).stdout;
    expect(byRank).toMatch(new RegExp(`\\n${chosen} +chosen +1 +picked by its rank`));
    expect(byRank).toMatch(new RegExp(`\\n${other} +not picked +2 +it matches, but ranks lower`));
    repo.write({ 'placements/default/site.yaml': record.replace(`cluster: ${chosen}`, `cluster: ${other}`) });
    const byRecord = (await repo.appdeploy('explain', 'deployment/web-v1', '--cluster', other)).stdout;
    expect(byRecord).toMatch(new RegExp(`\\n${chosen} +not picked +1 +it matches, but the recorded pick stays`));
    expect(byRecord).toMatch(new RegExp(`\\n${other} +chosen +2 +recorded`));
  });

  test.each([
    [['deployment/web-v1', '--cluster', 'edge'], 'the selector names it'],
    [['deployment/blog'], 'An Application that deploys itself goes to the host cluster.'],
    [['virtualservice/site', '--cluster', 'edge'], 'AppDeployment site serves traffic there'],
  ])('%j: %s', async (args, says) => {
    expect((await (await site()).appdeploy('explain', ...args)).stdout).toContain(says);
  });

  test('policy All takes every match', async () => {
    const { stdout } = await (await fleet(2)).appdeploy('explain', 'deployment/basket-v1', '--cluster', 'c02');
    expect(stdout).toMatch(/c01 +chosen +the policy is All.*\nc02 +chosen +the policy is All/);
  });
});

describe('fields', () => {
  test('--field shows one field, or all that lie in it', async () => {
    const repo = await site();
    const rowsOf = async (field: string): Promise<string[]> => {
      const { stdout } = await repo.appdeploy('explain', 'deployment/web-v1', '--cluster', 'edge', '--field', field);
      return (stdout.split(/^FIELD.*\n/m)[1] ?? '').split('\n').filter((line) => line !== '');
    };
    expect(await rowsOf('spec.replicas')).toEqual([
      expect.stringMatching(/^spec\.replicas +1 +replicas of the placement \(site\.yaml:\d+:\d+\)$/),
    ]);
    expect(await rowsOf('metadata.labels["app.oam.dev/resourceType"]')).toEqual([
      expect.stringMatching(/"WORKLOAD" +appdeploy: its labels$/),
    ]);
    expect((await rowsOf('spec.template.spec.containers[0]')).length).toBeGreaterThan(3);
  });

  test('a share of the replicas is set by how they are divided', async () => {
    const divided = { type: 'Divided', weights: { a: 3 } };
    const repo = await rendered(
      new ScratchRepo().write({
        'clusters.yaml': cluster('a', { tier: 'prod' }) + cluster('b', { tier: 'prod' }),
        'shop.yaml': application('shop', [{ name: 'web' }]),
        'site.yaml': appDeployment('site', {
          'shop-v1': [on({ labels: { tier: 'prod' }, policy: 'All' }, 10, divided)],
        }),
      }),
    );
    const args = ['explain', 'deployment/web-v1', '--cluster', 'b', '--field', 'spec.replicas', '--json'];
    const { fields } = JSON.parse((await repo.appdeploy(...args)).stdout) as {
      fields: { value: number; setBy: { what: string; origin: string }[] }[];
    };
    expect(fields[0]).toMatchObject({
      value: 2,
      setBy: [
        { what: 'replicas of the placement' },
        { what: 'type of the distribution' },
        { what: 'weights of the distribution' },
      ],
    });
  });

  test('a value that may be a credential is masked, and its place told', async () => {
    const repo = await site();
    for (const json of [[], ['--json']]) {
      const { stdout } = await repo.appdeploy('explain', 'deployment/web-v1', '--cluster', 'edge', ...json);
      expect(stdout).not.toContain('hunter2');
      expect(stdout).toContain('********');
      expect(stdout).toMatch(/property env\[0\]\.value of component web/);
    }
  });

  test('a count that an autoscaler decides is left out, and says by which', async () => {
    const { stdout } = await (await site()).appdeploy('explain', 'deployment/job-v1', '--field', 'spec.replicas');
    expect(stdout).toMatch(/spec\.replicas is left out: HorizontalPodAutoscaler job-v1 decides \(\S+:\d+:\d+\)\./);
  });

  test('of an older revision, the snapshot is the place', async () => {
    const repo = await fleet(1);
    const { stdout } = await repo.appdeploy(
      'explain',
      'deployment/web-v1',
      '--field',
      'spec.template.spec.containers[0].image',
    );
    expect(stdout).toMatch(
      /"nginx:1\.27" +property image of component web \(revisions\/default\/shop\/shop-v1\.yaml:\d+:\d+\)/,
    );
  });

  test('weights that were made to sum to 100 name all weights of the rule', async () => {
    const repo = (await fleet(2)).write({
      'site.yaml': appDeployment(
        'shop',
        { 'shop-v1': [on('c01', 1), on('c02', 1)], 'shop-v2': [on('c01', 1)] },
        {
          traffic: {
            hosts: ['h.example.com'],
            http: [{ weightedTargets: [target('shop-v1', 60), target('shop-v2', 40)] }],
          },
        },
      ),
    });
    const options = ['--field', 'spec.http[0].route[0].weight', '--json', '-q'];
    const weight = async (
      name: string,
    ): Promise<{ value: unknown; setBy: unknown[]; writer: { what: string } } | undefined> => {
      const { stdout } = await repo.appdeploy('explain', 'virtualservice/shop', '--cluster', name, ...options);
      return (JSON.parse(stdout) as { fields: { value: unknown; setBy: unknown[]; writer: { what: string } }[] })
        .fields[0];
    };
    expect(await weight('c01')).toMatchObject({
      value: 60,
      setBy: [{ what: expect.stringContaining('[0].weight') as string }],
    });
    const made = await weight('c02');
    expect(made).toMatchObject({ value: 100, writer: { what: 'makes the weights of what runs here sum to 100' } });
    expect(made?.setBy).toHaveLength(2);
  });
});

test.each([
  [['deployment/web-v1', '--cluster', 'edge']],
  [['deployment/blog']],
  [['virtualservice/site', '--cluster', 'edge']],
  [['deployment/job-v1', '--field', 'spec.replicas']],
])('%j --json is as its schema says', async (args) => {
  const { code, stdout } = await (await site()).appdeploy('explain', ...args, '--json');
  expect(code).toBe(0);
  const validate = new Ajv().compile(schema);
  expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
});

test('it writes nothing', async () => {
  const repo = await site();
  const before = repo.files();
  await repo.appdeploy('explain', 'deployment/blog');
  expect(repo.files()).toEqual(before);
});
