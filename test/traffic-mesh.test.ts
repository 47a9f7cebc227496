import { expect, test } from 'vitest';
import { appDeployment, application, cluster, on, target } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const apps = ['a', 'b', 'c'].map((name) => application(name, [{ name }])).join('');
const mesh = { 'appdeploy.dev/mesh': 'europe' };
const meshed = cluster('c1', mesh) + cluster('c2', mesh) + cluster('c3');
const separate = cluster('c1') + cluster('c2') + cluster('c3');

type Places = Readonly<Record<string, readonly object[]>>;

/** A target of the Application of this name: each has a component of the same name. */
function to(name: string, weight: number): object {
  return target(`${name}-v1`, weight, { componentName: name });
}

function rule(...weightedTargets: readonly object[]): object {
  return { weightedTargets };
}

/** Renders AppDeployment `all` with these rules; an exit code of 1 is expected where `code` says so. */
async function render(
  clusters: string,
  places: Places,
  rules: readonly object[],
  { code = 0, missingTargets = 'Renormalise' }: { readonly code?: number; readonly missingTargets?: string } = {},
): Promise<{ repo: ScratchRepo; stderr: string }> {
  const traffic = { hosts: ['x.example.com'], http: rules };
  const repo = new ScratchRepo({ git: false }).write({
    'all.yaml': apps + clusters + appDeployment('all', places, { traffic }),
    'appdeploy.yaml': `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\ntraffic: { missingTargets: ${missingTargets} }\n`,
  });
  const outcome = await repo.appdeploy('render');
  expect([outcome.code, outcome.stderr]).toEqual([code, outcome.stderr]);
  return { repo, stderr: outcome.stderr };
}

/** The routes of a cluster's VirtualService: `a-v1-a-80 60`. */
function routes(repo: ScratchRepo, name: string): string[] {
  const text = repo.read(`rendered/clusters/${name}/default/all/virtualservice-all.yaml`);
  return [...text.matchAll(/host: (\S+)\n(?:.*\n){2} +weight: (\d+)/g)].map((found) => `${found[1]} ${found[2]}`);
}

function services(repo: ScratchRepo, name: string): string[] {
  const paths = Object.keys(repo.files(`rendered/clusters/${name}`));
  return paths.flatMap((path) => /\/service-(.+)\.yaml$/.exec(path)?.[1] ?? []);
}

test('clusters of one mesh each get every Service and the declared weights', async () => {
  const places = { 'a-v1': [on('c1', 1)], 'b-v1': [on('c2', 1)] };
  const { repo, stderr } = await render(meshed, places, [rule(to('a', 60), to('b', 40))]);
  expect(stderr).toBe('');
  for (const name of ['c1', 'c2']) {
    expect(routes(repo, name)).toEqual(['a-v1-a-80 60', 'b-v1-b-80 40']);
    expect(services(repo, name)).toEqual(['a-v1-a-80', 'b-v1-b-80']);
  }
});

test('what runs nowhere in the mesh is dropped there, and outside each cluster is on its own', async () => {
  const places = { 'a-v1': [on('c1', 1), on('c3', 1)], 'b-v1': [on('c2', 1)], 'c-v1': [on('c3', 1)] };
  const { repo, stderr } = await render(meshed, places, [rule(to('a', 30), to('b', 20), to('c', 50))]);
  expect(routes(repo, 'c1')).toEqual(['a-v1-a-80 60', 'b-v1-b-80 40']);
  expect(routes(repo, 'c2')).toEqual(routes(repo, 'c1'));
  expect(routes(repo, 'c3')).toEqual(['a-v1-a-80 38', 'c-v1-c-80 62']);
  expect(services(repo, 'c3')).toEqual(['a-v1-a-80', 'c-v1-c-80']);
  expect(stderr).toContain(
    'warning SHARE_RISES: c-v1 does not run in mesh europe (c1, c2); there the share rises: a-v1 from 30 to 60, b-v1 from 20 to 40 of 100',
  );
  expect(stderr).toContain(
    'warning SHARE_RISES: b-v1 does not run in cluster c3; there the share rises: a-v1 from 30 to 38, c-v1 from 50 to 62 of 100',
  );
});

test('weights are scaled by the largest remainder, and sum to 100', async () => {
  const everywhere = [on('c1', 1), on('c2', 1)];
  const places = { 'a-v1': everywhere, 'b-v1': everywhere, 'c-v1': [on('c2', 1)] };
  const { repo } = await render(separate, places, [
    rule(to('a', 1), to('b', 2), to('c', 97)),
    rule(to('a', 33), to('b', 33), to('c', 34)),
    rule(to('a', 0), to('b', 7), to('c', 93)),
  ]);
  expect(routes(repo, 'c1')).toEqual([
    'a-v1-a-80 33',
    'b-v1-b-80 67',
    'a-v1-a-80 50',
    'b-v1-b-80 50',
    'a-v1-a-80 0',
    'b-v1-b-80 100',
  ]);
});

