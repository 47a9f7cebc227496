import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasErrors } from '../../src/model/problem.ts';
import { type ApiServer, apiServer, connectProxy } from '../support/api-server.ts';
import { type Authority, authority, type Certified } from '../support/certificates.ts';
import { askWithKubeconfig, askWithSecret } from '../support/cluster-clients.ts';
import { base64, convert, exec, halves, kubeconfig } from '../support/kubeconfigs.ts';

/**
 * For every form of authentication: what Argo CD's config reaches is what the kubeconfig itself
 * reaches, a real TLS server, and the server sees the same identity. All names lead to this machine.
 */
let ca: Authority;
let server: ApiServer;
let clients: Readonly<Record<'ECDSA' | 'RSA' | 'Ed25519', Certified>>;
let programs: string;

const host = 'api.prod.example.com';
const withTls = (more: object = {}): object => ({
  server: `https://${host}:${server.port}`,
  'certificate-authority-data': base64(ca.certificate),
  ...more,
});
beforeAll(async () => {
  ca = await authority();
  server = await apiServer(ca, host, 'kube-apiserver.internal');
  const [ECDSA, RSA, Ed25519] = await Promise.all(
    (['ECDSA', 'RSA', 'Ed25519'] as const).map((algorithm) => ca.client(`robot-${algorithm}`, { algorithm })),
  );
  clients = { ECDSA, RSA, Ed25519 } as typeof clients;
  programs = mkdtempSync(join(tmpdir(), 'appdeploy-programs-'));
  install('corporate-login', "token = ['corporate', ...args, process.env.TENANT].join('.')");
  // Both name the same caller: the cluster, the role and the profile that they are asked for.
  install('aws', "token = ['--cluster-name', '--role-arn', '--profile'].map(flag).join('.')");
  install('aws-iam-authenticator', "token = ['-i', '-r'].map(flag).join('.') + '.' + (process.env.AWS_PROFILE ?? '')");
  install('argocd-k8s-auth', "token = ['--cluster-name', '--role-arn', '--profile'].map(flag).join('.')");
});

afterAll(() => {
  server.close();
  rmSync(programs, { recursive: true });
});

/** A credential plugin: prints an ExecCredential with the token that the line computes. */
function install(name: string, line: string): void {
  const path = join(programs, name);
  const script = `#!/usr/bin/env node
const args = process.argv.slice(2);
const flag = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : '');
let token;
${line};
console.log(JSON.stringify({ kind: 'ExecCredential', status: { token } }));
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
}

const command = (name: string, args: string[], env: Record<string, string> = {}): object =>
  exec({ command: name, args, env: Object.entries(env).map(([key, value]) => ({ name: key, value })) });
const role = 'arn:aws:iam::111122223333:role/deployer';

const forms: Readonly<Record<string, { user: () => object; cluster?: () => object; seenAs: string }>> = {
  'a bearer token': { user: () => ({ token: 'opaque-token' }), seenAs: 'token opaque-token' },
  'a password': { user: () => ({ username: 'ann', password: 's:3 cret' }), seenAs: 'password ann:s:3 cret' },
  'a client certificate (ECDSA)': { user: () => halves(clients.ECDSA), seenAs: 'robot-ECDSA' },
  'a client certificate (RSA)': { user: () => halves(clients.RSA), seenAs: 'robot-RSA' },
  'a client certificate (Ed25519)': { user: () => halves(clients.Ed25519), seenAs: 'robot-Ed25519' },
  'a client certificate beside a token': {
    user: () => ({ ...halves(clients.ECDSA), token: 'opaque-token' }),
    seenAs: 'robot-ECDSA',
  },
  'a command': {
    user: () => command('corporate-login', ['login', '--as', 'argocd'], { TENANT: 'blue' }),
    seenAs: 'token corporate.login.--as.argocd.blue',
  },
  'aws eks get-token': {
    user: () =>
      command('aws', ['--region', 'eu-west-1', 'eks', 'get-token', '--cluster-name', 'prod', '--role-arn', role]),
    seenAs: `token prod.${role}.`,
  },
  'aws-iam-authenticator': {
    user: () => command('aws-iam-authenticator', ['token', '-i', 'prod', '-r', role], { AWS_PROFILE: 'ops' }),
    seenAs: `token prod.${role}.ops`,
  },
  'a server of another name': {
    user: () => ({ token: 't' }),
    cluster: () => withTls({ server: `https://10.1.2.3:${server.port}`, 'tls-server-name': 'kube-apiserver.internal' }),
    seenAs: 'token t',
  },
  'a server that nothing vouches for': {
    user: () => ({ token: 't' }),
    cluster: () => ({ server: `https://${host}:${server.port}`, 'insecure-skip-tls-verify': true }),
    seenAs: 'token t',
  },
  'a server below a path, without compression': {
    user: () => ({ token: 't' }),
    cluster: () => withTls({ server: `https://${host}:${server.port}/k8s/clusters/c-1/`, 'disable-compression': true }),
    seenAs: 'token t',
  },
};

test.each(Object.entries(forms))('with %s Argo CD is who the kubeconfig says', async (_name, form) => {
  const text = kubeconfig({ cluster: form.cluster?.() ?? withTls(), user: form.user() });
  const { secret, problems } = convert(text);
  expect(problems.filter((problem) => hasErrors([problem]))).toEqual([]);
  const direct = await askWithKubeconfig(text, { programs });
  expect(direct.user).toBe(form.seenAs);
  expect(secret && (await askWithSecret(secret, { programs }))).toEqual(direct);
});

test('through a proxy too', async () => {
  const proxy = await connectProxy();
  const proxied = withTls({ 'proxy-url': `http://proxy.example.com:${proxy.port}` });
  const text = kubeconfig({ cluster: proxied, user: halves(clients.ECDSA) });
  const { secret } = convert(text);
  const direct = await askWithKubeconfig(text);
  expect(proxy.connections()).toBe(1);
  expect(secret && (await askWithSecret(secret))).toEqual(direct);
  expect(proxy.connections()).toBe(2);
  proxy.close();
});

test('a CA of another cluster is not trusted by either', async () => {
  const other = await authority();
  const text = kubeconfig({ cluster: withTls({ 'certificate-authority-data': base64(other.certificate) }) });
  const { secret } = convert(text);
  await expect(askWithKubeconfig(text)).rejects.toThrow(/certificate/);
  await expect(secret && askWithSecret(secret)).rejects.toThrow(/certificate/);
});
