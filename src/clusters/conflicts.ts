import type { Connection } from './context.ts';
import type { Complain, KubeconfigProblem } from './kubeconfig-problem.ts';

/** Fields of a user that identify it. */
const identities = ['token', 'username', 'exec', 'client-certificate-data'] as const;
/** Fields that identify a user too, and have a problem of their own. */
const otherIdentities = ['tokenFile', 'client-certificate', 'auth-provider'] as const;

/**
 * Fields that exclude each other: client-go refuses most of these (clientcmd `validateAuthInfo`,
 * transport `TLSConfigFor`), and beside an exec Argo CD leaves token and password out.
 */
export function conflictProblems({ cluster, user }: Connection, complain: Complain): KubeconfigProblem[] {
  const has = (field: string): boolean => user.values[field] !== undefined;
  const conflict = (field: string, other: string): KubeconfigProblem[] =>
    has(field) && has(other)
      ? [complain('KUBECONFIG_CONFLICT', [...user.at, field], `cannot stand beside ${other}`)]
      : [];
  const trusts = cluster.values['insecure-skip-tls-verify'] === true;
  return [
    ...(trusts && cluster.values['certificate-authority-data'] !== undefined
      ? [
          complain(
            'KUBECONFIG_CONFLICT',
            [...cluster.at, 'insecure-skip-tls-verify'],
            'cannot be true beside certificate-authority-data',
          ),
        ]
      : []),
    ...conflict('tokenFile', 'token'),
    ...conflict('username', 'token'),
    ...conflict('token', 'exec'),
    ...conflict('username', 'exec'),
    ...conflict('client-certificate', 'client-certificate-data'),
    ...conflict('client-key', 'client-key-data'),
    ...(has('password') && !has('username')
      ? [complain('KUBECONFIG_INVALID', [...user.at, 'username'], 'is missing, though there is a password')]
      : []),
    ...([...identities, ...otherIdentities].some(has) ||
    has('client-key-data') ||
    has('password') ||
    user.problems.length > 0
      ? []
      : [complain('KUBECONFIG_INVALID', user.at, 'holds no credential')]),
  ];
}
