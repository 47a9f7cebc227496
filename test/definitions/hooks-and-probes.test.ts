import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed } from '../support/component-plan.ts';

const trait = (type: string, properties: object): Part => ({ traits: [{ type, properties }] });

/** A workload of two containers, web and sidecar. */
function twoContainers(type: string, properties: object): Part {
  const labels = { app: 'web' };
  const containers = ['web', 'sidecar'].map((name) => ({ name, image: 'nginx' }));
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
  return { type: 'k8s-objects', properties: { objects: [object] }, ...trait(type, properties) };
}

describe('lifecycle', () => {
  const hooks = {
    postStart: { exec: { command: ['echo', '{{hello}}'] } },
    preStop: { httpGet: { port: 8080, path: '/stop', httpHeaders: [{ name: 'a', value: 'b' }] } },
  };

  test('hooks into every container', async () => {
    const workload = (await direct(twoContainers('lifecycle', hooks)))['Deployment web'];
    const lifecycle = { ...hooks, preStop: { httpGet: { ...hooks.preStop.httpGet, scheme: 'HTTP' } } };
    expect(containerOf(workload, 0)).toEqual({ name: 'web', image: 'nginx', lifecycle });
    expect(containerOf(workload, 1)).toEqual({ name: 'sidecar', image: 'nginx', lifecycle });
  });

  test('holds for a revision as well', async () => {
    const preStop = { tcpSocket: { port: 80, host: 'a' } };
    const objects = await placed(trait('lifecycle', { preStop }));
    expect(dig(containerOf(objects['Deployment web-v1']), 'lifecycle')).toEqual({ preStop });
  });

  test.each([[{}], [{ preStop: {} }], [{ preStop: { ...hooks.postStart, ...hooks.preStop } }]])(
    '%j is wrong: a hook does one thing',
    async (properties) => {
      expect(await complaints(trait('lifecycle', properties))).toEqual([expect.stringContaining('INVALID_VALUE')]);
    },
  );

  test('needs a workload with containers', async () => {
    const objects = [{ apiVersion: 'v1', kind: 'ConfigMap' }];
    expect(
      await complaints({ type: 'k8s-objects', properties: { objects }, ...trait('lifecycle', hooks) }),
    ).toContainEqual('TEMPLATE_FAILED TraitDefinition lifecycle: the workload has no containers');
  });
});

describe('startup-probe', () => {
  const defaults = {
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const probeOf = async (properties: object): Promise<unknown> =>
    dig(containerOf((await direct(trait('startup-probe', properties)))['Deployment web']), 'startupProbe');

  test.each([
    [{ exec: { command: ['true'] } }],
    [{ tcpSocket: { port: 'http', host: 'a' } }],
    [{ tcpSocket: { port: 80 } }],
    [{ grpc: { port: 80, service: 'a' } }],
    [{ httpGet: { port: 80, path: '/', host: 'a', scheme: 'HTTPS', httpHeaders: [{ name: 'a', value: 'b' }] } }],
  ])('checks %j', async (check) => {
    expect(await probeOf(check)).toEqual({ ...defaults, ...check });
  });

  test('says when to check, and when to give up', async () => {
    const times = { ...defaults, initialDelaySeconds: 3, failureThreshold: 30, terminationGracePeriodSeconds: 60 };
    expect(await probeOf({ ...times, httpGet: { port: 80 } })).toEqual({
      ...times,
      httpGet: { port: 80, scheme: 'HTTP' },
    });
  });

  test('probes the containers that it names', async () => {
    const grpc = { port: 80 };
    const probes = [{ containerName: 'sidecar', grpc }];
    const workload = (await direct(twoContainers('startup-probe', { probes })))['Deployment web'];
    expect(containerOf(workload, 0)).toEqual({ name: 'web', image: 'nginx' });
    expect(containerOf(workload, 1)).toEqual({ name: 'sidecar', image: 'nginx', startupProbe: { ...defaults, grpc } });
    const named = (await direct(twoContainers('startup-probe', probes[0] ?? {})))['Deployment web'];
    expect(named).toEqual(workload);
  });

  test.each([
    [{ containerName: 'other', grpc: { port: 80 } }, 'there is no container other'],
    [{}, 'MISSING_FIELD'],
    [{ grpc: { port: 80 }, exec: { command: ['true'] } }, 'INVALID_VALUE'],
    [{ probes: [{ grpc: { port: 80 } }] }, 'containerName is missing'],
    [{ probes: [{ containerName: 'web', grpc: { port: 80 } }], periodSeconds: 3 }, 'INVALID_VALUE'],
    [{ tcpSocket: { port: '80' } }, 'INVALID_VALUE'],
  ])('%j is wrong', async (properties, message) => {
    expect(await complaints(trait('startup-probe', properties))).toEqual([expect.stringContaining(message)]);
  });
});
