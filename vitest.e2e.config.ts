import { defineConfig } from 'vitest/config';

/** What needs real servers: `npm run e2e:setup` builds them. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
  },
});
