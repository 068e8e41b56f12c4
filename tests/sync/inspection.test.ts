import { expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import type {
  AttentionAction,
  DrawAction,
  GuidanceAction,
} from '../../src/contract/workstation/inspection.ts';
import type { WorkstationClient } from '../../src/main/workstation.ts';
import { defaultPolicy } from '../../src/domain/credit/index.ts';
import { defaultPlan } from '../../src/domain/inspection/index.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { type LiveWorkstation, useWorkstations } from '../support/live-workstations.ts';
import { PASSWORD } from '../support/workstation.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const today = businessDay(new Date().toISOString());
const ruleOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: { code: string; data?: unknown }) => error.data ?? error.code,
  );

async function proved(...all: LiveWorkstation[]): Promise<void> {
  for (const one of all) expect((await one.api.sync.now()).sign).toBe('proved');
}

async function merchantAt(api: WorkstationClient, unitPath: string, name: string): Promise<string> {
  const merchantId = uuidv7();
  await api.merchants.register({
    merchantId,
    name,
    creditCode: null,
    category: 'enterprise',
    unitPath,
    address: null,
    contactName: null,
    phone: null,
  });
  return merchantId;
}

it('a draw is made by two people, proved anew at the centre, and its results, advice and lists come to whom they concern', async () => {
  await workstations.centre.admin.admin.addStaff({
    staff: [
      {
        id: 'mediator-district',
        name: 'mediator-district（虚构）',
        role: 'mediator',
        unitPath: '/HS',
        passwordHash: workstations.passwordHash,
      },
    ],
  });
  const district = await workstations.open('district', '/HS', 'supervisor-district');
  const mall = await workstations.open('mall', MALL, 'mediator-mall');
  const shop = await workstations.open('shop', SHOP, 'manager-shop');
  const { api } = district;
  const as = (staffId: string) => api.session.signIn({ staffId, password: PASSWORD });
  const names = ['虚构服饰店', '虚构鞋店', '虚构茶庄', '虚构书店'];
  const ids: string[] = [];
  for (const name of names) ids.push(await merchantAt(api, SHOP, name));
  const [first = '', second = ''] = ids;
  await proved(district, mall, shop);

  // Of nobody anything is known: all are of the class that the plan has for that.
  expect(await api.inspections.preview({ unitPath: '/HS/C1' })).toMatchObject({ planVersion: 1 });
  expect(await ruleOf(api.inspections.preview({ unitPath: '/HS/C1/M02' }))).toMatchObject({
    rule: 'draw-empty',
    field: 'unitPath',
  });
  expect(
    await ruleOf(mall.api.inspections.prepare({ drawId: uuidv7(), unitPath: MALL, drawerSeed: '4711' })),
  ).toMatchObject({
    rule: 'inspection-regulator-only',
  });
  // All of whom nothing is known are to be drawn from now on: a day ahead, so that today's draw is by the shipped plan.
  const plan = {
    ...defaultPlan,
    effectiveFrom: shiftDay(today, 1),
    classes: defaultPlan.classes.map((one) => (one.class === 'not-rated' ? { ...one, perMille: 1000 } : one)),
  };
  const eventId = uuidv7();
  const published = await api.inspections.publishPlan({ eventId, version: 2, plan });
  expect(published).toMatchObject({ inForce: { version: 1 }, last: { version: 2 }, canPublish: true });
  expect(await api.inspections.publishPlan({ eventId, version: 2, plan })).toEqual(published);
  expect(await ruleOf(api.inspections.publishPlan({ eventId: uuidv7(), version: 2, plan }))).toMatchObject({
    rule: 'plan-version',
    field: 'version',
  });
  // The day after it holds.
  const tomorrow = await workstations.open('tomorrow', '/HS', 'supervisor-district', {
    clock: () => new Date(Date.now() + 86_400_000),
  });
  await proved(district, tomorrow);
  const drawId = uuidv7();
  const prepared = await tomorrow.api.inspections.prepare({ drawId, unitPath: '/HS/C1', drawerSeed: '4711' });
  expect(prepared).toMatchObject({ planVersion: 2, summary: { candidates: 4, status: 'prepared' } });
  expect(await tomorrow.api.inspections.prepare({ drawId, unitPath: '/HS/C1', drawerSeed: '4711' })).toEqual(
    prepared,
  );
  const act = async (one: WorkstationClient, action: DrawAction) => {
    const { revision } = await one.inspections.draw({ id: drawId });
    return one.inspections.act({ id: drawId, revision, eventId: uuidv7(), action });
  };
  const make: DrawAction = { step: 'draw-made', payload: { witnessSeed: '0815' } };
  expect(await ruleOf(act(tomorrow.api, make))).toMatchObject({
    rule: 'draw-same-person',
    field: 'witnessSeed',
  });
  await proved(tomorrow, district);
  // Nobody who may be visited knows of it.
  await proved(mall);
  expect(await mall.api.inspections.draws()).toEqual([]);

  await as('mediator-district');
  const made = await act(api, make);
  expect(made.drawn.map(({ merchantId }) => merchantId).toSorted()).toEqual(ids.toSorted());
  expect(await api.inspections.verify({ id: drawId })).toEqual({
    hashAgrees: true,
    drawAgrees: true,
    candidates: 4,
  });
  await proved(district, tomorrow);
  expect((await tomorrow.api.inspections.draw({ id: drawId })).drawn).toHaveLength(4);
  expect(await workstations.centre.admin.admin.verifyDraw({ drawId })).toMatchObject({
    unitPath: '/HS/C1',
    hashAgrees: true,
    drawAgrees: true,
  });

  // A penalty stands in the merchant's credit, and the result leads to it; another's does not do.
  const penalty = uuidv7();
  await tomorrow.api.credits.record({
    id: first,
    revision: 0,
    eventId: penalty,
    fact: {
      type: 'penalty-recorded',
      payload: {
        entryId: 'form',
        merchantPath: SHOP,
        class: 'minor',
        number: '甬海市监罚〔2026〕1号',
        organ: '海曙区市场监督管理局',
        on: shiftDay(today, 1),
        text: '未明码标价',
      },
    },
  });
  const result = (merchantId: string, creditFactId: string): DrawAction => ({
    step: 'result-recorded',
    payload: { merchantId, on: shiftDay(today, 1), outcome: 'credit-fact', text: '', creditFactId },
  });
  expect(await ruleOf(act(tomorrow.api, result(second, penalty)))).toMatchObject({
    rule: 'inspection-fact-unknown',
    field: 'creditFactId',
  });
  const detail = await tomorrow.api.inspections.draw({ id: drawId });
  expect(detail.drawn.find(({ merchantId }) => merchantId === first)?.entries).toMatchObject([
    { entryId: penalty, kind: 'penalty' },
  ]);
  await act(tomorrow.api, result(first, penalty));
  await proved(tomorrow, district);
  expect((await api.inspections.draws())[0]).toMatchObject({ drawn: 4, done: 1 });

  // As a file for the notice board.
  for (const format of ['xlsx', 'pdf'] as const) {
    const file = await api.inspections.export({ format, of: { view: 'draw', id: drawId } });
    expect(file.base64.length).toBeGreaterThan(1000);
  }

  // Advice: the shop chooses the time while it is offline, and no penalty comes of it.
  const guidanceId = uuidv7();
  const slot = new Date(Date.now() + 3 * 86_400_000).toISOString();
  await api.inspections.offer({ guidanceId, merchantId: second, subject: '明码标价', slots: [slot], drawId });
  await proved(district, shop);
  const guide = async (one: WorkstationClient, action: GuidanceAction) => {
    const { revision = 1 } = (await one.inspections.guidances()).find(({ id }) => id === guidanceId) ?? {};
    return one.inspections.guide({ id: guidanceId, revision, eventId: uuidv7(), action });
  };
  expect((await shop.api.inspections.guidances()).map(({ steps }) => steps)).toEqual([
    ['guidance-slot-chosen'],
  ]);
  await guide(shop.api, { step: 'guidance-slot-chosen', payload: { slot, contact: '店长' } });
  await proved(shop, district);
  const held = await guide(api, {
    step: 'guidance-held',
    payload: {
      on: today,
      officer: '王一',
      findings: '价签缺失',
      promises: ['补齐价签'],
      recheckOn: shiftDay(today, 14),
    },
  });
  expect(held).toMatchObject({ status: 'held', chosen: { contact: '店长' } });

  // Repeat merchants: the list goes down, its owner acts, and who sent it evaluates.
  const attentionId = uuidv7();
  await api.inspections.push({
    attentionId,
    ownerPath: MALL,
    from: shiftDay(today, -30),
    to: today,
    least: 2,
    merchants: [{ merchantId: first, name: '虚构服饰店', count: 3 }],
    dueOn: shiftDay(today, 14),
    text: '请约谈',
  });
  await proved(district, mall);
  const attend = async (one: WorkstationClient, action: AttentionAction) => {
    const { revision = 1 } = (await one.inspections.attention()).find(({ id }) => id === attentionId) ?? {};
    return one.inspections.attend({ id: attentionId, revision, eventId: uuidv7(), action });
  };
  await attend(mall.api, { step: 'attention-taken', payload: {} });
  await attend(mall.api, {
    step: 'attention-acted',
    payload: { merchantId: first, on: today, text: '已约谈' },
  });
  await proved(mall, district);
  const closed = await attend(api, {
    step: 'attention-evaluated',
    payload: { verdict: 'improved', after: [{ merchantId: first, count: 0 }], text: '未再发生' },
  });
  expect(closed).toMatchObject({ status: 'evaluated', owner: { staffId: 'mediator-mall' }, steps: [] });

  await proved(district, tomorrow, mall, shop);
  const { all } = await workstations.centre.admin.admin.rollup({
    path: '/HS',
    from: shiftDay(today, -1),
    to: shiftDay(today, 1),
  });
  expect(all.totals).toMatchObject({
    'inspections-drawn': 4,
    'inspections-done': 1,
    'inspections-with-finding': 1,
    'guidances-held': 1,
    'attention-pushed': 1,
    'attention-evaluated': 1,
  });
  const { invariants } = await workstations.centre.admin.admin.verify();
  expect(invariants.filter(({ broken }) => broken > 0)).toEqual([]);
});

