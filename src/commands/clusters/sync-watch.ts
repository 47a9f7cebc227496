import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { noTally, type Tally, tallied, tallyFailure, tallyText } from '../../clusters/sync/tally.ts';
import { namedSecrets, type PassResult, syncClusters } from '../../cluster-sync.ts';
import { EnvironmentError } from '../../io/environment-error.ts';
import type { KubeApi } from '../../io/kube/api.ts';
import type { ObservedScope } from '../../io/kube/observe.ts';
import { serveStatus } from '../../io/kube/status-server.ts';
import { watching } from '../../io/kube/watching.ts';
import { watchTargets } from '../../io/kube/watch-targets.ts';
import { stepText } from '../../report/cluster-sync.ts';
import type { Context, ExitCode, OptionValues } from '../command.ts';
import { printProblems } from '../plan.ts';

/** How it is said what happens, and until when. */
interface Voice {
  readonly values: OptionValues;
  readonly context: Context;
  /** Aborts when the process is asked to end. */
  readonly stop: AbortSignal;
}

/** Without news, everything is looked at again after this time. */
const resync = 5 * 60_000;
/** News come in bursts; one pass serves for all. */
const burst = 100;
const [shortestRetry, longestRetry] = [1000, 30_000];
/** A pass that takes longer hangs. */
const longestPass = 10 * 60_000;

/** What the watch remembers between passes. */
interface Memory {
  tally: Tally;
  isReady: boolean;
  /** When the pass that runs began; undefined between passes. */
  since: number | undefined;
  /** The retry to come, in milliseconds; 0 when the last pass had no failure. */
  retry: number;
  /** What was last said, so that it is not said again by every pass. */
  said: string;
}

/** Syncs after every change, and from time to time, until the process is asked to end. */
export async function watchClusters(api: KubeApi, scope: ObservedScope, port: number, voice: Voice): Promise<ExitCode> {
  const { stop } = voice;
  const memory: Memory = { tally: noTally, isReady: false, since: undefined, retry: 0, said: '' };
  await serveStatus(
    port,
    {
      isAlive: () => memory.since === undefined || Date.now() - memory.since < longestPass,
      isReady: () => memory.isReady,
      metrics: () => tallyText(memory.tally),
    },
    stop,
  );
  const bell = new EventTarget();
  let news = false;
  const watches = watching(
    api,
    () => {
      news = true;
      bell.dispatchEvent(new Event('news'));
    },
    stop,
  );
  watches.follow(watchTargets(scope, new Map()));
  while (!stop.aborted) {
    news = false;
    const result = await pass(api, scope, memory, voice);
    if (result !== undefined) watches.follow(watchTargets(scope, namedSecrets(result.clusters)));
    await quiet(memory, bell, () => news, stop);
  }
  return 0;
}

async function pass(api: KubeApi, scope: ObservedScope, memory: Memory, voice: Voice): Promise<PassResult | undefined> {
  memory.since = Date.now();
  try {
    const result = await syncClusters(api, scope, false);
    memory.tally = tallied(memory.tally, result, Math.floor(Date.now() / 1000));
    remember(memory, result.failures.length > 0);
    say(result, scope.namespace, memory, voice);
    return result;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    if (voice.stop.aborted) return undefined;
    memory.tally = tallyFailure(memory.tally);
    remember(memory, true);
    sayOnce(memory, `appdeploy: ${error.message}\n`, () => voice.context.stderr(`appdeploy: ${error.message}\n`));
    return undefined;
  } finally {
    memory.since = undefined;
  }
}

function remember(memory: Memory, hasFailed: boolean): void {
  memory.isReady = !hasFailed;
  memory.retry = hasFailed ? Math.min(Math.max(memory.retry * 2, shortestRetry), longestRetry) : 0;
}

/** Waits for news, the retry or the resync; after a failure at least a moment, whatever the news. */
async function quiet(memory: Memory, bell: EventTarget, hasNews: () => boolean, stop: AbortSignal): Promise<void> {
  const ignore = (): void => {};
  if (!hasNews()) {
    // No AbortSignal.any: what it makes hangs on to a signal that lives as long as the process.
    const end = new AbortController();
    const { signal } = end;
    const stopped = (): void => end.abort();
    stop.addEventListener('abort', stopped);
    const patience = memory.retry === 0 ? resync : memory.retry;
    if (!stop.aborted)
      await Promise.race([wait(patience, undefined, { signal }), once(bell, 'news', { signal })]).catch(ignore);
    stop.removeEventListener('abort', stopped);
    end.abort();
  }
  await wait(memory.retry === 0 ? burst : shortestRetry, undefined, { signal: stop }).catch(ignore);
}

function say(
  { steps, problems, failures }: PassResult,
  namespace: string,
  memory: Memory,
  { values, context }: Voice,
): void {
  for (const step of steps) if (step.action !== 'keep') context.stdout(stepText(step, namespace, false));
  const messages = failures.map(({ message }) => `appdeploy: ${message}\n`).join('');
  const key = JSON.stringify([problems, messages]);
  sayOnce(memory, problems.length === 0 && messages === '' ? '' : key, () => {
    printProblems(problems, { sources: [] }, values, context);
    context.stderr(messages);
  });
}

function sayOnce(memory: Memory, key: string, speak: () => void): void {
  if (key !== memory.said && key !== '') speak();
  memory.said = key;
}
