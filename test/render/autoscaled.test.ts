import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/model/manifest.ts';
import { dig } from '../../src/model/plain.ts';
import { clusterRows } from '../../src/report/cluster-rows.ts';
import { rolloutRows, rolloutText } from '../../src/report/rollout.ts';
import type { Plan } from '../../src/plan.ts';
import { appDeployment, application, cluster, definition, on, target } from '../support/documents.ts';
import { plan, problemsOf } from '../support/memory-plan.ts';

/** A trait that gives an object of a kind with a spec beside its scaleTargetRef. */
const scaler = (apiVersion: string, kind: string, spec: object, targetRef: object = {}): string => {
  const scaleTargetRef = { name: 'NAME', ...targetRef };
  const object = { apiVersion, kind, metadata: { name: 'NAME' }, spec: { scaleTargetRef, ...spec } };
  return definition(
    'TraitDefinition',
    'grows',
    stringify({ outputs: { scaler: object } }).replaceAll('NAME', '{{context.name}}'),
  );
};
const hpa = (spec: object): string =>
  scaler('autoscaling/v2', 'HorizontalPodAutoscaler', spec, { apiVersion: 'apps/v1', kind: 'Deployment' });
const keda = (spec: object): string => scaler('keda.sh/v1alpha1', 'ScaledObject', spec);

