import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './command.ts';
import { readTimes } from './file-times.ts';

/** Seconds of a file of each project, roughly, where it has not yet run on this machine. */
const ROUGHLY: Record<string, number> = { process: 30, browser: 20, database: 8, pure: 2 };

/**
 * Begins with the files that take longest, of whatever project, so that no worker is left with a long one at the end.
 * By the times of the last runs on this machine; where there are none, roughly by project and, within one, by size.
 */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const times = readTimes();
    const seconds = new Map(
      files.map((file) => [
        file,
        times[relative(ROOT, file.moduleId)] ??
          (ROUGHLY[file.project.name] ?? 0) + statSync(file.moduleId).size / 1e6,
      ]),
    );
    return Promise.resolve(files.toSorted((a, b) => (seconds.get(b) ?? 0) - (seconds.get(a) ?? 0)));
  }
}
