import { describe, expect, test } from 'vitest';
import { noCueEngine } from '../../src/render/cue/engine.ts';
import type { Emitted } from '../../src/render/emitted.ts';
import type { Rendering } from '../../src/render/context.ts';
import { identify } from '../../src/render/identity.ts';

const origin = { path: 'app.yaml', line: 1, column: 1 };
const component = { name: 'web', type: 'webservice' };
const application = { namespace: 'shop', name: 'app' };

function rendering(kind: 'AppDeployment' | 'Application'): Rendering {
  const revision: Rendering['revision'] = {
    name: 'app-v2',
    number: 2,
    application,
    state: 'pending',
    publishedOn: [],
    hash: '0123456789abcdef',
    spec: { components: [component] },
    definitions: { components: new Map(), traits: new Map() },
    renderFormat: 1,
    origin,
    locate: () => origin,
  };
  const owner = { kind, namespace: 'shop', name: 'rollout' };
  return {
    revision,
    component,
    index: 0,
    owner,
    cluster: { name: 'paris', labels: {} },
    cue: noCueEngine,
    kubernetesVersion: undefined,
    initialReplicas: true,
  };
}

function workload(object: object): Emitted {
  const full = { apiVersion: 'apps/v1', kind: 'Deployment', ...object };
  return { object: full, role: 'workload', type: 'webservice', resource: '', origin };
}

function other(resource: string, kind: string, object: object = {}): Emitted {
  return { object: { apiVersion: 'v1', kind, ...object }, role: 'trait', type: 'extras', resource, origin };
}

function names(emitted: readonly Emitted[], kind: 'AppDeployment' | 'Application'): string[] {
  return identify(emitted, rendering(kind)).map(({ object }) => object.metadata.name);
}

describe('names', () => {
  const emitted = [
    workload({}),
    other('config', 'ConfigMap'),
    other('named', 'Secret', { metadata: { name: 'token' } }),
    other('blank', 'Service', { metadata: { name: '' } }),
  ];

  test('default to the component, and to component and key for the others', () => {
    expect(names(emitted, 'Application')).toEqual(['web', 'web-config', 'token', 'web-blank']);
  });

  test('through an AppDeployment each carries the suffix of the revision', () => {
    expect(names(emitted, 'AppDeployment')).toEqual(['web-v2', 'web-config-v2', 'token-v2', 'web-blank-v2']);
  });

  test('a workload may have a name of its own', () => {
    expect(names([workload({ metadata: { name: 'server' } })], 'AppDeployment')).toEqual(['server-v2']);
  });
});

describe('references among the objects of a component', () => {
  const pod = {
    volumes: [
      { configMap: { name: 'web-config' } },
      { configMap: { name: 'outside' } },
      { secret: { secretName: 'web-config' } },
    ],
  };
  const emitted = [workload({ spec: { template: { spec: pod } } }), other('config', 'ConfigMap')];

  test('follow the suffix; another name, or the name of another kind, stays', () => {
    const [first] = identify(emitted, rendering('AppDeployment'));
    expect(first?.object['spec']).toEqual({
      template: {
        spec: {
          volumes: [
            { configMap: { name: 'web-config-v2' } },
            { configMap: { name: 'outside' } },
            { secret: { secretName: 'web-config' } },
          ],
        },
      },
    });
  });

  test('stay as they are without an AppDeployment', () => {
    expect(identify(emitted, rendering('Application'))[0]?.object['spec']).toEqual({ template: { spec: pod } });
  });

  test('to an object that the component puts into another namespace, from this one, stay', () => {
    const far = other('config', 'ConfigMap', { metadata: { namespace: 'elsewhere' } });
    const [first] = identify([workload({ spec: { template: { spec: pod } } }), far], rendering('AppDeployment'));
    expect(first?.object['spec']).toEqual({ template: { spec: pod } });
  });
});

describe('namespace and labels', () => {
  test.each([
    ['the owner’s by default', other('x', 'ConfigMap'), 'shop'],
    ['what the template says', other('x', 'ConfigMap', { metadata: { namespace: 'elsewhere' } }), 'elsewhere'],
    ['none outside namespaces', other('x', 'ClusterRole', { metadata: {} }), undefined],
  ])('namespace: %s', (_, emitted, namespace) => {
    expect(identify([emitted], rendering('Application'))[0]?.object.metadata.namespace).toBe(namespace);
  });

  test('a workload says what it belongs to; the template’s own labels stay beside', () => {
    const labelled = workload({ metadata: { labels: { tier: 'front', 'app.oam.dev/name': 'wrong' } } });
    expect(identify([labelled], rendering('AppDeployment'))[0]?.object.metadata.labels).toEqual({
      tier: 'front',
      'app.oam.dev/name': 'app',
      'app.oam.dev/component': 'web',
      'app.oam.dev/appRevision': 'app-v2',
      'app.oam.dev/appDeployment': 'rollout',
      'app.oam.dev/resourceType': 'WORKLOAD',
      'workload.oam.dev/type': 'webservice',
    });
  });

  test('an object of a trait says which', () => {
    expect(identify([other('config', 'ConfigMap')], rendering('Application'))[0]?.object.metadata.labels).toEqual({
      'app.oam.dev/name': 'app',
      'app.oam.dev/component': 'web',
      'app.oam.dev/appRevision': 'app-v2',
      'app.oam.dev/resourceType': 'TRAIT',
      'trait.oam.dev/type': 'extras',
      'trait.oam.dev/resource': 'config',
    });
  });
});
