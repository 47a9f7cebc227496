import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed } from '../support/component-plan.ts';

const sidecar = { type: 'sidecar', properties: { name: 'helper', image: 'fluentd', args: ['-q'] } };

/** Component web beside the container helper, and then the trait. */
const changed = (type: string, properties: object, webservice: object = {}): Part => ({
  properties: { image: 'nginx', ...webservice },
  traits: [sidecar, { type, properties }],
});

async function containersOf(part: Part): Promise<unknown> {
  const workload = (await direct(part))['Deployment web'];
  return [containerOf(workload, 0), containerOf(workload, 1)];
}

describe('container-image', () => {
  const webservice = { imagePullPolicy: 'Never' };

  test('replaces the image of the component’s container, and when it is pulled', async () => {
    const part = changed('container-image', { image: 'caddy', imagePullPolicy: 'Always' }, webservice);
    expect(await containersOf(part)).toMatchObject([
      { name: 'web', image: 'caddy', imagePullPolicy: 'Always' },
      { name: 'helper', image: 'fluentd' },
    ]);
  });

  test.each([{ image: 'caddy' }, { image: 'caddy', imagePullPolicy: '' }])(
    '%j leaves open when it is pulled',
    async (properties) => {
      expect(await containersOf(changed('container-image', properties, webservice))).toMatchObject([
        { image: 'caddy', imagePullPolicy: 'Never' },
        {},
      ]);
    },
  );

  test('replaces the images of the containers that it names', async () => {
    expect(await containersOf(changed('container-image', { containerName: 'helper', image: 'b' }))).toMatchObject([
      { name: 'web', image: 'nginx' },
      { name: 'helper', image: 'b' },
    ]);
    const containers = [
      { containerName: 'helper', image: 'b', imagePullPolicy: 'IfNotPresent' },
      { containerName: 'web', image: 'a' },
    ];
    expect(await containersOf(changed('container-image', { containers }))).toMatchObject([
      { name: 'web', image: 'a' },
      { name: 'helper', image: 'b', imagePullPolicy: 'IfNotPresent' },
    ]);
  });

  test('holds for a revision as well', async () => {
    const objects = await placed(changed('container-image', { image: 'caddy' }));
    expect(dig(containerOf(objects['Deployment web-v1']), 'image')).toBe('caddy');
  });
});

describe('command', () => {
  const argsOf = async (...changes: object[]): Promise<unknown> => {
    const traits = changes.map((properties) => ({ type: 'command', properties }));
    return dig(containerOf((await direct({ traits }))['Deployment web']), 'args');
  };

  test('replaces the command and leaves the arguments', async () => {
    const part = changed('command', { containerName: 'helper', command: ['run', '{{x}}'] });
    expect(await containersOf(part)).toEqual([
      { name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] },
      { name: 'helper', image: 'fluentd', command: ['run', '{{x}}'], args: ['-q'] },
    ]);
    expect(await containersOf(changed('command', { command: [] }, { cmd: ['sleep', '1'] }))).toMatchObject([
      { command: [] },
      {},
    ]);
  });

  test('replaces, adds and removes arguments', async () => {
    const args = ['-a', '-b', '-c'];
    expect(await argsOf({ args })).toEqual(args);
    expect(await argsOf({ args }, { args: ['-d'] })).toEqual(['-d']);
    expect(await argsOf({ args }, { args: [] })).toEqual([]);
    expect(await argsOf({ args }, { addArgs: ['-d', '-a'] })).toEqual(['-a', '-b', '-c', '-d']);
    expect(await argsOf({ args }, { delArgs: ['-b', '-x'] })).toEqual(['-a', '-c']);
    expect(await argsOf({ args }, { addArgs: ['-d', '-b'], delArgs: ['-b', '-c'] })).toEqual(['-a', '-d']);
    expect(await argsOf({ addArgs: ['-d'] })).toEqual(['-d']);
  });

  test('changes the containers that it names', async () => {
    const containers = [
      { containerName: 'web', command: ['sleep', '1'] },
      { containerName: 'helper', addArgs: ['-v'] },
    ];
    expect(await containersOf(changed('command', { containers }))).toMatchObject([
      { name: 'web', command: ['sleep', '1'] },
      { name: 'helper', args: ['-q', '-v'] },
    ]);
  });

  test('holds for a revision as well', async () => {
    const objects = await placed(changed('command', { command: ['a'], args: ['b'] }));
    expect(containerOf(objects['Deployment web-v1'])).toMatchObject({ command: ['a'], args: ['b'] });
  });

  test.each([[{ args: [], addArgs: [] }], [{ args: [], delArgs: [] }]])('%j is wrong', async (properties) => {
    expect(await complaints(changed('command', properties))).toEqual([expect.stringContaining('INVALID_VALUE')]);
  });
});

