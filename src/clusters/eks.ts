/** Argo CD's own way into EKS: it runs its argocd-k8s-auth with these. */
export interface AwsAuthConfig {
  readonly clusterName: string;
  readonly roleARN?: string;
  readonly profile?: string;
}

/** A command that gives credentials, as a kubeconfig's `exec` has it. */
export interface ExecCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A command for EKS: its words, and its flags; those of the value undefined choose a region or a format. */
interface AwsCommand {
  readonly words: string;
  readonly flags: Readonly<Record<string, keyof AwsAuthConfig | undefined>>;
}

const commands: Readonly<Record<string, AwsCommand>> = {
  aws: {
    words: 'eks get-token',
    flags: {
      '--cluster-name': 'clusterName',
      '--role-arn': 'roleARN',
      '--profile': 'profile',
      '--region': undefined,
      '--output': undefined,
    },
  },
  'aws-iam-authenticator': {
    words: 'token',
    flags: {
      '-i': 'clusterName',
      '--cluster-id': 'clusterName',
      '-r': 'roleARN',
      '--role': 'roleARN',
      '--region': undefined,
    },
  },
};

/** Environment variables that choose among regions, not among identities. */
const regional = new Set(['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_STS_REGIONAL_ENDPOINTS']);

/**
 * What an `aws eks get-token` or `aws-iam-authenticator token` asks for; undefined for any other
 * command, and where it asks for more than Argo CD can be told (`argocd-k8s-auth aws` takes a cluster,
 * a role and a profile).
 */
export function awsAuthConfig({ command, args, env }: ExecCommand): AwsAuthConfig | undefined {
  const program = command.split('/').at(-1) ?? '';
  const known = Object.hasOwn(commands, program) ? commands[program] : undefined;
  if (known === undefined || !Object.keys(env).every((name) => name === 'AWS_PROFILE' || regional.has(name)))
    return undefined;
  const { clusterName, roleARN, profile = env['AWS_PROFILE'] } = readArgs(args, known) ?? {};
  if (clusterName === undefined) return undefined;
  return { clusterName, ...(roleARN === undefined ? {} : { roleARN }), ...(profile === undefined ? {} : { profile }) };
}

/** undefined where there is a word or a flag that Argo CD has nothing for. */
function readArgs(args: readonly string[], { words, flags }: AwsCommand): Partial<AwsAuthConfig> | undefined {
  const found: Partial<Record<keyof AwsAuthConfig, string>> = {};
  const bare: string[] = [];
  const rest = args.flatMap((arg) => (/^--[a-z-]+=/.test(arg) ? splitOnce(arg) : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-')) {
      bare.push(arg);
      continue;
    }
    const value = rest.shift();
    if (!Object.hasOwn(flags, arg) || value === undefined) return undefined;
    const name = flags[arg];
    if (name !== undefined) found[name] = value;
  }
  return bare.join(' ') === words ? found : undefined;
}

function splitOnce(arg: string): string[] {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}
