import { setTimeout as wait } from 'node:timers/promises';
import type { KubeApi } from './api.ts';
import { type Call, ApiFailure } from './failure.ts';

/** Something to watch; `isNews` says which events matter, by default all. */
export interface WatchTarget {
  readonly call: Call;
  readonly isNews?: (type: string) => boolean;
}

/** Watches that come and go with what is to be watched. */
export interface Watching {
  /** Watches exactly these, by key: goes on with those that it has, ends others, starts the rest. */
  readonly follow: (targets: ReadonlyMap<string, WatchTarget>) => void;
}

const [shortest, longest] = [200, 30_000];

/**
 * Watches as a signal that something may have changed. Each connection starts without a
 * resourceVersion and is news itself, so that nothing is missed while there was none, and no history is
 * ever too old.
 */
export function watching(api: KubeApi, onNews: () => void, stop: AbortSignal): Watching {
  const running = new Map<string, AbortController>();
  stop.addEventListener('abort', () => {
    for (const one of running.values()) one.abort();
  });
  return {
    follow: (targets) => {
      for (const [key, one] of running) {
        if (targets.has(key)) continue;
        one.abort();
        running.delete(key);
      }
      for (const [key, target] of targets) {
        if (running.has(key) || stop.aborted) continue;
        const one = new AbortController();
        running.set(key, one);
        void keepWatching(api, target, onNews, one.signal);
      }
    },
  };
}

/** One connection after the other. Failures are waited out: the passes report them, asking the same server. */
async function keepWatching(
  api: KubeApi,
  { call, isNews = () => true }: WatchTarget,
  onNews: () => void,
  stop: AbortSignal,
): Promise<void> {
  let delay = shortest;
  while (!stop.aborted) {
    const onEvent = (type: string): void => {
      delay = shortest;
      if (type === 'CONNECTED' || isNews(type)) onNews();
    };
    try {
      await api.watch(call, onEvent, stop);
    } catch (error) {
      // What credentials cannot be had for is tried again too: they are rotated.
      if (error instanceof ApiFailure) delay = Math.min(delay * 2, longest);
      else delay = longest;
    }
    await wait(delay * (0.5 + Math.random() / 2), undefined, { signal: stop }).catch(() => {});
  }
}
