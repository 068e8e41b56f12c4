import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { RollupView } from '../../src/contract/centre/rollup.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { HANDLING_KINDS, METRICS } from '../../src/domain/rollup/metrics.ts';
import { packRollup } from '../../src/central/rollup/pack-job.ts';
import {
  addPackedDurations,
  noDurations,
  noFamilyDurations,
  packDurations,
} from '../../src/central/rollup/durations.ts';
import { packNumbers, readNumbers } from '../../src/central/rollup/varint.ts';
import { readRollup } from '../../src/central/rollup/read.ts';
import { createUnitCache, type UnitCache } from '../../src/central/kernel/units.ts';
import {
  CIRCLE,
  DISTRICT,
  MALL,
  mallMediator,
  newCase,
  PASSWORD_HASH,
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
        const reader = readNumbers(packNumbers(numbers));
        while (reader.more()) back.push(reader.next());
        expect(back).toEqual(numbers);
      }),
    );
  });

  it('hold any durations, of a unit and of those below it', () => {
    const counts = fc.dictionary(fc.nat(400).map(String), fc.integer({ min: 1, max: 1e9 }));
    const durations = fc.tuple(...HANDLING_KINDS.map(() => counts)).map((kinds) => {
      const made = noDurations();
      HANDLING_KINDS.forEach((kind, place) => {
        for (const [bucket, count] of Object.entries(kinds[place] ?? {}))
          made[kind].set(Number(bucket), count);
      });
      return made;
    });
    const children = fc.uniqueArray(fc.tuple(fc.nat(1e6), durations), { selector: ([key]) => key });
    fc.assert(
      fc.property(durations, children, (all, below) => {
        const back = noFamilyDurations();
        addPackedDurations(packDurations(all, new Map(below)), back);
        expect(back).toEqual({ all, children: new Map(below) });
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

const packs = async (...grains: string[]): Promise<number> => {
  const { rows } = await sql<{ packs: number }>`SELECT count(*)::int AS packs FROM rollup_pack
    WHERE ${grains.length === 0} OR grain = ANY(${grains}::text[])`.execute(setting.centre.centre.database);
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

  it('make of a month less some of its days what the days themselves make', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    const { database } = setting.centre.centre;
    const inMarch = new Date('2026-03-31T02:00:00.000Z');
    const units = createUnitCache();
    await units.reload(database);
    const read = async (path: string, from: string, to: string, now: Date): Promise<RollupView> => {
      const view = await readRollup(database, units, { path, from, to }, now, null);
      return { ...view, generatedAt: '' };
    };
    // Who has reported depends on the moment it is asked.
    const figuresOf = ({ completeness: _asOf, children, ...view }: RollupView): unknown => ({
      ...view,
      children: children.map(({ completeness: _childAsOf, ...child }) => child),
    });
    const periods = [
      ['2026-03-01', '2026-03-20'],
      ['2026-03-03', '2026-03-31'],
      ['2026-03-04', '2026-03-28'],
      ['2026-03-05', '2026-03-31'],
      ['2026-03-07', '2026-03-31'],
      ['2026-01-10', '2026-03-17'],
    ] as const;
    await empty();
    // While March is not over it is read day by day, afterwards as a month less days.
    const byDay = [];
    const byMonth = [];
    for (const path of [DISTRICT, MALL, SHOP])
      for (const [from, to] of periods) {
        byDay.push(await read(path, from, to, inMarch));
        byMonth.push(await read(path, from, to, LATER));
      }
    expect(byMonth.map(figuresOf)).toEqual(byDay.map(figuresOf));
    expect(byDay[4]?.byMerchant.map((one) => one.totals.registered)).toEqual([1, 1]);
    expect(byDay[4]?.trend.map((one) => one.period)[0]).toBe('2026-03-18');
    // Packed by now, all of them.
    for (const path of [DISTRICT, MALL, SHOP])
      for (const [from, to] of periods) expect(await read(path, from, to, LATER)).toEqual(byMonth.shift());
  });

  it('make of a month up to its days what the days themselves make, and are made anew from the day of a late arrival on', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    const { database } = setting.centre.centre;
    const units = createUnitCache();
    await units.reload(database);
    const read = (from: string, to: string): Promise<RollupView> =>
      readRollup(database, units, { path: DISTRICT, from, to }, LATER, null);
    /** Registrations, settlements and concluded cases in all, by merchant and by day. */
    const sumOf = (all: readonly RollupView[]): unknown => {
      const merchants = new Map<string, number>();
      for (const { merchantId, totals } of all.flatMap((view) => view.byMerchant))
        merchants.set(merchantId, (merchants.get(merchantId) ?? 0) + totals.registered);
      const of = (count: (one: RollupView) => number): number =>
        all.reduce((sum, view) => sum + count(view), 0);
      return {
        registered: of((view) => view.all.totals.registered),
        settled: of((view) => view.all.totals.settled),
        atMall: of((view) => view.children[0]?.totals.registered ?? 0),
        handled: of((view) => view.all.caseHandling.count),
        merchants: [...merchants].filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)),
        trend: all.flatMap((view) => view.trend.filter((one) => one.totals.registered > 0)),
      };
    };
    const expectAsByDay = async (): Promise<void> => {
      const days = new Map<string, RollupView>();
      for (let day = '2026-03-01'; day <= '2026-03-31'; day = shiftDay(day, 1))
        days.set(day, await read(day, day));
      for (const [from, to] of [
        ['2026-03-01', '2026-03-17'],
        ['2026-03-04', '2026-03-18'],
        ['2026-03-05', '2026-03-31'],
        ['2026-03-19', '2026-03-24'],
      ] as const) {
        const each = [...days].flatMap(([day, view]) => (day >= from && day <= to ? [view] : []));
        expect(sumOf([await read(from, to)]), `${from} to ${to}`).toEqual(sumOf(each));
      }
    };
    for (const made of ['by who asks', 'by the job']) {
      await empty();
      if (made === 'by the job') await packRollup(database, createUnitCache(), LATER);
      await expectAsByDay();
      await expectAsByDay();
    }
    const toDates = await packs('to-date');
    expect(toDates).toBeGreaterThan(0);

    const mall = await setting.device(MALL);
    const registration = steps.register({ merchant: { merchantId: 'm-late', name: '虚构商户' } });
    const at = '2026-03-18T02:00:00.000Z';
    await mall.push([mall.event({ stream: newCase(), actor: mallMediator, at, ...registration })]);
    // At the mall, its circle and the district: the day, the month, and the month up to each day from the 18th to the 30th.
    expect(await packRollup(database, createUnitCache(), LATER)).toBe(3 * (1 + 1 + 13));
    expect(await packs('to-date')).toBe(toDates);
    await expectAsByDay();
  });

  it('show nothing of what is gone with the days that are taken away', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    const mall = await setting.device(MALL);
    const registration = steps.register({
      merchant: { merchantId: 'm-gone', name: '虚构商户' },
      category: { object: 'catering', problem: 'price' },
      facts: { text: '虚构的事实', occurredOn: '2026-02-01' },
    });
    const at = '2026-02-01T02:00:00.000Z';
    const { receipts } = await mall.push([
      mall.event({ stream: newCase(), actor: mallMediator, at, ...registration }),
    ]);
    expect(receipts.map((one) => one.refusal?.rule ?? one.status)).toEqual(['accepted']);
    setting.centre.setNow(LATER);
    const shown = async (from: string) => {
      const view = await setting.centre.admin.admin.rollup({ path: DISTRICT, from, to: '2026-04-10' });
      return {
        registered: view.all.totals.registered,
        trend: view.trend.map((one) => one.period),
        objects: view.byObject.map((one) => one.key),
        problems: view.byProblem.map((one) => one.key),
        merchants: view.byMerchant.map((one) => one.merchantId),
      };
    };
    await empty();
    // Both read February as a month, the second less its first day; first counted, then packed.
    for (const _read of ['counted', 'packed']) {
      expect(await shown('2026-02-01')).toEqual({
        registered: 7,
        trend: ['2026-02', '2026-03'],
        objects: ['clothing', 'catering'],
        problems: ['quality', 'price'],
        merchants: ['m-1', 'm-2', 'm-gone'],
      });
      expect(await shown('2026-02-02')).toEqual({
        registered: 6,
        trend: ['2026-03'],
        objects: ['clothing'],
        problems: ['quality'],
        merchants: ['m-1', 'm-2'],
      });
    }
  });

  it('are not made of what is not over', async () => {
    setting.centre.setNow(new Date('2026-03-04T02:00:00.000Z'));
    await aStory();
    await empty();
    await packRollup(setting.centre.centre.database, createUnitCache(), new Date('2026-03-04T02:00:00.000Z'));
    const { rows } = await sql<{ day: string; grain: string }>`
      SELECT DISTINCT grain, day FROM rollup_pack ORDER BY grain`.execute(setting.centre.centre.database);
    expect(rows).toEqual([
      { grain: 'day', day: '2026-03-03' },
      { grain: 'to-date', day: '2026-03-03' },
    ]);
  });

  it('hold a unit that another process made, whoever packs', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    setting.centre.setNow(LATER);
    const { database } = setting.centre.centre;
    const before = createUnitCache();
    await before.reload(database);
    const packing = createUnitCache();
    await packing.reload(database);
    const path = `${MALL}/S009`;
    await setting.centre.admin.admin.createUnits({
      units: [{ path, name: '新店（虚构）', level: 1, party: 'merchant', disputePoint: true }],
    });
    const device = await setting.device(path);
    const stream = newCase();
    const at = '2026-03-04T03:00:00.000Z';
    const actor = { ...shopManager, staffId: 'manager-new', unitPath: path };
    const { role } = shopManager;
    await setting.centre.admin.admin.addStaff({
      staff: [{ id: actor.staffId, name: actor.name, role, unitPath: path, passwordHash: PASSWORD_HASH }],
    });
    const { receipts } = await device.push([
      device.event({ stream, actor, at, unitPath: path, ...steps.register() }),
    ]);
    expect(receipts.map((one) => one.status)).toEqual(['accepted']);

    const query = { path: MALL, from: '2026-03-01', to: '2026-03-31' };
    const registeredThere = async (units: UnitCache): Promise<(number | undefined)[]> => {
      const { all, own, children } = await readRollup(database, units, query, LATER, null);
      const there = children.find((one) => one.path === path)?.totals.registered;
      const sum = children.reduce((total, one) => total + one.totals.registered, own.registered);
      expect(sum).toBe(all.totals.registered);
      return [there, all.totals.registered];
    };
    await empty();
    expect(await registeredThere(before)).toEqual([1, 7]);
    await empty();
    // Its reload at the start is the only thing that could tell it; a job that began before the unit came has had that.
    const stale: UnitCache = { ...packing, reload: async () => undefined };
    expect(await packRollup(database, stale, LATER, { only: [MALL] })).toBeGreaterThan(0);
    expect(await registeredThere(createUnitCache())).toEqual([1, 7]);
  });

  it('are made anew where they are of another form, or of fewer metrics or kinds', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    setting.centre.setNow(LATER);
    const { database } = setting.centre.centre;
    const counted = await views();
    const { rows } = await sql<{ form: string }>`
      SELECT DISTINCT split_part(version, '-', 1) AS form FROM rollup_pack WHERE grain <> 'to-date'`.execute(
      database,
    );
    const [metrics, kinds] = [METRICS.length, HANDLING_KINDS.length];
    expect(rows).toEqual([{ form: `3.${metrics}.${kinds}` }]);
    for (const form of ['2', `3.${metrics}`, `3.${metrics - 1}.${kinds}`, `3.${metrics}.${kinds - 1}`]) {
      const made = sql`regexp_replace(version, '^[^-]+', ${form})`;
      const done = await sql`
        UPDATE rollup_pack SET version = ${made}, totals = '\\x01', parts = '', merchants = '', handling = '\\x0000'
        WHERE grain <> 'to-date'`.execute(database);
      expect(done.numAffectedRows).toBeGreaterThan(0n);
      expect(await views()).toEqual(counted);
    }
  });

  it('are not read where the release before made them, nor it theirs', async () => {
    setting.centre.setNow(new Date('2026-03-30T02:00:00.000Z'));
    await aStory();
    setting.centre.setNow(LATER);
    const { database } = setting.centre.centre;
    const counted = await views();
    // What a process of schema 10 writes over ours: its own columns and its own version of the same counters.
    const before = sql`concat_ws('-', kept.xmin, kept.registered, kept.concluded, kept.closed, kept.refused,
      kept.returns_requested, kept.returns_granted, kept.returns_refused)`;
    const { rows } = await sql<{ theirs: number }>`
      WITH over AS (
        UPDATE rollup_pack AS pack SET version = ${before}, handling = '\\x0000', merchants = ''
        FROM rollup_counter AS kept
        WHERE kept.circle = pack.circle AND kept.unit_path = pack.unit_path AND kept.grain = pack.grain
          AND kept.facet = '' AND kept.day = pack.day AND pack.version <> ${before}
        RETURNING 1)
      SELECT count(*)::int AS theirs FROM over`.execute(database);
    // Every one of ours of a day or a month was no pack to it; it reads no others.
    expect(rows[0]?.theirs).toBe(await packs('day', 'month'));
    expect(await views()).toEqual(counted);
  });
});
