import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyCreditLine,
  type CreditLineState,
  recordsOfCreditLine,
  refusalOfCreditLine,
} from '../../../src/domain/finance/credit-line.ts';
import { creditLineDeltas, financeDeltas } from '../../../src/domain/finance/deltas.ts';
import { applyFinance, isWhitelisted } from '../../../src/domain/finance/merchant-finance.ts';
import { financeFactsOf } from '../../../src/domain/finance/index.ts';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import { ADMINISTRATOR, actorAt, factOf } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const BANK = '/HS/B01';
const AT = '2026-03-10T02:00:00.000Z';
const officer = actorAt(BANK, 'supervisor');
const granted = {
  merchantId: 'm1',
  merchantPath: SHOP,
  merchantName: '虚构服饰店',
  category: 'individual-business',
  lender: { unitPath: BANK, name: '合作银行' },
  consentId: 'c1',
  product: 'haige-loan',
  fen: 10_000_00,
  on: '2026-03-10',
  until: '2026-05-31',
  reference: 'DK-2026-7',
};
const fact = (type: string, payload: unknown, at = AT, actor = officer) =>
  factOf('credit-line', 'm1.l1', type, payload, actor, at);

describe('a line of credit', () => {
  it('never has more drawn than granted nor more repaid than drawn, is closed owing nothing, and is counted to the fen', () => {
    const step = fc.record({
      type: fc.constantFrom('credit-line-drawn', 'credit-line-repaid', 'credit-line-closed'),
      fen: fc.integer({ min: 1, max: 6_000_00 }),
      days: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const first = applyCreditLine(undefined, fact('credit-line-granted', granted));
        if (first.kind !== 'legal') throw new Error(JSON.stringify(first));
        let state: CreditLineState = first.state;
        let today = '2026-03-10';
        const sums = new Map<string, number>();
        let [drawn, repaid, closed] = [0, 0, false];
        for (const [place, { type, fen, days }] of steps.entries()) {
          today = shiftDay(today, days);
          const payload =
            type === 'credit-line-closed' ? { on: today } : { entryId: `e${place}`, fen, on: today };
          const one = fact(type, payload, `${today}T02:00:00.000Z`);
          const ruling = applyCreditLine(state, one);
          const may =
            !closed &&
            (type === 'credit-line-drawn'
              ? drawn + fen <= granted.fen && today <= granted.until
              : type === 'credit-line-repaid'
                ? repaid + fen <= drawn
                : drawn === repaid);
          expect(ruling.kind).toBe(may ? 'legal' : 'illegal');
          if (ruling.kind !== 'legal') continue;
          for (const { metric, dimension, value, path, day } of creditLineDeltas(state, one, ruling.state)
            .counters) {
            expect([path, day]).toEqual([SHOP, today]);
            sums.set(`${metric} ${dimension}`, (sums.get(`${metric} ${dimension}`) ?? 0) + value);
          }
          ({ state } = ruling);
          if (type === 'credit-line-drawn') drawn += fen;
          if (type === 'credit-line-repaid') repaid += fen;
          if (type === 'credit-line-closed') closed = true;
        }
        for (const dimension of ['', 'product:haige-loan', 'category:individual-business', 'merchant:m1']) {
          expect(sums.get(`credit-lines-drawn-fen ${dimension}`) ?? 0).toBe(drawn);
          expect(sums.get(`credit-lines-repaid-fen ${dimension}`) ?? 0).toBe(repaid);
        }
      }),
    );
  });

  it('is granted only under a consent to its lender that stands, and recorded by the lender or the regulator', () => {
    const one = fact('credit-line-granted', granted);
    const ruling = applyCreditLine(undefined, one);
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    const consent = {
      merchantId: 'm1',
      recipient: { unitPath: BANK },
      from: '2026-03-10',
      until: '2026-03-31',
      revoked: null,
    };
    const judged = (
      known: unknown,
      unitPath = BANK,
      side: 'recording' | 'receiving' = 'recording',
      centre = false,
    ) =>
      refusalOfCreditLine(undefined, { ...one, unitPath }, ruling.state, {
        record: () => known,
        side,
        partyOf: (path) => (path === '/HS' ? 'regulator' : 'operator'),
        source: { unitPath, centre },
      });
    expect(judged(consent)).toBeNull();
    expect(judged(consent, '/HS')).toBeNull();
    expect(judged(consent, '/HS/C1')).toMatchObject({ rule: 'credit-line-lender-only' });
    const missing = { rule: 'consent-not-in-force', field: 'consentId' };
    for (const wrong of [
      undefined,
      { ...consent, revoked: {} },
      { ...consent, merchantId: 'm2' },
      { ...consent, recipient: { unitPath: '/HS/B02' } },
      { ...consent, from: '2026-03-11' },
      { ...consent, from: '2026-03-01', until: '2026-03-09' },
    ])
      expect(judged(wrong)).toEqual(missing);
    // At the centre what was recorded while it stood is taken; what the centre records itself for a bank is not.
    expect(judged({ ...consent, revoked: {} }, BANK, 'receiving')).toBeNull();
    expect(judged({ ...consent, revoked: {} }, BANK, 'receiving', true)).toEqual(missing);
    expect(judged({ ...consent, merchantId: 'm2' }, BANK, 'receiving')).toEqual(missing);
    expect(recordsOfCreditLine(one)).toEqual([{ kind: 'consent', id: 'c1' }]);
    // What belongs to the contract goes on without it.
    const drawing = fact('credit-line-drawn', { entryId: 'e', fen: 1, on: '2026-03-10' });
    const revoked = {
      record: () => undefined,
      side: 'recording' as const,
      partyOf: () => 'operator' as const,
      source: { unitPath: BANK, centre: false },
    };
    expect(refusalOfCreditLine(ruling.state, drawing, ruling.state, revoked)).toBeNull();
    expect(
      applyCreditLine(undefined, fact('credit-line-granted', granted, AT, actorAt('/HS/C1', 'supervisor'))),
    ).toMatchObject({
      refusal: { rule: 'outside-scope', field: 'lender.unitPath' },
    });
    expect(applyCreditLine(undefined, fact('credit-line-granted', granted, AT, actorAt(BANK)))).toMatchObject(
      {
        refusal: { rule: 'role-may-not' },
      },
    );
    expect(
      creditLineDeltas(undefined, one, ruling.state).counters.filter(({ dimension }) => dimension === ''),
    ).toMatchObject([
      { metric: 'credit-lines-granted', value: 1 },
      { metric: 'credit-lines-granted-fen', value: 10_000_00 },
    ]);
  });
});

