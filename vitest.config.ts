import { defineConfig } from 'vitest/config';
import { reporters } from './tools/test/reporters.ts';

/** Everything but the browser: rules, stores, sync, centre on real PostgreSQL, shell. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    globalSetup: ['tests/support/memory.ts', 'tests/support/cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: reporters(),
    pool: 'forks',
    maxWorkers: 2,
  },
});
