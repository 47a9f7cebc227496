import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Connection } from '../../src/io/kube/connection.ts';
import { argocdManifests } from '../../test/support/programs.ts';
import { base64, kubeconfig } from '../../test/support/kubeconfigs.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { freePort, until } from './processes.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** No program may print this; it stands in every credential. */
const canary = 'canary-4f1d9c';

/** What `appdeploy clusters sync` did. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `clusters sync --watch` that runs. */
export interface Watcher {
  readonly get: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly printed: () => Ran;
  /** Sends SIGTERM; gives what it was. */
  readonly stop: () => Promise<Ran>;
}

/** A host cluster with Argo CD's CRDs and deploy/cluster-sync. */
export interface Hub {
  readonly control: ControlPlane;
  /** As the ServiceAccount of deploy/cluster-sync. */
  readonly connection: Connection;
  /** Runs it as the ServiceAccount of deploy/cluster-sync, to its end. */
  readonly sync: (...words: readonly string[]) => Promise<Ran>;
  /** The same as the user of a kubeconfig. */
  readonly syncAs: (kubeconfigFile: string, ...words: readonly string[]) => Promise<Ran>;
  readonly watch: () => Promise<Watcher>;
  /** A kubeconfig file with a token of a ServiceAccount. */
  readonly kubeconfigOf: (namespace: string, serviceAccount: string) => string;
  readonly apply: (...objects: readonly object[]) => void;
  /** An object; undefined where there is none. */
  readonly get: (kind: string, name: string, namespace: string) => Record<string, unknown> | undefined;
  /** The fields of a cluster Secret of Argo CD, decoded; undefined where there is none. */
  readonly secret: (name: string) => Readonly<Record<string, string>> | undefined;
  /** What Argo CD would send to a cluster: the word of its token. */
  readonly token: (secretName: string) => string;
  readonly remove: (kind: string, name: string, namespace?: string) => void;
  /** All that was printed and served until now. */
  readonly everythingSaid: () => string;
  readonly stop: () => Promise<void>;
}

/** Everything by which a credential could be recognised: as it is, and in base64 wherever it begins. */
export const traces: readonly string[] = [
  canary,
  base64(canary).slice(0, 16),
  base64(`x${canary}`).slice(4, 16),
  base64(`xx${canary}`).slice(4, 20),
];

/** A Secret with the kubeconfig of a cluster, its token made of a word and the canary. */
export function kubeconfigOfCluster(name: string, word: string, server = `https://${name}.example.com:6443`): object {
  const text = kubeconfig({ cluster: { server }, user: { token: `${word}-${canary}` } });
  const metadata = { name: `kubeconfig-${name}`, namespace: 'default' };
  return { apiVersion: 'v1', kind: 'Secret', metadata, data: { config: base64(text) } };
}

/** A Cluster that names its kubeconfig. */
export function clusterObject(name: string, labels: Readonly<Record<string, string>> = {}): object {
  return {
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'Cluster',
    metadata: { name, namespace: 'default', labels },
    spec: { kubeconfigSecretRef: { name: `kubeconfig-${name}` } },
  };
}

/** An Application of Argo CD that deploys somewhere. */
export function applicationTo(name: string, destination: object): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: { project: 'default', destination, source: { repoURL: 'https://git.example.com/x.git', path: '.' } },
  };
}

