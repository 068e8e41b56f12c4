import { expect, it } from 'vitest';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { FundAction } from '../../src/contract/workstation/fund.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';
import { uuidv7 } from 'uuidv7';

const workstations = useWorkstations();
const today = businessDay(new Date().toISOString());

async function proved(...all: LiveWorkstation[]): Promise<void> {
  for (const one of all) expect((await one.api.sync.now()).sign).toBe('proved');
}

const goods = {
  goodsCategory: 'clothing' as const,
  goodsName: '大衣',
  purchasedOn: today,
  condition: 'intact' as const,
  proofType: 'receipt' as const,
  proofNumber: null,
  gift: 'none' as const,
  giftPriceFen: null,
  confirmedUnsuitable: false,
};

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

async function grantedReturn(
  { api }: LiveWorkstation,
  merchantId: string,
  amountFen: number,
  purchasedAt?: string,
): Promise<string> {
  const returnId = uuidv7();
  await api.returns.request({
    returnId,
    merchantId,
    ...(purchasedAt === undefined ? {} : { purchasedAt }),
    consumer: { name: '张三', phone: null },
    request: { ...goods, amountFen },
  });
  const payload = { refundFen: amountFen, route: 'original' as const, refundedOn: today };
  await api.returns.decide({ id: returnId, revision: 1, decision: { decision: 'grant', payload } });
  return returnId;
}

it('a fund pays first with two approvals and gets it back, and insurance pays its tenth, the same at both units', async () => {
  await workstations.centre.admin.admin.addStaff({
    staff: [
      {
        id: 'mediator-circle',
        name: 'mediator-circle（虚构）',
        role: 'mediator',
        unitPath: '/HS/C1',
        passwordHash: workstations.passwordHash,
      },
    ],
  });
  const circle = await workstations.open('circle', '/HS/C1', 'supervisor-circle');
  const district = await workstations.open('district', '/HS', 'supervisor-district');
  const fundId = uuidv7();
  let { state } = await circle.api.funds.open({
    fundId,
    name: '先行赔付金',
    unitPath: '/HS/C1',
    floorFen: 50_000,
  });
  const act = async ({ api }: LiveWorkstation, action: FundAction): Promise<void> => {
    ({ state } = await api.funds.act({ id: fundId, revision: state.revision, eventId: uuidv7(), action }));
  };
  const refusal = (one: LiveWorkstation, action: FundAction): Promise<unknown> =>
    act(one, action).then(
      () => null,
      (error: { data?: unknown }) => error.data,
    );
  await act(circle, { step: 'fund-deposited', payload: { fen: 100_000, payer: '虚构百货', on: today } });
  const { id: caseId } = await circle.api.cases.register(caseInput());

  await circle.api.session.signIn({ staffId: 'mediator-circle', password: PASSWORD });
  const ask = { caseId, fen: 60_000, finding: '商户无正当理由拒绝退款' };
  expect(
    await refusal(circle, { step: 'advance-requested', payload: { ...ask, caseId: uuidv7() } }),
  ).toMatchObject({
    issues: [{ field: 'action.payload.caseId', rule: 'case-missing' }],
  });
  await act(circle, { step: 'advance-requested', payload: ask });
  const advanceId = state.advances[0]?.advanceId ?? '';
  expect(state.advances[0]).toMatchObject({
    merchantName: '虚构服饰店',
    consumerName: '张三',
    status: 'requested',
  });
  await circle.api.session.signIn({ staffId: 'supervisor-circle', password: PASSWORD });
  await act(circle, { step: 'advance-approved', payload: { advanceId } });
  expect(await refusal(circle, { step: 'advance-approved', payload: { advanceId } })).toMatchObject({
    rule: 'approval-same-person',
  });
  await proved(circle, district);
  expect((await district.api.funds.get({ id: fundId })).advances[0]?.steps).toContain('advance-approved');
  await act(district, { step: 'advance-approved', payload: { advanceId } });
  await proved(district, circle);

  const pay: FundAction = {
    step: 'advance-paid',
    payload: { advanceId, on: today, recoverBy: shiftDay(today, 30) },
  };
  expect(await refusal(circle, pay)).toMatchObject({ rule: 'fund-below-floor', field: 'fen' });
  await act(circle, { step: 'fund-floor-set', payload: { floorFen: 40_000, reason: '主办方同意' } });
  await act(circle, pay);
  await act(circle, { step: 'advance-recovered', payload: { advanceId, fen: 20_000, on: today } });
  const [listed] = (await circle.api.funds.list()).funds;
  expect(listed).toMatchObject({ cashFen: 60_000, floorFen: 40_000, owedFen: 40_000, waiting: 0 });

  // The policy of the circle, and a return that was granted there.
  const policyId = uuidv7();
  await circle.api.funds.takePolicy({
    policyId,
    number: 'NB-2026-0001',
    insurer: '虚构财产保险',
    unitPath: '/HS/C1',
    from: shiftDay(today, -30),
    to: shiftDay(today, 334),
    sumFen: 20_000_000,
    premiumFen: 600_000,
    ratePerMille: 100,
    perCaseFen: 50_000,
    merchantIds: null,
    goods: null,
  });
  const returnId = await grantedReturn(circle, await merchantAt(circle, '/HS/C1', '虚构食品店'), 6_800);
  const file = { step: 'claim-filed' as const, payload: { returnId, on: today } };
  const claimed = await circle.api.funds.claim({
    id: policyId,
    revision: 1,
    eventId: uuidv7(),
    action: file,
  });
  expect(claimed).toMatchObject({
    summary: { remainingFen: 19_999_320 },
    state: { claims: [{ payableFen: 680 }] },
  });
  await expect(
    circle.api.funds.claim({ id: policyId, revision: 2, eventId: uuidv7(), action: file }),
  ).rejects.toMatchObject({ data: { rule: 'claim-for-return', field: 'returnId' } });
  await proved(circle, district);
  expect(await district.api.funds.list()).toEqual(await circle.api.funds.list());
  const { all } = await workstations.centre.admin.admin.rollup({ path: '/HS', from: today, to: today });
  expect(all.totals).toMatchObject({
    'advances-paid': 1,
    'advances-paid-fen': 60_000,
    'advances-recovered-fen': 20_000,
  });
});

