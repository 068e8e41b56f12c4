import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreview, ImportProgress } from '../../src/contract/workstation/imports.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';
import { briefly, judged, today } from './helpers.ts';

const SHOP = '/HS/C1/M01/S001';
const HEADER =
  '退货单号,商品,商品类别,购买日期,实付金额,申请日期,退款金额,退款日期,小票号,购买数量,退货数量,顾客';
const shops = [{ id: 'm-1', name: '虚构服饰店' }];
const file = (...rows: string[]): string => [HEADER, ...rows].join('\n');
const row = (
  over: Partial<
    Record<'number' | 'goods' | 'bought' | 'paid' | 'asked' | 'refund' | 'on' | 'receipt', string>
  > = {},
) => {
  const one = {
    number: 'T1',
    goods: '大衣',
    bought: '2026-06-01',
    paid: '100',
    asked: '2026-06-03',
    refund: '100',
    on: '2026-06-03',
    receipt: 'R1',
    ...over,
  };
  return [
    one.number,
    one.goods,
    '服装',
    one.bought,
    one.paid,
    one.asked,
    one.refund,
    one.on,
    one.receipt,
    '1',
    '1',
    '张三',
  ].join(',');
};
const tills = async (content: string, here: typeof shops | undefined = shops) => {
  const { accepted, refused } = await judged(content, { today, ...(here ? { shops: here } : {}) });
  return {
    accepted: accepted.flatMap((one) => (one.kind === 'return' ? [one] : [])),
    refused: briefly(refused),
  };
};

