import { authority } from './certificates.ts';
import { cluster } from './documents.ts';
import { base64, exec, halves, kubeconfig, kubeconfigSecret, type KubeconfigInput } from './kubeconfigs.ts';
import { hubApplication, hubCluster, hubSecret, onHub } from './hub-api.ts';
import type { ProblemCase } from './problem-fixtures.ts';

/** A kubeconfig beside a Cluster east, converted. */
function converted(input: KubeconfigInput, at: string, exit?: number): ProblemCase {
  return {
    files: { 'clusters.yaml': cluster('east'), 'east.kubeconfig': kubeconfig(input) },
    command: ['clusters', 'secret', 'east', '--kubeconfig', 'east.kubeconfig'],
    at: `east.kubeconfig: ${at}`,
    ...(exit === undefined ? {} : { exit }),
  };
}

/** A run of clusters sync on a host cluster with these objects. */
function synced(objects: readonly object[], at: string): ProblemCase {
  const command = ['clusters', 'sync', '--kubeconfig', 'hub.kubeconfig'];
  return { files: {}, afterwards: onHub(...objects), command, at: `${at}:1:1` };
}

const source = hubSecret('kubeconfig-east', { config: kubeconfig() }, { namespace: 'default' });

const ca = await authority();
const from = new Date('2020-01-01');
const expired = await ca.client('robot', { from, to: new Date('2020-06-01') });
const lasting = await ca.client('robot', { from, to: new Date('2120-06-01') });

/** Problems of credentials on their way to Argo CD. */
export const clusterCases = {
  KUBECONFIG_INVALID: converted({ context: { user: 'nobody' } }, '¦user: nobody'),
  KUBECONFIG_OF_ANOTHER: {
    files: { 'clusters.yaml': cluster('east'), 'west.yaml.enc': kubeconfigSecret('kubeconfig-west', kubeconfig()) },
    command: ['clusters', 'secret', 'east', '--kubeconfig', 'west.yaml.enc'],
    at: 'west.yaml.enc: ¦name: kubeconfig-west',
  },
  KUBECONFIG_CONTEXT: converted({ top: { 'current-context': '' } }, '¦current-context'),
  KUBECONFIG_FILE: converted({ user: { tokenFile: '/var/run/token' } }, '¦tokenFile'),
  KUBECONFIG_UNSUPPORTED: converted({ user: { 'auth-provider': { name: 'oidc' } } }, '¦auth-provider'),
  KUBECONFIG_SERVER: converted({ cluster: { server: 'https://127.0.0.1:41233' } }, '¦server'),
  KUBECONFIG_CONFLICT: converted({ user: { token: 't', username: 'ann', password: 'p' } }, '¦username'),
  KUBECONFIG_PEM: converted(
    { cluster: { 'certificate-authority-data': base64('a CA') } },
    '¦certificate-authority-data',
  ),
  KUBECONFIG_NOT_CARRIED: converted({ context: { namespace: 'shop' } }, '¦namespace: shop'),
  CERTIFICATE_EXPIRED: converted({ user: halves(expired) }, '¦client-certificate-data'),
  CERTIFICATE_EXPIRES: converted({ user: halves(lasting) }, '¦client-certificate-data'),
  EXEC_NOT_IN_IMAGE: converted({ user: exec({ command: 'gke-gcloud-auth-plugin' }) }, '¦command'),
  KUBECONFIG_MISSING: synced([hubCluster('east')], 'Cluster default/east'),
  CLUSTER_SECRET_FOREIGN: synced(
    [hubCluster('east'), source, hubSecret('cluster-east', {})],
    'Secret argocd/cluster-east',
  ),
  CLUSTER_SECRET_KEPT: synced(
    [
      hubSecret('cluster-west', { name: 'west' }, { owner: 'default/west' }),
      hubApplication('shop', { name: 'west', namespace: 'shop' }),
    ],
    'Secret argocd/cluster-west',
  ),
  CLUSTER_SECRET_CONFLICT: synced(
    [hubCluster('east'), source, hubSecret('cluster-east', {}, { owner: 'default/east' })],
    'Secret argocd/cluster-east',
  ),
  PLAIN_CREDENTIALS: {
    files: { 'clusters.yaml': cluster('east'), 'secret.yaml': kubeconfigSecret('kubeconfig-east', kubeconfig()) },
    at: 'secret.yaml: ¦kind',
  },
} as const satisfies Record<string, ProblemCase>;
