import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, readArguments } from '../arguments.ts';
import { ensureRenderer } from '../build-renderer.ts';
import { prepareBrowser } from './browser.ts';
import { runTool } from './command.ts';
import { readTimes, type FileTimes } from './file-times.ts';
import { failedTests, readReport, slowestFiles } from './report.ts';
import { checkTypes, PROJECTS } from './types.ts';

type Tally = { passed: number; failed: number; skipped: number };

const STAGES = ['types', 'format', 'lint', 'unit', 'e2e'] as const;
type Stage = (typeof STAGES)[number];

const USAGE = `npm test -- [--only ${STAGES.join(',')}]`;
const { values } = readArguments({ only: { type: 'string', default: STAGES.join(',') } }, USAGE);
const Chosen = z.array(z.enum(STAGES));
const parsed = Chosen.safeParse(values.only.split(','));
const chosen = parsed.success ? parsed.data : fail(`--only takes ${STAGES.join(', ')}\n${USAGE}`);
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
/** Seconds of each stage, and of each test file. */
const stageTimes: [Stage, number][] = [];
const fileTimes: FileTimes = {};

function count(what: string, passed: boolean): void {
  if (passed) tally.passed += 1;
  else {
    tally.failed += 1;
    failures.push(what);
  }
}

/** One vitest run; a file that could not even be loaded counts as a failure, and so does a run of nothing. */
async function vitest(what: string, args: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-tests-'));
  const code = await runTool('vitest', ['run', ...args], { HESHI_TEST_REPORT: folder });
  const report = await readReport(join(folder, 'report.json'));
  Object.assign(fileTimes, readTimes(join(folder, 'times.json')));
  await rm(folder, { recursive: true, force: true });
  if (report === null || report.numPassedTests + report.numFailedTests === 0)
    return count(`${what}: no test ran`, false);
  tally.passed += report.numPassedTests;
  tally.failed += report.numFailedTests;
  tally.skipped += report.numPendingTests + report.numTodoTests;
  failures.push(...failedTests(report).map((one) => `${what}: ${one}`));
  const unloaded = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  for (const one of unloaded) count(`${what}: ${one.name} could not be loaded`, false);
  if (code !== 0 && report.numFailedTests === 0 && unloaded.length === 0)
    count(`${what}: exit code ${code}`, false);
}

const stages: Record<Stage, () => Promise<void>> = {
  types: async () => {
    const failed = await checkTypes();
    for (const project of PROJECTS) count(`types ${project}`, !failed.includes(project));
  },
  format: async () => count('format', (await runTool('oxfmt', ['--check', '.'])) === 0),
  lint: async () => count('lint', (await runTool('oxlint', ['--type-aware', '--deny-warnings'])) === 0),
  unit: () => vitest('unit', []),
  e2e: async () => {
    const ready = await prepareBrowser();
    count('browser and PDF tools present', ready);
    const built = await ensureRenderer().then(
      () => true,
      (error: unknown) => {
        process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return false;
      },
    );
    count('renderer built', built);
    if (ready && built) await vitest('e2e', ['--config', 'vitest.e2e.config.ts']);
  },
};

for (const stage of STAGES) {
  if (!chosen.includes(stage)) continue;
  process.stdout.write(`\n== ${stage}\n`);
  const started = performance.now();
  // A stage that breaks down is a failure like any other; the later ones still run.
  await stages[stage]().catch((error: unknown) => {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    count(`${stage} broke down`, false);
  });
  stageTimes.push([stage, (performance.now() - started) / 1000]);
}
if (Object.keys(fileTimes).length > 0) {
  process.stdout.write('\nThe slowest files:\n');
  for (const line of slowestFiles(fileTimes)) process.stdout.write(`${line}\n`);
}
const whole = stageTimes.reduce((sum, [, seconds]) => sum + seconds, 0);
const each = stageTimes.map(([stage, seconds]) => `${stage} ${seconds.toFixed(0)} s`).join(', ');
process.stdout.write(`Took ${whole.toFixed(0)} s: ${each}\n`);
for (const failure of failures) process.stdout.write(`FAILED ${failure}\n`);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