describe('a till’s list of returns', () => {
  it('is known by its headers, and read line by line', async () => {
    const { accepted, refused } = await tills(file(row(), row({ number: 'T2', refund: '', on: '' })));
    expect(refused).toEqual([]);
    expect(accepted.map(({ till }) => till)).toEqual([
      {
        tillNumber: 'T1',
        merchantId: 'm-1',
        merchantName: '虚构服饰店',
        goodsCategory: 'clothing',
        goodsName: '大衣',
        purchasedOn: '2026-06-01',
        requestedOn: '2026-06-03',
        paidFen: 10_000,
        refund: { fen: 10_000, on: '2026-06-03' },
        proofNumber: 'R1',
        buyerName: '张三',
        buyerPhone: null,
      },
      expect.objectContaining({ tillNumber: 'T2', refund: null }),
    ]);
    expect(accepted[1]?.notes.map(({ note }) => note)).toContain('return-waits');
  });

  it('refuses more given back than was bought, naming row and field', async () => {
    const over = file(
      row({ refund: '100.01' }),
      row({ number: 'T2' }).replace(',1,1,', ',2,3,'),
      row({ number: 'T3', receipt: 'R3', refund: '60' }),
      row({ number: 'T4', receipt: 'R3', refund: '60' }),
      row({ number: 'T5', receipt: 'R3', refund: '40' }),
    );
    expect((await tills(over)).refused).toEqual([
      '2 refunded refund-above-paid',
      '3 returnedQuantity returned-above-bought',
      '5 refunded refunds-above-paid',
    ]);
  });

  it('refuses days out of order, what is no quantity, and a merchant that nobody knows', async () => {
    const bad = file(
      row({ asked: '2026-05-31' }),
      row({ number: 'T2', on: '2026-06-02' }),
      row({ number: 'T3', bought: '2026-07-01' }),
      row({ number: 'T4', paid: '' }),
      row({ number: 'T5' }).replace(',1,1,', ',一件,1,'),
      row({ number: '' }),
    );
    expect((await tills(bad)).refused).toEqual([
      '2 requestedOn before-purchase',
      '3 refundedOn refund-before-request',
      '4 purchasedOn date-in-future',
      '5 paid required',
      '6 quantity bad-count',
      '7 tillNumber required',
    ]);
    const two = [...shops, { id: 'm-2', name: '虚构鞋店' }];
    expect((await tills(file(row()), two)).refused).toEqual(['2 shopName shop-needed']);
    expect((await tills(file(row()), [])).refused).toEqual(['2 shopName shop-missing']);
    const named = `门店,${HEADER}\n虚构鞋店,${row()}\n别家,${row({ number: 'T2' })}`;
    const { accepted, refused } = await tills(named, two);
    expect(accepted.map(({ till }) => till.merchantId)).toEqual(['m-2']);
    expect(refused).toEqual(['3 shopName shop-unknown']);
  });

  it('takes a line that stands twice for one, and refuses its number with other content', async () => {
    const { accepted, refused } = await tills(file(row(), row(), row({ goods: '裤子' })));
    expect(new Set(accepted.map(({ identity }) => identity)).size).toBe(1);
    expect(accepted[1]?.notes.map(({ note }) => note)).toEqual(['same-till-line']);
    expect(refused).toEqual(['4 tillNumber till-line-differs']);
  });

  it('takes no line for one that was refused above: it is as wrong the second time', async () => {
    const lines = [
      row({ refund: '34' }),
      ...Array.from({ length: 2 }, () => row({ number: 'T5', refund: '67' })),
    ];
    const { accepted, refused } = await tills(file(...lines));
    expect(accepted).toHaveLength(1);
    expect(refused).toEqual(['3 refunded refunds-above-paid', '4 refunded refunds-above-paid']);
  });

  it('never gives back more of a receipt than was paid, whatever the lines', async () => {
    const line = fc.record({
      number: fc.integer({ min: 1, max: 8 }),
      receipt: fc.integer({ min: 1, max: 2 }),
      refund: fc.integer({ min: 0, max: 120 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
        const content = file(
          ...lines.map((one) =>
            row({ number: `T${one.number}`, receipt: `R${one.receipt}`, refund: String(one.refund) }),
          ),
        );
        const { accepted, refused } = await tills(content);
        expect(accepted.length + refused.length).toBe(lines.length);
        const once = new Map(accepted.map((one) => [one.identity, one.till]));
        for (const receipt of ['R1', 'R2']) {
          const sum = [...once.values()]
            .filter(({ proofNumber }) => proofNumber === receipt)
            .reduce((all, { refund }) => all + (refund?.fen ?? 0), 0);
          expect(sum).toBeLessThanOrEqual(10_000);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('at a shop’s workstation', () => {
  let workstation: TestWorkstation;
  let remove: () => Promise<void>;
  const now = new Date('2026-06-30T02:00:00.000Z');
  beforeAll(async () => {
    const made = await temporaryFolder();
    remove = made.remove;
    workstation = await openTestWorkstation(made.folder, {
      unitPath: SHOP,
      role: 'shop-manager',
      clock: () => now,
    });
    await workstation.api.merchants.register({
      merchantId: crypto.randomUUID(),
      name: '虚构服饰店',
      creditCode: null,
      category: 'enterprise',
      unitPath: SHOP,
      address: null,
      contactName: null,
      phone: null,
    });
  });
  afterAll(async () => {
    await workstation.running.close();
    await remove();
  });

  const preview = (content: string): Promise<ImportPreview> =>
    workstation.api.imports.open({
      fileName: '退货.csv',
      base64: Buffer.from(content).toString('base64'),
    });
  async function imported(content: string): Promise<Extract<ImportProgress, { phase: 'finished' }>> {
    const { importId } = await preview(content);
    for await (const progress of await workstation.api.imports.commit({ importId, unitPath: SHOP }))
      if (progress.phase === 'finished') return progress;
    throw new Error('The import ended without its figures');
  }
  const LIST = file(
    row(),
    row(),
    row({ number: 'T2', refund: '', on: '' }),
    row({ number: 'T3', refund: '101' }),
  );

  it('each line is one return, granted where it was refunded, and the same list again is none', async () => {
    const { api } = workstation;
    expect(await imported(LIST)).toMatchObject({ imported: 2, existing: 1, refused: 1 });
    const { items } = await api.returns.list({ filter: {}, limit: 10 });
    expect(items.map(({ status }) => status).toSorted()).toEqual(['granted', 'requested']);
    const granted = items.find(({ status }) => status === 'granted');
    const { state } = await api.returns.get({ id: granted?.id ?? '' });
    expect(state).toMatchObject({ refundFen: 10_000, route: 'original', refundedOn: '2026-06-03' });
    expect(new Set(items.map(({ number }) => number)).size).toBe(2);
    expect(await imported(LIST)).toMatchObject({ imported: 0, existing: 3, refused: 1 });
  });

  it('is undone as a whole, whatever brought in nothing since', async () => {
    const { api } = workstation;
    expect(await api.imports.undo()).toEqual({ undone: 2 });
    expect((await api.returns.list({ filter: {}, limit: 10 })).total).toBe(0);
  });
});
