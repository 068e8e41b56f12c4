import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicCardAddress, readPrintedCode } from '../../../src/domain/document/index.ts';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import { readPublicCode, publicCodeFrom, publicCodeOf } from '../../../src/domain/merchant/index.ts';
import { applyMerchant, type MerchantState } from '../../../src/domain/merchant/merchant.ts';
import { showsGrades } from '../../../src/domain/public/index.ts';
import { shippedRules, type Rulebook } from '../../../src/domain/procedure/index.ts';
import { admitFact, type AnyState } from '../../../src/domain/streams.ts';
import { applyCase } from '../../support/shipped.ts';
import { factsFor } from '../../support/document-facts.ts';
import { actorAt, ADMINISTRATOR, factOf } from '../../support/facts.ts';

const CIRCLE = '/HS/C1';
const supervisor = actorAt(CIRCLE, 'supervisor');
const LEVELS: Record<string, number> = { '/HS': 4, '/HS/C1': 3, '/HS/C1/M01': 2 };

function contextAt(unitPath: string): AdmissionContext<Rulebook> {
  return {
    side: 'recording',
    receivedAt: null,
    source: { unitPath, centre: false },
    exists: (path) => path in LEVELS,
    person: () => undefined,
    record: () => undefined,
    rules: shippedRules,
    levelOf: (path) => LEVELS[path] ?? 0,
    partyOf: () => 'operator',
  };
}

const decided = (circlePath: string, grades: boolean, actor = supervisor, id = 'C1') =>
  factOf('public', id, 'publication-set', { circlePath, grades, reason: '商圈决定' }, actor);

const ruled = (before: AnyState | undefined, fact: ReturnType<typeof decided>) => {
  const ruling = admitFact({ current: before, inSight: true }, fact, contextAt(fact.unitPath));
  return ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind;
};

describe('whether the public sees a circle’s grades', () => {
  it('is decided by a supervisor of the circle or above it, and hidden until then', () => {
    expect(showsGrades(undefined)).toBe(false);
    expect(ruled(undefined, decided(CIRCLE, true))).toBe('legal');
    expect(ruled(undefined, decided(CIRCLE, true, actorAt('/HS', 'supervisor')))).toBe('legal');
    expect(ruled(undefined, decided(CIRCLE, true, actorAt(CIRCLE, 'mediator')))).toBe('role-may-not');
    expect(ruled(undefined, decided(CIRCLE, true, actorAt('/HS/C1/M01', 'supervisor')))).toBe(
      'outside-scope',
    );
  });

  it('is decided for circles only, each under its own id, and never twice the same', () => {
    expect(ruled(undefined, decided(CIRCLE, false))).toBe('publication-same');
    expect(ruled(undefined, decided(CIRCLE, true, supervisor, 'C2'))).toBe('publication-circle');
    const district = actorAt('/HS', 'supervisor');
    expect(ruled(undefined, decided('/HS', true, district, 'HS'))).toBe('publication-circle');
    expect(ruled(undefined, decided('/HS/C1/M01', true, supervisor, 'M01'))).toBe('publication-circle');
    expect(ruled(undefined, decided('/HS/C9', true, district, 'C9'))).toBe('unit-missing');
  });
});

describe('a merchant’s public code', () => {
  const merchant: MerchantState = {
    id: 'm1',
    name: '虚构服饰店',
    creditCode: null,
    category: 'enterprise',
    unitPath: CIRCLE,
    address: null,
    contactName: null,
    phone: null,
    invented: true,
    commitments: [],
    revision: 1,
  };
  const random = fc.uint8Array({ minLength: 20, maxLength: 20 });
  const given = (state: MerchantState, code: string) =>
    applyMerchant(state, factOf('merchant', 'm1', 'public-code-issued', { code }, supervisor));

  it('is read back however it is typed, and nothing else is read as one', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const code = publicCodeFrom(bytes);
        expect(readPublicCode(code)).toBe(code);
        const typed = (code.match(/.{1,5}/g) ?? []).join('-').toLowerCase();
        expect(readPublicCode(` ${typed.replaceAll('0', 'o').replaceAll('1', 'l')} `)).toBe(code);
      }),
    );
    for (const text of ['', '0123', '0123456789ABCDEFGHJU', '0123456789ABCDEFGHJK0', '<script>'])
      expect(readPublicCode(text)).toBeNull();
  });

  it('is replaced by another one, and never given back', () => {
    const [first, second] = ['0123456789ABCDEFGHJK', '0123456789ABCDEFGHJM'];
    const one = given(merchant, first);
    const two = one.kind === 'legal' ? given(one.state, second) : one;
    if (two.kind !== 'legal') throw new Error(JSON.stringify(two));
    expect(publicCodeOf(two.state)).toBe(second);
    expect(given(two.state, first)).toMatchObject({ refusal: { rule: 'public-code-used', field: 'code' } });
    expect(given(merchant, 'short')).toMatchObject({ refusal: { rule: 'payload-invalid', field: 'code' } });
  });

  it('stands in an address on the card that workstations read like any other card', () => {
    const card = { number: 'P-0123456789AB-3', code: '0A1B-2C3D-4E5F' };
    fc.assert(
      fc.property(
        random,
        fc.constantFrom('https://heshi.example.org', 'http://10.0.0.7:8420', 'https://xn--fiqs8s.cn'),
        (bytes, site) => {
          const address = publicCardAddress(site, publicCodeFrom(bytes), card);
          expect(readPrintedCode(address)).toEqual(card);
          // A QR code of 41 modules holds 106 bytes with a sixth of them repairable.
          expect(address.length).toBeLessThanOrEqual(106);
        },
      ),
    );
  });
});

describe('a consumer’s answer on the public page', () => {
  const answer = { score: 5, text: '' };
  const fact = (payload: unknown, actor = ADMINISTRATOR) =>
    factOf('case', 'case-1', 'satisfaction-answered', payload, actor);

  it('is taken down once, by the centre alone, of a case that has ended', () => {
    const { state } = factsFor('settlement-agreement');
    const ruling = applyCase(state, fact(answer));
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    expect(ruling.state).toMatchObject({ answer, status: state.status, satisfaction: state.satisfaction });
    expect(applyCase(ruling.state, fact(answer))).toMatchObject({ refusal: { rule: 'satisfaction-known' } });
    expect(applyCase(factsFor('receipt').state, fact(answer))).toMatchObject({
      refusal: { rule: 'step-not-possible' },
    });
    for (const score of [0, 6, 2.5])
      expect(applyCase(state, fact({ ...answer, score }))).toMatchObject({
        refusal: { rule: 'payload-invalid', field: 'score' },
      });
    expect(applyCase(state, fact(answer, actorAt('/HS', 'supervisor')))).toMatchObject({
      refusal: { rule: 'role-may-not' },
    });
    // Nor by an administrator who sits at a workstation.
    const current: AnyState = { kind: 'case', state };
    expect(admitFact({ current, inSight: true }, fact(answer), contextAt('/HS'))).toMatchObject({
      refusal: { rule: 'stream-not-yours' },
    });
  });
});
