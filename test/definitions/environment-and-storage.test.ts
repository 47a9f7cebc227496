import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed, podOf } from '../support/component-plan.ts';

const base = [
  { name: 'A', value: '1' },
  { name: 'B', valueFrom: { secretKeyRef: { name: 'token', key: 'k' } } },
  { name: 'C', value: '' },
];
const withEnv = (properties: object, env: readonly object[] | undefined = base): Part => ({
  properties: { image: 'nginx', ...(env.length === 0 ? {} : { env }) },
  traits: [{ type: 'env', properties }],
});

async function envOf(part: Part): Promise<unknown> {
  return dig(containerOf((await direct(part))['Deployment web']), 'env');
}

describe('env', () => {
  test('keeps what is there, overrides values of equal names in their place, and adds the rest', async () => {
    expect(await envOf(withEnv({ env: { D: '4', B: '', A: '{{x}}' } }))).toEqual([
      { name: 'A', value: '{{x}}' },
      { name: 'B', value: '' },
      { name: 'C', value: '' },
      { name: 'D', value: '4' },
    ]);
  });

  test('gives variables to a container that has none', async () => {
    expect(await envOf(withEnv({ env: { A: '1', constructor: '2' } }, []))).toEqual([
      { name: 'A', value: '1' },
      { name: 'constructor', value: '2' },
    ]);
  });

  test('with replace, removes everything else', async () => {
    expect(await envOf(withEnv({ env: { D: '4', A: '9' }, replace: true }))).toEqual([
      { name: 'A', value: '9' },
      { name: 'D', value: '4' },
    ]);
    expect(await envOf(withEnv({ env: {}, replace: true }))).toEqual([]);
  });

  test('with unset, removes variables, be they there or given', async () => {
    expect(await envOf(withEnv({ env: { A: '9', D: '4' }, unset: ['A', 'B', 'X'] }))).toEqual([
      base[2],
      { name: 'D', value: '4' },
    ]);
  });

  test('changes the containers that it names', async () => {
    const init = { name: 'init', image: 'i', appMountPath: '/a', initMountPath: '/b' };
    const part = {
      traits: [
        { type: 'env', properties: { containerName: 'web', env: { A: '1' } } },
        { type: 'init-container', properties: init },
        { type: 'env', properties: { containers: [{ containerName: 'web', env: { A: '2', B: '3' }, unset: ['B'] }] } },
      ],
    };
    expect(await envOf(part)).toEqual([{ name: 'A', value: '2' }]);
  });

  test.each([
    [{ containerName: 'other', env: {} }, 'TEMPLATE_FAILED TraitDefinition env: there is no container other'],
    [{ containers: [{ env: {} }] }, 'MISSING_FIELD'],
    [{}, 'MISSING_FIELD'],
    [{ containers: [{ containerName: 'web', env: {} }], env: {} }, 'INVALID_VALUE'],
  ])('%j is wrong', async (properties, code) => {
    expect(await complaints(withEnv(properties))).toEqual([expect.stringContaining(code)]);
  });

  test('cannot reach into a cron-task', async () => {
    const part = { type: 'cron-task', ...withEnv({ env: {} }), properties: { image: 'nginx', schedule: '@daily' } };
    expect(await complaints(part)).toEqual([expect.stringContaining('there is no container')]);
  });
});

const storage = {
  pvc: [
    { name: 'data', mountPath: '/data', subPath: 'inner' },
    { name: 'data', mountPath: '/more', mountOnly: true },
    { name: 'disk', mountPath: '/dev/disk', volumeMode: 'Block', mountOnly: true },
  ],
  configMap: [
    { name: 'settings', data: { a: '1' }, mountToEnv: { envName: 'A', configMapKey: 'a' } },
    { name: 'settings', mountOnly: true, mountPath: '/settings', items: [{ key: 'a', path: 'b' }] },
  ],
  secret: [
    {
      name: 'token',
      stringData: { k: 'v' },
      mountPath: '/token',
      readOnly: true,
      mountToEnvs: [{ envName: 'T', secretKey: 'k' }],
    },
  ],
  emptyDir: [{ name: 'scratch', mountPath: '/scratch', medium: 'Memory' }],
  hostPath: [{ name: 'sys', path: '/sys', mountPath: '/sys' }],
};
const withStorage = (properties: object, env: readonly object[] = []): Part => ({
  properties: { image: 'nginx', env },
  traits: [{ type: 'storage', properties }],
});

