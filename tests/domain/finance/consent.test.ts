import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONSENT_ITEMS,
  consentContent,
  consentInForce,
  type ConsentItem,
  consentNumber,
  consentStanding,
  type ConsentState,
} from '../../../src/domain/finance/index.ts';
import { applyConsent, consentSight } from '../../../src/domain/finance/consent.ts';
import { recordsOfConsent, refusalOfConsent } from '../../../src/domain/finance/consent-admission.ts';
import { consentsOfDisclosure, refusalOfDisclosure } from '../../../src/domain/disclosure/admission.ts';
import { applyDisclosure, type DisclosureState } from '../../../src/domain/disclosure/disclosure.ts';
import { businessDay, shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import { maskAnswer, rollupDeltas } from '../../../src/domain/streams.ts';
import { shippedRules } from '../../../src/domain/procedure/rulebook.ts';
import { ADMINISTRATOR, actorAt, factOf } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const BANK = '/HS/B01';
const OTHER_BANK = '/HS/B02';
const AT = '2026-03-10T02:00:00.000Z';
const SHA = 'a'.repeat(64);
const manager = actorAt(SHOP, 'shop-manager');

const signer = { name: '王虚构', position: '经营者', idTail: '123X', capacity: 'operator', authority: null };

function granted(over: object = {}): Record<string, unknown> {
  return {
    merchantId: 'm1',
    merchantPath: SHOP,
    merchantName: '虚构服饰店',
    recipient: { unitPath: BANK, name: '合作银行', contact: '0574-00000000' },
    items: ['grade', 'standing-records'],
    purpose: '申请海个贷',
    manner: 'asked-of-centre',
    from: '2026-03-10',
    until: '2026-06-30',
    signer,
    signature: { manner: 'on-screen', sha256: SHA },
    textSha256: SHA,
    ...over,
  };
}
const fact = (type: string, payload: unknown, { at = AT, id = 'm1.c1', actor = manager } = {}) =>
  factOf('consent', id, type, payload, actor, at);
function consentOf(over: object = {}, id = 'm1.c1', at = AT): ConsentState {
  const ruling = applyConsent(undefined, fact('consent-granted', granted(over), { id, at }));
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
}
const refusedAs = (over: object, where: object = {}) =>
  applyConsent(undefined, fact('consent-granted', granted(over), where));

describe('a consent', () => {
  it('names its period and kinds of data, and is for no data as such', () => {
    expect(refusedAs({}).kind).toBe('legal');
    expect(refusedAs({ merchantId: 'm2' })).toMatchObject({ refusal: { rule: 'finance-id-strange' } });
    const { until: _, ...endless } = granted();
    expect(applyConsent(undefined, fact('consent-granted', endless))).toMatchObject({
      refusal: { rule: 'payload-invalid', field: 'until' },
    });
    expect(refusedAs({ items: ['all'] })).toMatchObject({
      refusal: { field: 'items.0', parameters: { detail: 'consent-all-data' } },
    });
    expect(refusedAs({ items: [] })).toMatchObject({ refusal: { field: 'items' } });
    expect(refusedAs({ items: [...CONSENT_ITEMS] })).toMatchObject({
      refusal: { rule: 'consent-all-data', field: 'items' },
    });
    expect(refusedAs({ items: ['grade', 'grade'] })).toMatchObject({
      refusal: { rule: 'consent-item-twice', field: 'items.1' },
    });
    expect(refusedAs({ purpose: '  ' })).toMatchObject({ refusal: { field: 'purpose' } });
    expect(refusedAs({ until: '2026-03-09' })).toMatchObject({ refusal: { rule: 'period-reversed' } });
    expect(refusedAs({ from: '2026-03-09' })).toMatchObject({
      refusal: { rule: 'consent-backdated', field: 'from' },
    });
    expect(refusedAs({ until: '2030-01-01' })).toMatchObject({ refusal: { rule: 'consent-too-long' } });
    const onPaper = { manner: 'on-paper', signedOn: '2026-03-01' };
    expect(refusedAs({ signature: onPaper, from: '2026-03-01' }).kind).toBe('legal');
    expect(refusedAs({ signature: onPaper, from: '2026-03-01', until: '2026-03-09' })).toMatchObject({
      refusal: { rule: 'consent-over-already', field: 'until' },
    });
    expect(refusedAs({ signature: { manner: 'on-paper', signedOn: '2026-03-11' } })).toMatchObject({
      refusal: { rule: 'date-in-future', field: 'signature.signedOn' },
    });
  });

  it('is given by who may give it', () => {
    const agent = { ...signer, capacity: 'agent' };
    expect(refusedAs({ signer: agent })).toMatchObject({
      refusal: { field: 'signer.authority', parameters: { detail: 'consent-authority-needed' } },
    });
    const record = (category: string) => ({
      record: ({ kind }: { kind: string }) =>
        kind === 'merchant' ? { category, unitPath: SHOP } : undefined,
      side: 'recording' as const,
    });
    const of = (over: object, category = 'individual-business') => {
      const one = fact('consent-granted', granted(over));
      return refusalOfConsent(undefined, one, consentOf(over), record(category));
    };
    expect(of({})).toBeNull();
    expect(of({ signer: { ...agent, authority: '授权委托书 2026-03-01' } })).toBeNull();
    expect(of({ signer: { ...signer, capacity: 'legal-representative' } })).toMatchObject({
      rule: 'consent-signer-may-not',
      field: 'signer.capacity',
    });
    expect(of({}, 'enterprise')).toMatchObject({ rule: 'consent-signer-may-not' });
    expect(of({ until: '2027-03-11' })).toMatchObject({
      rule: 'consent-too-long',
      parameters: { days: 366 },
    });
    expect(of({ until: '2027-03-10' })).toBeNull();
    const [one, state] = [fact('consent-granted', granted()), consentOf()];
    const none = { record: () => undefined, side: 'recording' as const };
    expect(refusalOfConsent(undefined, one, state, none)).toMatchObject({ rule: 'merchant-missing' });
    expect(recordsOfConsent(one)).toEqual([
      { kind: 'merchant', id: 'm1' },
      { kind: 'finance-products', id: 'HS' },
    ]);
    expect(refusedAs({}, { actor: actorAt('/HS/C1/M02') })).toMatchObject({
      refusal: { rule: 'outside-scope' },
    });
    expect(refusedAs({}, { actor: actorAt(SHOP, 'administrator') })).toMatchObject({
      refusal: { rule: 'role-may-not' },
    });
  });

  it('is taken back by one word of the merchant, once', () => {
    const revoke = fact('consent-revoked', { revoker: { name: '王虚构', capacity: 'operator' }, note: '' });
    const ruling = applyConsent(consentOf(), revoke);
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    expect(consentStanding(ruling.state, '2026-03-10')).toBe('revoked');
    expect(applyConsent(ruling.state, revoke)).toMatchObject({
      refusal: { rule: 'consent-revoked-already' },
    });
    expect(applyConsent(undefined, revoke)).toMatchObject({ refusal: { rule: 'consent-missing' } });
  });

  it('is known to its recipient and where the merchant trades, with what is personal masked', () => {
    expect(consentSight(consentOf())).toEqual([SHOP, '/HS/C1/M01', '/HS/C1', '/HS', BANK]);
    const { signer: shown } = maskAnswer({ signer: consentOf().signer }, { names: true });
    expect(shown).toMatchObject({ name: '王**', idTail: '****' });
    expect(consentNumber('01970000-0000-7000-8000-0123456789ab')).toBe('S-0123456789AB');
  });

  it('has another text as soon as anything in it is other', () => {
    const text = consentContent('c1', consentOf());
    expect(consentContent('c1', consentOf())).toBe(text);
    for (const over of [{ purpose: '另一用途' }, { until: '2026-07-01' }, { items: ['grade'] }])
      expect(consentContent('c1', consentOf(over))).not.toBe(text);
  });
});

const items = fc.subarray([...CONSENT_ITEMS], { minLength: 1, maxLength: 4 });
const act = fc.oneof(
  fc.record({
    do: fc.constant('grant' as const),
    bank: fc.constantFrom(BANK, OTHER_BANK),
    merchantId: fc.constantFrom('m1', 'm2'),
    items,
    after: fc.nat(6),
    length: fc.nat(40),
  }),
  fc.record({
    do: fc.constant('revoke' as const),
    which: fc.nat(10),
    ahead: fc.integer({ min: -3, max: 20 }),
  }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 25 }) }),
  fc.record({
    do: fc.constant('ask' as const),
    bank: fc.constantFrom(BANK, OTHER_BANK),
    merchantId: fc.constantFrom('m1', 'm2'),
    items,
    named: fc.nat(10),
    /** Mostly by its recipient, of its merchant, and for the first of its kinds. */
    fitting: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
  }),
);

