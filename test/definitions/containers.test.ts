import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, placed, podOf } from '../support/component-plan.ts';

const properties = { image: 'nginx', cmd: ['serve'], env: [{ name: 'A', value: '1' }] };
const helper = { type: 'sidecar', properties: { name: 'helper', image: 'busybox', args: ['-a', '-b'] } };

/** A Deployment of a webservice with a sidecar `helper` and the trait. */
async function deployment(type: string, given: object): Promise<unknown> {
  return (await direct({ properties, traits: [helper, { type, properties: given }] }))['Deployment web'];
}

describe('sidecar', () => {
  const given = {
    name: 'log',
    image: 'fluentd',
    cmd: ['run'],
    args: ['-v'],
    env: [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    volumes: [{ name: 'logs', path: '/logs' }],
    livenessProbe: { httpGet: { path: '/', port: 80 } },
  };

  test('adds a container, whatever it is given', async () => {
    const { 'Deployment web-v1': object } = await placed({
      properties,
      traits: [{ type: 'sidecar', properties: given }],
    });
    expect(containerOf(object, 1)).toEqual({
      name: 'log',
      image: 'fluentd',
      command: ['run'],
      args: ['-v'],
      env: given.env,
      volumeMounts: [{ name: 'logs', mountPath: '/logs' }],
      livenessProbe: {
        httpGet: { path: '/', port: 80 },
        initialDelaySeconds: 0,
        periodSeconds: 10,
        timeoutSeconds: 1,
        successThreshold: 1,
        failureThreshold: 3,
      },
    });
  });

  test('needs a name and an image', async () => {
    expect(await complaints({ properties, traits: [{ type: 'sidecar', properties: {} }] })).toHaveLength(2);
  });
});

describe('container-image', () => {
  test('sets the image of the component\u2019s container, and of others', async () => {
    const own = await deployment('container-image', { image: 'caddy', imagePullPolicy: 'Always' });
    expect(dig(podOf(own as never), 'containers')).toMatchObject([
      { name: 'web', image: 'caddy', imagePullPolicy: 'Always', command: ['serve'] },
      { name: 'helper', image: 'busybox' },
    ]);
    const both = await deployment('container-image', {
      containers: [
        { containerName: 'web', image: 'a' },
        { containerName: 'helper', image: 'b' },
      ],
    });
    expect(dig(podOf(both as never), 'containers')).toMatchObject([{ image: 'a' }, { image: 'b' }]);
  });
});

describe('container-ports', () => {
  test('adds ports, and changes those that are there', async () => {
    const object = await deployment('container-ports', {
      ports: [
        { containerPort: 80, hostPort: 8080 },
        { containerPort: 53, protocol: 'UDP' },
      ],
    });
    expect(dig(containerOf(object as never), 'ports')).toEqual([
      { containerPort: 80, hostPort: 8080, protocol: 'TCP' },
      { containerPort: 53, protocol: 'UDP' },
    ]);
  });
});

describe('command', () => {
  test.each([
    [
      { command: ['other'], args: ['x'] },
      { command: ['other'], args: ['x'] },
    ],
    [{ containerName: 'helper', addArgs: ['-c'] }, { args: ['-a', '-b', '-c'] }],
    [{ containerName: 'helper', delArgs: ['-a'] }, { args: ['-b'] }],
    [{ containerName: 'helper', addArgs: ['-a'], delArgs: ['-b'] }, { args: ['-a'] }],
  ])('%o', async (given, expected) => {
    const object = await deployment('command', given);
    expect(containerOf(object as never, 'containerName' in given ? 1 : 0)).toMatchObject(expected);
  });
});

describe('securitycontext and podsecuritycontext', () => {
  test('defaults are strict, and values of a container stand in place of the old ones', async () => {
    const object = await deployment('securitycontext', { runAsUser: 0, addCapabilities: ['NET_ADMIN'] });
    expect(dig(containerOf(object as never), 'securityContext')).toEqual({
      privileged: false,
      readOnlyRootFilesystem: false,
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      runAsUser: 0,
      capabilities: { add: ['NET_ADMIN'] },
    });
    const pod = await deployment('podsecuritycontext', { fsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } });
    expect(dig(podOf(pod as never), 'securityContext')).toEqual({
      runAsNonRoot: true,
      fsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('several containers at once', async () => {
    const object = await deployment('securitycontext', { containers: [{ containerName: 'helper', privileged: true }] });
    expect(dig(containerOf(object as never, 1), 'securityContext', 'privileged')).toBe(true);
    expect(dig(containerOf(object as never, 0), 'securityContext')).toBeUndefined();
  });
});

test('service-binding gives values of Secrets, by the name of the variable unless a key is named', async () => {
  const object = await deployment('service-binding', {
    envMappings: { PASSWORD: { secret: 'db' }, USER: { secret: 'db', key: 'user' } },
  });
  expect(dig(containerOf(object as never), 'env')).toEqual([
    { name: 'A', value: '1' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'PASSWORD' } } },
    { name: 'USER', valueFrom: { secretKeyRef: { name: 'db', key: 'user' } } },
  ]);
});

test.each(['container-image', 'container-ports', 'command', 'securitycontext'])(
  '%s refuses a container that is not there',
  async (type) => {
    const given = {
      containerName: 'ghost',
      ...(type === 'container-image' ? { image: 'a' } : {}),
      ...(type === 'container-ports' ? { ports: [{ containerPort: 1 }] } : {}),
    };
    expect(await complaints({ properties, traits: [{ type, properties: given }] })).toEqual([
      `TEMPLATE_FAILED TraitDefinition ${type}: there is no container ghost`,
    ]);
  },
);
