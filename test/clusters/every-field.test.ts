import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { authority } from '../support/certificates.ts';
import { base64, convert, exec, halves, kubeconfig, type KubeconfigInput } from '../support/kubeconfigs.ts';

const ca = await authority();
const client = halves(await ca.client('robot'));

/** Every field of client-go v0.34, tools/clientcmd/api/v1/types.go, by struct, with something to say. */
const fields: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  top: { preferences: { colors: true }, extensions: [{ name: 'x', extension: {} }] },
  cluster: {
    server: 'https://other.example.com',
    'tls-server-name': 'kube-apiserver',
    'insecure-skip-tls-verify': true,
    'certificate-authority': '/ca.crt',
    'certificate-authority-data': base64(ca.certificate),
    'proxy-url': 'http://proxy.example.com:3128',
    'disable-compression': true,
    extensions: [{ name: 'x', extension: {} }],
  },
  user: {
    'client-certificate': '/a.crt',
    'client-certificate-data': client['client-certificate-data'],
    'client-key': '/a.key',
    'client-key-data': client['client-key-data'],
    token: 'another-token',
    tokenFile: '/token',
    as: 'ann',
    'as-uid': '1',
    'as-groups': ['g'],
    'as-user-extra': { a: ['b'] },
    username: 'ann',
    password: 'p',
    'auth-provider': { name: 'gcp' },
    exec: { command: 'argocd-k8s-auth', apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' },
    extensions: [{ name: 'x', extension: {} }],
  },
  context: { namespace: 'shop', extensions: [{ name: 'x', extension: {} }] },
  exec: {
    command: 'other-command',
    args: ['a'],
    env: [{ name: 'A', value: 'b' }],
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    installHint: 'ask ann',
    provideClusterInfo: true,
    interactiveMode: 'Always',
  },
};

const cases = Object.entries(fields).flatMap(([struct, values]) =>
  Object.entries(values).map(([field, value]) => [struct, field, value] as const),
);

function withField(struct: string, field: string, value: unknown): KubeconfigInput {
  if (struct === 'exec') return { user: exec({ [field]: value }) };
  // Of a certificate and its key, neither says anything alone.
  if (field in client) return { user: { ...client } };
  if (struct === 'user') return { user: { token: 'a-token', [field]: value } };
  return { [struct]: { [field]: value } };
}

test.each(cases)('%s %s is carried over or named', (struct, field, value) => {
  const plain = convert(kubeconfig(struct === 'exec' ? { user: exec() } : {}));
  const { secret, problems } = convert(kubeconfig(withField(struct, field, value)));
  const isNamed = problems.some(
    (problem) => problem.field.split(/[.[]/).includes(field) || problem.message.includes(field),
  );
  const isCarried = secret !== undefined && JSON.stringify(secret) !== JSON.stringify(plain.secret);
  expect({ isNamed, isCarried }).not.toEqual({ isNamed: false, isCarried: false });
  expect(plain.problems).toEqual([]);
});

const canary = 'CANARY0x5ec2e7';
/** The canary as it stands in base64, at each of the three places where it can begin. */
const encoded = [0, 1, 2].map((shift) => base64(' '.repeat(shift) + canary).slice(shift === 0 ? 0 : 4, 16));
const secrets = [canary, ...encoded];

/** A kubeconfig with a canary wherever a credential may stand. */
const planted = kubeconfig({
  cluster: {
    server: `https://ann:${canary}@api.example.com`,
    'proxy-url': `http://ann:${canary}@proxy.example.com`,
    'certificate-authority-data': base64(canary),
    extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { key: canary } }],
  },
  user: {
    token: canary,
    tokenFile: canary,
    username: canary,
    password: canary,
    'client-certificate-data': client['client-certificate-data'],
    'client-key-data': base64(`-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`),
    as: canary,
    'as-user-extra': { [canary]: [canary] },
    'auth-provider': { name: canary, config: { 'refresh-token': canary } },
    exec: {
      command: canary,
      args: [canary],
      env: [{ name: canary, value: canary }],
      apiVersion: canary,
      interactiveMode: canary,
      installHint: canary,
    },
  },
  context: { namespace: canary },
});

/** One slip of a hand, or of a tool: something cut out, put in, or moved. */
const mutation = fc.record({
  at: fc.nat(planted.length),
  cut: fc.nat(30),
  put: fc.oneof(
    fc.constantFrom(
      '',
      '\n',
      '\t',
      ': ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '- ',
      '&a ',
      '*a',
      '!!binary ',
      '<<: ',
      '|',
      '> ',
      '%',
      '---\n',
      '? ',
    ),
    fc.constant(`${canary}: x`),
    fc.string({ maxLength: 4 }),
  ),
});

test('no problem of a mangled kubeconfig holds a credential', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(mutation, { maxLength: 4 }), (mutations) => {
      const text = mutations.reduce(
        (whole, { at, cut, put }) => whole.slice(0, at) + put + whole.slice(at + cut),
        planted,
      );
      const { problems } = convert(text);
      for (const { code } of problems) seen.add(code);
      const says = JSON.stringify(problems);
      expect(secrets.filter((secret) => says.includes(secret))).toEqual([]);
    }),
    { numRuns: 400 },
  );
  // The mangling reaches the parser, the types and the rules.
  expect([...seen]).toEqual(
    expect.arrayContaining(['KUBECONFIG_INVALID', 'KUBECONFIG_FILE', 'KUBECONFIG_UNSUPPORTED']),
  );
});

/** The same in another shape: any field of any struct may hold any type. */
test('no problem of a kubeconfig with fields of other types holds a credential', () => {
  const anything = fc.oneof(
    fc.constant(canary),
    fc.constant([canary]),
    fc.constant({ [canary]: canary }),
    fc.constant([{ [canary]: canary, name: canary }]),
    fc.constantFrom<unknown>(null, 7, true, '', {}, []),
  );
  const struct = (names: readonly string[]): fc.Arbitrary<object> =>
    fc.dictionary(fc.constantFrom(...names, canary), anything, { maxKeys: 6 });
  const input = fc.record(
    Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, struct(Object.keys(values))])),
  );
  fc.assert(
    fc.property(input, ({ top, cluster, user, context, exec: command }) => {
      const text = kubeconfig({
        ...(cluster && { cluster }),
        ...(context && { context }),
        user: { ...user, exec: command },
        ...(top && { top }),
      });
      expect(secrets.filter((secret) => stringify(convert(text).problems).includes(secret))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
