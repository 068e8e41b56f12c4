import { startEmbeddedPostgres } from '../src/central/kernel/db/embedded.ts';
import { openDatabase, type Database } from '../src/central/kernel/db/database.ts';
import { migrate } from '../src/central/kernel/db/migrate.ts';
import { packRollup } from '../src/central/rollup/pack-job.ts';
import { readRollup } from '../src/central/rollup/read.ts';
import { createUnitCache, type UnitCache } from '../src/central/kernel/units.ts';
import { shiftDay } from '../src/domain/kernel/calendar/index.ts';
import { parentPath } from '../src/domain/organisation/unit.ts';
import { createRandom, type Random } from '../tools/world/random.ts';
import { percentile, rounded, timed, type BenchRow } from './row.ts';
import { fillRollup, FIRST_DAY } from './synthetic-rollup.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

const SMALL = 500_000;
const LARGE = 5_000_000;
const WARM_UP = 40;
const READS = 1_000;
/** Units of each level: the busiest of their kind and others. */
const READ = {
  district: ['/HS'],
  circles: ['/HS/C0', '/HS/C1', '/HS/C2'],
  malls: ['/HS/C0/M0', '/HS/C1/M1', '/HS/C1/M19'],
  shops: ['/HS/C0/M0/S0', '/HS/C1/M1/S1', '/HS/C1/M1/S21', '/HS/C1/M19/S239'],
};
const NOW = new Date('2026-01-15T02:00:00.000Z');

type Filled = { database: Database; units: UnitCache; times: number[] };

async function filled(url: string, events: number): Promise<Filled> {
  const { database } = openDatabase(url);
  await migrate(database);
  await fillRollup(database, events);
  const units = createUnitCache();
  await units.reload(database);
  // As the centre's own job does by the hour; here for the units that are read and those right below them.
  const read = Object.values(READ).flat();
  const only = units
    .all()
    .map((unit) => unit.path)
    .filter((path) => read.includes(path) || read.includes(parentPath(path) ?? ''));
  await packRollup(database, units, NOW, { only });
  return { database, units, times: [] };
}

/** A unit of any of the four levels, each as likely; and any days of the year. */
function anyQuery(random: Random): { path: string; from: string; to: string } {
  const [one, other] = [random.whole(0, 364), random.whole(0, 364)];
  return {
    path: random.pick(random.pick(Object.values(READ))),
    from: shiftDay(FIRST_DAY, Math.min(one, other)),
    to: shiftDay(FIRST_DAY, Math.max(one, other)),
  };
}

/**
 * The roll-up of any unit over any period, whole (figures, children, trend, breakdowns, merchants, handling times, completeness), with
 * the counters that 5,000,000 events of one year in one district leave, in turn with those of 500,000. Counters are synthetic
 * (`fillRollup`): 5,000,000 real events would take the centre ten minutes to take in.
 */
export async function benchRollup(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  // Nothing of what is measured is written.
  const server = await startEmbeddedPostgres({ folder, durable: false });
  const small = await filled(await server.createDatabase('small'), SMALL);
  const large = await filled(await server.createDatabase('large'), LARGE);
  const random = createRandom(11);
  for (let read = -WARM_UP; read < READS; read += 1) {
    const query = anyQuery(random);
    // Whoever comes second finds caches and garbage that the first has left.
    for (const { database, units, times } of read % 2 === 0 ? [small, large] : [large, small]) {
      const milliseconds = await timed(() =>
        readRollup(database, units, query, NOW, { unitPath: query.path, deviceId: 'bench' }),
      );
      if (read >= 0) times.push(milliseconds);
    }
  }
  await small.database.destroy();
  await large.database.destroy();
  await server.stop();
  await remove();
  const [p95, p95Small] = [percentile(large.times, 0.95), percentile(small.times, 0.95)];
  const ratio = p95 / p95Small;
  return [
    {
      name: 'rollup-5m',
      value: rounded(p95),
      unit: 'ms p95',
      reference: `the same at 500,000 events: ${rounded(p95Small)} ms; medians ${rounded(percentile(large.times, 0.5))} and ${rounded(percentile(small.times, 0.5))} ms; synthetic counters of one year, every level as often`,
      ratio: rounded(ratio),
      budget: '<= 20 ms; <= 1.2 x the same at 500,000',
      met: p95 <= 20 && ratio <= 1.2,
    },
  ];
}
