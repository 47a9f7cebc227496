import { expect, test } from 'vitest';
import { convert, east, exec, found, kubeconfig } from '../support/kubeconfigs.ts';

test('a cluster Secret is Argo CD\u2019s, with the Cluster\u2019s name and labels', () => {
  const text = kubeconfig({ cluster: { server: 'https://api.example.com:6443/' } });
  expect(convert(text)).toEqual({
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'cluster-east',
        namespace: 'argocd',
        labels: { region: 'eu', 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      type: 'Opaque',
      stringData: {
        name: 'east',
        server: 'https://api.example.com:6443',
        config: JSON.stringify({ bearerToken: 'a-token', tlsClientConfig: { insecure: false } }, undefined, 2),
      },
    },
    problems: [],
  });
});

test('annotations of the Cluster say project, namespaces, cluster resources and shard', () => {
  const annotations = {
    'appdeploy.dev/argocd-project': 'team-a',
    'appdeploy.dev/argocd-namespaces': 'shop, billing',
    'appdeploy.dev/argocd-cluster-resources': 'true',
    'appdeploy.dev/argocd-shard': '2',
    'example.com/owner': 'ann',
  };
  expect(convert(kubeconfig(), { ...east, annotations }).secret?.stringData).toMatchObject({
    project: 'team-a',
    namespaces: 'shop,billing',
    clusterResources: 'true',
    shard: '2',
  });
});

test.each([
  ['annotations', 'appdeploy.dev/argocd-shard', '-1'],
  ['annotations', 'appdeploy.dev/argocd-project', 'Team A'],
  ['annotations', 'appdeploy.dev/argocd-namespaces', 'shop,,billing'],
  ['annotations', 'appdeploy.dev/argocd-cluster-resources', 'yes'],
  ['labels', 'region', 'eu west'],
  ['labels', 'argocd.argoproj.io/secret-type', 'repository'],
])('%s %s: %s is refused', (kind, name, value) => {
  const { secret, problems } = convert(kubeconfig(), { ...east, [kind]: { [name]: value } });
  expect(secret).toBeUndefined();
  expect(found({ problems })[0]).toBe(
    `INVALID_VALUE metadata.${kind}${/^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`,
  );
});

test('the cluster of Argo CD itself needs no cluster Secret', () => {
  expect(found(convert(kubeconfig(), { ...east, name: 'in-cluster' }))).toEqual([
    'KUBECONFIG_UNSUPPORTED metadata.name',
  ]);
});

const two = kubeconfig({
  top: {
    contexts: ['a', 'b'].map((name) => ({ name, context: { cluster: 'prod', user: 'admin' } })),
    'current-context': 'a',
  },
});

test('of several contexts one must be chosen: current-context says where somebody was last', () => {
  expect(found(convert(two))).toEqual(['KUBECONFIG_CONTEXT contexts']);
  expect(found(convert(two, east, 'c'))).toEqual(['KUBECONFIG_CONTEXT contexts']);
  expect(convert(two, east, 'b').secret).toBeDefined();
  expect(
    convert(two, { ...east, annotations: { 'appdeploy.dev/kubeconfig-context': 'b' } }).secret?.stringData.name,
  ).toBe('east');
});

test('what has no meaning for Argo CD is named, and stops nothing', () => {
  const text = kubeconfig({
    cluster: { extensions: [{ name: 'cluster_info', extension: { provider: 'minikube' } }] },
    context: { namespace: 'shop' },
    top: { preferences: { colors: true } },
  });
  const { secret, problems } = convert(text);
  expect(secret).toBeDefined();
  expect(problems.map(({ severity, field }) => `${severity} ${field}`)).toEqual([
    'note preferences',
    'note contexts[0].context.namespace',
    'note clusters[0].cluster.extensions[0]',
  ]);
});

test('a command that Argo CD\u2019s image lacks is carried, with a warning', () => {
  const { secret, problems } = convert(kubeconfig({ user: exec({ command: 'gke-gcloud-auth-plugin' }) }));
  expect(JSON.parse(secret?.stringData.config ?? '')).toEqual({
    tlsClientConfig: { insecure: false },
    execProviderConfig: { command: 'gke-gcloud-auth-plugin', apiVersion: 'client.authentication.k8s.io/v1' },
  });
  expect(found({ problems })).toEqual(['EXEC_NOT_IN_IMAGE users[0].user.exec.command']);
  expect(convert(kubeconfig({ user: exec({ args: ['gcp'] }) })).problems).toEqual([]);
});

test('what a command is told of the cluster is carried, for the Argo CD that heeds it', () => {
  const extension = { name: 'client.authentication.k8s.io/exec', extension: { audience: 'prod' } };
  const { secret, problems } = convert(
    kubeconfig({
      cluster: { extensions: [extension] },
      user: exec({ args: ['gcp'], env: [{ name: 'A', value: 'b' }], installHint: 'ask ann', provideClusterInfo: true }),
    }),
  );
  expect(JSON.parse(secret?.stringData.config ?? '')).toMatchObject({
    execProviderConfig: {
      args: ['gcp'],
      env: { A: 'b' },
      installHint: 'ask ann',
      provideClusterInfo: true,
      config: { audience: 'prod' },
    },
  });
  expect(found({ problems })).toEqual(['EXEC_NOT_IN_IMAGE users[0].user.exec.provideClusterInfo']);
});

test.each([
  [
    'a flag that Argo CD has nothing for',
    ['eks', 'get-token', '--cluster-name', 'prod', '--role-session-name', 'x'],
    [],
  ],
  ['keys of its own', ['eks', 'get-token', '--cluster-name', 'prod'], [{ name: 'AWS_ACCESS_KEY_ID', value: 'x' }]],
  ['another errand', ['sts', 'get-caller-identity', '--cluster-name', 'prod'], []],
  ['no cluster', ['eks', 'get-token'], []],
])('an aws command with %s stays a command', (_what, args, env) => {
  const { secret } = convert(kubeconfig({ user: exec({ command: 'aws', args, env }) }));
  expect(JSON.parse(secret?.stringData.config ?? '')).toMatchObject({ execProviderConfig: { command: 'aws', args } });
});

test('problems have a place in the kubeconfig', () => {
  const text = 'apiVersion: v1\nkind: Config\nusers: [\n';
  expect(convert(text).problems[0]).toMatchObject({
    code: 'KUBECONFIG_INVALID',
    origin: { path: 'kubeconfig', line: 4, column: 1 },
    message: 'this is not valid YAML (BAD_INDENT)',
  });
  const file = kubeconfig({ user: { tokenFile: '/t' } });
  expect(convert(file).problems[0]?.origin.line).toBe(file.slice(0, file.indexOf('tokenFile')).split('\n').length);
});

test.each([
  '',
  '# nothing\n',
  '- a\n',
  'text',
  '---\na: 1\n---\nb: 2\n',
  'a: *b\n',
  'users: !!omap []\n',
  'a: 2001-01-01\n',
])('%j is no kubeconfig', (text) => {
  const { secret, problems } = convert(text);
  expect(secret).toBeUndefined();
  expect(problems.map(({ code }) => code)).toContain('KUBECONFIG_INVALID');
});
