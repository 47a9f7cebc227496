import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/integration/**'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
    coverage: { include: ['src/**'], exclude: ['src/**/*.gen.ts', 'src/cli.ts'] },
  },
});
