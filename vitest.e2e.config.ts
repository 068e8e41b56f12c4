import { defineConfig } from 'vitest/config';

/** In a real browser, one file at a time: each starts a centre and workstations of its own. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // As long as the browser itself waits for what is to appear: a slow machine is no failure.
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
