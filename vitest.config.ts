import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/integration/**'],
    globalSetup: ['test/support/templates-folder.ts'],
    setupFiles: ['test/support/environment.ts'],
    // A worker loads appdeploy once for all its files: no test changes a module, or the environment.
    isolate: false,
    testTimeout: 60_000,
    // One more than the processors: each test waits for Git half of its time.
    maxWorkers: availableParallelism() + 1,
    coverage: { include: ['src/**'], exclude: ['src/**/*.gen.ts', 'src/cli.ts'] },
  },
});
