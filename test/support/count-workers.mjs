// Preloaded into a command line under test: writes the file that each Worker begins with to $WORKER_LOG.
import { appendFileSync } from 'node:fs';
import module from 'node:module';

const threads = module.createRequire(import.meta.url)('node:worker_threads');
threads.Worker = class extends threads.Worker {
  constructor(file, options) {
    appendFileSync(process.env['WORKER_LOG'], `${String(file).split('/').at(-1)}\n`);
    super(file, options);
  }
};
module.syncBuiltinESMExports();
