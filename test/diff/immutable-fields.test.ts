import { expect, test } from 'vitest';
import { placed, reportOn } from '../support/fleet-state.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is said of an object whose fields change. */
function said(apiVersion: string, kind: string, before: Fields, after: Fields): string[] {
  const object = (fields: Fields): Parameters<typeof placed>[0] => ({ apiVersion, kind, ...fields });
  const { findings } = reportOn([placed(object(before))], [placed(object(after))]);
  return findings.map(({ message }) => message.replace(`${kind} it changes `, '').replace(', which is immutable', ''));
}

const template = (image: string): object => ({ spec: { containers: [{ name: 'web', image }] } });
const selector = (app: string): object => ({ matchLabels: { app } });

test.each([
  [
    'apps/v1',
    'Deployment',
    { spec: { selector: selector('a') } },
    { spec: { selector: selector('b') } },
    'spec.selector',
  ],
  [
    'apps/v1',
    'DaemonSet',
    { spec: { selector: selector('a') } },
    { spec: { selector: selector('b') } },
    'spec.selector',
  ],
  [
    'apps/v1',
    'StatefulSet',
    { spec: { selector: selector('a') } },
    { spec: { selector: selector('b') } },
    'spec.selector',
  ],
  ['apps/v1', 'StatefulSet', { spec: { serviceName: 'a' } }, { spec: { serviceName: 'b' } }, 'spec.serviceName'],
  [
    'apps/v1',
    'StatefulSet',
    { spec: { volumeClaimTemplates: [{ spec: { size: 1 } }] } },
    { spec: { volumeClaimTemplates: [{ spec: { size: 2 } }] } },
    'spec.volumeClaimTemplates',
  ],
  ['batch/v1', 'Job', { spec: { template: template('a') } }, { spec: { template: template('b') } }, 'spec.template'],
  ['batch/v1', 'Job', { spec: { completions: 1 } }, { spec: { completions: 2 } }, 'spec.completions'],
  ['v1', 'Service', { spec: { ports: [] } }, { spec: { ports: [], clusterIP: 'None' } }, 'spec.clusterIP'],
  [
    'v1',
    'PersistentVolumeClaim',
    { spec: { storageClassName: 'a' } },
    { spec: { storageClassName: 'b' } },
    'spec.storageClassName',
  ],
  ['v1', 'ConfigMap', { immutable: true, data: { a: '1' } }, { immutable: true, data: { a: '2' } }, 'data'],
  ['v1', 'Secret', { type: 'Opaque' }, { type: 'kubernetes.io/tls' }, 'type'],
  ['v1', 'Secret', {}, { type: 'kubernetes.io/tls' }, 'type'],
  ['apps/v1', 'StatefulSet', {}, { spec: { podManagementPolicy: 'Parallel' } }, 'spec.podManagementPolicy'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { name: 'a' } }, { roleRef: { name: 'b' } }, 'roleRef'],
  ['storage.k8s.io/v1', 'StorageClass', { provisioner: 'a' }, { provisioner: 'b' }, 'provisioner'],
] as const)('%s %s: %j may not become %j', (apiVersion, kind, before, after, field) => {
  expect(said(apiVersion, kind, before, after)).toEqual([field]);
});

test.each([
  ['apps/v1', 'Deployment', { spec: { template: template('a') } }, { spec: { template: template('b') } }],
  [
    'apps/v1',
    'StatefulSet',
    { spec: { replicas: 1, template: template('a') } },
    { spec: { replicas: 2, template: template('b') } },
  ],
  ['batch/v1', 'Job', { spec: { backoffLimit: 1, suspend: true } }, { spec: { backoffLimit: 2, suspend: false } }],
  [
    'batch/v1',
    'Job',
    { spec: { completionMode: 'Indexed', completions: 1 } },
    { spec: { completionMode: 'Indexed', completions: 2 } },
  ],
  ['batch/v1', 'CronJob', { spec: { jobTemplate: template('a') } }, { spec: { jobTemplate: template('b') } }],
  ['v1', 'Service', { spec: { clusterIP: 'None' } }, { spec: { type: 'ExternalName', externalName: 'x' } }],
  [
    'v1',
    'PersistentVolumeClaim',
    { spec: { resources: { requests: '1Gi' } } },
    { spec: { resources: { requests: '2Gi' } } },
  ],
  ['v1', 'ConfigMap', { data: { a: '1' } }, { immutable: true, data: { a: '2' } }],
  ['v1', 'Secret', {}, { type: 'Opaque' }],
  ['apps/v1', 'StatefulSet', {}, { spec: { podManagementPolicy: 'OrderedReady' } }],
  ['batch/v1', 'Job', { spec: { completionMode: 'NonIndexed' } }, { spec: {} }],
  ['v1', 'PersistentVolumeClaim', { spec: {} }, { spec: { volumeMode: 'Filesystem' } }],
  ['storage.k8s.io/v1', 'StorageClass', {}, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }],
  [
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    { roleRef: { name: 'a' } },
    { roleRef: { name: 'a', apiGroup: 'rbac.authorization.k8s.io' } },
  ],
  ['example.com/v1', 'Deployment', { spec: { selector: 'a' } }, { spec: { selector: 'b' } }],
] as const)('%s %s: %j may become %j', (apiVersion, kind, before, after) => {
  expect(said(apiVersion, kind, before, after)).toEqual([]);
});

test('what Argo CD deletes and creates anew may change: hooks, and objects that are replaced by force', () => {
  const migrate = (image: string, annotations: Readonly<Record<string, string>>): Fields => ({
    metadata: { annotations },
    spec: { template: template(image) },
  });
  const changed = (annotations: Readonly<Record<string, string>>): string[] =>
    said('batch/v1', 'Job', migrate('a', annotations), migrate('b', annotations));
  expect(changed({ 'argocd.argoproj.io/hook': 'PreSync' })).toEqual([]);
  expect(changed({ 'argocd.argoproj.io/sync-options': 'Replace=true, Force=true' })).toEqual([]);
  expect(changed({ 'argocd.argoproj.io/sync-options': 'Replace=true' })).toEqual(['spec.template']);
});
