import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tools/test/longest-first.ts';
import { reporters } from './tools/test/reporters.ts';

/** Rules and words: nothing but the processor. */
const PURE = [
  'tests/domain/**/*.test.ts',
  'tests/renderer/**/*.test.ts',
  'src/renderer/*.test.ts',
  'tests/architecture/{circles,clock,electron-only,threat-model,where-is,renderer-clock,renderer-styles}.test.ts',
  'tests/documents/**/*.test.ts',
  'tests/import/{files,nyc,registers,xml}.test.ts',
];
/** What starts or kills processes, runs a server of its own, or changes what its process has for all. */
const PROCESS = [
  'tests/architecture/rooms.test.ts',
  'tests/shell/**/*.test.ts',
  'tests/import/cli.test.ts',
  'tests/store/{documents,durability,evidence}.test.ts',
  'tests/central/{backup,command,json-body,prepared,pressure,process}.test.ts',
  'tests/sync/{kill,open-wire,simulation}.test.ts',
  'tests/tools/**/*.test.ts',
];
/** What shows screens; the new capability is shown like any other. */
const BROWSER = ['tests/e2e/**/*.test.ts', 'tests/architecture/new-capability.test.ts'];
/** Sources of a tree that a test makes, which are tests there and not here. */
const ELSEWHERE = ['tests/architecture/new-capability/**'];

const MEMORY = 'tests/support/memory.ts';
const CLUSTER = 'tests/support/cluster.ts';
const PROPERTIES = 'tests/support/properties.ts';

/**
 * One run of four projects, one after the other on the same workers, the longest files first. Where files share a process
 * (`isolate: false`) they load the product once; what they try is still each test's own: a database, a folder, a window.
 */
export default defineConfig({
  test: {
    reporters: reporters(),
    sequence: { sequencer: LongestFirst },
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: [PROPERTIES],
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: PURE, globalSetup: [MEMORY], pool: 'threads', isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
          exclude: [...PURE, ...PROCESS, ...BROWSER, ...ELSEWHERE],
          globalSetup: [MEMORY, CLUSTER],
          pool: 'forks',
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'process', include: PROCESS, globalSetup: [MEMORY, CLUSTER], pool: 'forks' },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          globalSetup: [MEMORY, CLUSTER, 'tests/support/browser.ts', 'tests/e2e/support/build.ts'],
          pool: 'forks',
          isolate: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // As long as the browser itself waits for what is to appear: a slow machine is no failure.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
