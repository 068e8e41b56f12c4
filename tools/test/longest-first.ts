import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './command.ts';
import { readTimes } from './file-times.ts';

/**
 * Seconds of a file of each project, roughly, where it has not yet run on this machine; the projects in the order in which they are
 * run, which ends with the shortest files.
 */
const ROUGHLY: Record<string, number> = { process: 30, browser: 20, database: 8, pure: 2 };
const PROJECTS = Object.keys(ROUGHLY);

/** Of a test file: its project's name, and the seconds that it takes. */
export type Length = { project: string; seconds: number };

/**
 * One project after the other, each with its longest files first. A worker keeps what it has loaded only when the next file is of the
 * same project as its last one; otherwise it ends, and another loads the product anew. No worker is left with a long file at the end,
 * because the last project has none.
 */
export function compareLengths(one: Length, other: Length): number {
  return PROJECTS.indexOf(one.project) - PROJECTS.indexOf(other.project) || other.seconds - one.seconds;
}

/** Gives that order to a run: by the times of the last runs on this machine; where there are none, roughly by size. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const times = readTimes();
    const measured = files.map((file) => {
      const project = file.project.name;
      const roughly = (ROUGHLY[project] ?? 0) + statSync(file.moduleId).size / 1e6;
      return { file, project, seconds: times[relative(ROOT, file.moduleId)] ?? roughly };
    });
    return Promise.resolve(measured.toSorted(compareLengths).map(({ file }) => file));
  }
}
