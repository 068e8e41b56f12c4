import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, readArguments } from '../arguments.ts';
import { ensureRenderer } from '../build-renderer.ts';
import { reportOf } from '../../src/terminal/report.mjs';
import { isSqliteBuilt } from '../../src/terminal/build-sqlite.mjs';
import { sqliteLines } from '../../src/terminal/sqlite-module.mjs';
import { prepareBrowser } from './browser.ts';
import { runTool, runToolQuietly } from './command.ts';
import { readTimes, type FileTimes } from './file-times.ts';
import { failedTests, readReport, slowestFiles } from './report.ts';
import { checkTypes, PROJECTS } from './types.ts';

type Tally = { passed: number; failed: number; skipped: number };

/** What reads the sources, and the projects of vitest's one run (`vitest.config.ts`). */
const CHECKS = ['format', 'types', 'lint'] as const;
const TESTS = ['pure', 'database', 'process', 'browser'] as const;
const STAGES = [...CHECKS, ...TESTS] as const;
type Check = (typeof CHECKS)[number];

const USAGE = `npm test -- [--only ${STAGES.join(',')}]
npm run test:full -- [--only …]   every planted bug is hunted, every kill strikes at each of its moments, and each story is
                                  told in both languages

Runs the stages named, or all; the last line is "N passed, N failed".`;
const { values } = readArguments(
  { only: { type: 'string', default: STAGES.join(',') }, full: { type: 'boolean', default: false } },
  USAGE,
);
const Chosen = z.array(z.enum(STAGES));
const parsed = Chosen.safeParse(values.only.split(','));
const chosen = parsed.success ? parsed.data : fail(`--only takes ${STAGES.join(', ')}\n${USAGE}`);
if (!isSqliteBuilt()) fail(sqliteLines().join('\n'), 1);
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
/** Seconds of each stage, and of each test file. */
const stageTimes: [string, number][] = [];
const fileTimes: FileTimes = {};

function count(what: string, passed: boolean): void {
  if (passed) tally.passed += 1;
  else {
    tally.failed += 1;
    failures.push(what);
  }
}

/** Runs one stage and keeps its time. One that breaks down is a failure like any other; the others still run. */
async function stage(name: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work().catch((error: unknown) => {
    process.stdout.write(`${reportOf(error)}\n`);
    count(`${name} broke down`, false);
  });
  stageTimes.push([name, (performance.now() - started) / 1000]);
}

const checks: Record<Check, () => Promise<void>> = {
  format: async () => count('format', (await runToolQuietly('oxfmt', ['--check', '.'])) === 0),
  types: async () => {
    const failed = await checkTypes();
    for (const project of PROJECTS) count(`types ${project}`, !failed.includes(project));
  },
  lint: async () => {
    // The part that knows types is a Go program; on one processor it takes a quarter less of what the tests could use.
    const code = await runToolQuietly('oxlint', ['--type-aware', '--deny-warnings'], { GOMAXPROCS: '1' });
    count('lint', code === 0);
  },
};

/** One vitest run; a file that could not even be loaded counts as a failure, and so does a run of nothing. */
async function vitest(projects: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-tests-'));
  const code = await runTool('vitest', ['run', ...projects.map((one) => `--project=${one}`)], {
    HESHI_TEST_REPORT: folder,
    ...(values.full ? { HESHI_TEST_FULL: '1' } : {}),
  });
  const report = await readReport(join(folder, 'report.json'));
  Object.assign(fileTimes, readTimes(join(folder, 'times.json')));
  await rm(folder, { recursive: true, force: true });
  if (report === null || report.numPassedTests + report.numFailedTests === 0)
    return count('tests: none ran', false);
  tally.passed += report.numPassedTests;
  tally.failed += report.numFailedTests;
  tally.skipped += report.numPendingTests + report.numTodoTests;
  failures.push(...failedTests(report));
  const unloaded = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  for (const one of unloaded) count(`${one.name} could not be loaded`, false);
  if (code !== 0 && report.numFailedTests === 0 && unloaded.length === 0)
    count(`tests: exit code ${code}`, false);
}

/** What the browser's tests need and is made once; without it those are not run, and that is a failure. */
async function prepared(): Promise<boolean> {
  const ready = await prepareBrowser();
  count('browser and PDF tools present', ready);
  const built = await ensureRenderer().then(
    () => true,
    (error: unknown) => {
      process.stdout.write(`${reportOf(error)}\n`);
      return false;
    },
  );
  count('renderer built', built);
  return ready && built;
}

async function tests(): Promise<void> {
  const projects: string[] = TESTS.filter((one) => chosen.includes(one));
  if (projects.length === 0) return;
  await stage('tests', async () => {
    // Its absence is told from a broken test: everything else still runs.
    const without = projects.includes('browser') && !(await prepared());
    await vitest(without ? projects.filter((one) => one !== 'browser') : projects);
  });
}

async function checksInTurn(): Promise<void> {
  for (const one of CHECKS) if (chosen.includes(one)) await stage(one, checks[one]);
}

const started = performance.now();
await Promise.all([tests(), checksInTurn()]);
const whole = (performance.now() - started) / 1000;

if (Object.keys(fileTimes).length > 0) {
  process.stdout.write('\nThe slowest files:\n');
  for (const line of slowestFiles(fileTimes)) process.stdout.write(`${line}\n`);
}
const each = stageTimes.map(([name, seconds]) => `${name} ${seconds.toFixed(0)} s`).join(', ');
process.stdout.write(`Took ${whole.toFixed(0)} s, the checks beside the tests: ${each}\n`);
for (const failure of failures) process.stdout.write(`FAILED ${failure}\n`);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
