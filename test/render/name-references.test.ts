import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/model/manifest.ts';
import { renameReferences } from '../../src/render/name-references.ts';

/** Every object named `own` of a kind below is ours and is now `own-v2`. */
const ours = [
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'Service',
  'ServiceAccount',
  'Deployment',
  'StatefulSet',
  'Role',
  'Rollout',
];

function renamed(source: KubeObject): KubeObject {
  return renameReferences(source, (kind, name, namespace) =>
    (namespace ?? 'shop') === 'shop' && name === 'own' && ours.includes(kind) ? 'own-v2' : undefined,
  );
}

function object(apiVersion: string, kind: string, fields: object): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'shop' }, ...fields };
}

const deployment = (pod: object): KubeObject => object('apps/v1', 'Deployment', { spec: { template: { spec: pod } } });
const hpa = (scaleTargetRef: object): KubeObject =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { scaleTargetRef } });
const ingress = (spec: object): KubeObject => object('networking.k8s.io/v1', 'Ingress', { spec });
const binding = (fields: object): KubeObject => object('rbac.authorization.k8s.io/v1', 'RoleBinding', fields);

/** Builders of objects that refer to something by name. */
const references: [string, (name: string) => KubeObject][] = [
  ['a ConfigMap volume', (name) => deployment({ volumes: [{ name: 'own', configMap: { name } }] })],
  ['a Secret volume', (name) => deployment({ volumes: [{ name: 'own', secret: { secretName: name } }] })],
  ['a claim volume', (name) => deployment({ volumes: [{ name: 'own', persistentVolumeClaim: { claimName: name } }] })],
  ['a projected ConfigMap', (name) => deployment({ volumes: [{ projected: { sources: [{ configMap: { name } }] } }] })],
  ['a projected Secret', (name) => deployment({ volumes: [{ projected: { sources: [{ secret: { name } }] } }] })],
  [
    'a ConfigMap key',
    (name) => deployment({ containers: [{ env: [{ valueFrom: { configMapKeyRef: { name, key: 'own' } } }] }] }),
  ],
  [
    'a Secret key',
    (name) => deployment({ containers: [{ env: [{ valueFrom: { secretKeyRef: { name, key: 'own' } } }] }] }),
  ],
  ['a ConfigMap as environment', (name) => deployment({ initContainers: [{ envFrom: [{ configMapRef: { name } }] }] })],
  ['a Secret as environment', (name) => deployment({ containers: [{ envFrom: [{ secretRef: { name } }] }] })],
  ['a registry Secret', (name) => deployment({ imagePullSecrets: [{ name }] })],
  ['a ServiceAccount', (name) => deployment({ serviceAccountName: name })],
  ['the target of an HPA', (name) => hpa({ apiVersion: 'apps/v1', kind: 'Deployment', name })],
  [
    'the target of an HPA of another kind',
    (name) => hpa({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name }),
  ],
  [
    'the target of a ScaledObject without a kind',
    (name) => object('keda.sh/v1alpha1', 'ScaledObject', { spec: { scaleTargetRef: { name } } }),
  ],
  [
    'an Ingress backend',
    (name) => ingress({ rules: [{ http: { paths: [{ backend: { service: { name, port: { number: 80 } } } }] } }] }),
  ],
  ['a default backend', (name) => ingress({ defaultBackend: { service: { name } } })],
  ['an Ingress certificate', (name) => ingress({ tls: [{ hosts: ['own'], secretName: name }] })],
  ['a role of a binding', (name) => binding({ roleRef: { kind: 'Role', name } })],
  ['a subject of a binding', (name) => binding({ subjects: [{ kind: 'ServiceAccount', name }] })],
  [
    'a subject of the same namespace',
    (name) => binding({ subjects: [{ kind: 'ServiceAccount', name, namespace: 'shop' }] }),
  ],
  ['the Service of a StatefulSet', (name) => object('apps/v1', 'StatefulSet', { spec: { serviceName: name } })],
];

describe('a reference to an object of the component follows its new name', () => {
  test.each(references)('%s', (_, build) => expect(renamed(build('own'))).toEqual(build('own-v2')));
});

describe('a reference to an object outside the component stays', () => {
  test.each(references)('%s', (_, build) => expect(renamed(build('other'))).toEqual(build('other')));
});

describe('what only looks like a reference stays', () => {
  test.each<[string, KubeObject]>([
    [
      'a subject of another namespace',
      binding({ subjects: [{ kind: 'ServiceAccount', name: 'own', namespace: 'other' }] }),
    ],
    ['a ClusterRole of the same name', binding({ roleRef: { kind: 'ClusterRole', name: 'own' } })],
    ['a user of the same name', binding({ subjects: [{ kind: 'User', name: 'own' }] })],
    [
      'the names of containers, ports and volumes',
      deployment({ containers: [{ name: 'own', ports: [{ name: 'own' }] }], volumes: [{ name: 'own' }] }),
    ],
    ['labels and selectors', object('v1', 'Service', { spec: { selector: { own: 'own', name: 'own' } } })],
    [
      'the data of a ConfigMap',
      object('v1', 'ConfigMap', { data: { name: 'own', secretName: 'own', serviceAccountName: 'own' } }),
    ],
    ['text that contains the name', deployment({ containers: [{ args: ['--config=own'], image: 'own' }] })],
    ['a Service name elsewhere', object('example.com/v1', 'Thing', { spec: { serviceName: 'own' } })],
    ['an HPA of another kind than ours', hpa({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'own' })],
    ['an object without fields', object('v1', 'ConfigMap', {})],
  ])('%s', (_, each) => expect(renamed(each)).toEqual(each));
});