describe('container-ports', () => {
  const portsOf = async (properties: object, webservice: object = {}): Promise<unknown> =>
    dig(await containersOf(changed('container-ports', properties, webservice)), 0, 'ports');

  test('adds ports behind those of the container', async () => {
    expect(await portsOf({ ports: [{ containerPort: 81 }, { containerPort: 80, protocol: 'UDP' }] })).toEqual([
      { containerPort: 80 },
      { containerPort: 81, protocol: 'TCP' },
      { containerPort: 80, protocol: 'UDP' },
    ]);
  });

  test('binds a port that the container has, by number and protocol', async () => {
    const host = { hostPort: 8080, hostIP: '10.0.0.1' };
    expect(await portsOf({ ports: [{ containerPort: 80, ...host }] })).toEqual([
      { containerPort: 80, protocol: 'TCP', ...host },
    ]);
  });

  test('keeps the name of a port, and what a trait before has bound', async () => {
    const ports = [{ containerPort: 9, name: 'nine', protocol: 'UDP', hostPort: 1, hostIP: '10.0.0.1' }];
    const containers = [{ name: 'web', image: 'nginx', ports }];
    const labels = { app: 'web' };
    const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
    const wanted = [{ containerPort: 9, protocol: 'UDP', hostPort: 2 }, { containerPort: 9 }];
    const traits = [{ type: 'container-ports', properties: { ports: wanted } }];
    const objects = await direct({ type: 'k8s-objects', properties: { objects: [object] }, traits });
    expect(dig(containerOf(objects['Deployment web']), 'ports')).toEqual([
      { containerPort: 9, name: 'nine', protocol: 'UDP', hostPort: 2, hostIP: '10.0.0.1' },
      { containerPort: 9, protocol: 'TCP' },
    ]);
  });

  test('gives ports to a container that has none, and to several', async () => {
    const containers = [
      { containerName: 'helper', ports: [{ containerPort: 9, hostPort: 9 }] },
      { containerName: 'web', ports: [] },
    ];
    expect(await containersOf(changed('container-ports', { containers }))).toMatchObject([
      { name: 'web', ports: [{ containerPort: 80 }] },
      { name: 'helper', ports: [{ containerPort: 9, protocol: 'TCP', hostPort: 9 }] },
    ]);
  });

  test('holds for a revision as well', async () => {
    const objects = await placed(changed('container-ports', { ports: [{ containerPort: 80, hostPort: 80 }] }));
    expect(dig(containerOf(objects['Deployment web-v1']), 'ports')).toEqual([
      { containerPort: 80, protocol: 'TCP', hostPort: 80 },
    ]);
  });
});

describe.each([
  ['container-image', { image: 'a' }],
  ['command', { command: ['a'] }],
  ['container-ports', { ports: [] }],
  ['securitycontext', { runAsUser: 1 }],
])('%s', (type, change) => {
  test.each([
    [{ ...change, containerName: 'other' }, `TEMPLATE_FAILED TraitDefinition ${type}: container.name has no value`],
    [{ containers: [change] }, 'MISSING_FIELD containers[0].containerName'],
    [{ containers: [{ containerName: 'web', ...change }], ...change }, 'INVALID_VALUE the document'],
    [{ ...change, unknown: 1 }, 'UNKNOWN_FIELD unknown'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(changed(type, properties))).toEqual([expect.stringContaining(complaint)]);
  });
});

test.each(['container-image', 'command', 'container-ports'])('%s must be told what to change', async (type) => {
  expect(await complaints(changed(type, {}))).toEqual([expect.stringContaining('MISSING_FIELD')]);
});
