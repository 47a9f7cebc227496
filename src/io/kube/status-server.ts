import { createServer } from 'node:http';

/** What the status server tells. */
export interface Status {
  /** Whether the program still works, though the API server may be away. */
  readonly isAlive: () => boolean;
  /** Whether the last pass could read and write all that it wanted. */
  readonly isReady: () => boolean;
  readonly metrics: () => string;
}

/** Serves /healthz, /readyz and /metrics on all addresses until stopped. @throws where the port is taken */
export async function serveStatus(port: number, status: Status, stop: AbortSignal): Promise<void> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const say = (code: number, text: string): void => {
      response.writeHead(code, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    };
    const probe = (isWell: boolean): void => say(isWell ? 200 : 503, isWell ? 'ok\n' : 'not ok\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') say(405, '');
    else if (path === '/healthz') probe(status.isAlive());
    else if (path === '/readyz') probe(status.isReady());
    else if (path === '/metrics') say(200, status.metrics());
    else say(404, '');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
  stop.addEventListener('abort', () => {
    server.closeAllConnections();
    server.close();
  });
}
