import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { z } from 'zod';
import { ROOT } from './command.ts';

/** Seconds that each test file took, by its path from the project's root. */
export type FileTimes = Record<string, number>;

const Kept = z.record(z.string(), z.number());

/** What the last runs on this machine took. */
const LAST_RUNS = join(ROOT, 'node_modules', '.cache', 'heshi-tests', 'times.json');

/** Times that were written to a file; none where there is no such file, or no whole one. */
export function readTimes(file = LAST_RUNS): FileTimes {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

function writeTimes(file: string, times: FileTimes): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(times));
}

/** Everything a file costs: loading it, its hooks and its tests. Vitest's JSON report knows the tests only. */
function secondsOf(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } =
    module.diagnostic();
  return (environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration) / 1000;
}

/**
 * A reporter that keeps how long each file took: beside the report of this run, when one is asked for, and among
 * the last times, by which the next run begins with its longest files.
 */
export function fileTimes(report?: string): Reporter {
  const times: FileTimes = {};
  return {
    onTestModuleEnd: (module) => {
      times[relative(ROOT, module.moduleId)] = secondsOf(module);
    },
    onTestRunEnd: () => {
      if (report !== undefined) writeTimes(report, times);
      try {
        writeTimes(LAST_RUNS, { ...readTimes(), ...times });
      } catch {
        // In a checkout that cannot be written to the next run has no times to go by, and that is all.
      }
    },
  };
}
