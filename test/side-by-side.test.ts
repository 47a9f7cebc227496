import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig } from '../src/model/plain.ts';
import { appDeployment, application, type ComponentInput, definition, on } from './support/documents.ts';
import { type Outcome, ScratchRepo } from './support/scratch-repo.ts';

const here = [on(undefined, 2)];
const folder = 'rendered/clusters/in-cluster/default/shop';

/** A repo where shop went from one component to another, with these documents beside. */
async function twoRevisions(before: ComponentInput, after: ComponentInput, text = ''): Promise<ScratchRepo> {
  const repo = new ScratchRepo({ git: false }).write({ 'shop.yaml': application('shop', [before]), 'all.yaml': text });
  expect((await repo.appdeploy('render', '-q')).stderr).toBe('');
  const both = appDeployment('shop', { 'shop-v1': here, 'shop-v2': here });
  return repo.write({ 'shop.yaml': application('shop', [after]) + both });
}

/** Renders AppDeployment `shop` of one component with a count of replicas. */
async function placed(component: ComponentInput, text = '', replicas = 2): Promise<ScratchRepo & Outcome> {
  const deployment = appDeployment('shop', { 'shop-v1': [on(undefined, replicas)] });
  const repo = new ScratchRepo({ git: false }).write({
    'all.yaml': application('shop', [component]) + text + deployment,
  });
  return Object.assign(repo, await repo.appdeploy('render'));
}

function read(repo: ScratchRepo, name: string, below = folder): unknown {
  return parse(repo.read(`${below}/${name}.yaml`));
}

function names(repo: ScratchRepo): string[] {
  return Object.keys(repo.files(folder)).map((path) => path.slice(folder.length + 1, -'.yaml'.length));
}

const selectorOf = (workload: unknown): unknown => dig(workload, 'spec', 'selector', 'matchLabels');
const podLabelsOf = (workload: unknown): unknown => dig(workload, 'spec', 'template', 'metadata', 'labels');

