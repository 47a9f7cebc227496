import { stringify } from 'yaml';
import { expect, test } from 'vitest';
import { inFormat } from '../../src/resolve/content.ts';
import { readSnapshotFile } from '../../src/resolve/snapshot.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop, snapshot, snapshots } from '../support/shared-repo.ts';

const cue = {
  apiVersion: 'core.oam.dev/v1beta1',
  kind: 'ComponentDefinition',
  metadata: {
    name: 'webservice',
    namespace: 'vela-system',
    annotations: { 'definition.oam.dev/description': 'Describes long-running services' },
    creationTimestamp: null,
  },
  spec: {
    workload: { definition: { apiVersion: 'apps/v1', kind: 'Deployment' } },
    schematic: { cue: { template: 'output: {\n\tapiVersion: "apps/v1"\n}\nparameter: image: string\n' } },
  },
  status: {},
};

/** An ApplicationRevision as a cluster with KubeVela 1.0 holds it. */
function live(number: number, image: string, extra: object = {}): object {
  return {
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'ApplicationRevision',
    metadata: {
      name: `shop-v${number}`,
      namespace: 'default',
      creationTimestamp: '2021-06-01T10:00:00Z',
      generation: 1,
      labels: { 'app.oam.dev/app-revision-hash': '8dcf1c2d4d5e6f70', 'app.oam.dev/name': 'shop' },
      ownerReferences: [{ apiVersion: 'core.oam.dev/v1beta1', kind: 'Application', name: 'shop', uid: 'x' }],
      resourceVersion: '12345',
      uid: '0b1c',
    },
    spec: {
      application: {
        apiVersion: 'core.oam.dev/v1beta1',
        kind: 'Application',
        metadata: {
          name: 'shop',
          namespace: 'default',
          creationTimestamp: null,
          annotations: { 'app.oam.dev/revision-only': 'true' },
        },
        spec: { components: [{ name: 'web', type: 'webservice', properties: { image } }], ...extra },
        status: { rollout: { batchRollingState: '', currentBatch: 0 } },
      },
      applicationConfiguration: { metadata: { creationTimestamp: null }, spec: { components: null } },
      componentDefinitions: { webservice: cue, worker: { ...cue, metadata: { name: 'worker' } } },
      traitDefinitions: {},
      workloadDefinitions: {},
    },
    status: {},
  };
}

const list = (...items: readonly object[]): string =>
  stringify({ apiVersion: 'v1', kind: 'List', items, metadata: { resourceVersion: '' } });

test('the revisions of a live KubeVela move over with their numbers, and the next one counts on', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:5') }).commit();
  const stdin = list(live(3, 'nginx:3'), live(5, 'nginx:5'));
  const { code, stdout, stderr } = await repo.appdeployWith({ stdin }, 'revisions', 'import', '-f', '-');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`wrote ${snapshot(3)}\nwrote ${snapshot(5)}\n2 imported\n`);
  const text = repo.read(snapshot(5));
  expect(text).toContain('appdeploy.dev/imported: "true"');
  expect(text).not.toMatch(/uid|resourceVersion|creationTimestamp|worker|status|applicationConfiguration/);

  const before = repo.files('revisions');
  expect((await repo.appdeploy('render', '-q')).code).toBe(0);
  expect(repo.files('revisions')).toEqual(before);
  expect((await repo.appdeploy('revisions')).stdout).toMatch(/shop-v3 .* imported .*\nshop-v5 .* imported /);
  repo.write({ 'shop.yaml': shop('nginx:6') });
  await repo.appdeploy('render', '-q');
  expect(snapshots(repo)).toEqual(['v3 nginx:3', 'v5 nginx:5', 'v6 nginx:6']);
  repo.commit();
  expect((await repo.appdeploy('revisions')).stdout).toMatch(/shop-v3 .* published \(main\) /);
  expect((await repo.appdeployWith({ stdin }, 'revisions', 'import', '-f', '-')).stdout).toBe(
    '0 imported, 2 already there\n',
  );
});

