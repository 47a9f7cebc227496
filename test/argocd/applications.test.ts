import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { applicationName } from '../../src/argocd/names.ts';
import { dig } from '../../src/model/plain.ts';
import { appDeployment, application, cluster, gateway, on, target } from '../support/documents.ts';
import { type Files, ScratchRepo } from '../support/scratch-repo.ts';

const config = (more = ''): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd:\n  repoURL: https://git.example.com/shop.git\n${more}`;
const files: Files = {
  'appdeploy.yaml': config(),
  'shop.yaml': application('shop'),
  'clusters.yaml': cluster('east') + cluster('west'),
  'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 1), on(undefined, 1)] }),
};

async function rendered(given: Files = files): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write(given);
  const { code, stderr } = await repo.appdeploy('render', '-q', '--allow-empty');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return repo.commit();
}

/** The objects below rendered/argocd, by file name. */
function argocd(repo: ScratchRepo): Record<string, unknown> {
  const found = Object.entries(repo.files('rendered/argocd'));
  return Object.fromEntries(found.map(([path, text]) => [path.split('/').at(-1) ?? '', parse(text) as unknown]));
}

/** The paths that Applications deploy. */
function deployedPaths(repo: ScratchRepo): unknown[] {
  const objects = Object.values(argocd(repo)).filter((object) => dig(object, 'kind') === 'Application');
  return objects.map((object) => dig(object, 'spec', 'source', 'path'));
}

test('without argocd.repoURL there is no rendered/argocd', async () => {
  const { 'appdeploy.yaml': _config, ...rest } = files;
  const repo = await rendered(rest);
  expect(Object.keys(repo.files()).filter((path) => path.startsWith('rendered/argocd'))).toEqual([]);
});

test('each output folder has an Application, beside the AppProject and a kustomization that names them all', async () => {
  const objects = argocd(await rendered());
  const name = applicationName({ path: '', cluster: 'east', namespace: 'default', owner: 'site' });
  expect(name).toMatch(/^site-default-east-[0-9a-f]{8}$/);
  expect(objects[`application-${name}.yaml`]).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: 'argocd',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      annotations: { 'argocd.argoproj.io/manifest-generate-paths': '/rendered/clusters/east/default/site' },
    },
    spec: {
      project: 'appdeploy',
      source: {
        repoURL: 'https://git.example.com/shop.git',
        targetRevision: 'HEAD',
        path: 'rendered/clusters/east/default/site',
      },
      destination: { name: 'east', namespace: 'default' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true', 'PruneLast=true', 'ServerSideApply=true'],
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      },
    },
  });
  expect(dig(objects['appproject.yaml'], 'spec')).toMatchObject({
    sourceRepos: ['https://git.example.com/shop.git'],
    destinations: [
      { name: 'east', namespace: '*' },
      { name: 'in-cluster', namespace: '*' },
      { name: 'west', namespace: '*' },
    ],
  });
  expect(dig(objects['kustomization.yaml'], 'resources')).toEqual(
    Object.keys(objects).filter((file) => file !== 'kustomization.yaml'),
  );
});

test('the config overrides namespace, project, revision, sync policy and annotations; 3.2 refreshes on retry', async () => {
  const more =
    '  namespace: gitops\n  project: shop\n  targetRevision: main\n  version: v3.2.1\n  annotations: {team: a}\n';
  const objects = argocd(await rendered({ ...files, 'appdeploy.yaml': config(more) }));
  const first = Object.values(objects).find((object) => dig(object, 'kind') === 'Application');
  expect(first).toMatchObject({
    metadata: { namespace: 'gitops', annotations: { team: 'a' } },
    spec: { project: 'shop', source: { targetRevision: 'main' }, syncPolicy: { retry: { refresh: true } } },
  });
  const manual = argocd(await rendered({ ...files, 'appdeploy.yaml': config('  syncPolicy: {}\n') }));
  expect(Object.values(manual).map((object) => dig(object, 'spec', 'syncPolicy'))).toContainEqual({});
});

test('a root below the top of the repo says so in argocd.path, and the paths begin with it', async () => {
  const below = Object.fromEntries(Object.entries(files).map(([path, text]) => [`deploy/${path}`, text]));
  const repo = new ScratchRepo().write({ ...below, 'deploy/appdeploy.yaml': config('  path: deploy\n') });
  expect((await repo.appdeploy('render', '-q', '--root', 'deploy')).code).toBe(0);
  const texts = Object.values(repo.files('deploy/rendered/argocd')).join('');
  expect(texts).toContain('path: deploy/rendered/clusters/east/default/site');
  repo.write({ 'deploy/appdeploy.yaml': config() });
  expect((await repo.appdeploy('render', '-q', '--root', 'deploy')).stderr).toContain(
    'deploy/" in the repo; argocd.path says ""',
  );
});

const routed = (name: string, namespace = 'default'): string =>
  appDeployment(
    name,
    { [`${name}-v1`]: [on('east', 1)] },
    {
      namespace,
      traffic: {
        hosts: [`${name}.example.com`],
        gateways: ['public'],
        http: [{ weightedTargets: [target(`${name}-v1`, 100, { componentName: name })] }],
      },
    },
  );
const app = (name: string): string => application(name, [{ name }]);

