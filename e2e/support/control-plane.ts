import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, authority, type Certified } from '../../test/support/certificates.ts';
import { kubectlProgram } from '../../test/support/programs.ts';
import { program } from './program.ts';
import { freePort, type Server, startServer, until } from './processes.ts';

/** A real Kubernetes API: kube-apiserver and etcd, with certificates and RBAC, and no nodes or controllers. */
export interface ControlPlane {
  /** `https://127.0.0.1:…` */
  readonly server: string;
  /** The authority of its certificate, in PEM. */
  readonly authority: string;
  /** A kubeconfig of a cluster administrator. */
  readonly kubeconfigFile: string;
  /** A kubeconfig of somebody else: a token, or nothing for an anonymous one. */
  readonly kubeconfigFor: (token: string) => string;
  /** Runs the real kubectl as the administrator; gives its standard output. @throws with its standard error */
  readonly kubectl: (args: readonly string[], stdin?: string) => string;
  /** Ends the API server and starts it again, at the same address and on the same data. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a control plane in a temporary folder and waits until it is ready; some seconds. */
export async function startControlPlane(): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'appdeploy-e2e-'));
  const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
  const ca = await authority('e2e');
  const admin = await ca.client('admin', { group: 'system:masters' });
  const etcd = startEtcd(folder, etcdPort, peerPort);
  const args = await apiServerArguments(folder, ca, { etcdPort, port });
  const start = async (): Promise<Server> => startApiServer(args, folder, () => isReady(port, ca.certificate, admin));
  let running = await start();
  return {
    ...accessTo(`https://127.0.0.1:${port}`, ca, admin, folder),
    restart: async () => {
      await running.stop();
      running = await start();
    },
    stop: async () => {
      await running.stop();
      await etcd.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startApiServer(
  args: readonly string[],
  folder: string,
  ready: () => Promise<true | undefined>,
): Promise<Server> {
  const started = startServer(program('kube-apiserver'), args, join(folder, 'kube-apiserver.log'));
  await until('a ready API server', ready).catch(async (error: Error) => {
    await started.stop('SIGKILL');
    throw new Error(`${error.message}\n${started.log().slice(-3000)}`);
  });
  return started;
}

function accessTo(
  server: string,
  ca: Authority,
  admin: Certified,
  folder: string,
): Omit<ControlPlane, 'restart' | 'stop'> {
  const kubeconfigFile = join(folder, 'admin.kubeconfig');
  const user = { 'client-certificate-data': base64(admin.certificate), 'client-key-data': base64(admin.key) };
  writeFileSync(kubeconfigFile, kubeconfig(server, ca.certificate, user), { mode: 0o600 });
  const kubectl = kubectlProgram();
  return {
    server,
    authority: ca.certificate,
    kubeconfigFile,
    kubeconfigFor: (token) => kubeconfig(server, ca.certificate, token === '' ? {} : { token }),
    kubectl: (words, stdin = '') =>
      execFileSync(kubectl, ['--kubeconfig', kubeconfigFile, ...words], {
        encoding: 'utf8',
        input: stdin,
        maxBuffer: 2 ** 26,
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
  };
}

function startEtcd(folder: string, port: number, peerPort: number): Server {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  const flags = {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    // The data lives as long as the tests.
    'unsafe-no-fsync': 'true',
  };
  return startServer(program('etcd'), flagList(flags), join(folder, 'etcd.log'));
}

/** Where the servers of a control plane listen. */
interface Ports {
  readonly etcdPort: number;
  readonly port: number;
}

async function apiServerArguments(folder: string, ca: Authority, { etcdPort, port }: Ports): Promise<string[]> {
  const own = await ca.server('127.0.0.1', 'localhost');
  const tokens = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return flagList({
    'etcd-servers': `http://127.0.0.1:${etcdPort}`,
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'tls-cert-file': file('server.crt', own.certificate),
    'tls-private-key-file': file('server.key', own.key),
    'client-ca-file': file('ca.crt', ca.certificate),
    'authorization-mode': 'RBAC',
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': file('tokens.pub', tokens.publicKey),
    'service-account-signing-key-file': file('tokens.key', tokens.privateKey),
    'service-cluster-ip-range': '10.96.0.0/16',
  });
}

function flagList(flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

async function isReady(port: number, ca: string, { certificate, key }: Certified): Promise<true | undefined> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/readyz', ca, cert: certificate, key }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? true : undefined);
    });
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** JSON is YAML too. */
function kubeconfig(server: string, ca: string, user: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [{ name: 'user', user }],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'user' } }],
    'current-context': 'e2e',
  });
}