/** A snapshot as the first versions wrote it. */
function inFirstFormat(text: string): string {
  const revision = readSnapshotFile({ path: 'live.yaml', text });
  if (revision === undefined) throw new Error('this is no snapshot');
  return text.replace('renderFormat: 2', 'renderFormat: 1').replace(revision.hash, inFormat(revision, 1).hash);
}

test('what an earlier version took over, in its render format, is there already', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:5') }).commit();
  const stdin = list(live(3, 'nginx:3'), live(5, 'nginx:5'));
  await repo.appdeployWith({ stdin }, 'revisions', 'import', '-f', '-');
  const old = Object.fromEntries(
    [3, 5].map((number) => [snapshot(number), inFirstFormat(repo.read(snapshot(number)))]),
  );
  repo.write(old).commit();
  const again = await repo.appdeployWith({ stdin }, 'revisions', 'import', '-f', '-');
  expect(again).toEqual({ code: 0, stdout: '0 imported, 2 already there\n', stderr: '' });

  repo.write({ [snapshot(3)]: undefined });
  const restored = await repo.appdeployWith({ stdin }, 'revisions', 'import', '-f', '-');
  expect(restored).toMatchObject({ code: 0, stdout: `wrote ${snapshot(3)}\n1 imported, 1 already there\n` });
  expect(repo.read(snapshot(3))).toBe(old[snapshot(3)]);
});

test('JSON, single documents and several documents are read as well', async () => {
  const inputs = [
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [live(1, 'a')] }),
    stringify(live(1, 'a')),
    `${stringify(live(1, 'a'))}---\n${stringify({ kind: 'Pod' })}`,
  ];
  for (const text of inputs) {
    const repo = new ScratchRepo().write({ 'live.txt': text });
    expect((await repo.appdeploy('revisions', 'import', '-f', 'live.txt')).stdout).toContain('1 imported');
    expect(snapshots(repo)).toEqual(['v1 a']);
  }
});

test.each([
  {
    what: 'a workflow',
    text: list(live(1, 'a'), live(2, 'b', { workflow: { steps: [] } })),
    says: 'error UNKNOWN_FIELD: spec.application.spec.workflow',
  },
  {
    what: 'no revision at all',
    text: stringify({ kind: 'Pod' }),
    says: 'error MISSING_FIELD: there is no ApplicationRevision in the input',
  },
  {
    what: 'a missing definition',
    text: list(live(1, 'a', { components: [{ name: 'web', type: 'ghost', properties: {} }] })),
    says: 'error UNKNOWN_DEFINITION: the revision does not hold the component definition "ghost"',
  },
  {
    what: 'a name without a number',
    text: list({ ...live(1, 'a'), metadata: { name: 'shop' } }),
    says: 'error INVALID_VALUE: "shop" is not the name of a revision',
  },
  {
    what: 'compressed content',
    text: list({ ...live(1, 'a'), spec: { compression: { type: 'gzip', data: 'x' } } }),
    says: 'stored compressed',
  },
  { what: 'broken YAML', text: 'items: [', says: 'error INVALID_YAML' },
])('input with $what is refused whole', async ({ text, says }) => {
  const repo = new ScratchRepo().write({ 'live.txt': text });
  const { code, stderr } = await repo.appdeploy('revisions', 'import', '-f', 'live.txt');
  expect(code).toBe(1);
  expect(stderr).toContain(says);
  expect(Object.keys(repo.files())).toEqual(['live.txt']);
});

test('a number that main gave to another content is refused, even when its snapshot is deleted', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') });
  await repo.appdeploy('render', '-q');
  repo.commit();
  const stdin = list(live(1, 'nginx:other'));
  for (const state of [{}, { [snapshot(1)]: undefined, 'shop.yaml': undefined }]) {
    repo.write(state);
    const { code, stderr } = await repo.appdeployWith({ stdin }, 'revisions', 'import', '-f', '-');
    expect(code).toBe(1);
    expect(stderr).toContain('<stdin>:4:5: error SNAPSHOT_EXISTS: shop-v1 is on record here with another content');
  }
});