test('a shared Gateway has an Application of its own; its last user takes it along', async () => {
  const shared = gateway('public', { annotations: { 'appdeploy.dev/shared': 'true' } });
  const both = {
    'appdeploy.yaml': config(),
    'all.yaml': app('one') + app('two') + cluster('east') + shared,
    'd1.yaml': routed('one'),
    'd2.yaml': routed('two'),
  };
  const repo = await rendered(both);
  expect(deployedPaths(repo)).toEqual(expect.arrayContaining(['rendered/clusters/east/default/_shared']));
  expect(Object.keys(argocd(repo)).some((name) => name.startsWith('application-shared-default-east-'))).toBe(true);
  repo.write({ 'd1.yaml': undefined });
  await repo.appdeploy('render', '-q');
  expect(deployedPaths(repo)).toEqual(expect.arrayContaining(['rendered/clusters/east/default/_shared']));
  repo.write({ 'd2.yaml': undefined });
  await repo.appdeploy('render', '-q', '--allow-empty');
  expect(deployedPaths(repo)).toEqual([]);
});

test('the first AppDeployment of a cluster adds its Application alone, and the last one takes it along', async () => {
  const repo = await rendered();
  const before = argocd(repo);
  repo.write({ 'north.yaml': cluster('north') });
  await repo.appdeploy('render', '-q');
  repo.commit();
  const empty = argocd(repo);
  expect(Object.keys(empty)).toEqual(Object.keys(before));
  repo.write({ 'first.yaml': appDeployment('first', { 'shop-v1': [on('north', 1)] }) });
  await repo.appdeploy('render', '-q');
  repo.commit();
  const first = argocd(repo);
  const added = Object.keys(first).filter((name) => !(name in empty));
  expect(added).toEqual([expect.stringMatching(/^application-first-default-north-[0-9a-f]{8}\.yaml$/)]);
  expect(first['appproject.yaml']).toEqual(empty['appproject.yaml']);
  repo.write({ 'first.yaml': undefined });
  await repo.appdeploy('render', '-q');
  expect(argocd(repo)).toEqual(empty);
});

test('two namespaces with the same AppDeployment have Applications of their own, with names that fit', async () => {
  const long = `site-${'x'.repeat(50)}`;
  const inNamespace = (namespace: string): string =>
    application('shop', [{ name: 'web' }], { namespace }) +
    appDeployment(long, { 'shop-v1': [on(undefined, 1)] }, { namespace });
  const repo = await rendered({ 'appdeploy.yaml': config(), 'a.yaml': inNamespace('a'), 'b.yaml': inNamespace('b') });
  const applications = Object.values(argocd(repo)).filter((object) => dig(object, 'kind') === 'Application');
  expect(new Set(applications.map((object) => dig(object, 'spec', 'destination', 'namespace')))).toEqual(
    new Set(['a', 'b']),
  );
  const names = applications.map((object) => String(dig(object, 'metadata', 'name')));
  expect(new Set(names).size).toBe(2);
  expect(names.filter((name) => name.length > 63)).toEqual([]);
});

test('cleanup of everything leaves the AppProject and the kustomization', async () => {
  const repo = await rendered();
  repo.write({ 'site.yaml': undefined });
  expect((await repo.appdeploy('render')).stderr).toContain('EMPTY_RESULT');
  expect((await repo.appdeploy('render', '-q', '--allow-empty')).code).toBe(0);
  expect(Object.keys(repo.files('rendered'))).toEqual([
    'rendered/.appdeploy',
    'rendered/README.md',
    'rendered/argocd/appproject.yaml',
    'rendered/argocd/kustomization.yaml',
  ]);
  repo.commit();
  expect((await repo.appdeploy('check')).stdout).toBe('in sync\n');
});

test('a Cluster may go after its last placement has gone from the mainline, and not before', async () => {
  const repo = await rendered();
  repo.write({
    'clusters.yaml': cluster('west'),
    'site.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 1)] }),
  });
  const { code, stderr } = await repo.appdeploy('render');
  expect(code).toBe(1);
  expect(stderr).toContain('CLUSTER_GONE: Cluster east is gone, and the mainline still deploys to it');
  repo.write({ 'clusters.yaml': cluster('east') + cluster('west') });
  await repo.appdeploy('render', '-q');
  repo.commit().write({ 'clusters.yaml': cluster('west') });
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
});

test('names stay within 63 characters and apart, for long names and for equal names in two namespaces', () => {
  const long = 'a'.repeat(63);
  const folders = [
    { owner: long, namespace: 'shop', cluster: 'east' },
    { owner: `${long}b`, namespace: 'shop', cluster: 'east' },
    { owner: 'site', namespace: 'a', cluster: 'b-c' },
    { owner: 'site', namespace: 'a-b', cluster: 'c' },
    { owner: '_shared', namespace: 'x', cluster: 'Prod_1.example' },
  ];
  const names = folders.map((folder) => applicationName({ path: '', ...folder }));
  expect(new Set(names).size).toBe(folders.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/);
});

test('bootstrap prints the root Application', async () => {
  const repo = await rendered();
  expect(parse((await repo.appdeploy('argocd', 'bootstrap')).stdout)).toMatchObject({
    kind: 'Application',
    metadata: { name: 'appdeploy-root', namespace: 'argocd' },
    spec: { source: { path: 'rendered/argocd' }, destination: { name: 'in-cluster', namespace: 'argocd' } },
  });
  repo.write({ 'appdeploy.yaml': undefined });
  expect(await repo.appdeploy('argocd', 'bootstrap')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('set argocd.repoURL') as string,
  });
});
