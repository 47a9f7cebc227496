import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/model/manifest.ts';
import { layOut } from '../../src/layout/lay-out.ts';
import { manifestPath } from '../../src/layout/path.ts';

interface Input {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string | null;
  readonly owner?: Partial<Manifest['owner']>;
  readonly shared?: boolean;
  readonly cluster?: string;
}

function manifest({
  apiVersion = 'v1',
  kind = 'Service',
  name = 'web',
  namespace = 'shop',
  owner,
  shared = false,
  cluster = 'paris',
}: Input): Manifest {
  return {
    object: { apiVersion, kind, metadata: { name, ...(namespace === null ? {} : { namespace }) } },
    role: 'trait',
    cluster,
    owner: { kind: 'AppDeployment', namespace: 'shop', name: 'rollout', ...owner },
    shared,
    origin: { path: `${kind}.yaml`, line: 1, column: 1 },
  };
}

function fileName(input: Input): string {
  return manifestPath(manifest(input)).split('/').at(-1) ?? '';
}

describe('a path is a function of owner and object', () => {
  test.each<[string, Input, string]>([
    ['an object of the core group', {}, 'clusters/paris/shop/rollout/service-web.yaml'],
    ['another cluster', { cluster: 'tokyo' }, 'clusters/tokyo/shop/rollout/service-web.yaml'],
    ['another owner', { owner: { namespace: 'a', name: 'b' }, namespace: 'a' }, 'clusters/paris/a/b/service-web.yaml'],
    ['another namespace than the owner’s', { namespace: 'far' }, 'clusters/paris/shop/rollout/far.service-web.yaml'],
    [
      'an object without a namespace',
      { kind: 'Namespace', namespace: null },
      'clusters/paris/shop/rollout/namespace-web.yaml',
    ],
    [
      'a well-known group',
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      'clusters/paris/shop/rollout/deployment-web.yaml',
    ],
    [
      'any other group',
      { apiVersion: 'serving.knative.dev/v1' },
      'clusters/paris/shop/rollout/service-web@serving.knative.dev.yaml',
    ],
    [
      'another version of the group',
      { apiVersion: 'serving.knative.dev/v1beta1' },
      'clusters/paris/shop/rollout/service-web@serving.knative.dev.yaml',
    ],
    [
      'a shared object',
      { shared: true, apiVersion: 'networking.istio.io/v1', kind: 'Gateway' },
      'clusters/paris/shop/_shared/gateway-web.yaml',
    ],
    [
      'a shared object lives in its own namespace',
      { shared: true, namespace: 'far', kind: 'Gateway' },
      'clusters/paris/far/_shared/gateway-web.yaml',
    ],
  ])('%s', (_, input, path) => expect(manifestPath(manifest(input))).toBe(path));
});

describe('names that file systems refuse or fold are escaped, and can be read back', () => {
  test.each([
    'system:reader',
    'Upper',
    'upper',
    'a/b',
    '..',
    'a%b',
    'a b',
    'a@b',
    'a\\b',
    'é',
    '😀',
    '😁',
    'a*?"<>|',
    '\u0000',
  ])('%j', (name) => {
    const file = fileName({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', name });
    expect(file).toMatch(/^role-[a-z0-9.%-]+\.yaml$/);
    expect(decodeURIComponent(file.slice('role-'.length, -'.yaml'.length))).toBe(name);
  });
});

test('the longest name that Kubernetes allows has a file name that file systems allow', () => {
  const longest = `${'a'.repeat(62)}.`.repeat(4).slice(0, 253);
  const temporary = '.appdeploy-tmp-4194304';
  for (const input of [{ name: longest }, { name: longest, kind: 'PersistentVolumeClaim', namespace: 'n'.repeat(63) }])
    expect(Buffer.byteLength(fileName(input) + temporary)).toBeLessThanOrEqual(255);
});

describe('one path for two objects is a problem that names both', () => {
  test('kinds that differ in case only', () => {
    const [a, b] = [
      manifest({ apiVersion: 'a.io/v1', kind: 'Thing' }),
      manifest({ apiVersion: 'a.io/v1', kind: 'THING' }),
    ];
    const { problems } = layOut([a, b], 'rendered');
    expect(problems.map(({ code }) => code)).toEqual(['PATH_COLLISION']);
    expect(problems[0]?.origin.path).toBe('THING.yaml');
    expect(problems[0]?.message).toContain('Thing.yaml:1:1');
  });

  test('none for objects apart', () => {
    const { value, problems } = layOut([manifest({}), manifest({ kind: 'ConfigMap' })], 'out');
    expect(problems).toEqual([]);
    expect([...value.keys()]).toEqual([
      'out/.appdeploy',
      'out/README.md',
      'out/clusters/paris/shop/rollout/configmap-web.yaml',
      'out/clusters/paris/shop/rollout/service-web.yaml',
    ]);
  });

  test('nothing at all gives no file', () => expect(layOut([], 'out')).toEqual({ value: new Map(), problems: [] }));
});
