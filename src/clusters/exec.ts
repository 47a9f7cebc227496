import type { FieldPath } from '../model/origin.ts';
import { dig, digList, digObject, digText, type PlainObject } from '../model/plain.ts';
import type { Connection, Entry } from './context.ts';
import { type AwsAuthConfig, awsAuthConfig } from './eks.ts';
import { kubeconfigFields, readFields } from './fields.ts';
import type { Complain, KubeconfigProblem } from './kubeconfig-problem.ts';

/** Argo CD's `execProviderConfig`; the last two since Argo CD 3.5. */
interface ExecProviderConfig {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly installHint?: string;
  readonly provideClusterInfo?: true;
  readonly config?: unknown;
}

/** The part of Argo CD's cluster config that says which command gives credentials. */
export interface ExecConfig {
  readonly awsAuthConfig?: AwsAuthConfig;
  readonly execProviderConfig?: ExecProviderConfig;
}

/** A kubeconfig's `exec` → Argo CD's, and what is wrong with it or will be missing there. */
export function execConfig(
  { cluster, user }: Connection,
  complain: Complain,
): { readonly value: ExecConfig; readonly problems: readonly KubeconfigProblem[] } {
  const at = [...user.at, 'exec'];
  const fields = readFields(kubeconfigFields.exec, user.values['exec'], at, complain);
  const env = readEnv(fields.values, [...at, 'env'], complain);
  const problems = [...fields.problems, ...env.problems];
  if (user.values['exec'] === undefined) return { value: {}, problems: extensionProblems(cluster, false, complain) };
  const command = digText(fields.values, '', 'command');
  const args = digList(fields.values, 'args') as string[];
  const aws = awsAuthConfig({ command, args, env: env.value });
  const provides = fields.values['provideClusterInfo'] === true;
  problems.push(...modeProblems(fields.values, at, complain), ...extensionProblems(cluster, provides, complain));
  if (aws !== undefined) {
    problems.push(
      complain('KUBECONFIG_NOT_CARRIED', at, 'becomes awsAuthConfig; region, format and hint are left out'),
    );
    return { value: { awsAuthConfig: aws }, problems };
  }
  problems.push(...commandProblems(command, [...at, 'command'], complain));
  const extension = provides ? execExtension(cluster) : undefined;
  if (provides)
    problems.push(
      complain('EXEC_NOT_IN_IMAGE', [...at, 'provideClusterInfo'], 'is heeded by Argo CD 3.5 and newer only'),
    );
  const installHint = digText(fields.values, '', 'installHint');
  const value: ExecProviderConfig = {
    command,
    ...(args.length === 0 ? {} : { args }),
    ...(Object.keys(env.value).length === 0 ? {} : { env: env.value }),
    apiVersion: digText(fields.values, '', 'apiVersion'),
    ...(installHint === '' ? {} : { installHint }),
    ...(provides ? { provideClusterInfo: true } : {}),
    ...(extension === undefined ? {} : { config: extension }),
  };
  return { value: { execProviderConfig: value }, problems };
}

/** What client-go asks of the fields; Argo CD runs the command with interactiveMode Never. */
function modeProblems(exec: PlainObject, at: FieldPath, complain: Complain): KubeconfigProblem[] {
  const version = digText(exec, '', 'apiVersion');
  const mode = digText(exec, version.endsWith('/v1beta1') ? 'IfAvailable' : '', 'interactiveMode');
  return [
    ...(/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(version)
      ? []
      : [
          complain(
            'KUBECONFIG_INVALID',
            [...at, 'apiVersion'],
            'must be client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1',
          ),
        ]),
    ...(mode === 'Always'
      ? [complain('KUBECONFIG_UNSUPPORTED', [...at, 'interactiveMode'], 'asks for a person at a terminal')]
      : []),
    ...(['Always', 'IfAvailable', 'Never'].includes(mode)
      ? []
      : [complain('KUBECONFIG_INVALID', [...at, 'interactiveMode'], 'must be Never, IfAvailable or Always')]),
  ];
}

/** argocd-k8s-auth is the one credential plugin in Argo CD's image (its Dockerfile). */
function commandProblems(command: string, field: FieldPath, complain: Complain): KubeconfigProblem[] {
  if (command === '') return [complain('KUBECONFIG_INVALID', field, 'is missing')];
  if (command.includes('/') && !command.startsWith('/'))
    return [complain('KUBECONFIG_FILE', field, 'names a file beside the kubeconfig, which Argo CD does not have')];
  if (['argocd-k8s-auth', '/usr/local/bin/argocd-k8s-auth'].includes(command)) return [];
  return [complain('EXEC_NOT_IN_IMAGE', field, 'names a program that Argo CD\u2019s image does not have')];
}

function readEnv(
  exec: PlainObject,
  at: FieldPath,
  complain: Complain,
): { readonly value: Record<string, string>; readonly problems: KubeconfigProblem[] } {
  const value: Record<string, string> = {};
  const problems: KubeconfigProblem[] = [];
  for (const [index, item] of digList(exec, 'env').entries()) {
    const fields = readFields(kubeconfigFields.env, item, [...at, index], complain);
    const name = digText(fields.values, '', 'name');
    problems.push(...fields.problems);
    if (name === '') problems.push(complain('KUBECONFIG_INVALID', [...at, index, 'name'], 'is missing'));
    else if (Object.hasOwn(value, name))
      problems.push(complain('KUBECONFIG_CONFLICT', [...at, index, 'name'], 'is set above too'));
    else Object.defineProperty(value, name, { value: digText(fields.values, '', 'value'), enumerable: true });
  }
  return { value, problems };
}

/** The extension of a cluster that client-go hands to the command (clientauthentication `Cluster.Config`). */
const execExtensionName = 'client.authentication.k8s.io/exec';

function execExtension({ values }: Entry): unknown {
  return dig(
    digList(values, 'extensions').find((each) => digText(each, '', 'name') === execExtensionName),
    'extension',
  );
}

function extensionProblems({ at, values }: Entry, provides: boolean, complain: Complain): KubeconfigProblem[] {
  return digList(values, 'extensions').flatMap((each, index) =>
    provides && digText(digObject(each), '', 'name') === execExtensionName
      ? []
      : [complain('KUBECONFIG_NOT_CARRIED', [...at, 'extensions', index], 'is for other tools')],
  );
}
