import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import type { PatrolStreet, StorefrontAction, Visit } from '../../src/contract/workstation/street.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { CHECKLISTS } from '../../src/domain/street/index.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { CIRCLE, DISTRICT, MALL, SHOP } from '../central/setting.ts';
import { type LiveWorkstation, useWorkstations } from '../support/live-workstations.ts';
import { pngOf } from '../support/samples.ts';

const given = useWorkstations();
const today = businessDay(new Date().toISOString());
const later = shiftDay(today, 14);
const codes = (CHECKLISTS[0]?.items ?? []).map(({ code }) => code);

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: { code: string; data?: unknown }) => error.data ?? error.code,
  );

/** Facts and photographs, both ways. */
async function proved(...all: LiveWorkstation[]): Promise<void> {
  for (const { api, running } of all) {
    await api.sync.now();
    await running.parts.uploads.run();
    expect((await api.sync.now()).sign).toBe('proved');
  }
}

async function merchantAt(api: WorkstationClient, name: string): Promise<string> {
  const merchantId = uuidv7();
  await api.merchants.register({
    merchantId,
    name,
    creditCode: null,
    category: 'enterprise',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  return merchantId;
}

async function photoAt(api: WorkstationClient): Promise<Visit['answers'][number]['photos'][number]> {
  const kept = await api.streets.keepPhoto({
    name: 'IMG_0001.png',
    base64: pngOf(40, 60).toString('base64'),
  });
  return { ...kept, file: 'IMG_0001.png' };
}

it('a street is patrolled offline, plaques come and go by what was found, and all of it counts at every level', async () => {
  const district = await given.open('district', DISTRICT, 'supervisor-district');
  const circle = await given.open('circle', CIRCLE, 'supervisor-circle');
  const shop = await given.open('shop', SHOP, 'manager-shop');
  const { api } = circle;
  const [good, poor, other] = [
    await merchantAt(api, '虚构服饰店'),
    await merchantAt(api, '虚构鞋店'),
    await merchantAt(api, '虚构茶庄'),
  ];
  const streetId = uuidv7();
  expect(await refusalOf(api.streets.open({ streetId, name: '虚构示范街', unitPath: SHOP }))).toMatchObject({
    rule: 'street-unit-level',
    field: 'unitPath',
  });
  await api.streets.open({ streetId, name: '虚构示范街', unitPath: CIRCLE });
  const join = (merchantId: string) => api.streets.join({ eventId: uuidv7(), streetId, merchantId });
  await join(good);
  const opened = await join(poor);
  expect(opened).toMatchObject({ shops: [{ lastOn: null }, { plaqueOn: null }], can: { decide: true } });
  expect(await refusalOf(join(good))).toMatchObject({ rule: 'street-shop-joined', field: 'merchantId' });
  await proved(circle);

  // From here on without a line.
  await given.centre.halt();
  const photo = await photoAt(api);
  const visit = (merchantId: string, missed: readonly string[] = [], over: Partial<Visit> = {}): Visit => ({
    merchantId,
    answers: codes.map((item) => ({
      item,
      answer: missed.includes(item) ? 'missed' : item === 'extra-services' ? 'not-applicable' : 'met',
      note: '',
      photos: missed.includes(item) ? [photo] : [],
    })),
    findings: '',
    recheckOn: missed.length > 0 ? later : null,
    ...over,
  });
  const walk = (...shops: Visit[]): PatrolStreet => ({ patrolId: uuidv7(), streetId, on: today, shops });
  const refused = (...shops: Visit[]) => refusalOf(api.streets.patrol(walk(...shops)));
  expect(await refused()).toMatchObject({ rule: 'patrol-no-shop', field: 'shops' });
  expect(await refused(visit(good, [], { answers: [] }))).toMatchObject({
    rule: 'patrol-no-answer',
    field: 'shops.0.answers',
  });
  expect(await refused(visit(good), visit(other))).toMatchObject({
    rule: 'street-shop-missing',
    field: 'shops.1.merchantId',
  });
  expect(await refused(visit(good), visit(poor, ['gift'], { recheckOn: today }))).toMatchObject({
    rule: 'patrol-recheck-past',
    field: 'shops.1.recheckOn',
  });
  const bare = visit(poor, ['gift']);
  expect(
    await refused({ ...bare, answers: bare.answers.map((one) => ({ ...one, photos: [] })) }),
  ).toMatchObject({
    rule: 'patrol-photo-needed',
    field: `shops.0.answers.${codes.indexOf('gift')}.photos`,
  });

  const first = walk(visit(good), visit(poor, ['gift'], { findings: '赠品未标明数量' }));
  const after = await api.streets.patrol(first);
  expect(after.state.patrols).toMatchObject([{ patrolId: first.patrolId, shops: 2 }]);
  expect(after.shops).toMatchObject([
    { merchantName: '虚构服饰店', basisPoints: 10_000, passed: true, recheckOn: null },
    { merchantName: '虚构鞋店', passed: true, missed: 1, recheckOn: later },
  ]);
  // The same save again, whose answer was lost, is the same patrol.
  expect(await api.streets.patrol(first)).toEqual(after);
  expect(await refusalOf(api.streets.patrol({ ...first, shops: [visit(good)] }))).toMatchObject({
    rule: 'saved-already',
  });
  const act = async (merchantId: string, action: StorefrontAction) => {
    const { state } = (await api.streets.shop({ merchantId })) ?? {};
    return api.streets.act({ merchantId, revision: state?.revision ?? 0, eventId: uuidv7(), action });
  };
  const grant = (merchantId: string, patrolId: string) =>
    act(merchantId, { step: 'plaque-granted', payload: { patrolId, on: today } });
  await grant(good, first.patrolId);
  expect(await grant(poor, first.patrolId)).toMatchObject({ state: { plaque: { on: today } } });
  // The re-check is somebody's task.
  expect((await api.deadlines.board({ scope: 'unit' })).others.cases).toMatchObject([
    { task: 'storefront.recheck', record: { kind: 'storefront', id: poor }, title: '虚构鞋店', late: false },
  ]);

  await given.centre.resume();
  await proved(circle, district, shop);
  // The shop sees what was found in it, with the photograph; nobody there may decide anything.
  const own = await shop.api.streets.shop({ merchantId: poor });
  expect(own).toMatchObject({
    state: { patrols: [{ findings: '赠品未标明数量' }] },
    can: { 'plaque-granted': false, 'plaque-withdrawn': false, 'shop-left': false },
  });
  const seen = await shop.api.streets.openPhoto({ merchantId: poor, sha256: photo.sha256 });
  expect(Buffer.from(seen.base64, 'base64').equals(pngOf(40, 60))).toBe(true);
  expect(await refusalOf(shop.api.streets.openPhoto({ merchantId: good, sha256: photo.sha256 }))).toBe(
    'NOT_FOUND',
  );
  // What was found counts among the facts of its prices.
  const { state: credit } = await district.api.credits.get({ id: poor });
  expect(credit?.patrols).toMatchObject([{ items: codes.length - 1, clear: codes.length - 2, on: today }]);

  // The re-check fails, and the plaque goes by itself; the district withdraws the other one.
  const second = walk(visit(poor, ['nothing-beyond', 'gift']));
  await api.streets.patrol(second);
  expect(await refusalOf(grant(poor, second.patrolId))).toMatchObject({
    rule: 'plaque-essential-missed',
    field: 'patrolId',
  });
  expect(await api.streets.shop({ merchantId: poor })).toMatchObject({
    state: { plaque: null, pastPlaques: [{ ended: { cause: 'recheck-failed', on: today } }] },
  });
  const hung = await district.api.streets.shop({ merchantId: good });
  await district.api.streets.act({
    merchantId: good,
    revision: hung?.state.revision ?? 0,
    eventId: uuidv7(),
    action: { step: 'plaque-withdrawn', payload: { on: today, reason: '投诉核实' } },
  });
  await proved(circle, district);

  const station = {
    stationId: uuidv7(),
    unitPath: CIRCLE,
    name: '虚构驿站',
    place: '一楼服务台旁',
    opens: '09:00',
    closes: '21:00',
    offers: ['water'],
    note: '',
  };
  await api.stations.open(station);
  const [kept] = await api.stations.open(station);
  const change = { id: station.stationId, eventId: uuidv7() };
  const { stationId: _id, unitPath: _path, ...fields } = station;
  expect(
    await refusalOf(
      api.stations.change({ ...change, revision: 1, fields: { ...fields, offers: ['water', 'water'] } }),
    ),
  ).toMatchObject({ rule: 'station-offer-twice', field: 'offers' });
  await api.stations.change({
    ...change,
    revision: kept?.revision ?? 0,
    fields: { ...fields, note: '热水' },
  });
  await api.stations.open({ ...station, stationId: uuidv7(), name: '第二驿站' });
  await proved(circle);

  // Counted by hand: two walks, three visits, three items missed.
  const figures = async () =>
    Promise.all(
      [DISTRICT, CIRCLE, MALL, SHOP].map(async (path) => {
        const { all } = await given.centre.admin.admin.rollup({ path, from: today, to: today });
        const { totals } = all;
        return [
          totals['street-patrols'],
          totals['street-shops-patrolled'],
          totals['street-items-checked'],
          totals['street-items-missed'],
          totals['plaques-granted'],
          totals['plaques-withdrawn'],
          totals['plaques-in-force'],
          totals['stations-open'],
        ];
      }),
    );
  const checked = 3 * (codes.length - 1);
  const below = [0, 3, checked, 3, 2, 2, 0, 0];
  const above = [2, 3, checked, 3, 2, 2, 0, 2];
  expect(await figures()).toEqual([above, above, below, below]);
  const { rows: items } = await sql`
    SELECT key, street_items_missed AS missed FROM rollup_counter
    WHERE unit_path = ${DISTRICT} AND grain = 'day' AND facet = 'street-item' AND street_items_missed > 0
    ORDER BY key`.execute(given.centre.centre.database);
  expect(items.map((row) => Object.values(row as object).map(String))).toEqual([
    ['gift', '2'],
    ['nothing-beyond', '1'],
  ]);
  const { admin } = given.centre.admin;
  await admin.rebuild({});
  expect(await figures()).toEqual([above, above, below, below]);
  expect((await admin.verify()).invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});
