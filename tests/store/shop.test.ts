import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  type TestWorkstation,
} from '../support/workstation.ts';

const SHOP = '/HS/C1/M01/S001';
let now = new Date('2026-03-10T02:00:00.000Z');
let shop: TestWorkstation;
let remove: () => Promise<void>;
const merchantId = crypto.randomUUID();

const LINE = { points: 0, weight: 3, mean: 8000, kind: 'rate' as const };
const GRADE = {
  merchantPath: SHOP,
  month: '2026-02',
  policyVersion: 1,
  category: 'enterprise',
  outcome: 'graded',
  base: 800,
  points: 800,
  grade: 'B',
  gradeOfPoints: 'B',
  lines: [
    { ...LINE, indicator: 'settled-at-source', good: 2, bad: 2 },
    { ...LINE, indicator: 'returns-granted', good: 1, bad: 3 },
  ],
  interval: { low: 700, high: 900, worst: 'C', best: 'A' },
  matters: 8,
  reasons: [],
  recordedBy: [],
  limits: { file: 5, fileApproved: 20, decide: 5, decideApproved: 20, overrideDays: 365 },
  cause: 'monthly',
};

beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  shop = await openTestWorkstation(made.folder, {
    unitPath: SHOP,
    role: 'shop-manager',
    clock: () => now,
  });
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
  const { running, feed } = shop;
  const items = [feed.item(foreignEvent('credit', merchantId, 'grade-published', GRADE))];
  await running.parts.store.write((writer) =>
    applyFeedPage(
      writer,
      { items, head: feed.head(), centreTime: '2026-03-10T02:00:00.000Z' },
      running.parts.directory,
    ),
  );
});
afterAll(async () => {
  await shop.running.close();
  await remove();
});

const requested = async (goodsName: string): Promise<string> => {
  const returnId = crypto.randomUUID();
  await shop.api.returns.request({
    returnId,
    merchantId,
    consumer: { name: '张三', phone: null },
    request: {
      goodsCategory: 'clothing',
      goodsName,
      purchasedOn: '2026-03-09',
      amountFen: 6800,
      condition: 'intact',
      proofType: 'receipt',
      proofNumber: null,
      gift: 'none',
      giftPriceFen: null,
      confirmedUnsuitable: false,
    },
  });
  return returnId;
};

describe('a shop’s day', () => {
  it('shows what waits with what a grant gives back, and the disputes that nobody has answered', async () => {
    const { api } = shop;
    await requested('大衣');
    now = new Date(now.getTime() + 60_000);
    await requested('毛衣');
    const { id: caseId } = await api.cases.register(
      caseInput({ merchant: { merchantId, name: '虚构服饰店' } }),
    );
    const answered = await api.cases.register(caseInput({ merchant: { merchantId, name: '虚构服饰店' } }));
    await api.cases.act({ id: answered.id, revision: 1, action: { step: 'case-accepted', payload: {} } });
    const desk = await api.shop.desk({});
    expect(desk).toMatchObject({ waiting: 2, disputesOpen: 1, account: { merchantId } });
    expect(desk.merchants).toEqual([{ id: merchantId, name: '虚构服饰店' }]);
    expect(desk.returns.map(({ goodsName, refundFen }) => [goodsName, refundFen])).toEqual([
      ['大衣', 6800],
      ['毛衣', 6800],
    ]);
    expect(desk.disputes.map(({ id }) => id)).toEqual([caseId]);
    expect(desk.disputes[0]?.deadline?.kind).toBe('first-contact');
  });

  it('says what the grade is and what would help most, with what is open of it', async () => {
    const { account } = await shop.api.shop.desk({ merchantId });
    expect(account?.credit).toMatchObject({
      grade: { grade: 'B', points: 800, month: '2026-02' },
      pending: null,
    });
    const helps = account?.credit?.helps ?? [];
    expect(helps).toHaveLength(3);
    // Two returns wait; of two disputes nobody has answered one; nothing was agreed, and no price was looked at.
    const atHand = new Map([
      ['returns-granted', 2],
      ['answered-in-time', 1],
      ['settled-at-source', 2],
      ['regulator-spared', 2],
    ]);
    for (const { indicator, open } of helps) expect(open, indicator).toBe(atHand.get(indicator) ?? 0);
    expect(helps.some(({ open }) => open > 0)).toBe(true);
    for (const { gain } of helps) expect(gain).toBeGreaterThan(0);
    await expect(shop.api.shop.desk({ merchantId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('takes a decision back while it is here, and not twice', async () => {
    const { api } = shop;
    const { returns } = await api.shop.desk({});
    const [first] = returns;
    const id = first?.id ?? '';
    await api.returns.decide({
      id,
      revision: first?.revision ?? 0,
      decision: {
        decision: 'grant',
        payload: { refundFen: 6800, route: 'original', refundedOn: '2026-03-10' },
      },
    });
    expect(await api.shop.undoable({ id })).not.toBeNull();
    await api.shop.undo({ id });
    expect((await api.returns.get({ id })).state.status).toBe('requested');
    expect(await api.shop.undoable({ id })).toBeNull();
    await expect(api.shop.undo({ id })).rejects.toMatchObject({ data: { rule: 'return-undo-too-late' } });
  });

  it('adds up the month, and writes it as a file that is logged before it is made', async () => {
    const { api, running } = shop;
    const { returns } = await api.shop.desk({});
    const [first, second] = returns;
    now = new Date('2026-03-10T05:00:00.000Z');
    await api.returns.decide({
      id: first?.id ?? '',
      revision: first?.revision ?? 0,
      decision: {
        decision: 'grant',
        payload: { refundFen: 6800, route: 'original', refundedOn: '2026-03-10' },
      },
    });
    await api.returns.decide({
      id: second?.id ?? '',
      revision: second?.revision ?? 0,
      decision: { decision: 'refuse', payload: { ground: 'other', text: '已穿着' } },
    });
    const { figures } = await api.shop.sheet({ merchantId, month: '2026-03' });
    expect(figures).toEqual({
      requested: 2,
      granted: 1,
      refused: 1,
      waiting: 0,
      refundedFen: 6800,
      medianHours: 3,
      longestHours: 3,
      disputes: 2,
      ended: 0,
      settled: 0,
      settledAtSource: 0,
    });
    expect((await api.shop.sheet({ merchantId, month: '2026-02' })).figures.requested).toBe(0);
    const exported = await api.shop.export({ merchantId, month: '2026-03', format: 'xlsx' });
    expect(Buffer.from(exported.base64, 'base64').subarray(0, 2).toString()).toBe('PK');
    const { rows } = await sql<{ action: string; record_kind: string }>`
      SELECT action, record_kind FROM access_row`.execute(running.parts.store.read);
    expect(rows).toContainEqual({ action: 'export', record_kind: 'merchant' });
    await expect(api.shop.sheet({ merchantId: crypto.randomUUID(), month: '2026-03' })).rejects.toMatchObject(
      { code: 'NOT_FOUND' },
    );
  });
});
