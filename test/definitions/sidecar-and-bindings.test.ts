import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed, podOf } from '../support/component-plan.ts';

const trait = (type: string, ...properties: object[]): Part => ({
  traits: properties.map((each) => ({ type, properties: each })),
});

describe('sidecar', () => {
  const sidecar = { name: 'helper', image: 'fluentd' };
  const probeDefaults = {
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };

  test('runs a container beside the component’s, and says no more than it was told', async () => {
    expect(podOf((await direct(trait('sidecar', sidecar)))['Deployment web'])).toEqual({
      containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }, sidecar],
    });
  });

  test('shares volumes of the component', async () => {
    const volumes = [{ name: 'logs', mountPath: '/var/log', type: 'emptyDir' }];
    const part = trait('sidecar', { ...sidecar, volumes: [{ name: 'logs', path: '/logs' }] });
    const workload = (await direct({ ...part, properties: { image: 'nginx', volumes } }))['Deployment web'];
    expect(containerOf(workload, 0)).toMatchObject({ volumeMounts: [{ name: 'logs', mountPath: '/var/log' }] });
    expect(containerOf(workload, 1)).toEqual({ ...sidecar, volumeMounts: [{ name: 'logs', mountPath: '/logs' }] });
    expect(dig(podOf(workload), 'volumes')).toHaveLength(1);
  });

  test('has a command, variables and probes', async () => {
    const env = [
      { name: 'PLAIN', value: '{{x}}' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'token', key: 'k' } } },
      { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'settings', key: 'k' } } },
      { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ];
    const livenessProbe = { httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'a', value: 'b' }] } };
    const readinessProbe = { exec: { command: ['true'] }, periodSeconds: 3 };
    const told = { ...sidecar, cmd: ['tail'], args: ['-f'], env, livenessProbe, readinessProbe };
    expect(containerOf((await direct(trait('sidecar', told)))['Deployment web'], 1)).toEqual({
      ...sidecar,
      command: ['tail'],
      args: ['-f'],
      env,
      livenessProbe: { ...livenessProbe, ...probeDefaults },
      readinessProbe: { ...probeDefaults, ...readinessProbe },
    });
  });

  test('several run beside each other, in a revision as well', async () => {
    const workload = (await placed(trait('sidecar', sidecar, { name: 'other', image: 'x' })))['Deployment web-v1'];
    expect(dig(podOf(workload), 'containers')).toMatchObject([{ name: 'web' }, sidecar, { name: 'other' }]);
  });

  test('is no other container of the pod', async () => {
    expect(await complaints(trait('sidecar', { name: 'web', image: 'x' }))).toEqual([
      'PATCH_CONFLICT trait sidecar wants spec.template.spec.containers[0].image "x"; it is "nginx" already',
    ]);
  });

  test.each([
    [{ name: 'helper' }, 'MISSING_FIELD image'],
    [{ ...sidecar, volumes: [{ name: 'a', mountPath: '/a' }] }, 'MISSING_FIELD volumes[0].path'],
    [{ ...sidecar, env: [{ name: 'a', valueFrom: {} }] }, 'INVALID_VALUE env[0].valueFrom'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('sidecar', properties))).toContainEqual(expect.stringContaining(complaint));
  });
});

describe('hostalias', () => {
  const alias = (ip: string, ...hostnames: string[]): object => ({ ip, hostnames });

  test('adds host names to the pods', async () => {
    const hostAliases = [alias('127.0.0.1', 'a', 'b'), alias('::1', 'c')];
    const objects = await placed(trait('hostalias', { hostAliases }));
    expect(dig(podOf(objects['Deployment web-v1']), 'hostAliases')).toEqual(hostAliases);
  });

  test('adds to the addresses that are there', async () => {
    const [a, b] = [alias('10.0.0.1', 'a'), alias('10.0.0.2', 'b')];
    const part = trait('hostalias', { hostAliases: [a] }, { hostAliases: [b, a] });
    expect(dig(podOf((await direct(part))['Deployment web']), 'hostAliases')).toEqual([a, b]);
  });

  test('an address has one list of names', async () => {
    const part = trait('hostalias', { hostAliases: [alias('::1', 'a')] }, { hostAliases: [alias('::1', 'b')] });
    expect(await complaints(part)).toEqual([expect.stringContaining('PATCH_CONFLICT')]);
    expect(await complaints(trait('hostalias', {}))).toEqual([expect.stringContaining('MISSING_FIELD hostAliases')]);
  });
});

describe('service-binding', () => {
  const variable = (name: string, secret: string, key: string): object => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  });
  const bind = trait('service-binding', {
    envMappings: { DB_PASSWORD: { secret: 'db', key: 'password' }, endpoint: { secret: 'db' } },
  });
  const variables = [variable('DB_PASSWORD', 'db', 'password'), variable('endpoint', 'db', 'endpoint')];

  test('sets variables to keys of Secrets; the key is the variable’s name unless given', async () => {
    const workload = (await placed(bind))['Deployment web-v1'];
    expect(dig(containerOf(workload), 'env')).toEqual(variables);
  });

  test('adds to the variables that are there, and replaces those of the same names', async () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'endpoint', value: 'x' },
    ];
    const workload = (await direct({ ...bind, properties: { image: 'nginx', env } }))['Deployment web'];
    expect(dig(containerOf(workload), 'env')).toEqual([env[0], variables[1], variables[0]]);
  });

  test('follows a Secret of the revision', async () => {
    const secret = { name: 'db', stringData: { endpoint: 'x' }, mountPath: '/db' };
    const traits = [{ type: 'storage', properties: { secret: [secret] } }, ...(bind.traits ?? [])];
    const workload = (await placed({ traits }))['Deployment web-v1'];
    expect(dig(containerOf(workload), 'env', 1)).toEqual(variable('endpoint', 'db-v1', 'endpoint'));
  });

  test('needs the component’s container', async () => {
    const part = { ...bind, type: 'cron-task', properties: { image: 'nginx', schedule: '@daily' } };
    expect(await complaints(part)).toEqual([expect.stringContaining('container.name has no value')]);
    expect(await complaints(trait('service-binding', { envMappings: { A: { key: 'b' } } }))).toEqual([
      expect.stringContaining('MISSING_FIELD envMappings.A.secret'),
    ]);
  });
});