it('those of the highest grade for months without a penalty are commended, but for who is left off with a reason', async () => {
  let now = new Date('2026-05-20T02:00:00Z');
  const setNow = (instant: string): void => {
    now = new Date(instant);
    workstations.centre.setNow(now);
  };
  setNow('2026-05-20T02:00:00Z');
  // By a policy whose highest grade begins right above the base, so that a few facts earn it.
  const grades = defaultPolicy.scale.grades.map((one) =>
    one.code === 'A' ? { ...one, from: 805 } : one.code === 'B' ? { ...one, to: 804 } : one,
  );
  await workstations.centre.admin.admin.publishCreditPolicy({
    policy: {
      ...defaultPolicy,
      effectiveFrom: '2026-05-20',
      scale: { ...defaultPolicy.scale, grades },
    },
  });
  const { api } = await workstations.open('district', '/HS', 'supervisor-district', { clock: () => now });
  const [good, left, fresh] = [
    await merchantAt(api, SHOP, '虚构服饰店'),
    await merchantAt(api, SHOP, '虚构鞋店'),
    await merchantAt(api, SHOP, '虚构茶庄'),
  ];
  const award = async (id: string): Promise<void> => {
    for (const title of ['示范店一', '示范店二', '示范店三']) {
      const { state } = await api.credits.get({ id });
      const payload = { entryId: 'form', merchantPath: SHOP, title, organ: '区局', on: '2026-05-20' };
      await api.credits.record({
        id,
        revision: state?.revision ?? 0,
        eventId: uuidv7(),
        fact: { type: 'award-recorded', payload },
      });
    }
    for (let count = 0; count < 3; count += 1) {
      const { state } = await api.credits.get({ id });
      const payload = {
        entryId: 'form',
        merchantPath: SHOP,
        items: 100,
        clear: 100,
        on: '2026-05-20',
        note: '',
      };
      await api.credits.record({
        id,
        revision: state?.revision ?? 0,
        eventId: uuidv7(),
        fact: { type: 'price-patrol-recorded', payload },
      });
    }
  };
  await award(good);
  await award(left);
  await api.sync.now();
  await workstations.centre.admin.admin.gradeMerchants({});
  await api.sync.now();
  expect((await api.credits.get({ id: good })).state?.grade?.grade).toBe('A');
  setNow('2026-10-20T02:00:00Z');
  const query = { unitPath: '/HS', month: '2026-09', months: 5 };
  expect(await api.inspections.commendable(query)).toMatchObject({
    topGrade: 'A',
    merchants: [good, left].toSorted().map((merchantId) => ({ merchantId })),
    others: { grade: 1 },
  });
  const commendationId = uuidv7();
  expect(
    await ruleOf(
      api.inspections.commend({ ...query, commendationId, leftOff: [{ merchantId: fresh, reason: '在诉' }] }),
    ),
  ).toMatchObject({ issues: [{ field: 'leftOff.0.merchantId', rule: 'commendation-not-on' }] });
  const list = await api.inspections.commend({
    ...query,
    commendationId,
    leftOff: [{ merchantId: left, reason: '在诉' }],
  });
  expect(list).toMatchObject({
    merchants: [{ merchantId: good }],
    leftOff: [{ merchantId: left, reason: '在诉' }],
  });
  const off = await api.inspections.withdraw({
    id: commendationId,
    revision: 1,
    eventId: uuidv7(),
    payload: { merchantId: good, reason: '处罚' },
  });
  expect(off).toMatchObject({ withdrawn: [{ merchantId: good }] });
  for (const of of [{ view: 'commendation', id: commendationId } as const, { view: 'grades' } as const])
    for (const format of ['xlsx', 'pdf'] as const)
      expect((await api.inspections.export({ format, of })).base64.length).toBeGreaterThan(1000);
});
