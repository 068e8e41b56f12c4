import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { columnOf } from '../../src/central/kernel/db/metric-columns.ts';
import { migrate } from '../../src/central/kernel/db/migrate.ts';
import { rebuildFromLog } from '../../src/central/rebuild/index.ts';
import { readRollup } from '../../src/central/rollup/read.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { METRICS } from '../../src/domain/rollup/metrics.ts';
import type { TestDevice } from '../support/device.ts';
import { CIRCLE, DISTRICT, MALL, mallMediator, newCase, SHOP, steps, useCentre } from './setting.ts';

const setting = useCentre();
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
/** The metrics of a release with two more. */
const MORE = [...METRICS, 'toys-mended', 'toys-mended-fen'];

const columns = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'rollup_counter'
    ORDER BY ordinal_position`.execute(setting.centre.centre.database);
  return rows.map((row) => row.name);
};

const figures = async () => {
  const views = [];
  for (const path of [DISTRICT, CIRCLE, MALL, SHOP]) {
    const { all, own, children, trend } = await readRollup(
      setting.centre.centre.database,
      createUnitCache(),
      { path, ...MARCH },
      new Date('2026-06-01T02:00:00.000Z'),
      null,
    );
    views.push({ path, all, own, children, trend });
  }
  return views;
};

async function settleOne(device: TestDevice, day: string): Promise<void> {
  const by = { stream: newCase(), actor: mallMediator, at: `${day}T02:00:00.000Z` };
  const { receipts } = await device.push(
    [steps.register(), steps.accept(), steps.settle()].map((step) => device.event({ ...by, ...step })),
  );
  expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
}

it('the counters have both columns of every metric there is, and get those of a new one without a migration', async () => {
  const before = await columns();
  expect(before).toEqual(
    expect.arrayContaining(METRICS.flatMap((metric) => [columnOf(metric), `own_${columnOf(metric)}`])),
  );
  // Several processes of the newer release start at once.
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { database } = openDatabase(setting.centre.databaseUrl);
      await migrate(database, MORE).finally(() => database.destroy());
    }),
  );
  expect(await columns()).toEqual([
    ...before,
    'toys_mended',
    'own_toys_mended',
    'toys_mended_fen',
    'own_toys_mended_fen',
  ]);
});

it('a process of the release before goes on counting, and leaves alone what it does not know', async () => {
  const { database } = setting.centre.centre;
  setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
  const device = await setting.device(MALL);
  // Often enough that the statements of a push are kept prepared.
  for (const day of ['03', '04', '05', '06']) await settleOne(device, `2026-03-${day}`);
  const counted = await figures();

  await migrate(database, MORE);
  expect(await figures()).toEqual(counted);
  // What a process of the newer release counts.
  await sql`
    UPDATE rollup_counter SET toys_mended = 3, own_toys_mended = 2
    WHERE unit_path = ${MALL} AND facet = '' AND grain = 'month'`.execute(database);

  await settleOne(device, '2026-03-06');
  const [district] = await figures();
  expect(district?.all.totals.settled).toBe(5);
  const { rows } = await sql`
    SELECT settled, toys_mended, own_toys_mended, toys_mended_fen FROM rollup_counter
    WHERE unit_path = ${MALL} AND facet = '' AND grain = 'month'`.execute(database);
  expect(rows).toEqual([{ settled: 5, toys_mended: 3, own_toys_mended: 2, toys_mended_fen: null }]);
  expect((await verifyDatabase(setting.centre.databaseUrl)).filter((one) => one.broken > 0)).toEqual([]);
  const rebuilt = await rebuildFromLog(database, createUnitCache(), { dryRun: false });
  expect(rebuilt.length).toBeGreaterThan(2);
  expect(rebuilt.filter(({ mended }) => mended > 0)).toEqual([]);
});

it('a start of the same release alters nothing', async () => {
  const { database } = setting.centre.centre;
  await database.transaction().execute(async (reader) => {
    // Altering the table would wait for whoever reads it.
    await sql`SELECT FROM rollup_counter LIMIT 1`.execute(reader);
    await migrate(database);
  });
});