it('goods come back to another shop of the group, and the shops settle what one owes the other', async () => {
  const shop = await workstations.open('shop', '/HS/C1/M01/S001', 'manager-shop');
  const second = await workstations.open('second', '/HS/C1/M02', 'mediator-second');
  const circle = await workstations.open('circle', '/HS/C1', 'supervisor-circle');
  const district = await workstations.open('district', '/HS', 'supervisor-district');
  const here = await merchantAt(shop, '/HS/C1/M01/S001', '虚构服饰一店');
  const there = await merchantAt(second, '/HS/C1/M02', '虚构服饰二店');
  await proved(shop, second, circle);

  // Who sees both shops proposes the promise of the group, and somebody else confirms it.
  const shops = [
    { merchantId: here, name: '虚构服饰一店', unitPath: '/HS/C1/M01/S001' },
    { merchantId: there, name: '虚构服饰二店', unitPath: '/HS/C1/M02' },
  ];
  const proposed = await circle.api.merchants.propose({
    id: here,
    revision: 1,
    commitment: {
      windowDays: 7,
      startRule: 'day-after',
      goods: null,
      excludedGoods: [],
      conditions: null,
      giftRule: 'returned',
      freightRule: 'consumer',
      group: { name: '虚构服饰联盟', shops },
      effectiveFrom: today,
      note: null,
    },
  });
  const commitmentId = proposed.state.proposals?.[0]?.commitmentId ?? '';
  const confirm = { id: here, revision: 2, commitmentId, effectiveFrom: today };
  await expect(circle.api.merchants.confirmProposal(confirm)).rejects.toMatchObject({
    data: { rule: 'own-proposal' },
  });
  await proved(circle, district);
  await district.api.merchants.confirmProposal(confirm);
  await proved(district, shop);

  await expect(grantedReturn(shop, here, 12_800, uuidv7())).rejects.toMatchObject({
    data: { issues: [{ field: 'purchasedAt', rule: 'not-in-group' }] },
  });
  const returnId = await grantedReturn(shop, here, 12_800, there);
  await proved(shop, second, circle);
  const period = { from: today, to: today };
  const owed = {
    creditor: here,
    debtor: there,
    fen: 12_800,
    open: 1,
    returns: 1,
    debtorName: '虚构服饰二店',
  };
  for (const one of [shop, second, circle])
    expect(await one.api.returns.between(period)).toMatchObject({ pairs: [owed], more: false });
  // The one that sold them sees the return, and does not decide for the other.
  expect(await second.api.returns.get({ id: returnId })).toMatchObject({ canSettle: false });

  const paid = { id: returnId, revision: 2, paidOn: today, reference: '转账 0001' };
  const settled = await shop.api.returns.settle(paid);
  expect(settled).toMatchObject({ canSettle: false, canUnsettle: true });
  await expect(shop.api.returns.settle({ ...paid, revision: 3 })).rejects.toMatchObject({
    data: { rule: 'nothing-to-settle' },
  });
  expect(await shop.api.returns.between(period)).toMatchObject({ pairs: [{ fen: 0, open: 0 }] });
  await shop.api.returns.unsettle({ id: returnId, revision: 3, undoneOn: today, reason: '记错' });
  await shop.api.returns.settle({ ...paid, revision: 4 });
  await proved(shop, circle);
  expect(await circle.api.returns.between(period)).toMatchObject({
    pairs: [{ fen: 0, open: 0, returns: 1 }],
  });
  const { all } = await workstations.centre.admin.admin.rollup({ path: '/HS', ...period });
  expect(all.totals).toMatchObject({ 'returns-granted': 1, 'returns-cross-shop': 1 });
});
