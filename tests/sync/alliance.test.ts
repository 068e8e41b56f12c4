import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { findAccounts } from '../../src/central/public/find-accounts.ts';
import { verifyDatabase } from '../../src/central/verify/index.ts';
import type { CharityAction } from '../../src/contract/workstation/charity.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { refusal } from '../central/setting.ts';
import { type LiveWorkstation, useWorkstations } from '../support/live-workstations.ts';
import { PASSWORD } from '../support/workstation.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const today = businessDay(new Date().toISOString());
/** Two citizens, invented; of a third nothing was imported. */
const [GOOD, FAIR, STRANGER] = ['330203199001010014', '330203198506150026', '330203200002290033'];
const citizen = (id: string): string => hash('sha256', id);

async function proved(...all: LiveWorkstation[]): Promise<void> {
  for (const one of all) expect((await one.api.sync.now()).sign).toBe('proved');
}

async function merchantAt({ api }: LiveWorkstation, unitPath: string, name: string): Promise<string> {
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

/** A shop joins and offers something off to citizens of that level. */
async function joins({ api }: LiveWorkstation, merchantId: string, level: number): Promise<string> {
  await api.alliance.join({ merchantId, eventId: uuidv7() });
  const discountId = uuidv7();
  const payload = {
    what: '全场服饰',
    off: { kind: 'percent' as const, percent: 15 },
    from: today,
    until: shiftDay(today, 30),
    level,
  };
  const action = { step: 'discount-offered' as const, payload };
  await api.alliance.act({ id: merchantId, revision: 1, eventId: discountId, action });
  return discountId;
}

/** What does not hold at the centre; among all else that figures made anew from the log are those that were added up. */
const broken = async () =>
  (await verifyDatabase(workstations.centre.databaseUrl)).filter((one) => one.broken > 0);

/** What a refusal says: its rule and field. */
const said = async (call: Promise<unknown>): Promise<unknown> => (await refusal(call)).data;

it('a citizen is checked at the shop, which learns yes or no and keeps nobody, and what is used is counted', async () => {
  const shop = await workstations.open('shop', SHOP, 'manager-shop');
  const second = await workstations.open('second', '/HS/C1/M02', 'mediator-second');
  const district = await workstations.open('district', '/HS', 'supervisor-district');
  const here = await merchantAt(shop, SHOP, '虚构服饰店');
  const there = await merchantAt(second, '/HS/C1/M02', '虚构鞋店');
  const discountId = await joins(shop, here, 2);
  const elsewhereId = await joins(second, there, 1);
  await proved(shop, second, district);

  const ask = (one: LiveWorkstation, id: string, of: string, citizenId: string, checkId = uuidv7()) =>
    one.api.alliance.check({ id, checkId, discountId: of, citizenId, consented: true });
  // Nothing is said where nothing was imported, nor by what is too old.
  expect(await ask(shop, here, discountId, GOOD)).toEqual({ kind: 'not-checked', reason: 'no-standing' });
  const { admin } = workstations.centre.admin;
  const file = (asOf: string, citizens: { citizen: string; level: number }[]) =>
    admin.importStanding({ importId: uuidv7(), asOf, citizens, complete: true });
  await file(shiftDay(today, -36), [{ citizen: citizen(GOOD), level: 2 }]);
  expect(await ask(shop, here, discountId, GOOD)).toEqual({ kind: 'not-checked', reason: 'no-standing' });
  const part = { importId: uuidv7(), asOf: today };
  await admin.importStanding({ ...part, citizens: [{ citizen: citizen(GOOD), level: 2 }], complete: false });
  const both = [
    { citizen: citizen(GOOD), level: 2 },
    { citizen: citizen(FAIR), level: 1 },
  ];
  expect(await admin.importStanding({ ...part, citizens: both, complete: true })).toMatchObject({
    citizens: 2,
    complete: true,
  });
  expect(await said(file(shiftDay(today, -1), both))).toMatchObject({
    rule: 'standing-older',
    field: 'asOf',
  });
  expect(await said(file(shiftDay(today, 1), both))).toMatchObject({ rule: 'date-in-future', field: 'asOf' });

  // Refused at the desk, by field and rule; nothing of it leaves.
  const form = { id: here, checkId: uuidv7(), discountId, citizenId: GOOD, consented: true };
  expect(await said(shop.api.alliance.check({ ...form, citizenId: '330203199001010010' }))).toMatchObject({
    issues: [{ field: 'citizenId', rule: 'id-check-digit' }],
  });
  expect(await said(shop.api.alliance.check({ ...form, consented: false }))).toMatchObject({
    issues: [{ field: 'consented', rule: 'alliance-consent-needed' }],
  });
  expect(await said(shop.api.alliance.check({ ...form, discountId: 'none' }))).toMatchObject({
    rule: 'discount-missing',
    field: 'discountId',
  });
  expect(await said(ask(district, here, discountId, GOOD))).toMatchObject({ rule: 'alliance-other-desk' });

  const checkId = uuidv7();
  const yes = await ask(shop, here, discountId, GOOD, checkId);
  expect(yes).toMatchObject({ kind: 'checked', qualifies: true, rulesVersion: 1 });
  // The same form again is the same check; another citizen under it is none.
  expect(await ask(shop, here, discountId, GOOD, checkId)).toEqual(yes);
  expect(await said(ask(shop, here, discountId, FAIR, checkId))).toMatchObject({ rule: 'saved-already' });
  expect(await ask(shop, here, discountId, FAIR)).toMatchObject({ qualifies: false });
  expect(await ask(shop, here, discountId, STRANGER)).toMatchObject({ qualifies: false });
  expect(await ask(second, there, elsewhereId, GOOD)).toMatchObject({ qualifies: true });
  expect(await ask(second, there, elsewhereId, FAIR)).toMatchObject({ qualifies: true });
  await proved(shop, second, district);

  const { checks } = await shop.api.alliance.get({ id: here });
  expect(checks.map(({ qualifies, canUse }) => [qualifies, canUse])).toEqual(
    expect.arrayContaining([
      [true, true],
      [false, false],
      [false, false],
    ]),
  );
  const good = checks.find(({ qualifies }) => qualifies)?.id ?? '';
  const no = checks.find(({ qualifies }) => !qualifies)?.id ?? '';
  const use = { checkId: good, eventId: uuidv7() };
  const used = await shop.api.alliance.use(use);
  expect(await shop.api.alliance.use(use)).toEqual(used);
  expect(await said(shop.api.alliance.use({ ...use, eventId: uuidv7() }))).toMatchObject({
    rule: 'discount-used-already',
  });
  expect(await said(shop.api.alliance.use({ checkId: no, eventId: uuidv7() }))).toMatchObject({
    rule: 'check-not-qualified',
  });
  await proved(shop, district);

  // Above it nobody sees who was checked; and nowhere stands who it was, or how good.
  expect((await district.api.alliance.get({ id: here })).checks).toEqual([]);
  const { database } = openDatabase(workstations.centre.databaseUrl);
  const { rows } = await sql<{ payload: string }>`
    SELECT payload FROM event WHERE stream_kind = 'alliance-check'`.execute(database);
  await database.destroy();
  const payloads = rows.map(({ payload }) => payload).join('\n');
  for (const one of [GOOD, FAIR, STRANGER])
    for (const text of [one, citizen(one)]) expect(payloads).not.toContain(text);
  const marks = payloads.match(/"citizenMark":"[^"]+"/g) ?? [];
  expect(new Set(marks).size).toBe(5);

  // Four levels, each the sum of those below.
  for (const [path, checked, qualifying] of [
    [SHOP, 3, 1],
    ['/HS/C1/M01', 3, 1],
    ['/HS/C1', 5, 3],
    ['/HS', 5, 3],
  ] as const) {
    const { all } = await admin.rollup({ path, from: today, to: today });
    expect(all.totals).toMatchObject({
      'alliance-shops': path.startsWith('/HS/C1/M01') ? 1 : 2,
      'alliance-discounts': path.startsWith('/HS/C1/M01') ? 1 : 2,
      'alliance-checks': checked,
      'alliance-qualifying': qualifying,
      'alliance-used': 1,
    });
  }

  expect(await broken()).toEqual([]);

  // Without the centre nothing is checked and nothing is kept.
  await workstations.centre.halt();
  expect(await ask(shop, here, discountId, GOOD)).toEqual({ kind: 'not-checked', reason: 'offline' });
  expect((await shop.api.alliance.get({ id: here })).checks).toHaveLength(3);
});

it('a Love Fund pays what two approve, never more than is in it, and shows its account to everybody', async () => {
  const circle = await workstations.open('circle', '/HS/C1', 'supervisor-circle');
  const district = await workstations.open('district', '/HS', 'supervisor-district');
  const id = uuidv7();
  await circle.api.charity.open({ charityId: id, name: '天一爱心基金', unitPath: '/HS/C1' });
  await proved(circle, district);
  const revision = async ({ api }: LiveWorkstation): Promise<number> =>
    (await api.charity.get({ id })).state.revision;
  const act = async (one: LiveWorkstation, action: CharityAction) =>
    one.api.charity.act({ id, revision: await revision(one), eventId: uuidv7(), action });
  const give = (fen: number, name: string | null) =>
    act(circle, {
      step: 'donation-received',
      payload: { fen, donor: { anonymous: name === null, name }, on: today },
    });
  await give(50_000, '虚构百货有限公司');
  await give(30_000, null);
  const application = {
    applicant: { name: '赵骑手', phone: '10012345678', group: 'rider' as const, platform: '虚构外卖' },
    need: 'accident' as const,
    story: '送餐途中摔伤',
    fen: 60_000,
    documents: ['identity' as const, 'work-proof' as const],
  };
  const taker = {
    id: 'mediator-fund',
    name: '经办人（虚构）',
    role: 'mediator' as const,
    unitPath: '/HS/C1',
    passwordHash: workstations.passwordHash,
  };
  await workstations.centre.admin.admin.addStaff({ staff: [taker] });
  await proved(circle, district);
  await circle.api.session.signIn({ staffId: taker.id, password: PASSWORD });
  const [first, second, third] = [uuidv7(), uuidv7(), uuidv7()];
  for (const applicationId of [first, second, third])
    await circle.api.charity.apply({ id, applicationId, application });
  await circle.api.session.signIn({ staffId: 'supervisor-circle', password: PASSWORD });
  const decide = async (one: LiveWorkstation, applicationId: string, ground?: string) => {
    const found = (await one.api.charity.get({ id })).applications.find((of) => of.id === applicationId);
    return one.api.charity.decide({
      id: applicationId,
      revision: found?.revision ?? 0,
      eventId: uuidv7(),
      decision:
        ground === undefined
          ? { step: 'charity-approved' }
          : { step: 'charity-refused', payload: { ground } },
    });
  };
  const pay = (one: LiveWorkstation, applicationId: string, fen = 60_000) =>
    act(one, { step: 'charity-paid', payload: { applicationId, fen, on: today } });
  expect(await said(decide(circle, third, ''))).toMatchObject({
    issues: [{ field: 'decision.payload.ground' }],
  });
  await decide(circle, third, '材料不全');
  await decide(circle, first);
  await decide(circle, second);
  expect(await said(decide(circle, first))).toMatchObject({ rule: 'approval-same-person' });
  expect(await said(pay(circle, first))).toMatchObject({
    rule: 'charity-not-approved',
    field: 'applicationId',
  });
  await proved(circle, district);
  await decide(district, first);
  await decide(district, second);
  await proved(district, circle);
  expect(await said(pay(circle, first, 60_001))).toMatchObject({
    rule: 'charity-other-amount',
    field: 'fen',
  });
  // The telephone number is masked, and shown with a reason that is kept.
  expect(JSON.stringify(await circle.api.charity.get({ id }))).not.toContain('10012345678');
  expect(await circle.api.charity.reveal({ id: first, reason: '电话通知' })).toEqual({
    phone: '10012345678',
  });

  // Both pay without knowing of each other: the order in which the centre receives them decides.
  await pay(circle, first);
  await pay(district, second);
  await circle.api.sync.now();
  await district.api.sync.now();
  await circle.api.sync.now();
  for (const one of [circle, district]) {
    const { state, summary, applications } = await one.api.charity.get({ id });
    expect(summary).toMatchObject({ balanceFen: 20_000, donatedFen: 80_000, paidFen: 60_000, waiting: 1 });
    expect(state.payouts).toMatchObject([{ applicationId: first }]);
    expect(applications.find((of) => of.id === second)?.paidOn).toBeNull();
  }
  expect(await said(pay(circle, second))).toMatchObject({ rule: 'charity-above-balance', field: 'fen' });
  expect(await said(decide(circle, first, '不符合条件'))).toMatchObject({ rule: 'charity-paid-already' });
  const [entry] = (await circle.api.charity.get({ id })).state.donations;
  const undo = { undoneId: entry?.entryId ?? '', on: today, reason: '记错' };
  expect(await said(act(circle, { step: 'donation-undone', payload: undo }))).toMatchObject({
    rule: 'charity-above-balance',
    field: 'undoneId',
  });

  const { admin } = workstations.centre.admin;
  for (const path of ['/HS/C1', '/HS'])
    expect((await admin.rollup({ path, from: today, to: today })).all.totals).toMatchObject({
      'charity-donated-fen': 80_000,
      'charity-paid-fen': 60_000,
      'charity-balance-fen': 20_000,
      'charity-applications': 3,
      'charity-refused': 1,
    });
  const { database } = openDatabase(workstations.centre.databaseUrl);
  const accounts = await findAccounts({ database });
  expect(accounts).toMatchObject([
    { balanceFen: 20_000, payouts: [{ to: '赵**' }], counts: { donations: 2 } },
  ]);
  expect(JSON.stringify(accounts)).not.toMatch(/赵骑手|百货|100123|摔伤/);
  const invariant = 'a Love Fund holds what its facts add up to, and never less than nothing';
  expect(await broken()).toEqual([]);
  await sql`
    UPDATE stream SET state = replace(state, '-60000', '-60001') WHERE kind = 'charity'`.execute(database);
  await database.destroy();
  expect((await broken()).map(({ name }) => name)).toContain(invariant);
});
