import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CueAnswer, CueEngine } from '../render/cue/engine.ts';

/** A running thread, and how to ask it. */
interface Instance {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly state: Int32Array;
}

/** The engine needs about a second to start; a loaded machine more. */
const startSeconds = 60;

/**
 * CUE in a Worker that starts with the first program. The caller is blocked until the answer is
 * there, so that rendering stays a plain function. A program that takes longer than the budget is
 * stopped with its thread, and the next one gets a new thread. Equal programs are evaluated once.
 *
 * @param budgetSeconds how long one program may take
 */
export function createCueEngine(budgetSeconds: number): CueEngine {
  const answers = new Map<string, CueAnswer>();
  let instance: Instance | undefined;
  const run = (task: keyof CueEngine, program: string): CueAnswer => {
    instance ??= start();
    instance.port.postMessage({ task, program });
    const answer = receive(instance, budgetSeconds * 1000);
    if (answer?.kind === 'value' || answer?.kind === 'error') return answer;
    void instance.worker.terminate();
    instance = undefined;
    return answer ?? { kind: 'stopped', message: `its evaluation took longer than ${budgetSeconds} s and was stopped` };
  };
  const remembered = (task: keyof CueEngine, program: string): CueAnswer => {
    const key = `${task} ${program}`;
    const answer = answers.get(key) ?? run(task, program);
    answers.set(key, answer);
    return answer;
  };
  return {
    evaluate: (program) => remembered('evaluate', program),
    describe: (program) => remembered('describe', program),
  };
}

function start(): Instance {
  const { port1: port, port2 } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  const worker = new Worker(new URL('./cue-worker.js', import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
  });
  worker.unref();
  const instance = { worker, port, state: new Int32Array(signal) };
  if (receive(instance, startSeconds * 1000) === undefined) throw new Error('CUE did not start');
  return instance;
}

/** Waits for one message; undefined when none came in time. */
function receive({ port, state }: Instance, milliseconds: number): CueAnswer | undefined {
  if (Atomics.wait(state, 0, 0, milliseconds) === 'timed-out') return undefined;
  Atomics.store(state, 0, 0);
  const received: { message: CueAnswer } | undefined = receiveMessageOnPort(port);
  return received?.message;
}
