import { describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { openTestDevice } from '../support/device.ts';
import { ADMIN_TOKEN, ROOMY } from '../support/postgres.ts';
import { procedureFrom, settleWithin, YEAR_2027 } from '../support/procedures.ts';
import {
  CIRCLE,
  DISTRICT,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SECOND_MALL,
  SHOP,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();
const admin = () => setting.centre.admin.admin;

/** The types of rules in a unit's feed, in order. */
async function rulesIn(unitPath: string): Promise<string[]> {
  const device = await setting.device(unitPath);
  await device.signIn();
  const { items } = await device.feed();
  return items.map(({ event }) => event.type).filter((type) => /procedure|calendar/.test(type));
}

async function broken(): Promise<string[]> {
  const { invariants } = await admin().verify();
  return invariants.flatMap((one) => (one.broken === 0 ? [] : [`${one.name}: ${one.examples.join('; ')}`]));
}

describe('publishing a procedure', () => {
  it('is an administrator’s alone', async () => {
    const stranger = createCentralClient({
      baseUrl: setting.centre.url,
      token: () => 'no-such-token-at-all',
    });
    const procedure = procedureFrom('2027-01-01');
    expect(await refusal(stranger.admin.publishProcedure({ procedure }))).toMatchObject({ status: 401 });
    expect(await refusal(stranger.admin.procedures({}))).toMatchObject({ status: 401 });
    expect(await refusal(stranger.admin.importCalendarYear({ file: YEAR_2027 }))).toMatchObject({
      status: 401,
    });
    const device = await setting.device(MALL);
    const forged = device.event({
      stream: { kind: 'procedure', id: 'HS' },
      type: 'procedure-published',
      payload: { version: 2, procedure },
      actor: mallMediator,
    });
    const { receipts } = await device.push([forged]);
    expect(receipts[0]).toMatchObject({ status: 'rejected', refusal: { rule: 'stream-not-yours' } });
  });

  it('reaches every unit of the district, and those that join it later', async () => {
    setting.centre.setNow(new Date('2026-03-10T02:00:00Z'));
    const answer = await admin().publishProcedure({
      procedure: procedureFrom('2026-04-01', (one) => settleWithin(one, 2, 8)),
    });
    expect(answer).toMatchObject({
      unitPath: DISTRICT,
      version: 2,
      published: true,
      comparedWith: 1,
      units: 5,
    });
    expect(answer.changes).toContainEqual({ field: 'levels.2.settleWorkingDays.value', from: '10', to: '8' });
    await admin().importCalendarYear({ file: YEAR_2027 });
    for (const path of [DISTRICT, CIRCLE, MALL, SECOND_MALL, SHOP])
      expect(await rulesIn(path)).toEqual(['procedure-published', 'calendar-year-imported']);
    const late = '/HS/C1/M02/S009';
    await admin().createUnits({
      units: [{ path: late, name: '新店', level: 1, party: 'merchant', disputePoint: true }],
    });
    expect(await rulesIn(late)).toEqual(['procedure-published', 'calendar-year-imported']);
    await admin().publishProcedure({ procedure: procedureFrom('2026-05-01') });
    expect(await rulesIn(late)).toEqual([
      'procedure-published',
      'calendar-year-imported',
      'procedure-published',
    ]);
    expect(await broken()).toEqual([]);
    const { versions, calendarYears } = await admin().procedures({});
    expect(versions.map(({ version, status }) => [version, status])).toEqual([
      [3, 'to-come'],
      [2, 'to-come'],
      [1, 'in-force'],
    ]);
    expect(calendarYears[0]).toMatchObject({ year: 2027, source: YEAR_2027.papers[0], daysOff: 4 });
  });

  it('says what would change, and changes nothing, when only asked', async () => {
    const { published, changes } = await admin().publishProcedure({
      procedure: procedureFrom('2099-01-01', (one) => settleWithin(one, 2, 8)),
      dryRun: true,
    });
    expect(published).toBe(false);
    expect(changes).toHaveLength(2);
    expect((await admin().procedures({})).versions).toHaveLength(1);
    expect(await rulesIn(MALL)).toEqual([]);
  });

  it('names every field of a bad file with its rule, and applies nothing of it', async () => {
    const bad = procedureFrom('2099-13-01', (one) => {
      one.levels[1]!.settleWorkingDays.value = -10;
      Reflect.deleteProperty(one.limits.noticeWorkingDays, 'tag');
    });
    const shape = await refusal(admin().publishProcedure({ procedure: bad }));
    expect(shape).toMatchObject({ code: 'INPUT_INVALID', status: 400 });
    const { issues } = shape.data as { issues: { field: string; rule: string }[] };
    expect(issues.map(({ field, rule }) => [field, rule])).toEqual([
      ['procedure.effectiveFrom', 'invalid_format'],
      ['procedure.levels.1.settleWorkingDays.value', 'too_small'],
      ['procedure.limits.noticeWorkingDays.tag', 'invalid_value'],
    ]);
    const repeated = procedureFrom('2099-01-01', (one) =>
      one.codes.claim.entries.push({ ...one.codes.claim.entries[0]! }),
    );
    expect(await refusal(admin().publishProcedure({ procedure: repeated }))).toMatchObject({
      data: {
        issues: [{ field: 'procedure.codes.claim.entries.10.code', rule: 'procedure-code-repeated' }],
      },
    });
    expect((await admin().procedures({})).versions).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof procedureFrom>[1], Record<string, unknown>]>([
    [
      'a level left out that units have',
      (one) => one.levels.pop(),
      { rule: 'level-missing', field: 'levels', parameters: { level: 4 } },
    ],
    [
      'a unit that does not exist',
      (one) => (one.instruments[3]!.units = [{ path: '/HS/C9', body: '委员会' }]),
      { rule: 'unit-missing', field: 'instruments.3.units.0.path' },
    ],
    [
      'a code removed',
      (one) => one.codes.object.entries.shift(),
      { rule: 'procedure-code-removed', field: 'codes.object.entries', parameters: { code: 'food' } },
    ],
  ])('refuses %s', async (_name, change, data) => {
    const call = admin().publishProcedure({ procedure: procedureFrom('2099-01-01', change) });
    expect(await refusal(call)).toMatchObject({ code: 'RULE', status: 422, data });
    expect(await rulesIn(MALL)).toEqual([]);
  });

  it('refuses what is no topmost unit, and a year without days or source', async () => {
    const procedure = procedureFrom('2099-01-01');
    expect(await refusal(admin().publishProcedure({ procedure, unitPath: CIRCLE }))).toMatchObject({
      data: { rule: 'published-at-the-top', field: 'unitPath' },
    });
    expect(await refusal(admin().publishProcedure({ procedure, unitPath: '/NB' }))).toMatchObject({
      code: 'UNIT_UNKNOWN',
    });
    expect(await refusal(admin().importCalendarYear({ file: { ...YEAR_2027, days: [] } }))).toMatchObject({
      data: { issues: [{ field: 'file.days', rule: 'calendar-year-empty' }] },
    });
    expect(await refusal(admin().importCalendarYear({ file: { ...YEAR_2027, papers: [] } }))).toMatchObject({
      data: { rule: 'calendar-source-missing', field: 'source' },
    });
    expect((await admin().procedures({})).calendarYears[0]?.year).toBe(2026);
  });
});

describe('cases under a version', () => {
  const registered = (over: Record<string, unknown>) => ({
    ...steps.register(over),
    stream: newCase(),
    actor: mallMediator,
  });

  it('are judged by it, at every process of the centre, the one that published it or not', async () => {
    setting.centre.setNow(new Date('2026-03-10T02:00:00Z'));
    const other = await createCentre({
      databaseUrl: setting.centre.databaseUrl,
      adminToken: ADMIN_TOKEN,
      capacity: ROOMY,
    });
    try {
      const { url } = await other.listen({ host: '127.0.0.1', port: 0 });
      const device = await setting.device(MALL);
      // The other process has read its rules before there were any.
      await admin().publishProcedure({
        procedure: procedureFrom('2026-03-10', (one) => {
          one.codes.object.entries.push({ code: 'pets', name: { zh: '宠物', en: 'Pets' }, active: true });
        }),
      });
      const there = openTestDevice({ ...device, url, keys: device.keys });
      const { receipts } = await there.push(
        [
          registered({ procedure: 2, category: { object: 'pets', problem: 'quality' } }),
          registered({ category: { object: 'pets', problem: 'quality' } }),
          // Offline when the new one arrived: it is legal all the same.
          registered({}),
          registered({ procedure: 3 }),
        ].map((draft) => there.event({ ...draft, at: '2026-03-10T03:00:00.000Z' })),
      );
      expect(receipts.map(({ status, refusal: found }) => found?.rule ?? status)).toEqual([
        'accepted',
        'procedure-code-unknown',
        'accepted',
        'procedure-unknown',
      ]);
    } finally {
      await other.close();
    }
    expect(await broken()).toEqual([]);
  });

  it('miss the limit of their own version', async () => {
    setting.centre.setNow(new Date('2026-03-09T02:00:00Z'));
    await admin().publishProcedure({
      procedure: procedureFrom('2026-03-10', (one) => settleWithin(one, 2, 5)),
    });
    const device = await setting.device(MALL);
    // Received on 10 March, answered on the 20th: within ten working days, not within five.
    const answered = (over: Record<string, unknown>) => {
      const stream = newCase();
      const event = (draft: { type: string; payload: unknown }, at: string) =>
        device.event({ ...draft, stream, actor: mallMediator, at });
      return [
        event(steps.register(over), '2026-03-10T02:00:00.000Z'),
        event({ type: 'case-withdrawn', payload: { reason: '撤回' } }, '2026-03-20T02:00:00.000Z'),
      ];
    };
    const breaches = async () =>
      (await admin().rollup({ path: MALL, from: '2026-01-01', to: '2026-12-31' })).all.totals[
        'deadline-breached'
      ];
    await device.push(answered({}));
    expect(await breaches()).toBe(0);
    await device.push(answered({ procedure: 2 }));
    expect(await breaches()).toBe(1);
    expect(await broken()).toEqual([]);
  });
});

describe('the calendar', () => {
  it('judges what comes in from its import on; what was judged before stands, and a recount agrees', async () => {
    const device = await setting.device(MALL);
    // Ten working days from 21 December end on 5 January, or on the 6th once the notice moves the 4th.
    const answered = () => {
      const stream = newCase();
      const event = (draft: { type: string; payload: unknown }, at: string) =>
        device.event({ ...draft, stream, actor: mallMediator, at });
      return [
        event(steps.register(), '2026-12-21T02:00:00.000Z'),
        event({ type: 'case-withdrawn', payload: { reason: '撤回' } }, '2027-01-06T02:00:00.000Z'),
      ];
    };
    const breaches = async () =>
      (await admin().rollup({ path: MALL, from: '2026-01-01', to: '2027-12-31' })).all.totals[
        'deadline-breached'
      ];
    setting.centre.setNow(new Date('2027-01-07T02:00:00Z'));
    await device.push(answered());
    expect(await breaches()).toBe(1);
    expect(await admin().importCalendarYear({ file: YEAR_2027 })).toMatchObject({
      year: 2027,
      daysOff: 4,
      makeUpDays: 1,
      replaced: null,
    });
    await device.push(answered());
    expect(await breaches()).toBe(1);
    const amended = { ...YEAR_2027, days: YEAR_2027.days.slice(0, 3) };
    const again = await admin().importCalendarYear({ file: amended, source: '更正通知（虚构）' });
    expect(again.replaced).toEqual(expect.any(String));
    await device.push(answered());
    expect(await breaches()).toBe(2);
    expect(await broken()).toEqual([]);
    expect((await admin().procedures({})).calendarYears[0]).toMatchObject({
      year: 2027,
      daysOff: 3,
      source: '更正通知（虚构）',
      before: [{ source: YEAR_2027.papers[0] }],
    });
  });
});