describe('storage', () => {
  test('mounts volumes; those of one name are one', async () => {
    const workload = (await direct(withStorage(storage)))['Deployment web'];
    expect(containerOf(workload)).toMatchObject({
      volumeDevices: [{ name: 'pvc-disk', devicePath: '/dev/disk' }],
      volumeMounts: [
        { name: 'pvc-data', mountPath: '/data', subPath: 'inner' },
        { name: 'pvc-data', mountPath: '/more' },
        { name: 'configmap-settings', mountPath: '/settings' },
        { name: 'secret-token', mountPath: '/token', readOnly: true },
        { name: 'emptydir-scratch', mountPath: '/scratch' },
        { name: 'hostpath-sys', mountPath: '/sys' },
      ],
    });
    const items = [{ key: 'a', path: 'b', mode: 511 }];
    expect(dig(podOf(workload), 'volumes')).toEqual([
      { name: 'pvc-data', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'pvc-disk', persistentVolumeClaim: { claimName: 'disk' } },
      { name: 'configmap-settings', configMap: { name: 'settings', defaultMode: 420, items } },
      { name: 'secret-token', secret: { secretName: 'token', defaultMode: 420 } },
      { name: 'emptydir-scratch', emptyDir: { medium: 'Memory' } },
      { name: 'hostpath-sys', hostPath: { path: '/sys', type: 'Directory' } },
    ]);
  });

  test('creates what is not there yet', async () => {
    const objects = await direct(withStorage(storage));
    expect(Object.keys(objects).toSorted()).toEqual([
      'ConfigMap settings',
      'Deployment web',
      'PersistentVolumeClaim data',
      'Secret token',
    ]);
    expect(objects['ConfigMap settings']?.['data']).toEqual({ a: '1' });
    expect(objects['Secret token']?.['stringData']).toEqual({ k: 'v' });
    expect(objects['PersistentVolumeClaim data']?.['spec']).toEqual({
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      resources: { requests: { storage: '8Gi' } },
    });
  });

  test('claims what a claim can ask for', async () => {
    const spec = {
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
      volumeName: 'disk-7',
      storageClassName: '',
      resources: { requests: { storage: '1Gi' }, limits: { storage: '2Gi' } },
      dataSource: { name: 'a', kind: 'VolumeSnapshot', apiGroup: 'snapshot.storage.k8s.io' },
      dataSourceRef: { name: 'a', kind: 'VolumeSnapshot', apiGroup: 'snapshot.storage.k8s.io' },
      selector: { matchLabels: { disk: 'fast' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
    };
    const objects = await direct(withStorage({ pvc: [{ name: 'data', mountPath: '/dev/data', ...spec }] }));
    expect(objects['PersistentVolumeClaim data']?.['spec']).toEqual(spec);
  });

  test('takes environment variables from ConfigMaps and Secrets, in place of those of equal names', async () => {
    expect(await envOf(withStorage(storage, base))).toEqual([
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } },
      base[1],
      base[2],
      { name: 'T', valueFrom: { secretKeyRef: { name: 'token', key: 'k' } } },
    ]);
  });

  test('through an AppDeployment its objects are the revision’s, those that are there keep their names', async () => {
    const pvc = [
      { name: 'data', mountPath: '/data' },
      { name: 'old', mountPath: '/old', mountOnly: true },
    ];
    const objects = await placed(withStorage({ ...storage, pvc }));
    expect(Object.keys(objects)).toContain('Secret token-v1');
    expect(dig(podOf(objects['Deployment web-v1']), 'volumes')).toMatchObject([
      { persistentVolumeClaim: { claimName: 'data-v1' } },
      { persistentVolumeClaim: { claimName: 'old' } },
      { configMap: { name: 'settings-v1' } },
      { secret: { secretName: 'token-v1' } },
      {},
      {},
    ]);
    expect(dig(containerOf(objects['Deployment web-v1']), 'env')).toEqual([
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings-v1', key: 'a' } } },
      { name: 'T', valueFrom: { secretKeyRef: { name: 'token-v1', key: 'k' } } },
    ]);
  });

  test('says no more than it was told', async () => {
    const part = { traits: [{ type: 'storage', properties: { configMap: [{ name: 'a' }] } }] };
    expect(podOf((await direct(part))['Deployment web'])).toEqual({
      containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }],
    });
  });

  test('cannot mount two things at one path', async () => {
    const emptyDir = [{ name: 'a', mountPath: '/a' }];
    const part = withStorage({ emptyDir });
    const volumes = [{ name: 'b', mountPath: '/a', type: 'emptyDir' }];
    const clash = { ...part, properties: { image: 'nginx', volumes } };
    expect(await complaints(clash)).toEqual([expect.stringMatching(/^PATCH_CONFLICT .*volumeMounts/)]);
  });
});
