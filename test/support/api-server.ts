import { createServer as createProxy } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Authority } from './certificates.ts';

/** Who the server took the client for, and how the client came. */
export interface Seen {
  readonly user: string;
  readonly groups: string;
  readonly path: string;
  readonly serverName: string | false;
  readonly compression: boolean;
}

/** A TLS server that authenticates as a kube-apiserver does: client certificates, bearer tokens, passwords. */
export interface ApiServer {
  readonly port: number;
  readonly close: () => void;
}

/** Listens on a loopback port under the names given, trusting clients of the authority. */
export async function apiServer(authority: Authority, ...names: readonly string[]): Promise<ApiServer> {
  const { certificate: cert, key } = await authority.server(...names);
  const server = createServer({ cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false });
  server.on('request', (request, response) => {
    const socket = request.socket as TLSSocket & { servername?: string | false };
    const seen: Seen = {
      ...identity(socket, request.headers.authorization ?? ''),
      path: request.url ?? '',
      serverName: socket.servername ?? false,
      compression: request.headers['accept-encoding'] === 'gzip',
    };
    response.end(JSON.stringify(seen));
  });
  return listening(server);
}

function identity(socket: TLSSocket, authorization: string): Pick<Seen, 'user' | 'groups'> {
  if (socket.authorized) {
    const { CN, O } = socket.getPeerCertificate().subject;
    return { user: String(CN), groups: String(O) };
  }
  const [scheme, credential = ''] = authorization.split(' ');
  if (scheme === 'Bearer') return { user: `token ${credential}`, groups: '' };
  if (scheme === 'Basic') return { user: `password ${Buffer.from(credential, 'base64').toString()}`, groups: '' };
  return { user: 'system:anonymous', groups: '' };
}

/** An HTTP proxy that connects every name to this machine, and counts the connections. */
export async function connectProxy(): Promise<ApiServer & { readonly connections: () => number }> {
  let connections = 0;
  const proxy = createProxy();
  proxy.on('connect', (request, client, head) => {
    connections += 1;
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  return { ...(await listening(proxy)), connections: () => connections };
}

async function listening(server: Server | NetServer): Promise<ApiServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    },
  };
}
