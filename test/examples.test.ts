import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig } from '../src/model/plain.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const examples = fileURLToPath(new URL('../examples/', import.meta.url));

/** An example in its place in a repo, committed. */
function copyOf(name: string): ScratchRepo {
  const outer = new ScratchRepo();
  const at = `${outer.root}/examples/${name}`;
  cpSync(`${examples}${name}`, at, { recursive: true });
  outer.commit('example');
  return new ScratchRepo({ at });
}

describe.each(readdirSync(examples))('example %s', (name) => {
  test('its committed output is what render writes, byte for byte', async () => {
    const repo = copyOf(name);
    const before = repo.files();
    expect(await repo.appdeploy('check')).toEqual({ code: 0, stdout: 'in sync\n', stderr: '' });
    expect(await repo.appdeploy('render', '-q')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(repo.files()).toEqual(before);
  });

  test('an edit of the output, of a snapshot or of an input is found', async () => {
    const repo = copyOf(name);
    const paths = Object.keys(repo.files());
    const manifest = paths.find((path) => path.includes('rendered/clusters/')) ?? '';
    repo.write({ [manifest]: `${repo.read(manifest)}# edited\n` });
    expect(await repo.appdeploy('check')).toMatchObject({ code: 1, stdout: `changed ${manifest}\n` });
    repo.git('checkout', '--', '.');
    const snapshot = paths.find((path) => path.startsWith('revisions/')) ?? '';
    repo.write({ [snapshot]: repo.read(snapshot).replace(/port: \d+/, 'port: 81') });
    expect(await repo.appdeploy('check')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SNAPSHOT_CHANGED') as string,
    });
    repo.git('checkout', '--', '.');
    const input = paths.find((path) => path.endsWith('application.yaml') || path.startsWith('apps/')) ?? '';
    repo.write({ [input]: repo.read(input).replace(/image: .*/, 'image: other') });
    expect(await repo.appdeploy('check')).toMatchObject({
      code: 1,
      stdout: 'missing revisions/default/example-app/example-app-v3.yaml\n',
    });
  });
});

test.each(['quick-start', 'canary'])('inside another repo, %s resolves from its own snapshots', async (name) => {
  const outer = new ScratchRepo();
  outer.write({
    'app.yaml': 'apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {name: broken}\nspec: {}\n',
  });
  cpSync(`${examples}${name}`, `${outer.root}/deep/er`, { recursive: true });
  outer.commit('vendored');
  expect(await outer.appdeploy('check', '--root', 'deep/er')).toEqual({ code: 0, stdout: 'in sync\n', stderr: '' });
});

test('quick-start renders exactly the files of the KubeVela quick start, each saying what it should', async () => {
  const repo = copyOf('quick-start');
  const folder = 'rendered/clusters/in-cluster/default/example-appdeploy/';
  const objects = Object.fromEntries(
    Object.entries(repo.files(folder)).map(([path, text]) => [
      path.slice(folder.length, -'.yaml'.length),
      parse(text) as unknown,
    ]),
  );
  expect(Object.keys(objects)).toEqual([
    'deployment-testsvc-v1',
    'deployment-testsvc-v2',
    'gateway-example-app-gateway',
    'service-example-app-v1-testsvc-8000',
    'service-example-app-v2-testsvc-80',
    'virtualservice-example-appdeploy',
  ]);
  const containers = (name: string): unknown => dig(objects[name], 'spec', 'template', 'spec', 'containers', 0);
  expect(containers('deployment-testsvc-v1')).toMatchObject({
    image: 'crccheck/hello-world',
    ports: [{ containerPort: 8000 }],
  });
  expect(containers('deployment-testsvc-v2')).toMatchObject({ image: 'nginx', ports: [{ containerPort: 80 }] });
  for (const version of ['v1', 'v2']) {
    const labels = { 'app.oam.dev/component': 'testsvc', 'app.oam.dev/appRevision': `example-app-${version}` };
    expect(objects[`deployment-testsvc-${version}`]).toMatchObject({
      spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels } } },
    });
  }
  expect(objects['service-example-app-v1-testsvc-8000']).toMatchObject({
    spec: { ports: [{ port: 8000 }], selector: { 'app.oam.dev/appRevision': 'example-app-v1' } },
  });
  const route = (host: string, port: number): object => ({ destination: { host, port: { number: port } }, weight: 50 });
  expect(objects['virtualservice-example-appdeploy']).toMatchObject({
    spec: {
      hosts: ['example-app.example.com'],
      gateways: ['example-app-gateway'],
      http: [{ route: [route('example-app-v1-testsvc-8000', 8000), route('example-app-v2-testsvc-80', 80)] }],
    },
  });
});

test('multi-cluster gives both clusters the same set, with its match and 50/50', () => {
  const repo = copyOf('multi-cluster');
  const set = (cluster: string): Record<string, string> => {
    const folder = `rendered/clusters/${cluster}/`;
    return Object.fromEntries(
      Object.entries(repo.files(folder)).map(([path, text]) => [path.slice(folder.length), text]),
    );
  };
  expect(set('prod-cluster-1')).toEqual(set('in-cluster'));
  const virtualService: unknown = parse(
    set('prod-cluster-1')['default/sample-appdeploy/virtualservice-sample-appdeploy.yaml'] ?? '',
  );
  expect(virtualService).toMatchObject({
    spec: { http: [{ match: [{ uri: { prefix: '/example-app' } }], route: [{ weight: 50 }, { weight: 50 }] }] },
  });
});

test('the explanation that docs/review.md shows is the one of the example', async () => {
  const repo = copyOf('multi-cluster');
  const words = 'deployment/testsvc-v1 --cluster prod-cluster-1 --field spec.replicas';
  const { stdout } = await repo.appdeploy('explain', ...words.split(' '));
  const page = readFileSync(new URL('../docs/review.md', import.meta.url), 'utf8');
  expect(page).toContain(`$ appdeploy explain ${words}\n${stdout}`);
});
