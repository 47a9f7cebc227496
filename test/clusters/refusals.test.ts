import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { authority } from '../support/certificates.ts';
import { base64, convert, exec, found, halves, kubeconfig } from '../support/kubeconfigs.ts';

const ca = await authority();
const client = await ca.client('robot');

/** What is refused: the field, alone or among others, and the problem that names it. */
const refused: readonly [what: string, input: Parameters<typeof kubeconfig>[0], problem: string][] = [
  [
    'a CA in a file',
    { cluster: { 'certificate-authority': '/ca.crt' } },
    'KUBECONFIG_FILE clusters[0].cluster.certificate-authority',
  ],
  ['a token in a file', { user: { tokenFile: '/token' } }, 'KUBECONFIG_FILE users[0].user.tokenFile'],
  [
    'a certificate in a file',
    { user: { 'client-certificate': 'a.crt', 'client-key-data': halves(client)['client-key-data'] } },
    'KUBECONFIG_FILE users[0].user.client-certificate',
  ],
  [
    'a key in a file',
    { user: { ...halves(client), 'client-key-data': undefined, 'client-key': 'a.key' } },
    'KUBECONFIG_FILE users[0].user.client-key',
  ],
  [
    'a command beside the kubeconfig',
    { user: exec({ command: './login' }) },
    'KUBECONFIG_FILE users[0].user.exec.command',
  ],
  [
    'an auth provider',
    { user: { 'auth-provider': { name: 'oidc' } } },
    'KUBECONFIG_UNSUPPORTED users[0].user.auth-provider',
  ],
  ['impersonation of a user', { user: { token: 't', as: 'ann' } }, 'KUBECONFIG_UNSUPPORTED users[0].user.as'],
  ['impersonation of a UID', { user: { token: 't', 'as-uid': '1' } }, 'KUBECONFIG_UNSUPPORTED users[0].user.as-uid'],
  [
    'impersonation of groups',
    { user: { token: 't', 'as-groups': ['g'] } },
    'KUBECONFIG_UNSUPPORTED users[0].user.as-groups',
  ],
  [
    'impersonation of extras',
    { user: { token: 't', 'as-user-extra': { a: ['b'] } } },
    'KUBECONFIG_UNSUPPORTED users[0].user.as-user-extra',
  ],
  [
    'a command that needs a terminal',
    { user: exec({ interactiveMode: 'Always' }) },
    'KUBECONFIG_UNSUPPORTED users[0].user.exec.interactiveMode',
  ],
  [
    'a command without a mode',
    { user: exec({ interactiveMode: undefined }) },
    'KUBECONFIG_INVALID users[0].user.exec.interactiveMode',
  ],
  [
    'a command of an old API',
    { user: exec({ apiVersion: 'client.authentication.k8s.io/v1alpha1' }) },
    'KUBECONFIG_INVALID users[0].user.exec.apiVersion',
  ],
  ['no command', { user: exec({ command: '' }) }, 'KUBECONFIG_INVALID users[0].user.exec.command'],
  [
    'a variable set twice',
    {
      user: exec({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
    },
    'KUBECONFIG_CONFLICT users[0].user.exec.env[1].name',
  ],
  ['a field of the future', { user: { token: 't', 'token-exchange': 'x' } }, 'KUBECONFIG_UNSUPPORTED users[0].user'],
  [
    'a token beside a password',
    { user: { token: 't', username: 'a', password: 'b' } },
    'KUBECONFIG_CONFLICT users[0].user.username',
  ],
  [
    'a token beside a token file',
    { user: { token: 't', tokenFile: '/t' } },
    'KUBECONFIG_CONFLICT users[0].user.tokenFile',
  ],
  ['a token beside a command', { user: { token: 't', ...exec({}) } }, 'KUBECONFIG_CONFLICT users[0].user.token'],
  ['a password without a user', { user: { password: 'b' } }, 'KUBECONFIG_INVALID users[0].user.username'],
  ['no credential', { user: {} }, 'KUBECONFIG_INVALID users[0].user'],
  ['a token that is a number', { user: { token: 12_345 } }, 'KUBECONFIG_INVALID users[0].user.token'],
  [
    'a CA that is not verified with',
    { cluster: { 'certificate-authority-data': base64(ca.certificate), 'insecure-skip-tls-verify': true } },
    'KUBECONFIG_CONFLICT clusters[0].cluster.insecure-skip-tls-verify',
  ],
  [
    'a CA that is not base64',
    { cluster: { 'certificate-authority-data': ca.certificate } },
    'KUBECONFIG_INVALID clusters[0].cluster.certificate-authority-data',
  ],
  [
    'a CA that is not PEM',
    { cluster: { 'certificate-authority-data': base64('a CA') } },
    'KUBECONFIG_PEM clusters[0].cluster.certificate-authority-data',
  ],
  [
    'a CA that is a broken certificate',
    { cluster: { 'certificate-authority-data': base64(ca.certificate.replace(/MII/, 'MIJ')) } },
    'KUBECONFIG_PEM clusters[0].cluster.certificate-authority-data',
  ],
  [
    'a certificate that is not PEM',
    { user: { ...halves(client), 'client-certificate-data': base64('x') } },
    'KUBECONFIG_PEM users[0].user.client-certificate-data',
  ],
  [
    'a key that is not PEM',
    { user: { ...halves(client), 'client-key-data': base64('x') } },
    'KUBECONFIG_PEM users[0].user.client-key-data',
  ],
  [
    'the key of another certificate',
    { user: { ...halves(client), 'client-key-data': base64(ca.key) } },
    'KUBECONFIG_PEM users[0].user.client-key-data',
  ],
  [
    'a key with a password',
    { user: { ...halves(client), 'client-key-data': base64(lockedKey()) } },
    'KUBECONFIG_PEM users[0].user.client-key-data',
  ],
  [
    'a certificate without a key',
    { user: { 'client-certificate-data': base64(client.certificate) } },
    'KUBECONFIG_INVALID users[0].user.client-key-data',
  ],
  [
    'a context without a cluster',
    { context: { cluster: undefined } },
    'KUBECONFIG_INVALID contexts[0].context.cluster',
  ],
  ['a context with an unknown user', { context: { user: 'bob' } }, 'KUBECONFIG_INVALID contexts[0].context.user'],
  ['no current context', { top: { 'current-context': '' } }, 'KUBECONFIG_CONTEXT current-context'],
  ['an unknown current context', { top: { 'current-context': 'other' } }, 'KUBECONFIG_CONTEXT current-context'],
  [
    'two users of one name',
    {
      top: {
        users: [
          { name: 'admin', user: { token: 'a' } },
          { name: 'admin', user: { token: 'b' } },
        ],
      },
    },
    'KUBECONFIG_INVALID users[1].name',
  ],
  ['another kind', { top: { kind: 'Secret' } }, 'KUBECONFIG_INVALID kind'],
  ['another version', { top: { apiVersion: 'v2' } }, 'KUBECONFIG_INVALID apiVersion'],
];

function lockedKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string;
}

test.each(refused)('%s is refused', (_what, input, problem) => {
  const { secret, problems } = convert(kubeconfig(input));
  expect(secret).toBeUndefined();
  expect(found({ problems })).toContain(problem);
});
