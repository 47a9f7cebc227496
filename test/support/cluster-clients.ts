import { execFileSync } from 'node:child_process';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { parse } from 'yaml';
import { dig, digList, digText } from '../../src/model/plain.ts';
import type { ClusterSecret } from '../../src/clusters/cluster-secret.ts';
import type { Seen } from './api-server.ts';
import type { Socket } from 'node:net';

/** The part of client-go's rest.Config that says how to reach a server and as whom. */
interface RestConfig {
  readonly host: string;
  readonly username: string;
  readonly password: string;
  readonly bearerToken: string;
  readonly insecure: boolean;
  readonly serverName: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly proxy: string;
  readonly disableCompression: boolean;
  readonly exec?: ExecPlugin;
}

interface ExecPlugin {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How a test's clients reach the world: all names lead to this machine, programs are looked up in a folder. */
export interface World {
  readonly programs?: string;
}

/** Asks with a kubeconfig, as clientcmd's `ClientConfig` and client-go's transport do. */
export function askWithKubeconfig(text: string, world: World = {}): Promise<Seen> {
  const config: unknown = parse(text);
  const named = (list: string, kind: string, name: string): unknown =>
    dig(
      digList(config, list).find((each) => digText(each, '', 'name') === name),
      kind,
    );
  const context = named('contexts', 'context', digText(config, '', 'current-context'));
  const cluster = named('clusters', 'cluster', digText(context, '', 'cluster'));
  const user = named('users', 'user', digText(context, '', 'user'));
  const exec = dig(user, 'exec');
  return ask(
    {
      host: digText(cluster, '', 'server'),
      username: digText(user, '', 'username'),
      password: digText(user, '', 'password'),
      bearerToken: digText(user, '', 'token'),
      insecure: dig(cluster, 'insecure-skip-tls-verify') === true,
      serverName: digText(cluster, '', 'tls-server-name'),
      ca: decoded(cluster, 'certificate-authority-data'),
      cert: decoded(user, 'client-certificate-data'),
      key: decoded(user, 'client-key-data'),
      proxy: digText(cluster, '', 'proxy-url'),
      disableCompression: dig(cluster, 'disable-compression') === true,
      ...(exec === undefined
        ? {}
        : {
            exec: {
              command: digText(exec, '', 'command'),
              args: digList(exec, 'args').map(String),
              env: Object.fromEntries(
                digList(exec, 'env').map((each) => [digText(each, '', 'name'), digText(each, '', 'value')]),
              ),
            },
          }),
    },
    world,
  );
}

/** Asks with a cluster Secret, as Argo CD's `SecretToCluster` and `RawRestConfig` do. */
export function askWithSecret({ stringData }: ClusterSecret, world: World = {}): Promise<Seen> {
  const config: unknown = JSON.parse(stringData.config);
  const tls = dig(config, 'tlsClientConfig');
  const exec = execOf(config);
  // Beside an exec, Argo CD reads neither password nor token.
  const alone = exec === undefined ? config : {};
  return ask(
    {
      host: stringData.server.replace(/\/+$/, ''),
      username: digText(alone, '', 'username'),
      password: digText(alone, '', 'password'),
      bearerToken: digText(alone, '', 'bearerToken'),
      insecure: dig(tls, 'insecure') === true,
      serverName: digText(tls, '', 'serverName'),
      ca: decoded(tls, 'caData'),
      cert: decoded(tls, 'certData'),
      key: decoded(tls, 'keyData'),
      proxy: digText(config, '', 'proxyUrl'),
      disableCompression: dig(config, 'disableCompression') === true,
      ...(exec === undefined ? {} : { exec }),
    },
    world,
  );
}

function execOf(config: unknown): ExecPlugin | undefined {
  const aws = dig(config, 'awsAuthConfig');
  if (aws !== undefined) {
    const flag = (name: string, field: string): string[] => {
      const value = digText(aws, '', field);
      return value === '' ? [] : [name, value];
    };
    const flags = [...flag('--role-arn', 'roleARN'), ...flag('--profile', 'profile')];
    return {
      command: 'argocd-k8s-auth',
      args: ['aws', '--cluster-name', digText(aws, '', 'clusterName'), ...flags],
      env: {},
    };
  }
  const exec = dig(config, 'execProviderConfig');
  if (exec === undefined) return undefined;
  return {
    command: digText(exec, '', 'command'),
    args: digList(exec, 'args').map(String),
    env: (dig(exec, 'env') ?? {}) as Record<string, string>,
  };
}

function decoded(value: unknown, field: string): string {
  return Buffer.from(digText(value, '', field), 'base64').toString();
}

async function ask(config: RestConfig, world: World): Promise<Seen> {
  const { hostname, port, pathname } = new URL(config.host);
  const socket = config.proxy === '' ? undefined : await throughProxy(config.proxy, `${hostname}:${port}`);
  const tls = {
    ...(config.ca === '' ? {} : { ca: config.ca }),
    ...(config.cert === '' ? {} : { cert: config.cert, key: config.key }),
    ...(socket === undefined ? {} : { socket }),
  };
  return new Promise((resolve, reject) => {
    const call = request({
      ...tls,
      // Every name leads to this machine.
      host: '127.0.0.1',
      port,
      path: `${pathname.replace(/\/$/, '')}/apis`,
      servername: config.serverName === '' ? hostname : config.serverName,
      rejectUnauthorized: !config.insecure,
      headers: {
        ...authorization(config, world),
        ...(config.disableCompression ? {} : { 'accept-encoding': 'gzip' }),
      },
      agent: false,
    });
    call.on('error', reject);
    call.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve(JSON.parse(body) as Seen));
    });
    call.end();
  });
}

/** transport's HTTPWrappersForConfig: a password, else a token; an exec's token where there is neither. */
function authorization({ username, password, bearerToken, exec }: RestConfig, world: World): Record<string, string> {
  if (username !== '') return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  const token = exec === undefined ? bearerToken : execToken(exec, world);
  return token === '' ? {} : { authorization: `Bearer ${token}` };
}

function execToken({ command, args, env }: ExecPlugin, { programs = '' }: World): string {
  const path = `${programs}:${process.env['PATH'] ?? ''}`;
  const output = execFileSync(command, args, { env: { ...process.env, PATH: path, ...env }, encoding: 'utf8' });
  return digText(JSON.parse(output), '', 'status', 'token');
}

async function throughProxy(proxy: string, target: string): Promise<Socket> {
  const { port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    const call = plainRequest({ host: '127.0.0.1', port, method: 'CONNECT', path: target, agent: false });
    call.on('connect', (_response, socket) => resolve(socket));
    call.on('error', reject);
    call.end();
  });
}