describe('nothing is told', () => {
  it('to who asks, under a consent whose data is handed over on paper', () => {
    const wanted = { merchantId: 'm1', recipientPath: BANK, item: 'grade' as const };
    const asked = (manner: 'asked-of-centre' | 'on-paper') =>
      consentInForce([consentOf({ manner, items: ['grade'] })], wanted, '2026-03-10T02:00:00.000Z');
    expect(asked('asked-of-centre')).not.toBeNull();
    expect(asked('on-paper')).toBeNull();
  });

  it('without a consent in force at that instant, whatever was granted, revoked and expired before', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }), (acts) => {
        const consents = new Map<string, ConsentState>();
        // Kept apart from the states: what a person would write on a sheet.
        const sheet: {
          id: string;
          bank: string;
          merchantId: string;
          items: ConsentItem[];
          from: string;
          until: string;
          gone: boolean;
        }[] = [];
        const logs = new Map<string, DisclosureState>();
        let asked = 0;
        let today = '2026-03-10';
        for (const [place, one] of acts.entries()) {
          const at = `${today}T02:00:00.000Z`;
          if (one.do === 'wait') today = shiftDay(today, one.days);
          if (one.do === 'grant') {
            const id = `${one.merchantId}.c${place}`;
            const [from, until] = [shiftDay(today, one.after), shiftDay(today, one.after + one.length)];
            const { merchantId, items: own } = one;
            const recipient = { unitPath: one.bank, name: '银行', contact: '柜台' };
            consents.set(id, consentOf({ merchantId, recipient, items: own, from, until }, id, at));
            sheet.push({ id, bank: one.bank, merchantId, items: own, from, until, gone: false });
          }
          if (one.do === 'revoke' && sheet.length > 0) {
            const line = sheet[one.which % sheet.length];
            const state = line && consents.get(line.id);
            if (!line || !state || line.gone) continue;
            // By a workstation whose clock is wrong.
            const clock = `${shiftDay(today, one.ahead)}T02:00:00.000Z`;
            const ruling = applyConsent(
              state,
              fact(
                'consent-revoked',
                { revoker: { name: '王虚构', capacity: 'operator' }, note: '' },
                { id: line.id, at: clock },
              ),
            );
            if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
            consents.set(line.id, ruling.state);
            line.gone = true;
          }
          if (one.do === 'ask') {
            asked += 1;
            const line = sheet[sheet.length === 0 ? 0 : one.named % sheet.length];
            const {
              merchantId,
              bank,
              items: wanted,
            } = one.fitting && line ? { ...line, items: line.items.slice(0, 2) } : one;
            const on = businessDay(at);
            const allowed = (item: ConsentItem, id?: string) =>
              sheet.some(
                (row) =>
                  !row.gone &&
                  row.bank === bank &&
                  row.merchantId === merchantId &&
                  row.from <= on &&
                  on <= row.until &&
                  row.items.includes(item) &&
                  (id === undefined || row.id === id),
              );
            for (const item of CONSENT_ITEMS) {
              const found = consentInForce(
                [...consents.values()],
                { merchantId, recipientPath: bank, item },
                at,
              );
              expect(found !== null).toBe(allowed(item));
              if (found) expect(allowed(item, found.id)).toBe(true);
            }
            // Whoever answers, naming whichever consent: the judge lets through exactly what the sheet allows.
            const payload = {
              disclosureId: `d${place}`,
              merchantPath: SHOP,
              recipient: { unitPath: bank, name: '银行' },
              tokenId: 't',
              purpose: '审查',
              reference: null,
              items: wanted.map((item) => ({ item, consentId: line?.id ?? 'none' })),
            };
            const answer = factOf(
              'disclosure',
              merchantId,
              'data-disclosed',
              payload,
              { ...ADMINISTRATOR },
              at,
            );
            const ruling = applyDisclosure(logs.get(merchantId), answer);
            if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
            const refusal = refusalOfDisclosure(undefined, answer, ruling.state, {
              record: ({ id }) => consents.get(id),
            });
            expect(refusal === null).toBe(wanted.every((item) => allowed(item, line?.id ?? 'none')));
            if (refusal === null) {
              told += 1;
              logs.set(merchantId, ruling.state);
              expect(
                rollupDeltas(
                  undefined,
                  answer,
                  { kind: 'disclosure', state: ruling.state },
                  {
                    levelOf: () => 1,
                    partyOf: () => 'merchant',
                    rules: shippedRules,
                  },
                ).counters.map(({ metric, dimension }) => [metric, dimension]),
              ).toEqual([
                ['consented-disclosures', ''],
                ['consented-disclosures', `merchant:${merchantId}`],
              ]);
            } else {
              const refused = factOf(
                'disclosure',
                merchantId,
                'data-refused',
                { ...payload, items: wanted },
                { ...ADMINISTRATOR },
                at,
              );
              const kept = applyDisclosure(logs.get(merchantId), refused);
              if (kept.kind !== 'legal') throw new Error(JSON.stringify(kept));
              logs.set(merchantId, kept.state);
            }
          }
        }
        // The log is complete: every question is in it, told or refused.
        expect([...logs.values()].reduce((sum, { reads }) => sum + (reads?.count ?? 0), 0)).toBe(asked);
      }),
      { numRuns: 400 },
    );
    expect(told).toBeGreaterThan(50);
  });

  it('asks for the consents that an answer names, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        expect(
          consentsOfDisclosure({ type: 'data-disclosed', payload }).every(({ kind }) => kind === 'consent'),
        ).toBe(true);
      }),
    );
    const two = {
      items: [
        { item: 'grade', consentId: 'a' },
        { item: 'points', consentId: 'a' },
        { item: 'promise', consentId: 'b' },
      ],
    };
    expect(consentsOfDisclosure({ type: 'data-disclosed', payload: two }).map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
    expect(consentsOfDisclosure({ type: 'grade-disclosed', payload: two })).toEqual([]);
  });
});
