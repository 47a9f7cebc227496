import { expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, placed, podOf } from '../support/component-plan.ts';

const items = [{ key: 'a', path: 'b' }];
const volumeMounts = {
  pvc: [
    { name: 'data', mountPath: '/data', claimName: 'data' },
    { name: 'data', mountPath: '/more', claimName: 'data' },
  ],
  configMap: [{ name: 'config', mountPath: '/config', cmName: 'settings', items }],
  secret: [{ name: 'token', mountPath: '/token', secretName: 'token', defaultMode: 256 }],
  emptyDir: [{ name: 'scratch', mountPath: '/scratch' }],
  hostPath: [{ name: 'sys', mountPath: '/sys', path: '/sys' }],
};
/** In the order of the kinds' names: the order of lines in a file has no meaning. */
const volumes = [
  { name: 'config', configMap: { name: 'settings', defaultMode: 420, items: [{ ...items[0], mode: 511 }] } },
  { name: 'scratch', emptyDir: { medium: '' } },
  { name: 'sys', hostPath: { path: '/sys' } },
  { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
  { name: 'token', secret: { secretName: 'token', defaultMode: 256 } },
];
const identity = { 'app.oam.dev/component': 'web', 'app.oam.dev/appRevision': 'shop-v1' };

const kinds = [
  ['statefulset', 'StatefulSet'],
  ['daemon', 'DaemonSet'],
] as const;

test.each(kinds)('a %s says no more than it was told', async (type, kind) => {
  const objects = await direct({ type, properties: { image: 'nginx' } });
  const component = { 'app.oam.dev/component': 'web' };
  expect(Object.keys(objects)).toEqual([`${kind} web`]);
  expect(objects[`${kind} web`]).toMatchObject({ apiVersion: 'apps/v1', kind });
  expect(objects[`${kind} web`]?.['spec']).toEqual({
    selector: { matchLabels: component },
    template: { metadata: { labels: component }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  });
});

test.each(kinds)('a %s takes every kind of volume; mounts of one name share it', async (type, kind) => {
  const objects = await direct({ type, properties: { image: 'nginx', volumeMounts } });
  const { configMap, emptyDir, hostPath, pvc, secret } = volumeMounts;
  const mounts = [...configMap, ...emptyDir, ...hostPath, ...pvc, ...secret];
  expect(dig(podOf(objects[`${kind} web`]), 'volumes')).toEqual(volumes);
  expect(dig(containerOf(objects[`${kind} web`]), 'volumeMounts')).toEqual(
    mounts.map(({ name, mountPath }) => ({ name, mountPath })),
  );
});

test.each(kinds)('volumes of a %s are empty folders unless they say otherwise', async (type, kind) => {
  const old = [
    { name: 'scratch', mountPath: '/scratch' },
    { name: 'data', mountPath: '/data', type: 'pvc', claimName: 'data' },
  ];
  const objects = await direct({ type, properties: { image: 'nginx', volumes: old } });
  expect(dig(podOf(objects[`${kind} web`]), 'volumes')).toEqual([
    { name: 'scratch', emptyDir: { medium: '' } },
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
  ]);
  const lacking = { type, properties: { image: 'nginx', volumes: [{ ...old[1], claimName: undefined }] } };
  expect(await complaints(lacking)).toEqual([expect.stringMatching(/^MISSING_FIELD .*claimName is missing/)]);
});

test('a mount of a statefulset may take a path within the volume, one of a daemon how it spreads', async () => {
  const pvc = [{ name: 'data', mountPath: '/data', claimName: 'data', subPath: 'inner' }];
  const stateful = await direct({ type: 'statefulset', properties: { image: 'nginx', volumeMounts: { pvc } } });
  expect(dig(containerOf(stateful['StatefulSet web']), 'volumeMounts', 0, 'subPath')).toBe('inner');
  const hostPath = [{ ...volumeMounts.hostPath[0], mountPropagation: 'HostToContainer', readOnly: true }];
  const daemon = await direct({ type: 'daemon', properties: { image: 'nginx', volumeMounts: { hostPath } } });
  expect(dig(containerOf(daemon['DaemonSet web']), 'volumeMounts', 0)).toEqual({
    name: 'sys',
    mountPath: '/sys',
    mountPropagation: 'HostToContainer',
    readOnly: true,
  });
});

test.each(kinds)('an exposed port of a %s gets a Service, and ports get names', async (type, kind) => {
  const ports = [
    { port: 80, expose: true },
    { port: 53, protocol: 'UDP', expose: true },
    { port: 9090, name: 'metrics' },
  ];
  const objects = await direct({ type, properties: { image: 'nginx', port: 1, ports } });
  expect(dig(containerOf(objects[`${kind} web`]), 'ports')).toEqual([
    { containerPort: 80, protocol: 'TCP', name: 'port-80' },
    { containerPort: 53, protocol: 'UDP', name: 'port-53-udp' },
    { containerPort: 9090, protocol: 'TCP', name: 'metrics' },
  ]);
  expect(objects['Service web']?.['spec']).toEqual({
    type: 'ClusterIP',
    selector: { 'app.oam.dev/component': 'web' },
    ports: [
      { port: 80, targetPort: 80, protocol: 'TCP', name: 'port-80' },
      { port: 53, targetPort: 53, protocol: 'UDP', name: 'port-53-udp' },
    ],
  });
});

test('a port of a statefulset may lead elsewhere in the container, and to a port of the nodes', async () => {
  const ports = [{ port: 80, containerPort: 8080, nodePort: 30080, expose: true }];
  const objects = await direct({ type: 'statefulset', properties: { image: 'nginx', ports, exposeType: 'NodePort' } });
  expect(dig(containerOf(objects['StatefulSet web']), 'ports')).toEqual([
    { containerPort: 8080, protocol: 'TCP', name: 'port-8080' },
  ]);
  expect(dig(objects, 'Service web', 'spec', 'ports')).toEqual([
    { port: 80, targetPort: 8080, protocol: 'TCP', name: 'port-8080', nodePort: 30080 },
  ]);
});

test('through an AppDeployment a statefulset and its Service belong to one revision', async () => {
  const properties = { image: 'nginx', ports: [{ port: 80, expose: true }], labels: { team: 'shop' } };
  const objects = await placed({ type: 'statefulset', properties });
  expect(objects['StatefulSet web-v1']?.['spec']).toMatchObject({
    replicas: 2,
    selector: { matchLabels: identity },
    template: { metadata: { labels: { ...identity, team: 'shop' } } },
  });
  expect(dig(objects, 'Service web-v1', 'spec', 'selector')).toEqual(identity);
});

test.each(kinds)('a %s takes everything else that a container has', async (type, kind) => {
  const probe = { httpGet: { path: '/', port: 80, host: 'a', scheme: 'HTTPS' }, initialDelaySeconds: 3 };
  const told = { imagePullPolicy: 'Always', env: [{ name: 'A', value: '1' }], readinessProbe: probe };
  const hostAliases = [{ ip: '10.0.0.1', hostnames: ['a', 'b'] }];
  const rest = { cmd: ['a'], cpu: '1', memory: '1Gi', port: 80, imagePullSecrets: ['s'], annotations: { note: 'on' } };
  const properties = { image: 'nginx', addRevisionLabel: true, hostAliases, ...told, ...rest };
  const workload = (await direct({ type, properties }))[`${kind} web`];
  const amounts = { cpu: '1', memory: '1Gi' };
  expect(podOf(workload)).toMatchObject({ hostAliases, imagePullSecrets: [{ name: 's' }] });
  expect(containerOf(workload)).toEqual({
    name: 'web',
    image: 'nginx',
    command: ['a'],
    ports: [{ containerPort: 80 }],
    resources: { limits: amounts, requests: amounts },
    ...told,
    readinessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 },
  });
  expect(dig(workload, 'spec', 'template', 'metadata')).toEqual({ labels: identity, annotations: { note: 'on' } });
  expect(dig(workload, 'spec', 'selector', 'matchLabels')).toEqual({ 'app.oam.dev/component': 'web' });
});

test('a daemon runs on every node, so that nothing can place it', async () => {
  expect(await complaints({ type: 'daemon' }, 'placed')).toEqual([
    expect.stringMatching(/^UNSCALABLE_WORKLOAD component web of shop-v1 is a DaemonSet/),
  ]);
});
