import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that a test has started. */
export interface Server {
  /** Ends it, and waits until it has ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Everything it has printed. */
  readonly log: () => string;
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts a program; what it prints goes into a file. It ends with the tests at the latest. */
export function startServer(
  program: string,
  args: readonly string[],
  logFile: string,
  env: NodeJS.ProcessEnv = process.env,
): Server {
  const log = createWriteStream(logFile, { flags: 'a' });
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    stop: async (signal = 'SIGTERM') => {
      process.removeListener('exit', kill);
      await ended(child, signal);
      log.end();
    },
    log: () => readFileSync(logFile, 'utf8'),
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const patience = new AbortController();
  await Promise.race([exit, wait(10_000, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await exit;
}

/** Asks again and again until something holds; fails with what it last gave. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  seconds = 60,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await wait(100);
  }
  throw new Error(`${what} did not happen within ${seconds} s${last instanceof Error ? `: ${last.message}` : ''}`);
}
