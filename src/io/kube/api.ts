import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { ApiFailure, type Call } from './failure.ts';

/** The Kubernetes API, as far as we need it. */
export interface KubeApi {
  /** @throws ApiFailure */
  readonly call: (call: Call) => Promise<unknown>;
  /**
   * Watches until the API server closes, some minutes; `onEvent` gets the type of each event, never the
   * object, whose metadata alone is asked for.
   *
   * @throws ApiFailure
   */
  readonly watch: (call: Call, onEvent: (type: string) => void, end: AbortSignal) => Promise<void>;
}

const methods = { get: 'GET', list: 'GET', watch: 'GET', create: 'POST', update: 'PUT', delete: 'DELETE' } as const;

/** Seconds after which the API server closes a watch; the watch is given up when it is silent for longer. */
const watchSeconds = 240;
const patience = 30_000;

const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Speaks to the API server of a connection; `stop` ends calls that wait for an answer. */
export function kubeApi(connection: Connection, stop = new AbortController().signal): KubeApi {
  return {
    call: async (call) => askedAgain(() => callOnce(connection, call, stop), stop),
    watch: async (call, onEvent, end) => {
      const query = { ...call.query, watch: 'true', timeoutSeconds: `${watchSeconds}` };
      const silence = watchSeconds * 1000 + patience;
      const response = await answer(connection, { ...call, query }, metadataOnly, silence, end);
      onEvent('CONNECTED');
      await readEvents(call, response, onEvent).catch((error: unknown) => {
        if (!end.aborted) throw error;
      });
    },
  };
}

async function callOnce(connection: Connection, call: Call, stop: AbortSignal): Promise<unknown> {
  const response = await answer(connection, call, 'application/json', patience, stop);
  try {
    return JSON.parse(await text(response)) as unknown;
  } catch (error) {
    throw failure(call, error);
  }
}

/** Asks again as often as the API server wants it: it is starting, or busy. As client-go does, ten times at most. */
async function askedAgain<T>(ask: () => Promise<T>, stop: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.retryAfter === undefined || attempt === 10) throw error;
      await wait(Math.min(error.retryAfter, 10) * 1000, undefined, { signal: stop }).catch(() => {
        throw error;
      });
    }
}

/** Retry-After in seconds, where it comes with an answer that says so (429, or an error of the server). */
function retryAfter({ statusCode = 0, headers }: IncomingMessage): number | undefined {
  const seconds = headers['retry-after'] ?? '';
  return (statusCode === 429 || statusCode >= 500) && /^\d+$/.test(seconds) ? Number(seconds) : undefined;
}

async function readEvents(call: Call, response: IncomingMessage, onEvent: (type: string) => void): Promise<void> {
  try {
    for await (const line of createInterface({ input: response })) {
      const { type } = JSON.parse(line) as { readonly type: string };
      if (type === 'ERROR') throw new ApiFailure(call, 410);
      onEvent(type);
    }
  } catch (error) {
    throw failure(call, error);
  }
}

/** The address of what a call is about (kubernetes.io: API Concepts, Resource URIs). */
function addressOf({ resource: { group, version, plural }, namespace, name, query = {} }: Call): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const parts = ['namespaces', namespace, plural, ...(name === undefined ? [] : [name])].map(encodeURIComponent);
  const search = new URLSearchParams(query).toString();
  return `${root}/${parts.join('/')}${search === '' ? '' : `?${search}`}`;
}

/** Sends a call; gives the answer when it says success. `silence` is how long a socket may rest. */
async function answer(
  { server, options }: Connection,
  call: Call,
  accept: string,
  silence: number,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const given = await options();
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers = {
    ...(given.headers as OutgoingHttpHeaders | undefined),
    accept,
    'user-agent': 'appdeploy',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  const send = server.startsWith('http:') ? plainRequest : tlsRequest;
  const wish = { ...given, method: methods[call.verb], headers, signal };
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = send(`${server}${addressOf(call)}`, wish, (response) => {
      const { statusCode: status = 0 } = response;
      if (status >= 200 && status < 300) return resolve(response);
      response.resume();
      return reject(new ApiFailure(call, status, '', retryAfter(response)));
    });
    sent.on('error', (error) => reject(failure(call, error)));
    sent.setTimeout(silence, () => sent.destroy(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' })));
    sent.on('socket', (socket) => socket.setKeepAlive(true, patience));
    sent.end(body);
  });
}

/** Of what went wrong on the way, the code alone is passed on. */
function failure(call: Call, error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  const { code } = error as NodeJS.ErrnoException;
  return new ApiFailure(call, undefined, typeof code === 'string' ? code : '');
}