/** Starts it; some seconds. */
export async function startHub(): Promise<Hub> {
  const control = await startControlPlane();
  const folder = mkdtempSync(join(tmpdir(), 'appdeploy-e2e-hub-'));
  const said: string[] = [];
  const { kubectl } = control;
  await install(control);
  const kubeconfigOf = (namespace: string, serviceAccount: string): string => {
    const file = join(folder, `${namespace}-${serviceAccount}.kubeconfig`);
    const token = kubectl(['create', 'token', serviceAccount, '--namespace', namespace]).trim();
    writeFileSync(file, control.kubeconfigFor(token), { mode: 0o600 });
    return file;
  };
  const own = kubeconfigOf('argocd', 'appdeploy-cluster-sync');
  const syncAs: Hub['syncAs'] = (file, ...words) => start(file, words, said).ended;
  return {
    ...objectsOf(control),
    control,
    connection: await connect({ kubeconfig: own, context: undefined, environment: {} }),
    sync: (...words) => syncAs(own, ...words),
    syncAs,
    watch: () => startWatcher(own, said),
    kubeconfigOf,
    everythingSaid: () => said.join('') + kubectl(['get', 'events', '--all-namespaces', '--output', 'json']),
    stop: async () => {
      await control.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Argo CD's Application CRD, and deploy/cluster-sync, in an API server that knows both and heeds them. */
async function install({ kubectl }: ControlPlane): Promise<void> {
  kubectl(['create', 'namespace', 'argocd']);
  kubectl(['apply', '--server-side', '--filename', `${argocdManifests()}/crds/application-crd.yaml`]);
  kubectl(['apply', '--server-side', '--kustomize', `${project}deploy/cluster-sync`]);
  for (const crd of ['applications.argoproj.io', 'clusters.core.oam.dev'])
    kubectl(['wait', '--for', 'condition=Established', `crd/${crd}`]);
  // The API server takes up Roles and admission policies some moments after it has answered.
  const self = ['--as', 'system:serviceaccount:argocd:appdeploy-cluster-sync', '--namespace'];
  for (const [what, namespace] of [
    ['clusters.core.oam.dev', 'default'],
    ['secrets', 'argocd'],
    ['applications.argoproj.io', 'argocd'],
  ] as const)
    await until(`the right to list ${what}`, () => kubectl(['auth', 'can-i', 'list', what, ...self, namespace]) !== '');
  await until('the admission policy', () =>
    refusalOf(() => kubectl(['create', 'secret', 'generic', 'foreign', '--dry-run=server', ...self, 'argocd'])),
  );
}

function refusalOf(write: () => unknown): true | undefined {
  try {
    write();
    return undefined;
  } catch {
    return true;
  }
}

function objectsOf({ kubectl }: ControlPlane): Pick<Hub, 'apply' | 'get' | 'secret' | 'token' | 'remove'> {
  const get: Hub['get'] = (kind, name, namespace) => {
    const text = kubectl(['get', kind, name, '--namespace', namespace, '--ignore-not-found', '--output', 'json']);
    return text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
  };
  const secret: Hub['secret'] = (name) => {
    const data = get('secret', name, 'argocd')?.['data'] as Record<string, string> | undefined;
    if (data === undefined) return undefined;
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
  };
  return {
    apply: (...objects) => {
      const items = { apiVersion: 'v1', kind: 'List', items: objects };
      kubectl(['apply', '--server-side', '--force-conflicts', '--filename', '-'], JSON.stringify(items));
    },
    get,
    secret,
    token: (name) => {
      const { bearerToken = '' } = JSON.parse(secret(name)?.['config'] ?? '{}') as { bearerToken?: string };
      return bearerToken.split('-')[0] ?? '';
    },
    remove: (kind, name, namespace = 'default') =>
      void kubectl(['delete', kind, name, '--namespace', namespace, '--ignore-not-found']),
  };
}

/** A program that runs. */
interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  readonly printed: () => Ran;
}

function start(kubeconfigFile: string, words: readonly string[], said: string[]): Running {
  const argv = [`${project}dist/cli.js`, 'clusters', 'sync', '--kubeconfig', kubeconfigFile, ...words];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
      said.push(text);
    });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<Ran>((resolve) =>
    child.once('close', (code) => {
      process.removeListener('exit', kill);
      resolve({ code, ...written });
    }),
  );
  return { child, ended, printed: (): Ran => ({ code: child.exitCode, ...written }) };
}

async function startWatcher(kubeconfigFile: string, said: string[]): Promise<Watcher> {
  const port = await freePort();
  const { child, ended, printed } = start(kubeconfigFile, ['--watch', '--port', String(port)], said);
  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const text = await response.text();
    said.push(text);
    return { status: response.status, text };
  };
  await until('a watcher that is ready', async () => ((await get('/readyz')).status === 200 ? true : undefined), 20);
  return {
    get,
    printed,
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
