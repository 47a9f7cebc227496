import { expect, test } from 'vitest';
import { parseRevisionName } from '../../src/model/revision.ts';
import { appDeployment, application, cluster, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const web = (name: string): { readonly name: string; readonly properties: object }[] => [
  { name, properties: { image: 'nginx', port: 80 } },
];
const marker = /^# .*\n/;
const gateway = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, annotations: { appdeploy.dev/shared: "true" } }
spec: { selector: { istio: ingressgateway } }
`;
const traffic = (host: string, revision: string): { readonly traffic: object } => ({
  traffic: {
    hosts: [host],
    gateways: ['public'],
    http: [
      {
        weightedTargets: [
          { revisionName: revision, componentName: parseRevisionName(revision)?.application, port: 80, weight: 100 },
        ],
      },
    ],
  },
});

/** Owners with names within one another, in one file and in several, that share Clusters and a Gateway. */
function team(): ScratchRepo {
  return new ScratchRepo().write({
    'platform.yaml': cluster('east', { tier: 'prod' }) + cluster('west', { tier: 'prod' }) + gateway,
    'shop.yaml':
      application('shop', web('shop')) +
      appDeployment('site', { 'shop-v1': [on({ labels: { tier: 'prod' } }, 2)] }, traffic('a.example.com', 'shop-v1')),
    'shop-2.yaml': application('shop-2', web('shop-2')),
    'sites.yaml':
      appDeployment('site-2', { 'shop-2-v1': [on('east', 2)] }, traffic('b.example.com', 'shop-2-v1')) +
      application('site-api', [{ name: 'api' }]) +
      appDeployment('other', { 'site-api-v1': [on('west', 1)] }),
    'direct.yaml': application('direct', [{ name: 'job', type: 'task' }], { direct: true }),
  });
}

test('what is generated for each owner is what render writes into its folder', async () => {
  const repo = team();
  expect(await repo.appdeploy('render')).toMatchObject({ code: 0 });
  repo.commit();
  const files = repo.files();
  const folders = [
    ...new Set(Object.keys(files).flatMap((path) => /^rendered\/clusters\/(.+)\/[^/]+$/.exec(path)?.[1] ?? [])),
  ];
  expect(folders).toHaveLength(5);
  for (const folder of folders) {
    const [name = '', namespace = '', owner = ''] = folder.split('/');
    const written = Object.entries(files).filter(([path]) => path.startsWith(`rendered/clusters/${folder}/`));
    const expected = written.map(([, text]) => `---\n${text.replace(marker, '')}`).join('');
    const asked = ['generate', '--cluster', name, '--app-deployment', `${namespace}/${owner}`];
    expect([folder, (await repo.appdeploy(...asked)).stdout]).toEqual([folder, expected]);
  }
});

test('the mistakes of other owners do not stop it', async () => {
  const repo = team();
  await repo.appdeploy('render');
  repo.commit();
  repo.write({ 'direct.yaml': application('direct', [{ name: 'job', type: 'no-such-type' }], { direct: true }) });
  expect((await repo.appdeploy('generate', '--cluster', 'east', '--app-deployment', 'site')).code).toBe(0);
  expect((await repo.appdeploy('generate', '--cluster', 'in-cluster', '--app-deployment', 'direct')).code).toBe(1);
  expect((await repo.appdeploy('generate', '--cluster', 'east')).code).toBe(1);
});

test('a kind that is written by an alias is no reason to leave a file out', async () => {
  const repo = team();
  const aliased = cluster('east', { tier: 'prod' }).replace('kind: Cluster', 'x: &kind Cluster\nkind: *kind');
  const text = `${cluster('west', { tier: 'prod' })}${gateway}`;
  repo.write({ 'platform.yaml': text, 'own.yaml': `${application('idle', web('idle'))}${aliased}` });
  const { stderr } = await repo.appdeploy('generate', '--cluster', 'east', '--app-deployment', 'site-2');
  // The Cluster is read, and its stray field said, as by every other verb.
  expect(stderr).toContain('own.yaml');
});

test('a name that is written with escapes is found', async () => {
  const repo = team();
  await repo.appdeploy('render');
  repo.commit();
  const escaped = application('direct', [{ name: 'job', type: 'task' }], { direct: true }).replace(
    'name: direct',
    'name: "d\\u0069rect"',
  );
  repo.write({ 'direct.yaml': escaped });
  const { code, stdout } = await repo.appdeploy('generate', '--cluster', 'in-cluster', '--app-deployment', 'direct');
  expect([code, stdout]).toEqual([0, expect.stringContaining('kind: Job')]);
});
