import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodBefore, sharesOf, type Share } from '../../src/central/rollup/periods.ts';
import { naturalDaysBetween, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import type { TestDevice } from '../support/device.ts';
import {
  CIRCLE,
  circleSupervisor,
  DISTRICT,
  MALL,
  mallMediator,
  newCase,
  SECOND_MALL,
  secondMediator,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

describe('a period in shares', () => {
  const day = fc.integer({ min: 0, max: 1200 }).map((number) => shiftDay('2019-12-25', number));

  /** How often each day is in a period's shares: added less taken away. */
  function timesOf(shares: readonly Share[]): Map<string, number> {
    const times = new Map<string, number>();
    for (const share of shares)
      for (let at = share.from; at <= share.to; at = shiftDay(at, 1))
        times.set(at, (times.get(at) ?? 0) + share.sign);
    return times;
  }

  /** How many cells are read for a share of days, or of a month up to a day. */
  const cellsOf = ({ grain, from, to }: Share): number =>
    grain === 'day' ? naturalDaysBetween(from, to) + 1 : 1;

  it.each([false, true])('has every day of it once and no other, with units below: %s', (hasBelow) => {
    fc.assert(
      fc.property(day, day, day, (one, other, today) => {
        const [from, to] = one <= other ? [one, other] : [other, one];
        const shares = sharesOf(from, to, { today, hasBelow });
        const wanted = [...timesOf(shares)].filter(([, times]) => times !== 0);
        const expected = Array.from({ length: naturalDaysBetween(from, to) + 1 }, (_, index) => [
          shiftDay(from, index),
          1,
        ]);
        expect(wanted.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual(expected);
        for (const share of shares.filter((each) => each.grain === 'month')) {
          expect(share.from.slice(8)).toBe('01');
          expect(shiftDay(share.to, 1).slice(8)).toBe('01');
          expect(share.sign).toBe(1);
        }
        for (const share of shares.filter((each) => each.grain === 'to-date')) {
          expect(share.from.slice(8)).toBe('01');
          expect(share.to.slice(0, 7)).toBe(share.from.slice(0, 7));
          // What is not over changes, and the whole of a month is the month.
          expect(share.to < today).toBe(true);
          expect(shiftDay(share.to, 1).slice(8)).not.toBe('01');
          expect(hasBelow).toBe(true);
        }
        // No month is left to days that lies whole within the period.
        for (const share of shares.filter((each) => each.grain === 'day'))
          expect(naturalDaysBetween(share.from, share.to)).toBeLessThan(60);
        if (shiftDay(to, 31) >= today) return;
        const read = shares
          .filter((share) => share.grain !== 'month')
          .reduce((sum, share) => sum + cellsOf(share), 0);
        // Of each of two months that are over no more than half is read by day; where days are large, two cells at the most.
        expect(read).toBeLessThanOrEqual(hasBelow ? 4 : 32);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a month less the days that are not wanted, once the month is over', () => {
    const asked = { today: '2026-06-01', hasBelow: false };
    expect(sharesOf('2026-03-03', '2026-05-30', asked)).toEqual([
      { grain: 'month', from: '2026-03-01', to: '2026-05-31', sign: 1 },
      { grain: 'day', from: '2026-03-01', to: '2026-03-02', sign: -1 },
      { grain: 'day', from: '2026-05-31', to: '2026-05-31', sign: -1 },
    ]);
    // May is not over yet; of February less is wanted than not.
    expect(sharesOf('2026-02-20', '2026-05-30', { ...asked, today: '2026-05-31' })).toEqual([
      { grain: 'day', from: '2026-02-20', to: '2026-02-28', sign: 1 },
      { grain: 'month', from: '2026-03-01', to: '2026-04-30', sign: 1 },
      { grain: 'day', from: '2026-05-01', to: '2026-05-30', sign: 1 },
    ]);
  });

  it('takes months up to a day where others are below, up to the last that is over', () => {
    const asked = { today: '2026-06-01', hasBelow: true };
    expect(sharesOf('2026-03-03', '2026-05-30', asked)).toEqual([
      { grain: 'month', from: '2026-03-01', to: '2026-04-30', sign: 1 },
      { grain: 'to-date', from: '2026-05-01', to: '2026-05-30', sign: 1 },
      { grain: 'to-date', from: '2026-03-01', to: '2026-03-02', sign: -1 },
    ]);
    expect(sharesOf('2026-05-03', '2026-05-30', { ...asked, today: '2026-05-30' })).toEqual([
      { grain: 'to-date', from: '2026-05-01', to: '2026-05-29', sign: 1 },
      { grain: 'day', from: '2026-05-30', to: '2026-05-30', sign: 1 },
      { grain: 'to-date', from: '2026-05-01', to: '2026-05-02', sign: -1 },
    ]);
    expect(sharesOf('2026-05-03', '2026-05-04', asked)).toEqual([
      { grain: 'day', from: '2026-05-03', to: '2026-05-04', sign: 1 },
    ]);
  });

  it('has its like right before it', () => {
    expect(periodBefore('2026-03-01', '2026-03-31')).toEqual({ from: '2026-01-29', to: '2026-02-28' });
    expect(periodBefore('2026-03-10', '2026-03-10')).toEqual({ from: '2026-03-09', to: '2026-03-09' });
  });
});

const setting = useCentre();

/** Pushes the steps of one case at given instants. */
async function play(
  device: TestDevice,
  actor: Actor,
  stream: { kind: 'case'; id: string },
  story: readonly (readonly [at: string, step: { type: string; payload: unknown }])[],
): Promise<void> {
  const { receipts } = await device.push(
    story.map(([at, step]) => device.event({ stream, ...step, actor, at })),
  );
  expect(receipts.map((one) => one.refusal?.rule ?? one.status)).toEqual(receipts.map(() => 'accepted'));
}

const merchant = (id: string | null, object = 'clothing', problem = 'quality') => ({
  merchant: { merchantId: id, name: '虚构商户' },
  category: { object, problem },
});

/** Three cases in three units, two months, one of them up to the circle. */
async function smallStory(): Promise<void> {
  const [shop, mall, second, circle] = [
    await setting.device(SHOP),
    await setting.device(MALL),
    await setting.device(SECOND_MALL),
    await setting.device(CIRCLE),
  ];
  await mall.push([
    mall.event({
      stream: { kind: 'merchant', id: 'm1' },
      type: 'merchant-registered',
      payload: {
        name: '虚构服饰店',
        creditCode: null,
        category: 'enterprise',
        unitPath: MALL,
        address: null,
        contactName: null,
        phone: null,
        invented: true,
      },
      actor: mallMediator,
    }),
  ]);
  // Fails at shop and mall, settled at the circle after 20 days; never at source.
  const long = newCase();
  await play(shop, shopManager, long, [
    ['2026-03-10T02:00:00Z', steps.register(merchant('m1'))],
    ['2026-03-10T03:00:00Z', steps.escalate(MALL)],
  ]);
  await play(mall, mallMediator, long, [
    ['2026-03-11T02:00:00Z', steps.accept()],
    ['2026-03-20T02:00:00Z', steps.fail()],
    ['2026-03-20T03:00:00Z', steps.escalate(CIRCLE)],
  ]);
  await play(circle, circleSupervisor, long, [
    ['2026-03-21T02:00:00Z', steps.accept()],
    ['2026-03-30T02:00:00Z', steps.settle(50_000)],
    ['2026-04-02T02:00:00Z', steps.close('dissatisfied')],
  ]);
  // Settled at the mall within two days: at source.
  await play(mall, mallMediator, newCase(), [
    ['2026-03-31T15:00:00Z', steps.register(merchant('m1', 'catering', 'price'))],
    ['2026-03-31T16:30:00Z', steps.accept()],
    ['2026-04-02T15:00:00Z', steps.settle(30_000)],
    ['2026-04-02T16:00:00Z', steps.close()],
  ]);
  // Registered at the other mall with a merchant nobody has on a roster.
  await play(second, secondMediator, newCase(), [
    ['2026-04-05T02:00:00Z', steps.register(merchant('m9'))],
    ['2026-04-05T03:00:00Z', steps.accept()],
  ]);
}

const ask = (path: string, from: string, to: string) => setting.centre.admin.admin.rollup({ path, from, to });
const year = ['2026-01-01', '2026-12-31'] as const;

describe('the roll-up of a small story', () => {
  it('is counted by hand at all four levels', async () => {
    await smallStory();
    const shop = await ask(SHOP, ...year);
    expect(shop.all.totals).toMatchObject({ registered: 1, 'escalated-out': 1, accepted: 0, settled: 0 });
    expect(shop.own).toEqual(shop.all.totals);

    const mall = await ask(MALL, ...year);
    expect(mall.all.totals).toMatchObject({
      registered: 2,
      accepted: 2,
      'mediation-failed': 1,
      settled: 1,
      'settled-at-source': 1,
      concluded: 1,
      'escalated-in': 1,
      'escalated-out': 2,
      'reached-regulator': 0,
      'recovered-fen': 30_000,
      satisfied: 1,
      dissatisfied: 0,
      closed: 1,
    });
    expect(mall.own).toMatchObject({ registered: 1, 'escalated-out': 1, 'escalated-in': 1 });
    expect(mall.all.caseHandling).toEqual({ count: 1, medianDays: 2, p90Days: 2 });

    const circle = await ask(CIRCLE, ...year);
    expect(circle.all.totals).toMatchObject({
      registered: 3,
      accepted: 4,
      settled: 2,
      'settled-at-source': 1,
      concluded: 2,
      'escalated-in': 2,
      'escalated-out': 2,
      'recovered-fen': 80_000,
      closed: 2,
      satisfied: 1,
      dissatisfied: 1,
    });
    expect(circle.all.rates).toEqual({
      settlementRate: 1,
      sourceResolutionRate: 0.5,
      returnGrantRate: null,
      satisfactionRate: 0.5,
    });
    // 2 days and 20 days.
    expect(circle.all.caseHandling).toEqual({ count: 2, medianDays: 11, p90Days: 20 });
    expect(circle.own).toMatchObject({ registered: 0, accepted: 1, settled: 1 });

    const district = await ask(DISTRICT, ...year);
    expect(district.all.totals).toEqual(circle.all.totals);
    expect(Object.values(district.own).every((value) => value === 0)).toBe(true);
  });

  it('reconciles: every unit is its own and the sum of its children, in every period', async () => {
    await smallStory();
    for (const [from, to] of [year, ['2026-03-31', '2026-04-02'], ['2026-03-15', '2026-05-01']] as const) {
      for (const path of [DISTRICT, CIRCLE, MALL, SECOND_MALL, SHOP]) {
        const view = await ask(path, from, to);
        for (const [metric, total] of Object.entries(view.all.totals)) {
          const children = view.children.map(
            (child) => new Map(Object.entries(child.totals)).get(metric) ?? 0,
          );
          const own = new Map(Object.entries(view.own)).get(metric) ?? 0;
          expect(total, `${path} ${metric}`).toBe(children.reduce((sum, one) => sum + one, own));
        }
        const trend = view.trend.reduce((sum, one) => sum + one.totals.registered, 0);
        expect(trend).toBe(view.all.totals.registered);
        for (const parts of [view.byObject, view.byProblem]) {
          expect(parts.reduce((sum, one) => sum + one.totals.registered, 0)).toBe(view.all.totals.registered);
        }
      }
    }
  });

  it('belongs to the days of Shanghai, whole months or not', async () => {
    await smallStory();
    // 23:00 and half past midnight there.
    const lastOfMarch = (await ask(MALL, '2026-03-31', '2026-03-31')).all.totals;
    expect(lastOfMarch).toMatchObject({ registered: 1, accepted: 0 });
    const april = await ask(MALL, '2026-04-01', '2026-04-30');
    expect(april.all.totals).toMatchObject({ registered: 0, accepted: 1, settled: 1 });
    expect(april.before).toMatchObject({ from: '2026-03-02', to: '2026-03-31', totals: { registered: 2 } });
    expect(april.trend[0]?.period).toBe('2026-04-01');
    expect(april.trend.map((one) => one.totals.settled)).toEqual([0, 1, 0].slice(0, april.trend.length));
  });

  it('shows a trend by month beyond 62 days, and quiet periods as such', async () => {
    await smallStory();
    const daily = await ask(CIRCLE, '2026-03-01', '2026-05-01');
    expect(daily.trend.map((one) => one.period)).toEqual(
      Array.from({ length: 27 }, (_, index) => shiftDay('2026-03-10', index)),
    );
    expect(daily.trend.find((one) => one.period === '2026-03-15')?.totals.registered).toBe(0);
    const monthly = await ask(CIRCLE, '2026-03-01', '2026-05-02');
    expect(monthly.trend.map((one) => [one.period, one.totals.registered])).toEqual([
      ['2026-03', 2],
      ['2026-04', 1],
    ]);
  });

  it('lists merchants with their names where known, gathered from all units below', async () => {
    await smallStory();
    const circle = await ask(CIRCLE, ...year);
    expect(circle.byMerchant.map((one) => [one.merchantId, one.name, one.totals.registered])).toEqual([
      ['m1', '虚构服饰店', 2],
      ['m9', null, 1],
    ]);
    expect(circle.byMerchant[0]?.totals).toMatchObject({ settled: 2, 'escalated-out': 2, accepted: 3 });
    expect((await ask(SECOND_MALL, ...year)).byMerchant.map((one) => one.merchantId)).toEqual(['m9']);
    expect(circle.byObject.map((one) => [one.key, one.totals.registered])).toEqual([
      ['clothing', 2],
      ['catering', 1],
    ]);
    expect(circle.byProblem.map((one) => one.key)).toEqual(['quality', 'price']);
  });
});

describe('completeness', () => {
  it('says which workstations have not reported for a day, at every level', async () => {
    const start = new Date('2026-03-10T01:00:00Z');
    const later = (hours: number) => setting.centre.setNow(new Date(start.getTime() + hours * 3_600_000));
    setting.centre.setNow(start);
    const [mall] = [await setting.device(MALL), await setting.device(SECOND_MALL)];
    const revoked = await setting.device(MALL);
    await setting.centre.admin.admin.revoke({ deviceId: revoked.deviceId, reason: '' });
    expect((await ask(DISTRICT, ...year)).completeness).toEqual({
      workstations: 2,
      reported: 2,
      missing: [],
    });
    later(24.1);
    await mall.signIn();
    await mall.feed();
    const view = await ask(CIRCLE, ...year);
    expect(view.completeness).toEqual({
      workstations: 2,
      reported: 1,
      missing: [{ name: '测试设备', unitPath: SECOND_MALL, lastSeenAt: start.toISOString() }],
    });
    expect(view.children.map((child) => [child.path, child.completeness.reported])).toEqual([
      [MALL, 1],
      [SECOND_MALL, 0],
    ]);
  });
});
