import { expect, test } from 'vitest';
import type { Revision } from '../../src/model/revision.ts';
import { contextOf, parameterOf, type Rendering, soFar } from '../../src/render/context.ts';

function rendering(renderFormat: number): Rendering {
  const component = { name: 'web', type: 'webservice', properties: { b: 1, a: 2 } };
  const revision = {
    name: 'shop-v3',
    number: 3,
    application: { namespace: 'team', name: 'shop' },
    spec: { components: [component] },
    renderFormat,
  } as unknown as Revision;
  const owner = { kind: 'AppDeployment', namespace: 'team', name: 'site' } as const;
  const cluster = { name: 'eu', labels: { tier: 'prod' }, version: '1.33.2' };
  return {
    revision,
    component,
    index: 0,
    owner,
    cluster,
    cue: undefined as never,
    kubernetesVersion: undefined,
    initialReplicas: false,
  };
}

const always = {
  name: 'web',
  appName: 'shop',
  appRevision: 'shop-v3',
  appRevisionNum: 3,
  namespace: 'team',
  componentType: 'webservice',
  cluster: { name: 'eu', labels: { tier: 'prod' } },
  appDeployment: 'site',
  appLabels: {},
  appAnnotations: {},
  workflowName: '',
  publishVersion: '',
  replicaKey: '',
};
const version = { major: '1', gitVersion: 'v1.33.2', platform: 'linux/amd64' };

test('format 2: the context has what KubeVela has, and keys are sorted', () => {
  const { revision, component } = rendering(2);
  const context = contextOf(rendering(2));
  const own = { revision: 'web-v3', parameter: component.properties };
  expect(context).toEqual({ ...always, ...own, clusterVersion: { ...version, minor: 33 }, components: [component] });
  expect(JSON.stringify(context['components'])).toContain('{"a":2,"b":1}');
  expect(JSON.stringify(parameterOf(component.properties, revision))).toBe('{"a":2,"b":1}');
  expect(soFar({ kind: 'Deployment' }, {}, revision)).toEqual({ output: { kind: 'Deployment' } });
  expect(soFar({}, { a: {} }, revision)).toEqual({ output: {}, outputs: { a: {} } });
});

test('format 1: as it was when its snapshots were written', () => {
  const { revision, component } = rendering(1);
  const context = contextOf(rendering(1));
  const minor = '33';
  expect(context).toEqual({ ...always, config: [], clusterVersion: { ...version, minor }, components: [component] });
  expect(JSON.stringify(parameterOf(component.properties, revision))).toBe('{"b":1,"a":2}');
  expect(soFar({}, {}, revision)).toEqual({ output: {}, outputs: {} });
});

test('where nothing says a version, format 2 assumes one, and format 1 has none', () => {
  const unknown = (format: number): Rendering => ({
    ...rendering(format),
    cluster: { name: 'eu', labels: {} },
  });
  expect(contextOf(unknown(2))).toHaveProperty('clusterVersion.gitVersion', 'v1.37.0');
  expect(contextOf(unknown(1))).not.toHaveProperty('clusterVersion');
});
