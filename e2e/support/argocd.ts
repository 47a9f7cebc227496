import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argocdManifests } from '../../test/support/programs.ts';
import type { ControlPlane } from './control-plane.ts';
import { freePort, type Server, startServer, until } from './processes.ts';
import { program } from './program.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A real Argo CD that manages the cluster of a control plane and those of its cluster Secrets: application
 * controller, repo server, and the plugin server with our plugin.yaml, as processes of this machine.
 */
export interface ArgoCd {
  /** What its servers have logged, the last lines of each. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Installs Argo CD's manifests, and starts its servers; some seconds. */
export async function startArgoCd(hub: ControlPlane): Promise<ArgoCd> {
  const folder = mkdtempSync(join(tmpdir(), 'appdeploy-argocd-'));
  install(hub);
  const environment = prepare(folder, hub);
  const start = (name: string, args: readonly string[]): Server =>
    startServer(program('argocd'), args, join(folder, `${name}.log`), { ...environment, ARGOCD_BINARY_NAME: name });
  const [redisPort, repoPort] = [await freePort(), await freePort()];
  const redis = startRedis(redisPort, folder);
  const plugin = start('argocd-cmp-server', ['--config-dir-path', join(folder, 'plugin')]);
  const repo = start('argocd-repo-server', [
    ...flags({
      port: repoPort,
      'metrics-port': await freePort(),
      redis: `127.0.0.1:${redisPort}`,
      'client-ca-path': '',
    }),
    '--disable-tls',
  ]);
  const servers = [redis, plugin, repo];
  const log = (): string => servers.map((server) => server.log().slice(-2000)).join('\n');
  await until('an answer of the repo server', () => answers(repoPort)).catch((error: Error) => {
    throw new Error(`${error.message}\n${log()}`);
  });
  const repoServer = { 'repo-server': `127.0.0.1:${repoPort}`, redis: `127.0.0.1:${redisPort}` };
  servers.push(
    start('argocd-application-controller', [
      ...flags({ ...repoServer, namespace: 'argocd', 'metrics-port': await freePort() }),
      '--repo-server-plaintext',
    ]),
  );
  return {
    log,
    stop: async () => {
      await Promise.all(servers.toReversed().map((server) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Argo CD as it is installed in a cluster; what would run there does not, since there are no nodes. */
function install({ kubectl }: ControlPlane): void {
  kubectl(['create', 'namespace', 'argocd']);
  const apply = ['apply', '--server-side', '--namespace', 'argocd', '--filename'];
  kubectl([...apply, join(argocdManifests(), 'install.yaml')]);
  for (const kind of ['applications', 'appprojects'])
    kubectl(['wait', '--for', 'condition=Established', `crd/${kind}.argoproj.io`]);
  // What the API server of Argo CD writes when it first starts: a key, and the project `default`.
  const secret = { stringData: { 'server.secretkey': 'e2e' } };
  kubectl(['patch', 'secret', 'argocd-secret', '--namespace', 'argocd', '--patch', JSON.stringify(secret)]);
  kubectl(['apply', '--filename', '-'], JSON.stringify(defaultProject));
}

const defaultProject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace: 'argocd' },
  spec: {
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/** The folders that the servers want, and the environment that says where they are. */
function prepare(folder: string, hub: ControlPlane): NodeJS.ProcessEnv {
  const path = (name: string): string => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const bin = path('bin');
  symlinkSync(`${project}dist/cli.js`, join(bin, 'appdeploy'));
  symlinkSync(program('kustomize'), join(bin, 'kustomize'));
  // As in Argo CD's image; Go's module cache keeps no file modes.
  copyFileSync(join(argocdManifests(), '../hack/git-verify-wrapper.sh'), join(bin, 'git-verify-wrapper.sh'));
  chmodSync(join(bin, 'git-verify-wrapper.sh'), 0o755);
  copyFileSync(`${project}plugin.yaml`, join(path('plugin'), 'plugin.yaml'));
  return {
    ...process.env,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    TMPDIR: path('tmp'),
    // The cluster that Argo CD runs in is that of the kubeconfig.
    KUBECONFIG: hub.kubeconfigFile,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_PLUGINSOCKFILEPATH: path('sockets'),
    ARGOCD_TLS_DATA_PATH: path('tls'),
    ARGOCD_SSH_DATA_PATH: path('ssh'),
    ARGOCD_SYNC_WAVE_DELAY: '0',
  };
}

function startRedis(port: number, folder: string): Server {
  const args = flags({ port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder });
  return startServer('redis-server', args, join(folder, 'redis.log'));
}

function flags(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function answers(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
}
