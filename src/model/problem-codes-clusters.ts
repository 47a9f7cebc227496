import { error, note, type ProblemKind, warning } from './problem-kind.ts';

/** Problems of credentials on their way to Argo CD. */
export const clusterProblemKinds = {
  KUBECONFIG_INVALID: error(
    'A kubeconfig, or a Secret that holds one, is not what client-go reads.',
    'Correct it at the place shown; kubectl config view --raw --flatten --minify writes one that is right.',
  ),
  KUBECONFIG_OF_ANOTHER: error(
    'A Secret is not the one that the Cluster names.',
    'Give the Secret of spec.kubeconfigSecretRef, or its kubeconfig alone.',
  ),
  KUBECONFIG_CONTEXT: error(
    'It is not clear which context of a kubeconfig to convert.',
    'Choose one with --context or the Cluster\u2019s annotation appdeploy.dev/kubeconfig-context; kubectl config get-contexts lists them.',
  ),
  KUBECONFIG_FILE: error(
    'A kubeconfig refers to a file of the machine that it was written on.',
    'Put the contents in: kubectl config view --raw --flatten --minify. A token from a file goes into token.',
  ),
  KUBECONFIG_UNSUPPORTED: error(
    'A kubeconfig says something that Argo CD\u2019s cluster Secret cannot hold.',
    'Make a kubeconfig for Argo CD without it: a ServiceAccount of its own with a token, for one.',
  ),
  KUBECONFIG_SERVER: error(
    'Argo CD would not reach the API server by the address in a kubeconfig.',
    'Write the https:// address by which a pod of the host cluster reaches the API server.',
  ),
  KUBECONFIG_CONFLICT: error('Two fields of a kubeconfig exclude each other.', 'Keep the one that is meant.'),
  KUBECONFIG_PEM: error(
    'A certificate or key in a kubeconfig is not PEM, or the two do not belong together.',
    'Take certificate and key from the same place again; the fields hold PEM in base64.',
  ),
  KUBECONFIG_NOT_CARRIED: note('A field of a kubeconfig has no meaning for Argo CD and is left out.', 'Nothing to do.'),
  CERTIFICATE_EXPIRED: error(
    'A certificate in a kubeconfig has expired, so that the API server would be refused, or would refuse it.',
    'Take a new kubeconfig from the cluster.',
  ),
  CERTIFICATE_EXPIRES: warning(
    'A client certificate in a kubeconfig expires, and nothing renews it.',
    'Convert a new kubeconfig before that day, or use a token that is rotated.',
  ),
  EXEC_NOT_IN_IMAGE: warning(
    'A kubeconfig gets its credentials from a program that Argo CD does not have.',
    'Use argocd-k8s-auth (aws, gcp, azure), add the program to Argo CD\u2019s image, or use a ServiceAccount\u2019s token.',
  ),
  KUBECONFIG_MISSING: error(
    'The Secret that a Cluster names is not in the host cluster.',
    'Create it in the Cluster\u2019s namespace, with the kubeconfig in data.config; until then Argo CD keeps what it has.',
  ),
  CLUSTER_SECRET_FOREIGN: error(
    'A Secret that appdeploy does not own stands for a cluster of Argo CD already; it is left alone.',
    'Remove it, and clusters sync makes its own; or take kubeconfigSecretRef out of the Cluster and keep it.',
  ),
  CLUSTER_SECRET_KEPT: warning(
    'A Cluster is gone, and an Application still deploys to it: without the cluster Secret Argo CD could not clean up.',
    'Remove the Applications; the Secret goes with the next sync.',
  ),
  CLUSTER_SECRET_CONFLICT: error(
    'Somebody else changes a cluster Secret again and again while it is written.',
    'Find out who (kubectl get --show-managed-fields), and let only one of the two write it.',
  ),
  PLAIN_CREDENTIALS: error(
    'The credentials of a cluster lie in the repo in plain text.',
    'Revoke them: they stay in the history. Take the file out, and commit the new ones encrypted, as docs/clusters.md shows.',
  ),
} as const satisfies Readonly<Record<string, ProblemKind>>;
