import { defineConfig } from 'vitest/config';

/** What needs more than Node.js and Git: the npm registry, kubectl. */
export default defineConfig({
  test: {
    include: ['test/integration/**/*.test.ts'],
    globalSetup: ['test/support/templates-folder.ts'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
