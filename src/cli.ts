#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { buffer as allOf } from 'node:stream/consumers';
import type { Context, ExitCode } from './commands/command.ts';
import { main } from './commands/main.ts';
import { EnvironmentError } from './io/environment-error.ts';
import { decodeText } from './load/encoding.ts';
import { styleFor } from './report/style.ts';

const { stdout, stderr, env } = process;
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** NO_COLOR and FORCE_COLOR, as no-color.org and Node.js understand them; else what the stream is. */
function hasColour(stream: NodeJS.WriteStream): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return stream.isTTY && env['TERM'] !== 'dumb';
}

/** Shows what a long run is doing, on a terminal only; an empty text clears the line. */
function progressLine(): (stage: string) => void {
  const started = Date.now();
  if (!stderr.isTTY) return () => {};
  return (stage) => {
    if (stage === '' || Date.now() - started > 300) stderr.write(`\r\u001B[K${stage === '' ? '' : `${stage}\u2026`}`);
  };
}

/** From here on, SIGTERM and SIGINT end what the command waits for, and no longer the process. */
function untilStopped(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

const context: Context = {
  cwd: process.cwd(),
  processId: process.pid,
  version,
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  out: styleFor(hasColour(stdout)),
  err: styleFor(hasColour(stderr)),
  progress: progressLine(),
  environment: env,
  terminal: { stdin: process.stdin.isTTY, stdout: stdout.isTTY },
  readStdin: async () => decodeText(await allOf(process.stdin)),
  untilStopped,
};

// A closed pipe (`appdeploy … | head`) is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

/** Anything that is not a problem of the input is the environment's fault, or ours. */
function unexpected(error: unknown): ExitCode {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const isEnvironment = error instanceof EnvironmentError || (typeof code === 'string' && /^E[A-Z]+$/.test(code));
  stderr.write(
    `appdeploy: ${isEnvironment ? message : `this is a bug of appdeploy; please report it\n${stack ?? String(error)}`}\n`,
  );
  return 2;
}

process.exitCode = await main(process.argv.slice(2), context).catch(unexpected);
