import type { KubeObject } from '../model/manifest.ts';
import { digText } from '../model/plain.ts';
import { hasErrors } from '../model/problem.ts';
import { hostCluster } from '../model/placement.ts';
import { certificateProblems } from './certificates.ts';
import {
  annotationFindings,
  type ClusterScope,
  clusterScope,
  contextAnnotation,
  labelFindings,
  secretTypeLabel,
} from './cluster-annotations.ts';
import { chooseConnection, type Connection } from './context.ts';
import { conflictProblems } from './conflicts.ts';
import { type ExecConfig, execConfig } from './exec.ts';
import { type Complain, complainsAt, type KubeconfigProblem } from './kubeconfig-problem.ts';
import { parseCredentials } from './parse-credentials.ts';
import { proxyProblems, serverProblems, serverText } from './server.ts';

/** What the conversion needs of a Cluster object. */
export interface ClusterIdentity {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** How a kubeconfig is converted. */
export interface SecretOptions {
  /** Argo CD's own namespace. */
  readonly namespace: string;
  /** The context to convert, where the kubeconfig has several; else the Cluster's annotation says it. */
  readonly context?: string;
  /** How problems call the kubeconfig. Default: kubeconfig. */
  readonly path?: string;
}

/** The Secret by which Argo CD knows a cluster (docs/operator-manual/declarative-setup.md, Clusters). */
export interface ClusterSecret extends KubeObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly type: 'Opaque';
  readonly stringData: ClusterScope & { readonly name: string; readonly server: string; readonly config: string };
}

/** A cluster Secret, absent when the kubeconfig is refused, and what is to be said of it. */
export interface SecretConversion {
  readonly secret?: ClusterSecret;
  readonly problems: readonly KubeconfigProblem[];
}

/**
 * A kubeconfig → Argo CD's cluster Secret: lossless, or refused. With the Secret, Argo CD reaches the
 * same server, trusts the same CA and has the same identity as a client with the kubeconfig; every
 * field of the kubeconfig is carried over or named in a problem. No problem holds a value.
 */
export function clusterSecret(
  cluster: ClusterIdentity,
  kubeconfig: string,
  { namespace, context = cluster.annotations[contextAnnotation], path = 'kubeconfig' }: SecretOptions,
  now: Date,
): SecretConversion {
  const metadata = metadataProblems(cluster);
  const document = parseCredentials(path, kubeconfig);
  if (document.value === undefined) return { problems: [...metadata, ...document.problems] };
  const { complain } = document.value;
  const chosen = chooseConnection(document.value, context);
  if (chosen.value === undefined) return { problems: [...metadata, ...chosen.problems] };
  const exec = execConfig(chosen.value, complain);
  const problems = [
    ...metadata,
    ...chosen.problems,
    ...exec.problems,
    ...connectionProblems(chosen.value, complain),
    ...certificateProblems(chosen.value, complain, now),
  ];
  if (hasErrors(problems)) return { problems };
  return { secret: secretOf(cluster, namespace, chosen.value, exec.value), problems };
}

function metadataProblems({ name, labels, annotations }: ClusterIdentity): KubeconfigProblem[] {
  const complain = complainsAt(() => ({ path: `Cluster ${name}`, line: 1, column: 1 }));
  const findings = [...annotationFindings(annotations), ...labelFindings(labels)].map(({ field, message }) =>
    complain('INVALID_VALUE', field, message),
  );
  if (name !== hostCluster) return findings;
  const message = `is ${hostCluster}, the cluster of Argo CD itself, which needs no credentials`;
  return [...findings, complain('KUBECONFIG_UNSUPPORTED', ['metadata', 'name'], message)];
}

function connectionProblems(connection: Connection, complain: Complain): KubeconfigProblem[] {
  return [
    ...serverProblems(connection.cluster, complain),
    ...proxyProblems(connection.cluster, complain),
    ...conflictProblems(connection, complain),
  ];
}

function secretOf(
  { name, labels, annotations }: ClusterIdentity,
  namespace: string,
  connection: Connection,
  exec: ExecConfig,
): ClusterSecret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `cluster-${name}`, namespace, labels: { ...labels, [secretTypeLabel]: 'cluster' } },
    type: 'Opaque',
    stringData: {
      name,
      server: serverText(connection.cluster),
      config: JSON.stringify(clusterConfig(connection, exec), undefined, 2),
      ...clusterScope(annotations),
    },
  };
}

/** Argo CD's `ClusterConfig` (pkg/apis/application/v1alpha1/types.go); what is undefined is left out of the JSON. */
function clusterConfig({ cluster, user }: Connection, exec: ExecConfig): object {
  const of = (values: Connection['user']['values'], field: string): string | undefined =>
    digText(values, '', field) || undefined;
  return {
    username: of(user.values, 'username'),
    password: of(user.values, 'password'),
    bearerToken: of(user.values, 'token'),
    tlsClientConfig: {
      insecure: cluster.values['insecure-skip-tls-verify'] === true,
      serverName: of(cluster.values, 'tls-server-name'),
      caData: of(cluster.values, 'certificate-authority-data')?.replace(/\s/g, ''),
      certData: of(user.values, 'client-certificate-data')?.replace(/\s/g, ''),
      keyData: of(user.values, 'client-key-data')?.replace(/\s/g, ''),
    },
    ...exec,
    proxyUrl: of(cluster.values, 'proxy-url'),
    disableCompression: cluster.values['disable-compression'] === true || undefined,
  };
}
