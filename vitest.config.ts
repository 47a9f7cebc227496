import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What fills a worker's memory: CUE, and the models of all Kubernetes objects. */
const large = [
  'test/{definitions,render,twins}/**/*.test.ts',
  'test/{manifests,problems}.test.ts',
  'test/commands/{definitions,import}.test.ts',
];
const none = ['test/integration/**'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/templates-folder.ts'],
    setupFiles: ['test/support/environment.ts'],
    // A worker loads appdeploy once for all its files: no test changes a module, or the environment.
    isolate: false,
    testTimeout: 60_000,
    // One more than the processors: each test waits for Git half of its time.
    maxWorkers: availableParallelism() + 1,
    coverage: { include: ['src/**'], exclude: ['src/**/*.gen.ts', 'src/cli.ts'] },
    // To start Git costs a worker the more, the more memory it holds: two kinds of workers.
    projects: [
      { extends: true, test: { name: 'large', include: large, exclude: none } },
      {
        extends: true,
        test: { name: 'small', include: ['test/**/*.test.ts'], exclude: [...none, ...large] },
      },
    ],
  },
});