describe('a merchant’s finance record', () => {
  const manager = actorAt(SHOP, 'shop-manager');
  const own = (type: string, payload: unknown, actor = manager) =>
    factOf('finance', 'm1', type, payload, actor, AT);
  const reasons = [{ rule: 'grade', has: 'B', needs: 'C' }];
  const listed = { merchantPath: SHOP, version: 1, on: '2026-03-10', reasons };

  it('has its licence recorded, enters the whitelist and leaves it in turn, and is told of each once', () => {
    const after = (state: Parameters<typeof applyFinance>[0], one: Parameters<typeof applyFinance>[1]) => {
      const ruling = applyFinance(state, one);
      if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
      return ruling.state;
    };
    const centre = { ...ADMINISTRATOR, unitPath: SHOP };
    const licensed = after(
      undefined,
      own('licence-recorded', { merchantPath: SHOP, establishedOn: '2020-05-01', seen: 'licence' }),
    );
    expect(
      financeFactsOf(
        { merchant: undefined, credit: undefined, finance: licensed, sanctions: [], consented: false },
        '2026-03-10',
      ),
    ).toMatchObject({
      establishedOn: '2020-05-01',
      grade: null,
      source: null,
      promised: false,
    });
    expect(isWhitelisted(licensed)).toBe(false);
    expect(applyFinance(licensed, own('whitelist-entered', listed))).toMatchObject({
      refusal: { rule: 'role-may-not' },
    });
    expect(applyFinance(licensed, own('whitelist-left', listed, centre))).toMatchObject({
      refusal: { rule: 'whitelist-not-on' },
    });
    const entry = own('whitelist-entered', listed, centre);
    const entered = after(licensed, entry);
    expect(isWhitelisted(entered)).toBe(true);
    expect(
      financeDeltas(licensed, entry, entered).counters.map(({ metric, dimension }) => [metric, dimension]),
    ).toEqual([
      ['whitelist-entered', ''],
      ['whitelist-entered', 'merchant:m1'],
    ]);
    expect(applyFinance(entered, entry)).toMatchObject({ refusal: { rule: 'whitelist-on-already' } });
    const notice = (change: string) =>
      own('whitelist-notice-given', { change, manner: 'screen', on: '2026-03-10' });
    expect(applyFinance(entered, notice('left'))).toMatchObject({
      refusal: { rule: 'whitelist-change-unknown' },
    });
    const noticed = after(entered, notice('entered'));
    expect(noticed.changes[0]?.noticeOn).toBe('2026-03-10');
    expect(applyFinance(noticed, notice('entered'))).toMatchObject({
      refusal: { rule: 'whitelist-noticed-already' },
    });
    expect(isWhitelisted(after(noticed, own('whitelist-left', listed, centre)))).toBe(false);
    expect(
      applyFinance(
        licensed,
        own('licence-recorded', { merchantPath: SHOP, establishedOn: '2026-03-11', seen: 'licence' }),
      ),
    ).toMatchObject({
      refusal: { rule: 'date-in-future', field: 'establishedOn' },
    });
  });
});
