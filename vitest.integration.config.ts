import { defineConfig } from 'vitest/config';

/** What needs more than Node.js and Git: the npm registry, kubectl. */
export default defineConfig({
  test: {
    include: ['test/integration/**/*.test.ts'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 300_000,
  },
});