const initially = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nautoscalers: {initialReplicas: true}\n';
const withArgocd = (more: string): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: {repoURL: https://git.example.com/shop.git}\n${more}`;

const filesOf = (trait: string, replicas: number): Record<string, string> => ({
  'shop.yaml': application('shop', [{ name: 'web', traits: [{ type: 'grows' }] }]),
  'trait.yaml': trait,
  'clusters.yaml': cluster('east'),
  'site.yaml': appDeployment(
    'site',
    { 'shop-v1': [on('east', replicas)] },
    { traffic: { hosts: ['x.example.com'], http: [{ weightedTargets: [target('shop-v1', 100)] }] } },
  ),
});

const placed = (trait: string, replicas: number, config = initially): Promise<Plan> =>
  plan(filesOf(trait, replicas), config);

function objectOf({ manifests }: Plan, kind: string): KubeObject | undefined {
  return manifests.find(({ object }) => object.kind === kind)?.object;
}

/** The replicas of the Deployment, and the bounds of its autoscaler. */
async function scaled(trait: string, replicas: number, config?: string): Promise<unknown[]> {
  const found = await placed(trait, replicas, config);
  const [, bounded] = found.manifests.filter(({ role }) => role === 'workload' || role === 'trait');
  const { scaleTargetRef: _target, ...bounds } = (bounded?.object['spec'] ?? {}) as Record<string, unknown>;
  return [dig(objectOf(found, 'Deployment'), 'spec', 'replicas'), bounds];
}

describe('the placement’s count is the floor', () => {
  test.each([
    ['an HPA that says no least', hpa({ maxReplicas: 9 }), 4, { minReplicas: 4, maxReplicas: 9 }],
    ['an HPA that keeps fewer', hpa({ minReplicas: 2, maxReplicas: 9 }), 4, { minReplicas: 4, maxReplicas: 9 }],
    ['an HPA that keeps more', hpa({ minReplicas: 6, maxReplicas: 9 }), 6, { minReplicas: 6, maxReplicas: 9 }],
    ['an HPA that allows just as many', hpa({ maxReplicas: 4 }), 4, { minReplicas: 4, maxReplicas: 4 }],
    ['a ScaledObject without bounds', keda({ triggers: [] }), 4, { minReplicaCount: 4, triggers: [] }],
    ['a ScaledObject that keeps fewer', keda({ minReplicaCount: 0 }), 4, { minReplicaCount: 4 }],
    ['a ScaledObject that keeps more', keda({ minReplicaCount: 5 }), 5, { minReplicaCount: 5 }],
    [
      'a scaler of one’s own, by its fields',
      scaler('x.io/v1', 'Own', { maxReplicas: 9 }),
      4,
      { minReplicas: 4, maxReplicas: 9 },
    ],
    [
      'a scaler of one’s own without bounds, as it is',
      scaler('x.io/v1', 'Own', { speed: 'fast' }),
      4,
      { speed: 'fast' },
    ],
  ])('of %s', async (_name, trait, replicas, bounds) => {
    expect(await scaled(trait, 4)).toEqual([replicas, bounds]);
  });

  test('and the note says which of the two it is', async () => {
    const note = async (minReplicas: number): Promise<unknown> =>
      (await placed(hpa({ minReplicas, maxReplicas: 9 }), 4)).problems.find(({ code }) => code === 'AUTOSCALED')
        ?.message;
    const says = 'HorizontalPodAutoscaler web-v1 decides the replicas of component web, from';
    expect(await note(2)).toBe(`${says} the placement’s 4 up`);
    expect(await note(6)).toBe(`${says} its own 6 up, which is more than the placement’s 4`);
  });

  test.each([
    ['of an HPA', hpa({ maxReplicas: 3 }), 4, 'HorizontalPodAutoscaler web-v1 allows, whose maxReplicas is 3'],
    ['of a ScaledObject', keda({ maxReplicaCount: 3 }), 4, 'ScaledObject web-v1 allows, whose maxReplicaCount is 3'],
    ['that KEDA takes for granted', keda({}), 101, 'ScaledObject web-v1 allows, whose maxReplicaCount is 100'],
  ])('and above the most %s it is an error at the placement', async (_name, trait, replicas, message) => {
    const found = (await problemsOf(filesOf(trait, replicas))).filter(({ severity }) => severity === 'error');
    expect(found).toMatchObject([
      {
        code: 'REPLICAS_ABOVE_MAX',
        message: `${replicas} replicas are more than ${message}`,
        origin: { path: 'site.yaml' },
        related: [{ origin: { path: 'shop.yaml' } }],
      },
    ]);
  });

  test('and 0 leaves the scaler out, whatever its kind', async () => {
    for (const trait of [hpa({ maxReplicas: 9 }), keda({}), scaler('x.io/v1', 'Own', {})]) {
      const idle = { ...filesOf(trait, 0), 'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 0)] }) };
      const { manifests } = await plan(idle, initially);
      expect(manifests.map(({ object }) => [object.kind, dig(object, 'spec', 'replicas')])).toEqual([
        ['Deployment', 0],
      ]);
    }
  });
});

describe('the workload has the floor for its creation', () => {
  const trait = hpa({ minReplicas: 2, maxReplicas: 9 });
  const replicas = async (config: string): Promise<unknown> =>
    dig(objectOf(await placed(trait, 4, config), 'Deployment'), 'spec', 'replicas');

  test('where the repo’s own Applications ignore the field afterwards', async () => {
    expect(await replicas(withArgocd(''))).toBe(4);
  });

  test('and not where nothing is known of the Applications, or they do not keep what is ignored', async () => {
    expect(await replicas('apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n')).toBe(undefined);
    const refusing = 'argocd:\n  repoURL: x\n  syncPolicy: {syncOptions: [RespectIgnoreDifferences=false]}\n';
    expect(await replicas(`apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n${refusing}`)).toBe(undefined);
  });

  test('unless the config says otherwise', async () => {
    expect(await replicas(withArgocd('autoscalers: {initialReplicas: false}\n'))).toBe(undefined);
    expect(await replicas(initially)).toBe(4);
  });
});

test('what render and clusters list is the floor, as diff shows it', async () => {
  const found = await placed(hpa({ minReplicas: 2, maxReplicas: 9 }), 4);
  expect(rolloutRows(found)).toMatchObject([{ revision: 'shop-v1', replicas: 4, autoscaled: true }]);
  expect(rolloutText(rolloutRows(found))).toMatch(/ shop-v1 +4\+ +100$/m);
  expect(clusterRows(found)).toMatchObject([{ name: 'east', placed: [{ replicas: 4, autoscaled: true }] }]);
  const more = rolloutRows(await placed(hpa({ minReplicas: 6, maxReplicas: 9 }), 4));
  expect(more).toMatchObject([{ replicas: 6, autoscaled: true }]);
});
