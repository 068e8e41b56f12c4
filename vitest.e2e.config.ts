import { defineConfig } from 'vitest/config';
import { reporters } from './tools/test/reporters.ts';

/** In a real browser. Each file starts a centre and workstations of its own, so that two can run side by side. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/support/memory.ts', 'tests/support/cluster.ts', 'tests/e2e/support/build.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // As long as the browser itself waits for what is to appear: a slow machine is no failure.
    expect: { poll: { timeout: 20_000 } },
    reporters: reporters(),
    pool: 'forks',
    maxWorkers: 2,
  },
});
