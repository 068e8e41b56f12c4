import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { fail, readArguments } from '../arguments.ts';
import { ensureRenderer } from '../build-renderer.ts';
import { reportOf } from '../../src/terminal/report.mjs';
import { isSqliteInstalled, sqliteLines } from '../../src/terminal/sqlite-module.mjs';
import { prepareBrowser } from './browser.ts';
import { runTool } from './command.ts';
import { checkTypes, PROJECTS } from './types.ts';

type Tally = { passed: number; failed: number; skipped: number };

const STAGES = ['types', 'format', 'lint', 'unit', 'e2e'] as const;
type Stage = (typeof STAGES)[number];

const USAGE = `npm test -- [--only ${STAGES.join(',')}]

Runs the stages named, or all; the last line is "N passed, N failed".`;
const { values } = readArguments({ only: { type: 'string', default: STAGES.join(',') } }, USAGE);
const Chosen = z.array(z.enum(STAGES));
const parsed = Chosen.safeParse(values.only.split(','));
const chosen = parsed.success ? parsed.data : fail(`--only takes ${STAGES.join(', ')}\n${USAGE}`);
if (!isSqliteInstalled()) fail(sqliteLines().join('\n'), 1);
/** Characters of a fault that the closing lines repeat; the whole of it stands further up. */
const CHARACTERS_OF_A_FAULT = 600;
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

function count(what: string, passed: boolean): void {
  if (passed) tally.passed += 1;
  else {
    tally.failed += 1;
    failures.push(what);
  }
}

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * Each failed test by file, name and first words of its fault: whoever sees only the end of a long
 * log must still learn what broke.
 */
function failedTests(report: z.infer<typeof Report>): string[] {
  return report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => {
        const why = stripVTControlCharacters(test.failureMessages?.join(' | ') ?? '').replaceAll(/\s+/g, ' ');
        return `${relative(process.cwd(), file.name)} > ${test.fullName}: ${why.slice(0, CHARACTERS_OF_A_FAULT)}`;
      }),
  );
}

/** What vitest wrote, or null when it died before it had written a whole report. */
async function readReport(file: string): Promise<z.infer<typeof Report> | null> {
  try {
    return Report.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** One vitest run; a file that could not even be loaded counts as a failure, and so does a run of nothing. */
async function vitest(what: string, args: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-tests-'));
  const file = join(folder, 'report.json');
  const code = await runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ]);
  const report = await readReport(file);
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
        process.stdout.write(`${reportOf(error)}\n`);
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
  // A stage that breaks down is a failure like any other; the later ones still run.
  await stages[stage]().catch((error: unknown) => {
    process.stdout.write(`${reportOf(error)}\n`);
    count(`${stage} broke down`, false);
  });
}
for (const failure of failures) process.stdout.write(`FAILED ${failure}\n`);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
