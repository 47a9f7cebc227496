import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/integration/**'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 60_000,
    // One more than the processors: each test waits for Git half of its time.
    maxWorkers: availableParallelism() + 1,
    coverage: { include: ['src/**'], exclude: ['src/**/*.gen.ts', 'src/cli.ts'] },
  },
});
