import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../src/domain/rollup/metrics.ts';
import { packRollup } from '../../src/central/jobs/pack-rollup.ts';
import {
  addDurations,
  addMerchants,
  noDurations,
  packDurations,
  packMerchants,
  type MerchantFigures,
} from '../../src/central/rollup/packs.ts';
import { eachNumber, packNumbers } from '../../src/central/rollup/varint.ts';
import { createUnitCache } from '../../src/central/units.ts';
import {
  CIRCLE,
  DISTRICT,
  MALL,
  mallMediator,
  newCase,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();
const LATER = new Date('2026-06-01T02:00:00.000Z');

describe('numbers as bytes', () => {
  it('come back as they went, up to the greatest whole number', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
        const back: number[] = [];
        eachNumber(packNumbers(numbers), (value) => back.push(value));
        expect(back).toEqual(numbers);
      }),
    );
  });

  it('hold any durations and any figures of merchants', () => {
    const counts = fc.dictionary(fc.nat(400).map(String), fc.integer({ min: 1, max: 1e9 }));
    const figures = fc.array(fc.nat(1e12), { minLength: METRICS.length, maxLength: METRICS.length });
    fc.assert(
      fc.property(counts, counts, fc.dictionary(fc.nat(1e6).map(String), figures), (cases, returns, all) => {
        const durations = noDurations();
        for (const [bucket, count] of Object.entries(cases)) durations.case.set(Number(bucket), count);
        for (const [bucket, count] of Object.entries(returns)) durations.return.set(Number(bucket), count);
        const back = noDurations();
        addDurations(packDurations(durations), back);
        expect(back).toEqual(durations);

        const merchants = new Map(
          Object.entries(all).map(([id, values]) => [Number(id), Float64Array.from(values)]),
        );
        const read: MerchantFigures = new Map();
        addMerchants(packMerchants(merchants), read);
        expect(read).toEqual(merchants);
      }),
    );
  });
});

/** Cases of a merchant on several days, by shop and mall. */
async function aStory(): Promise<void> {
  const shop = await setting.device(SHOP);
  const mall = await setting.device(MALL);
  const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T02:00:00.000Z`;
  const merchant = (id: string) => ({ merchant: { merchantId: id, name: '虚构商户' } });
  for (const [device, actor, id] of [
    [shop, shopManager, 'm-1'],
    [mall, mallMediator, 'm-2'],
  ] as const) {
    const events = [3, 4, 18].flatMap((day) => {
      const stream = newCase();
      const over = { stream, actor };
      return [
        device.event({ ...over, ...steps.register(merchant(id)), at: at(day) }),
        device.event({ ...over, ...steps.accept(), at: at(day) }),
        device.event({ ...over, ...steps.settle(), at: at(day + 2) }),
      ];
    });
    const { receipts } = await device.push(events);
    expect(receipts.map((one) => one.status)).toEqual(events.map(() => 'accepted'));
  }
}

const packs = async (): Promise<number> => {
  const { rows } = await sql<{ packs: number }>`SELECT count(*)::int AS packs FROM rollup_pack`.execute(
    setting.centre.centre.database,
  );
  return rows[0]?.packs ?? 0;
};

const PERIODS = [
  { from: '2026-03-01', to: '2026-03-31' },
  { from: '2026-03-04', to: '2026-03-20' },
  { from: '2026-01-15', to: '2026-04-10' },
];

async function views(): Promise<unknown[]> {
  const all = [];
  for (const path of [DISTRICT, CIRCLE, MALL, SHOP])
    for (const period of PERIODS) {
      const view = await setting.centre.admin.admin.rollup({ path, ...period });
      all.push({ ...view, generatedAt: '' });
    }
  return all;
}

const empty = (): Promise<unknown> => sql`DELETE FROM rollup_pack`.execute(setting.centre.centre.database);

describe('packed days and months', () => {
  it('say what the counters say: before, made by who asks first, made by the job, and after something more came in', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    setting.centre.setNow(LATER);
    const { database } = setting.centre.centre;
    await empty();
    const counted = await views();
    expect(await packs()).toBeGreaterThan(0);
    const byReaders = await packs();
    expect(await views()).toEqual(counted);

    await empty();
    expect(await packRollup(database, createUnitCache(), LATER)).toBeGreaterThanOrEqual(byReaders);
    expect(await views()).toEqual(counted);
    // All is packed: the job finds nothing to do.
    expect(await packRollup(database, createUnitCache(), LATER)).toBe(0);

    // A late arrival on a packed day of a packed month counts at once, at every level above.
    const mall = await setting.device(MALL);
    const at = '2026-03-04T03:00:00.000Z';
    const stream = newCase();
    const step = { stream, actor: mallMediator, at };
    const merchant = { merchantId: 'm-3', name: '虚构商户' };
    await mall.push([
      mall.event({ ...step, ...steps.register({ merchant }) }),
      mall.event({ ...step, ...steps.accept() }),
      mall.event({ ...step, ...steps.settle(), at: '2026-03-06T02:00:00.000Z' }),
    ]);
    const late = await views();
    await empty();
    expect(await views()).toEqual(late);
    expect(late).not.toEqual(counted);
    const view = await setting.centre.admin.admin.rollup({
      path: DISTRICT,
      from: '2026-03-01',
      to: '2026-03-31',
    });
    expect(view.byMerchant.map((one) => [one.merchantId, one.totals.registered])).toEqual([
      ['m-1', 3],
      ['m-2', 3],
      ['m-3', 1],
    ]);
    expect(view.all.caseHandling.count).toBe(7);
  });

  it('are not made of what is not over', async () => {
    setting.centre.setNow(new Date('2026-03-04T02:00:00.000Z'));
    await aStory();
    await empty();
    await packRollup(setting.centre.centre.database, createUnitCache(), new Date('2026-03-04T02:00:00.000Z'));
    const { rows } = await sql<{ day: string; grain: string }>`
      SELECT DISTINCT grain, day FROM rollup_pack`.execute(setting.centre.centre.database);
    expect(rows).toEqual([{ grain: 'day', day: '2026-03-03' }]);
  });
});
