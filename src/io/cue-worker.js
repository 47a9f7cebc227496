// Evaluates CUE in a thread of its own, one program after another; see cue-engine.ts.
import { workerData } from 'node:worker_threads';
import { init } from 'cue-wasm';

const { port, signal } = workerData;
const state = new Int32Array(signal);

/** Sends an answer and wakes the thread that waits for it. */
function answer(value) {
  port.postMessage(value);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

const cue = await init();
// The first evaluations take long, and are no template's fault.
cue.toJSON('import "strings"\na: {b: strings.ToUpper("x"), c: [for x in [1, 2] if x > 1 {x}], d: *1 | int}');
answer({ kind: 'value', json: '{}' });
port.on('message', ({ task, program }) => {
  try {
    answer({ kind: 'value', json: task === 'describe' ? cue.toOpenAPI(program) : cue.toJSON(program) });
  } catch (error) {
    // CUE's own errors are strings; anything else means that the instance is dead.
    if (typeof error === 'string') answer({ kind: 'error', message: error });
    else answer({ kind: 'stopped', message: `CUE ended: ${error instanceof Error ? error.message : String(error)}` });
  }
});
