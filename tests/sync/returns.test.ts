import { expect, it } from 'vitest';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { useWorkstations } from '../support/live-workstations.ts';

const workstations = useWorkstations();
const SHOP = '/HS/C1/M01/S001';
const DAY_MS = 86_400_000;

const terms = {
  windowDays: 7,
  startRule: 'signed-next-day' as const,
  goods: null,
  excludedGoods: ['underwear'],
  conditions: '吊牌未拆',
  giftRule: 'charged' as const,
  freightRule: 'merchant' as const,
  group: null,
  note: null,
};

it('a promise is proposed at the shop and confirmed at the mall; a return that nobody decides becomes a case, and its end comes back', async () => {
  const start = Date.now();
  let later = 0;
  const clock = (): Date => new Date(start + later);
  const today = businessDay(clock().toISOString());
  const shop = await workstations.open('shop', SHOP, 'manager-shop', { clock });
  const mall = await workstations.open('mall', '/HS/C1/M01', 'mediator-mall', { clock });
  const sync = async (...all: (typeof shop)[]): Promise<void> => {
    for (const one of all) expect((await one.api.sync.now()).sign).toBe('proved');
  };

  const merchantId = crypto.randomUUID();
  await shop.api.merchants.register({
    merchantId,
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: SHOP,
    address: null,
    contactName: null,
    phone: null,
  });
  const bad = {
    id: merchantId,
    revision: 1,
    commitment: { ...terms, windowDays: 366, effectiveFrom: today },
  };
  await expect(shop.api.merchants.propose(bad)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    data: { issues: [{ field: 'commitment.windowDays', rule: 'window-days' }] },
  });
  const proposed = await shop.api.merchants.propose({
    ...bad,
    commitment: { ...bad.commitment, windowDays: 7 },
  });
  const [proposal] = proposed.state.proposals ?? [];
  expect(proposed).toMatchObject({ canConfirm: false, noticeDays: 7, state: { commitments: [] } });
  const confirm = {
    id: merchantId,
    revision: 2,
    commitmentId: proposal?.commitmentId ?? '',
    effectiveFrom: today,
  };
  await expect(shop.api.merchants.confirmProposal(confirm)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  await sync(shop, mall);

  expect(await mall.api.merchants.list({ proposed: true })).toMatchObject({
    total: 1,
    items: [{ id: merchantId, proposed: true, commitmentDays: null }],
  });
  const confirmed = await mall.api.merchants.confirmProposal(confirm);
  expect(confirmed.state.commitments).toMatchObject([{ version: 1, startRule: 'signed-next-day' }]);
  expect(await mall.api.merchants.list({ proposed: true })).toMatchObject({ total: 0 });
  await sync(mall, shop);

  // The card says what was confirmed, and is found out where it says something else.
  const [version] = confirmed.state.commitments;
  const card = await shop.api.merchants.card({
    id: merchantId,
    commitmentId: version?.commitmentId ?? '',
    size: 'A5',
  });
  const read = await mall.api.documents.verify({ base64: card.base64 });
  expect(read).toMatchObject({
    verdict: 'agrees',
    promise: { merchantId, version: 1, windowDays: 7, effectiveTo: null },
  });
  const number = 'promise' in read ? read.promise.number : '';
  expect(await mall.api.documents.verify({ number, code: '0000-1111-2222' })).toMatchObject({
    verdict: 'code-differs',
  });
  expect(await mall.api.documents.verify({ number })).toMatchObject({ verdict: 'code-not-given' });
  expect(await mall.api.documents.verify({ number: number.replace(/1$/, '9') })).toMatchObject({
    verdict: 'unknown',
  });

  const returnId = crypto.randomUUID();
  const asked = await shop.api.returns.request({
    returnId,
    merchantId,
    consumer: { name: '张三', phone: null },
    request: {
      goodsCategory: 'clothing',
      goodsName: '大衣',
      purchasedOn: today,
      receivedOn: today,
      freightFen: 1200,
      amountFen: 59_900,
      condition: 'intact',
      proofType: 'receipt',
      proofNumber: null,
      gift: 'kept',
      giftPriceFen: 900,
      confirmedUnsuitable: false,
    },
  });
  expect(asked).toMatchObject({
    state: { verdict: 'eligible' },
    due: { days: 2, late: false },
    canDispute: false,
  });
  const above = {
    decision: 'grant' as const,
    payload: { refundFen: 59_901, route: 'cash' as const, refundedOn: today },
  };
  await expect(shop.api.returns.decide({ id: returnId, revision: 1, decision: above })).rejects.toMatchObject(
    {
      code: 'RULE',
      data: { rule: 'refund-above-price', field: 'refundFen' },
    },
  );
  const caseId = crypto.randomUUID();
  const dispute = {
    id: returnId,
    revision: 1,
    caseId,
    consumerPhone: '10012345678',
    facts: '【虚构示例】迟迟不答复。',
  };
  await expect(shop.api.returns.dispute(dispute)).rejects.toMatchObject({
    data: { rule: 'return-not-overdue' },
  });

  later = 3 * DAY_MS;
  const board = await shop.api.deadlines.board({ scope: 'unit' });
  expect(board.returns).toMatchObject({ total: 1, cases: [{ id: returnId, late: true }] });
  expect(board.returns.cases[0]?.dueAt.slice(0, 10)).toBe(shiftDay(today, 2));
  expect(await shop.api.returns.get({ id: returnId })).toMatchObject({ canDecide: true, canDispute: true });
  await shop.api.returns.dispute(dispute);
  expect((await shop.api.deadlines.board({ scope: 'unit' })).returns.total).toBe(0);
  await shop.api.cases.act({
    id: caseId,
    revision: 1,
    action: { step: 'case-escalated', payload: { toPath: '/HS/C1/M01', reason: '请商场调解' } },
  });
  await sync(shop, mall);

  await mall.api.cases.act({ id: caseId, revision: 2, action: { step: 'case-accepted', payload: {} } });
  await mall.api.cases.act({
    id: caseId,
    revision: 3,
    action: {
      step: 'case-settled',
      payload: {
        instrument: 'settlement-agreement',
        terms: '商户退款。',
        amountFen: 59_000,
        performance: { kind: 'at-once' },
      },
    },
  });
  await sync(mall, shop);

  // The shop sees the end with its return, takes it over, and both sides see that.
  const ended = await shop.api.returns.get({ id: returnId });
  expect(ended).toMatchObject({
    canResolve: true,
    linkedCase: { end: { outcome: 'settled', agreedFen: 59_000 } },
  });
  const resolved = await shop.api.returns.resolve({
    id: returnId,
    revision: ended.state.revision,
    caseId,
    outcome: 'settled',
    agreedFen: 59_000,
  });
  expect(resolved).toMatchObject({ canResolve: false, state: { resolution: { outcome: 'settled' } } });
  await sync(shop, mall);
  expect((await mall.api.cases.get({ id: caseId })).linkedReturn).toMatchObject({
    id: returnId,
    resolved: true,
  });
  const period = { from: today, to: shiftDay(today, 10) };
  const { all } = await workstations.centre.admin.admin.rollup({ path: '/HS', ...period });
  expect(all.totals).toMatchObject({ 'returns-requested': 1, 'returns-disputed': 1, 'returns-resolved': 1 });
});