test('with missingTargets Fail a lacking target is a problem, in a mesh only when it runs nowhere there', async () => {
  const places = { 'a-v1': [on('c1', 1)], 'b-v1': [on('c2', 1)] };
  const rules = [rule(to('a', 60), to('b', 40))];
  const { repo, stderr } = await render(separate, places, rules, { code: 1, missingTargets: 'Fail' });
  expect(stderr).toMatch(/^all\.yaml:\d+:9: error MISSING_TARGET: b-v1 does not run in cluster c1, and .* is Fail/);
  expect(stderr).toContain('error MISSING_TARGET: a-v1 does not run in cluster c2');
  expect(Object.keys(repo.files())).toEqual(['all.yaml', 'appdeploy.yaml']);
  await render(meshed, places, rules, { code: 0, missingTargets: 'Fail' });
});

test('a target without weight that does not run on a cluster is left out without a word', async () => {
  const places = { 'a-v1': [on('c1', 1)], 'b-v1': [on('c2', 1)] };
  const { repo, stderr } = await render(separate, places, [rule(to('a', 100), to('b', 0))], { missingTargets: 'Fail' });
  expect(routes(repo, 'c1')).toEqual(['a-v1-a-80 100']);
  expect(stderr).not.toMatch(/MISSING_TARGET|SHARE_RISES/);
});

test('a live target without weight stays in the route, so that a shift changes one number', async () => {
  const here = [on('c1', 1)];
  const { repo } = await render(separate, { 'a-v1': here, 'b-v1': here }, [rule(to('a', 100), to('b', 0))]);
  expect(routes(repo, 'c1')).toEqual(['a-v1-a-80 100', 'b-v1-b-80 0']);
});

test('a cluster where nothing has weight yet gets the pods, no VirtualService, and a note', async () => {
  const places = { 'a-v1': [on('c1', 1)], 'b-v1': [on('c2', 3)] };
  const { repo, stderr } = await render(separate, places, [rule(to('a', 100), to('b', 0))]);
  expect(stderr).toContain(
    'note PREWARMED: cluster c2 gets no VirtualService of all: no target with weight runs there',
  );
  const [only, ...others] = Object.keys(repo.files('rendered/clusters/c2'));
  expect([only, others]).toEqual(['rendered/clusters/c2/default/all/deployment-b-v1.yaml', []]);
});

test('0 replicas on one cluster do not serve there', async () => {
  const places = { 'a-v1': [on('c1', 0), on('c2', 1)], 'b-v1': [on('c1', 1), on('c2', 1)] };
  const { repo, stderr } = await render(separate, places, [rule(to('a', 90), to('b', 10))]);
  expect(routes(repo, 'c1')).toEqual(['b-v1-b-80 100']);
  expect(routes(repo, 'c2')).toEqual(['a-v1-a-80 90', 'b-v1-b-80 10']);
  expect(stderr).toContain('a-v1 does not run in cluster c1; there the share rises: b-v1 from 10 to 100 of 100');
});

test('a cluster of the mesh with 0 replicas routes to the others of the mesh', async () => {
  const { repo, stderr } = await render(meshed, { 'a-v1': [on('c1', 0), on('c2', 1)] }, [rule(to('a', 100))]);
  expect(stderr).toBe('');
  expect(routes(repo, 'c1')).toEqual(['a-v1-a-80 100']);
});

test('the host cluster can be of a mesh', async () => {
  const host = cluster('c1', mesh) + cluster('in-cluster', mesh);
  const places = { 'a-v1': [on('c1', 1)], 'b-v1': [on(undefined, 1)] };
  const { repo } = await render(host, places, [rule(to('a', 60), to('b', 40))]);
  expect(routes(repo, 'in-cluster')).toEqual(['a-v1-a-80 60', 'b-v1-b-80 40']);
});

test('where only some rules have a live target, it is a problem at the others', async () => {
  const places = { 'a-v1': [on('c1', 1), on('c2', 1)], 'b-v1': [on('c1', 1)] };
  const { stderr } = await render(separate, places, [rule(to('a', 100)), rule(to('b', 100))], { code: 1 });
  expect(stderr).toContain(
    'error PARTIAL_ROUTES: no target of this rule runs in cluster c2, where other rules have one',
  );
});
