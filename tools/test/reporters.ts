import { join } from 'node:path';
import type { TestUserConfig } from 'vitest/node';
import { fileTimes } from './file-times.ts';

/**
 * What a run of tests reports: to the person, how long each file took, and all of it as JSON into the folder that
 * `npm test` names in HESHI_TEST_REPORT.
 */
export function reporters(): NonNullable<TestUserConfig['reporters']> {
  const folder = process.env['HESHI_TEST_REPORT'];
  if (folder === undefined) return ['default', fileTimes()];
  return [
    'default',
    ['json', { outputFile: join(folder, 'report.json') }],
    fileTimes(join(folder, 'times.json')),
  ];
}