test('two revisions are two workloads whose selectors and pods tell them apart', async () => {
  const repo = await twoRevisions({ name: 'web' }, { name: 'web', properties: { image: 'caddy' } });
  expect(await repo.appdeploy('render', '-q')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(names(repo)).toEqual(['deployment-web-v1', 'deployment-web-v2']);
  for (const number of [1, 2]) {
    const workload = read(repo, `deployment-web-v${number}`);
    const identity = { 'app.oam.dev/component': 'web', 'app.oam.dev/appRevision': `shop-v${number}` };
    expect([selectorOf(workload), podLabelsOf(workload)]).toEqual([identity, identity]);
    expect(dig(workload, 'metadata')).toEqual({
      name: `web-v${number}`,
      namespace: 'default',
      labels: {
        ...identity,
        'app.oam.dev/name': 'shop',
        'app.oam.dev/appDeployment': 'shop',
        'app.oam.dev/resourceType': 'WORKLOAD',
        'workload.oam.dev/type': 'webservice',
      },
    });
  }
});

test.each([true, false])('addRevisionLabel %s changes nothing through an AppDeployment', async (addRevisionLabel) => {
  const repo = await placed({ name: 'web', properties: { image: 'nginx', addRevisionLabel } });
  const plain = await placed({ name: 'web' });
  expect(repo.read(`${folder}/deployment-web-v1.yaml`)).toBe(plain.read(`${folder}/deployment-web-v1.yaml`));
});

test('deployed directly, a selector holds nothing that varies by revision', async () => {
  const versions = (image: string): string =>
    application(
      'shop',
      [
        {
          name: 'web',
          properties: { image, addRevisionLabel: true },
          traits: [{ type: 'ingress', properties: { domain: 'x.y', http: { '/': 80 } } }],
        },
        { name: 'queue', type: 'worker', properties: { image } },
      ],
      { direct: true },
    );
  const repo = new ScratchRepo({ git: false }).write({ 'all.yaml': versions('one') });
  const selectors = async (): Promise<unknown[]> => {
    expect((await repo.appdeploy('render', '-q')).stderr).toBe('');
    const workloads = ['deployment-web', 'deployment-queue'].map((name) => selectorOf(read(repo, name)));
    return [...workloads, dig(read(repo, 'service-web'), 'spec', 'selector')];
  };
  const [web, queue] = ['web', 'queue'].map((name) => ({ 'app.oam.dev/component': name }));
  expect(await selectors()).toEqual([web, queue, web]);
  repo.write({ 'all.yaml': versions('two') });
  expect(await selectors()).toEqual([web, queue, web]);
  expect(podLabelsOf(read(repo, 'deployment-web'))).toEqual({ ...web, 'app.oam.dev/appRevision': 'shop-v2' });
  expect(podLabelsOf(read(repo, 'deployment-queue'))).toEqual(queue);
});

const careless = definition(
  'ComponentDefinition',
  'careless',
  `output:
  apiVersion: apps/v1
  kind: Deployment
  spec:
    selector: { matchLabels: { app: {{context.name}} } }
    template: { metadata: { labels: { app: {{context.name}}, size: {{parameter.size}} } } }
`,
);

test('selectors of two revisions that take each other’s pods are a problem with the lines to add', async () => {
  const component = (size: string): ComponentInput => ({ name: 'web', type: 'careless', properties: { size } });
  const repo = await twoRevisions(component('s'), component('l'), careless);
  const { code, stderr } = await repo.appdeploy('render', '-q');
  expect(code).toBe(1);
  expect(stderr).toContain(
    'OVERLAPPING_SELECTORS: on in-cluster, the selector of Deployment web-v1 (shop-v1) also takes pods of web-v2 (shop-v2)',
  );
  expect(stderr).toContain('app.oam.dev/appRevision: {{context.appRevision}}');
});

test.each([
  ['Service', 'v1', '{ app.oam.dev/component: web }'],
  ['PodDisruptionBudget', 'policy/v1', '{ matchLabels: { app.oam.dev/component: web } }'],
  ['PodDisruptionBudget', 'policy/v1', '{ matchExpressions: [{ key: app.oam.dev/appRevision, operator: Exists }] }'],
])('so is the selector of a trait’s %s (%s) %s', async (kind, apiVersion, selector) => {
  const trait = `outputs: { extra: { apiVersion: ${apiVersion}, kind: ${kind}, spec: { selector: ${selector} } } }`;
  const component = (image: string): ComponentInput => ({
    name: 'web',
    properties: { image },
    traits: [{ type: 'extra' }],
  });
  const definitions = definition('TraitDefinition', 'extra', trait);
  const { stderr } = await (await twoRevisions(component('a'), component('b'), definitions)).appdeploy('render', '-q');
  expect(stderr).toContain(`OVERLAPPING_SELECTORS: on in-cluster, the selector of ${kind} web-extra-v1 (shop-v1)`);
});

test('an Application that deploys directly takes no pods of another’s revision', async () => {
  const direct = application('front', [{ name: 'web' }], { direct: true });
  const { code, stderr } = await placed({ name: 'web' }, direct);
  expect([code, stderr]).toEqual([1, expect.stringContaining('OVERLAPPING_SELECTORS')]);
});

const hpa = definition(
  'TraitDefinition',
  'autoscaled',
  `outputs:
  hpa:
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: { name: {{context.name}} }
    spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{context.name}} }, maxReplicas: 9 }
`,
);

test('where nothing ignores them afterwards, replicas are left out beside an autoscaler, with a note; its target carries the suffix', async () => {
  const repo = await placed({ name: 'web', traits: [{ type: 'scaler' }, { type: 'autoscaled' }] }, hpa);
  expect(repo.stderr).toContain('note AUTOSCALED');
  expect(dig(read(repo, 'deployment-web-v1'), 'spec')).not.toHaveProperty('replicas');
  expect(dig(read(repo, 'horizontalpodautoscaler-web-v1'), 'spec', 'scaleTargetRef', 'name')).toBe('web-v1');
});

test('0 replicas render 0 without the autoscaler', async () => {
  const repo = await placed({ name: 'web', traits: [{ type: 'autoscaled' }] }, hpa, 0);
  expect([repo.code, repo.stderr]).toEqual([0, '']);
  expect(names(repo)).toEqual(['deployment-web-v1']);
  expect(dig(read(repo, 'deployment-web-v1'), 'spec', 'replicas')).toBe(0);
});

test('an autoscaler of something else leaves the replicas alone', async () => {
  const other = hpa.replace('name: {{context.name}} }, maxReplicas', 'name: other }, maxReplicas');
  const repo = await placed({ name: 'web', traits: [{ type: 'autoscaled' }] }, other);
  expect(other).not.toBe(hpa);
  expect(dig(read(repo, 'deployment-web-v1'), 'spec', 'replicas')).toBe(2);
});

test('a Job in an AppDeployment is a problem, and directly it is none', async () => {
  const job: ComponentInput = { name: 'migrate', type: 'task', properties: { image: 'migrate' } };
  const { code, stderr } = await placed(job);
  expect([code, stderr]).toEqual([1, expect.stringContaining('error UNSCALABLE_WORKLOAD')]);
  const direct = new ScratchRepo({ git: false }).write({ 'a.yaml': application('shop', [job], { direct: true }) });
  expect(await direct.appdeploy('render', '-q')).toEqual({ code: 0, stdout: '', stderr: '' });
});
