import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../src/central/kernel/db/embedded.ts';
import type { RepairComparison } from './compare.ts';
import { liveRepairs, type RepairYear } from './year.ts';

/** The last year of which the holidays are known whole. */
const FIRST_DAY = '2026-01-01';

export type RepairSimulation = RepairComparison &
  Pick<RepairYear, 'lived' | 'invariants' | 'unproved'> & {
    seed: number;
    brokenInvariants: number;
    seconds: number;
  };

/** A year of applications on a PostgreSQL of its own, and what the centre says of it beside what was counted here. */
export async function simulateRepairs(options: {
  folder: string;
  applications: number;
  departments: number;
  days: number;
  seed: number;
  say: (text: string) => void;
}): Promise<RepairSimulation> {
  const started = performance.now();
  const postgres = await startEmbeddedPostgres({
    folder: join(options.folder, 'postgres'),
    disposable: true,
    durable: false,
  });
  try {
    const databaseUrl = await postgres.createDatabase('repair');
    const year = await liveRepairs({ ...options, firstDay: FIRST_DAY, databaseUrl });
    try {
      const comparison = await year.compare();
      return {
        seed: options.seed,
        ...comparison,
        lived: year.lived,
        invariants: year.invariants,
        unproved: year.unproved,
        brokenInvariants: year.invariants.reduce((sum, one) => sum + one.broken, 0),
        seconds: Math.round((performance.now() - started) / 100) / 10,
      };
    } finally {
      await year.stop();
    }
  } finally {
    await postgres.stop();
  }
}

/** Whether everything is as it was counted here. */
export function isEqual({ differences, brokenInvariants, unproved, lived }: RepairSimulation): boolean {
  const refused = lived.refused.counted - lived.refused.told;
  return differences.length === 0 && brokenInvariants === 0 && unproved.length === 0 && refused === 0;
}

/** A few lines of it, for people. */
export function repairLines(result: RepairSimulation): string[] {
  const { rollup, independent, lived } = result;
  const percent = (value: number | null): string =>
    value === null ? '—' : `${Math.round(value * 1000) / 10} %`;
  return [
    `${rollup.applications} applications of ${rollup.enterprises} enterprises, ${lived.desks} workstations, ${lived.rounds} rounds (${lived.withoutLine} without a line), ${lived.restarts} restart of the centre, ${result.seconds} s`,
    `replies within 30 office minutes: ${percent(rollup.replies.withinShare)} of ${rollup.replies.given}; median ${rollup.replies.medianMinutes ?? '—'} minutes (counted here ${independent.replies.medianMinutes ?? '—'}), ${rollup.replies.averageMinutes ?? '—'} on average until acceptance`,
    `opinions in time: ${percent(rollup.opinions.inTimeShare)} of ${rollup.opinions.given}; ${rollup.opinions.averageDays ?? '—'} working days on average`,
    `working days to the outcome: ${rollup.averageDaysToOutcome ?? '—'} on average; ${rollup.returned} returned, ${rollup.repairedMatters} matters repaired, ${rollup.refusedMatters} refused, ${rollup.withdrawn} withdrawn, ${rollup.expired} ended at the maximum, ${rollup.objections.filed} objections`,
    ...rollup.departments.map(
      ({ path, asked, opinions, inTimeShare, averageDays, incomplete, refused }) =>
        `  ${path}: ${opinions} opinions of ${asked} asked, ${percent(inTimeShare)} in time, ${averageDays ?? '—'} days, ${incomplete} incomplete, ${refused} refused`,
    ),
    `${result.differences.length} of ${result.compared} figures differ from the independent count`,
    ...result.differences
      .slice(0, 10)
      .map(
        (one) =>
          `  ${one.path} ${one.figure}: ${one.rollup ?? '—'} in the roll-up, ${one.independent ?? '—'} counted`,
      ),
  ];
}
