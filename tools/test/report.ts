import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { FileTimes } from './file-times.ts';

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

/** What vitest's JSON reporter wrote, as far as the closing lines need it. */
export type Report = z.infer<typeof Report>;

/** Characters of a fault that the closing lines repeat; the whole of it stands further up. */
const CHARACTERS_OF_A_FAULT = 600;
const SLOWEST = 10;

/** What vitest wrote, or null when it died before it had written a whole report. */
export async function readReport(file: string): Promise<Report | null> {
  try {
    return Report.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Each failed test by file, name and first words of its fault: whoever sees only the end of a long
 * log must still learn what broke.
 */
export function failedTests(report: Report): string[] {
  return report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => {
        const why = stripVTControlCharacters(test.failureMessages?.join(' | ') ?? '').replaceAll(/\s+/g, ' ');
        return `${relative(process.cwd(), file.name)} > ${test.fullName}: ${why.slice(0, CHARACTERS_OF_A_FAULT)}`;
      }),
  );
}

/** The ten files that took longest, one a line. */
export function slowestFiles(times: FileTimes): string[] {
  return Object.entries(times)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, SLOWEST)
    .map(([file, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${file}`);
}
