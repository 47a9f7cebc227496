import { stringify } from 'yaml';
import type { Certified } from './certificates.ts';
import { type ClusterIdentity, clusterSecret, type SecretConversion } from '../../src/clusters/cluster-secret.ts';

/** Text in base64, as kubeconfigs and Secrets hold it. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The parts of a kubeconfig that a test is about. */
export interface KubeconfigInput {
  readonly cluster?: object;
  readonly user?: object;
  /** Fields of the context besides cluster and user. */
  readonly context?: object;
  /** Fields at the top, in place of the usual ones. */
  readonly top?: object;
}

/** A kubeconfig as `kubectl config view --raw --flatten --minify` writes it; by default with a token. */
export function kubeconfig({
  cluster = {},
  user = { token: 'a-token' },
  context = {},
  top = {},
}: KubeconfigInput = {}): string {
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      preferences: {},
      clusters: [{ name: 'prod', cluster: { server: 'https://api.example.com:6443', ...cluster } }],
      users: [{ name: 'admin', user }],
      contexts: [{ name: 'admin@prod', context: { cluster: 'prod', user: 'admin', ...context } }],
      'current-context': 'admin@prod',
      ...top,
    },
    { lineWidth: 0 },
  );
}

/** A Secret that holds a kubeconfig where KubeVela looks for it. */
export function kubeconfigSecret(name: string, text: string, extra: object = {}): string {
  return stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: { config: base64(text) }, ...extra });
}

export const east: ClusterIdentity = { name: 'east', labels: { region: 'eu' }, annotations: {} };

/** Converts for Cluster east and Argo CD in argocd, today. */
export function convert(text: string, cluster: ClusterIdentity = east, context?: string): SecretConversion {
  return clusterSecret(
    cluster,
    text,
    { namespace: 'argocd', ...(context === undefined ? {} : { context }) },
    new Date(),
  );
}

/** Code and field of each problem. */
export function found({ problems }: Pick<SecretConversion, 'problems'>): string[] {
  return problems.map(({ code, field }) => `${code} ${field}`);
}

/** A certificate and its key as a user of a kubeconfig holds them. */
export function halves({ certificate, key }: Certified): {
  'client-certificate-data': string;
  'client-key-data': string;
} {
  return { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) };
}

/** A user with a command that gives credentials; by default the one that Argo CD has. */
export function exec(more: object = {}): object {
  const usual = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'argocd-k8s-auth' };
  return { exec: { ...usual, ...more } };
}
