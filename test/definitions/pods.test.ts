import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed, podOf } from '../support/component-plan.ts';

const trait = (type: string, properties: object = {}): Part => ({ traits: [{ type, properties }] });

describe('resource', () => {
  const resourcesOf = async (properties: object, part: Part = {}): Promise<unknown> => {
    const objects = await direct({ ...part, ...trait('resource', properties) });
    return dig(containerOf(objects['Deployment web']), 'resources');
  };

  test('requests and allows a core and two gigabytes', async () => {
    const both = { cpu: 1, memory: '2048Mi' };
    expect(await resourcesOf({})).toEqual({ requests: both, limits: both });
  });

  test('overrides what the component says, request and limit apart', async () => {
    const part = { properties: { image: 'nginx', cpu: '4', memory: '4Gi' } };
    const both = { cpu: '500m', memory: '1Gi' };
    expect(await resourcesOf(both, part)).toEqual({ requests: both, limits: both });
    expect(await resourcesOf({ requests: { cpu: 0.1 } }, part)).toEqual({
      requests: { cpu: 0.1, memory: '2048Mi' },
      limits: { cpu: '4', memory: '4Gi' },
    });
    expect(await resourcesOf({ requests: { memory: '1Gi' }, limits: { cpu: 2 } })).toEqual({
      requests: { cpu: 1, memory: '1Gi' },
      limits: { cpu: 2, memory: '2048Mi' },
    });
  });

  test('reaches into a cron-task', async () => {
    const part = { type: 'cron-task', properties: { image: 'nginx', schedule: '@daily', memory: '1Gi' } };
    const objects = await direct({ ...part, ...trait('resource', { cpu: 2 }) });
    const both = { cpu: 2, memory: '2048Mi' };
    const pod = dig(objects, 'CronJob web', 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    expect(dig(pod, 'containers')).toEqual([
      { name: 'web', image: 'nginx', resources: { requests: both, limits: both } },
    ]);
  });

  test('takes no amount of memory that Kubernetes would refuse', async () => {
    expect(await complaints(trait('resource', { memory: 'lots' }))).toEqual([expect.stringContaining('INVALID_VALUE')]);
  });
});

describe('service-account', () => {
  const privileges = [
    { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['a'] },
    { verbs: ['get'], nonResourceURLs: ['/metrics'], scope: 'cluster' },
  ];

  test('runs the pods as a ServiceAccount that is there', async () => {
    const objects = await placed(trait('service-account', { name: 'reader' }));
    expect(Object.keys(objects)).toEqual(['Deployment web-v1']);
    expect(dig(podOf(objects['Deployment web-v1']), 'serviceAccountName')).toBe('reader');
  });

  test('the last one wins', async () => {
    const two = ['a', 'b'].map((name) => ({ type: 'service-account', properties: { name } }));
    expect(dig(podOf((await direct({ traits: two }))['Deployment web']), 'serviceAccountName')).toBe('b');
  });

  test('creates it, and gives it rights in its namespace and in the cluster', async () => {
    const objects = await direct(trait('service-account', { name: 'reader', create: true, privileges }));
    const { scope: _scope, ...clusterRule } = { scope: '', ...privileges[1] };
    const subjects = [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
    const clusterRef = { ...roleRef, kind: 'ClusterRole', name: 'default:reader' };
    expect(Object.keys(objects)).toContain('ServiceAccount reader');
    expect(objects['Role reader']).toMatchObject({ rules: [privileges[0]] });
    expect(objects['RoleBinding reader']).toMatchObject({ roleRef, subjects });
    expect(objects['ClusterRole default:reader']).toMatchObject({ rules: [clusterRule] });
    expect(objects['ClusterRoleBinding default:reader']).toMatchObject({ roleRef: clusterRef, subjects });
  });

  test('through an AppDeployment account, roles and bindings are the revision’s', async () => {
    const objects = await placed(trait('service-account', { name: 'reader', create: true, privileges }));
    expect(dig(podOf(objects['Deployment web-v1']), 'serviceAccountName')).toBe('reader-v1');
    const subjects = [{ name: 'reader-v1' }];
    expect(objects['RoleBinding reader-v1']).toMatchObject({ roleRef: { name: 'reader-v1' }, subjects });
    expect(objects['ClusterRoleBinding default:reader-v1']).toMatchObject({
      roleRef: { name: 'default:reader-v1' },
      subjects,
    });
  });

  test('gives rights to paths of the API server in the cluster alone', async () => {
    const inNamespace = [{ ...privileges[1], scope: 'namespace' }];
    expect(await complaints(trait('service-account', { name: 'a', privileges: inNamespace }))).toEqual([
      expect.stringMatching(/^INVALID_VALUE .*scope/),
    ]);
  });
});

describe('init-container', () => {
  const least = { name: 'init', image: 'busybox', appMountPath: '/app', initMountPath: '/init' };

  test('shares a folder with the component', async () => {
    const pod = podOf((await direct(trait('init-container', least)))['Deployment web']);
    expect(dig(pod, 'volumes')).toEqual([{ name: 'workdir', emptyDir: {} }]);
    expect(dig(pod, 'containers', 0, 'volumeMounts')).toEqual([{ name: 'workdir', mountPath: '/app' }]);
    expect(dig(pod, 'initContainers')).toEqual([
      {
        name: 'init',
        image: 'busybox',
        imagePullPolicy: 'IfNotPresent',
        volumeMounts: [{ name: 'workdir', mountPath: '/init' }],
      },
    ]);
  });

  test('runs a command with its own environment and further volumes', async () => {
    const told = { args: ['b'], env: [{ name: 'A', value: '1' }], imagePullPolicy: 'Always' };
    const extraVolumeMounts = [{ name: 'data', mountPath: '/data' }];
    const volumes = [{ name: 'data', mountPath: '/data', type: 'emptyDir' }];
    const properties = { ...least, ...told, cmd: ['a'], mountName: 'shared', extraVolumeMounts };
    const part = { properties: { image: 'nginx', volumes }, ...trait('init-container', properties) };
    const pod = podOf((await direct(part))['Deployment web']);
    expect(dig(pod, 'containers', 0, 'volumeMounts')).toEqual([
      { name: 'data', mountPath: '/data' },
      { name: 'shared', mountPath: '/app' },
    ]);
    expect(dig(pod, 'initContainers', 0)).toEqual({
      name: 'init',
      image: 'busybox',
      command: ['a'],
      ...told,
      volumeMounts: [{ name: 'shared', mountPath: '/init' }, ...extraVolumeMounts],
    });
  });

  test('several share the folder', async () => {
    const second = { ...least, name: 'second' };
    const traits = [least, second].map((properties) => ({ type: 'init-container', properties }));
    const pod = podOf((await direct({ traits }))['Deployment web']);
    expect(dig(pod, 'initContainers')).toMatchObject([{ name: 'init' }, { name: 'second' }]);
    expect(dig(pod, 'volumes')).toHaveLength(1);
    expect(dig(pod, 'containers', 0, 'volumeMounts')).toHaveLength(1);
  });
});
