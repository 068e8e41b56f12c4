import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/domain/case/index.ts';
import { businessDay, defaultCalendar, workingDaysBetween } from '../../src/domain/kernel/calendar/index.ts';
import type { AdmissionContext } from '../../src/domain/kernel/event/admission.ts';
import { Role, type Actor, type Fact } from '../../src/domain/kernel/event/event.ts';
import type { Ruling } from '../../src/domain/kernel/event/ruling.ts';
import { may } from '../../src/domain/organisation/index.ts';
import { barOfCase, barOfReturn } from '../../src/domain/privacy/deletion.ts';
import { privacyDeltas } from '../../src/domain/privacy/deltas.ts';
import { ANSWER_DAYS, answerDue } from '../../src/domain/privacy/due.ts';
import {
  PrivacyGround,
  type PrivacyOutcome,
  type PrivacyPayload,
  PrivacyWhat,
} from '../../src/domain/privacy/events.ts';
import {
  applyPrivacy,
  groundsOf,
  PRIVACY_STATUSES,
  privacySight,
  type PrivacyState,
} from '../../src/domain/privacy/privacy.ts';
import { recordsOfPrivacy, refusalOfPrivacy } from '../../src/domain/privacy/admission.ts';
import { shippedRules, type Rulebook } from '../../src/domain/procedure/index.ts';
import type { ReturnState } from '../../src/domain/return/index.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { applyCase } from '../support/shipped.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const UNITS = ['/HS', '/HS/C1', MALL, SHOP, '/HS/C1/M02'] as const;
const levelOf = (path: string): number => 5 - path.split('/').filter(Boolean).length;
const AT = '2026-03-10T02:00:00.000Z';
const NUMBER = 'S001-P2026-1-0001';
const RECORD = { kind: 'case' as const, id: 'c1', number: 'S001-2026-1-0001' };
const OTHER = { kind: 'return' as const, id: 'r1', number: 'S001-R2026-1-0001' };
const SHA = 'a'.repeat(64);

const asked = (over: Partial<PrivacyPayload<'privacy-requested@1'>> = {}) => ({
  number: NUMBER,
  what: 'access' as PrivacyWhat,
  requester: { name: '张三', phone: '10012345678', as: 'self' as const, authority: null },
  identity: 'id-seen' as const,
  records: [RECORD, OTHER],
  wish: '我的电话已经更换',
  ...over,
});
const granted = ({ kind, id }: { kind: 'case' | 'return'; id: string }, text = ''): PrivacyOutcome => ({
  kind,
  id,
  verdict: 'granted',
  correctionId: null,
  text,
});
const refused = (
  { kind, id }: { kind: 'case' | 'return'; id: string },
  ground: PrivacyGround,
): PrivacyOutcome => ({ kind, id, verdict: 'refused', ground, text: ground === 'other' ? '另有原因' : '' });

const fact = (type: string, payload: unknown, actor: Actor, at = AT): Fact =>
  factOf('privacy', 'p1', type, payload, actor, at);

function legalOf(ruling: Ruling<PrivacyState>): PrivacyState {
  if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
  return ruling.state;
}
const receivedBy = (actor: Actor, over: Partial<PrivacyPayload<'privacy-requested@1'>> = {}): PrivacyState =>
  legalOf(applyPrivacy(undefined, fact('privacy-requested', asked(over), actor)));
const manager = actorAt(SHOP, 'shop-manager');
const mediator = actorAt(MALL, 'mediator');

describe('a request about own data', () => {
  it('goes from received to decided to answered, or is withdrawn, whatever is tried in whichever order', () => {
    const steps = fc.record({
      type: fc.constantFrom('privacy-decided', 'privacy-answered', 'privacy-withdrawn'),
      role: fc.constantFrom(...Role.options),
      unitPath: fc.constantFrom(...UNITS),
    });
    const payloads = {
      'privacy-decided': { outcomes: [granted(RECORD), refused(OTHER, 'not-theirs')] },
      'privacy-answered': { manner: 'handed-over', answeredOn: '2026-03-10', number: NUMBER, sha256: SHA },
      'privacy-withdrawn': { reason: '不再需要' },
    };
    const follows = { received: ['decided', 'withdrawn'], decided: ['answered'] };
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (all) => {
        let state = receivedBy(manager);
        for (const { type, role, unitPath } of all) {
          const ruling = applyPrivacy(state, fact(type, payloads[type], actorAt(unitPath, role)));
          const able = may(role, type === 'privacy-decided' ? 'privacy.decide' : 'privacy.handle');
          const here = unitPath === SHOP || unitPath === MALL;
          if (ruling.kind === 'legal') {
            expect(able && here).toBe(true);
            expect(follows[state.status as keyof typeof follows]).toContain(ruling.state.status);
            expect(ruling.state.revision).toBe(state.revision + 1);
            ({ state } = ruling);
            reached.add(state.status);
          } else expect(ruling.kind).toBe('illegal');
        }
      }),
      { numRuns: 500 },
    );
    expect([...reached].toSorted()).toEqual(PRIVACY_STATUSES.filter((one) => one !== 'received').toSorted());
  });

  it('needs what cannot be missing, and names the field', () => {
    const wrong = (over: Partial<PrivacyPayload<'privacy-requested@1'>>): unknown => {
      const ruling = applyPrivacy(undefined, fact('privacy-requested', asked(over), manager));
      return ruling.kind === 'illegal'
        ? [ruling.refusal.field, ruling.refusal.parameters?.detail ?? ruling.refusal.rule]
        : ruling.kind;
    };
    expect(wrong({ what: 'deletion', wish: ' ' })).toEqual(['wish', 'privacy-wish-needed']);
    expect(wrong({ what: 'correction', wish: '' })).toEqual(['wish', 'privacy-wish-needed']);
    expect(wrong({ wish: '' })).toBe('legal');
    const agent = { name: '李四', phone: '10012345678', as: 'agent' as const };
    expect(wrong({ requester: { ...agent, authority: ' ' } })).toEqual([
      'requester.authority',
      'privacy-authority-needed',
    ]);
    expect(wrong({ requester: { ...agent, authority: '授权委托书' } })).toBe('legal');
    expect(wrong({ records: [] })).toMatchObject({ 0: 'records' });
    expect(wrong({ records: [RECORD, OTHER, RECORD] })).toEqual(['records.2', 'privacy-record-twice']);
    expect(applyPrivacy(receivedBy(manager), fact('privacy-requested', asked(), manager))).toMatchObject({
      refusal: { rule: 'privacy-exists' },
    });
  });

  it('has one outcome a record, on a ground that fits what was asked', () => {
    const records = [RECORD, OTHER];
    const outcomes = fc.array(
      fc.tuple(
        fc.constantFrom(RECORD, OTHER, { ...RECORD, id: 'another' }),
        fc.constantFrom(...PrivacyGround.options),
      ),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...PrivacyWhat.options), outcomes, (what, chosen) => {
        const state = receivedBy(manager, { what });
        const ruling = applyPrivacy(
          state,
          fact(
            'privacy-decided',
            { outcomes: chosen.map(([record, ground]) => refused(record, ground)) },
            mediator,
          ),
        );
        const ids = chosen.map(([{ id }]) => id);
        const whole = ids.length === records.length && records.every(({ id }) => ids.includes(id));
        const fits = chosen.every(([, ground]) => groundsOf(what).includes(ground));
        expect(ruling.kind).toBe(whole && fits ? 'legal' : 'illegal');
      }),
      { numRuns: 400 },
    );
    expect(groundsOf('access')).toEqual(['not-theirs', 'identity-unproved', 'other']);
    expect(groundsOf('deletion')).toEqual(PrivacyGround.options);
  });

  it('grants a correction with what was corrected, by the fact of it or in words', () => {
    const state = receivedBy(manager, { what: 'correction' });
    const decide = (first: object, second: object = granted(OTHER, '已在退货单上注明')) =>
      applyPrivacy(state, fact('privacy-decided', { outcomes: [first, second] }, mediator));
    expect(decide({ ...granted(RECORD), correctionId: 'e1' }).kind).toBe('legal');
    expect(decide(granted(RECORD, '已办结，另行注明')).kind).toBe('legal');
    expect(decide(granted(RECORD))).toMatchObject({
      refusal: { rule: 'privacy-correction-needed', field: 'outcomes.0.text' },
    });
    expect(
      decide({ ...granted(RECORD), correctionId: 'e1' }, { ...granted(OTHER, '注明'), correctionId: 'e1' }),
    ).toMatchObject({
      refusal: { rule: 'privacy-correction-not-here', field: 'outcomes.1.correctionId' },
    });
  });

  it('is answered with its own number, not before it was decided and not tomorrow', () => {
    const decided = legalOf(
      applyPrivacy(
        receivedBy(manager),
        fact('privacy-decided', { outcomes: [granted(RECORD), granted(OTHER)] }, mediator),
      ),
    );
    const answer = (over: object, at = '2026-03-12T02:00:00.000Z') =>
      applyPrivacy(
        decided,
        fact(
          'privacy-answered',
          { manner: 'posted', answeredOn: '2026-03-12', number: NUMBER, sha256: SHA, ...over },
          manager,
          at,
        ),
      );
    expect(answer({}).kind).toBe('legal');
    expect(answer({ answeredOn: '2026-03-13' })).toMatchObject({ refusal: { rule: 'date-in-future' } });
    expect(answer({ answeredOn: '2026-03-09' })).toMatchObject({
      refusal: { rule: 'privacy-answered-before' },
    });
    expect(answer({ number: 'S001-P2026-1-0002' })).toMatchObject({ refusal: { field: 'number' } });
  });

  it('is due after fifteen working days, and counted as in time exactly until then', () => {
    const days = fc.integer({ min: 0, max: 360 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (start, later) => {
        const instant = (day: number): string =>
          new Date(Date.parse('2026-01-01T01:00:00.000Z') + day * 86_400_000).toISOString();
        const at = instant(start);
        const state = legalOf(applyPrivacy(undefined, fact('privacy-requested', asked(), manager, at)));
        const due = businessDay(answerDue({ receivedAt: at, unitPath: SHOP }, shippedRules).dueAt);
        expect(workingDaysBetween(defaultCalendar, businessDay(at), due)).toBe(ANSWER_DAYS);
        const decidedAt = instant(start + later);
        const decided = legalOf(
          applyPrivacy(
            state,
            fact('privacy-decided', { outcomes: [granted(RECORD), granted(OTHER)] }, mediator, decidedAt),
          ),
        );
        const answeredOn = businessDay(decidedAt);
        const last = fact(
          'privacy-answered',
          { manner: 'posted', answeredOn, number: NUMBER, sha256: SHA },
          mediator,
          decidedAt,
        );
        const { counters } = privacyDeltas(decided, last, legalOf(applyPrivacy(decided, last)), {
          rules: shippedRules,
        });
        const names = counters.map(({ metric, path, day }) => [metric, path, day]);
        expect(names).toEqual([
          ['privacy-answered', SHOP, answeredOn],
          ...(answeredOn <= due ? [['privacy-answered-in-time', SHOP, answeredOn]] : []),
        ]);
      }),
    );
  });

  it('is known where it was received, and above a shop', () => {
    expect(privacySight(receivedBy(manager), levelOf)).toEqual([SHOP, MALL]);
    expect(privacySight(receivedBy(mediator), levelOf)).toEqual([MALL]);
  });
});

/** A case of the shop as far as these steps take it. */
function caseAfter(...steps: [type: string, payload: unknown][]): CaseState {
  let state: CaseState | undefined;
  for (const [type, payload] of [
    ['case-registered', registration({ number: RECORD.number })] as const,
    ...steps,
  ]) {
    const ruling = applyCase(state, factOf('case', 'c1', type, payload, actorAt(SHOP, 'shop-manager')));
    if (ruling.kind !== 'legal') throw new Error(`${type}: ${JSON.stringify(ruling)}`);
    ({ state } = ruling);
  }
  if (state === undefined) throw new Error('No state');
  return state;
}
const CLOSED = caseAfter(
  ['case-withdrawn', { reason: '撤回' }],
  ['case-closed', { satisfaction: 'satisfied' }],
);

const RETURN = {
  id: 'r1',
  number: OTHER.number,
  status: 'requested',
  unitPath: SHOP,
  caseId: null,
  refundedOn: null,
} as unknown as ReturnState;

describe('a deletion', () => {
  it('waits for the end of a case and of what it leaves to do', () => {
    expect(barOfCase(caseAfter(), shippedRules, AT)).toBe('case-open');
    expect(barOfCase(caseAfter(['case-withdrawn', { reason: '撤回' }]), shippedRules, AT)).toBe('case-open');
    expect(barOfCase(CLOSED, shippedRules, AT)).toBeNull();
    const violation = { at: AT, text: '虚假宣传', answer: null };
    expect(barOfCase({ ...CLOSED, violation }, shippedRules, AT)).toBe('duty-running');
    const instalments = ['2026-03-01', '2026-04-01'].map((dueOn) => ({ dueOn, amountFen: 100 }));
    const settlement = {
      performance: { kind: 'by', dueOn: '2026-04-01', manner: '转账', instalments },
    } as CaseState['settlement'];
    const paying = { ...CLOSED, settlement, instalmentsKept: [{ on: '2026-03-01' }] };
    expect(barOfCase(paying, shippedRules, AT)).toBe('duty-running');
    expect(barOfCase(paying, shippedRules, '2026-04-02T02:00:00.000Z')).toBeNull();
    const paid = { ...paying, instalmentsKept: [{ on: '2026-03-01' }, { on: '2026-03-05' }] };
    expect(barOfCase(paid, shippedRules, AT)).toBeNull();
    const documents = [
      { kind: 'peoples-mediation-agreement', signed: { signedOn: '2026-03-01' } },
    ] as unknown as CaseState['documents'];
    expect(barOfCase({ ...CLOSED, documents }, shippedRules, AT)).toBe('duty-running');
    expect(barOfCase({ ...CLOSED, documents }, shippedRules, '2026-04-10T02:00:00.000Z')).toBeNull();
  });

  it('waits for the end of a return, of its case, and of what is owed for it', () => {
    expect(barOfReturn(RETURN, AT)).toBe('case-open');
    expect(barOfReturn({ ...RETURN, status: 'refused' }, AT)).toBeNull();
    const disputed = { ...RETURN, status: 'refused' as const, caseId: 'c1' };
    expect(barOfReturn(disputed, AT)).toBe('case-open');
    const resolution = { caseId: 'c1', outcome: 'settled' as const, agreedFen: 1, at: AT, by: '测试员' };
    expect(barOfReturn({ ...disputed, resolution }, AT)).toBeNull();
    const paid = { ...RETURN, status: 'granted' as const, refundedOn: '2026-03-10' };
    expect(barOfReturn(paid, AT)).toBeNull();
    expect(barOfReturn({ ...paid, refundedOn: '2026-03-11' }, AT)).toBe('duty-running');
    const purchasedAt = { merchantId: 'm', name: '虚构鞋店', unitPath: SHOP, group: '联盟' };
    expect(barOfReturn({ ...paid, purchasedAt }, AT)).toBe('duty-running');
    const settlements = [{ paidOn: '2026-03-10', reference: '转账', at: AT, by: '测试员' }];
    expect(barOfReturn({ ...paid, purchasedAt, settlements }, AT)).toBeNull();
  });
});

describe('what a request names', () => {
  const context = (
    unitPath: string,
    states: Record<string, unknown>,
  ): Pick<AdmissionContext<Rulebook>, 'record' | 'rules' | 'levelOf' | 'source'> => ({
    record: ({ kind, id }) => states[`${kind}:${id}`],
    rules: shippedRules,
    levelOf,
    source: { unitPath, centre: false },
  });
  const states = { 'case:c1': CLOSED, 'return:r1': { ...RETURN, status: 'refused' } };

  it('is asked for of every fact that names records, and of nothing else', () => {
    expect(recordsOfPrivacy({ type: 'privacy-requested', payload: asked() })).toEqual([
      { kind: 'case', id: 'c1' },
      { kind: 'return', id: 'r1' },
    ]);
    const outcomes = [granted(OTHER)];
    expect(recordsOfPrivacy({ type: 'privacy-decided', payload: { outcomes } })).toEqual([
      { kind: 'return', id: 'r1' },
    ]);
    fc.assert(
      fc.property(
        fc.constantFrom('privacy-requested', 'privacy-decided', 'privacy-answered'),
        fc.anything(),
        (type, payload) => {
          expect(
            recordsOfPrivacy({ type, payload }).every(({ kind }) => kind === 'case' || kind === 'return'),
          ).toBe(true);
        },
      ),
    );
  });

  it('is a record in the unit’s sight, under its own number', () => {
    const refusal = (unitPath: string, known: Record<string, unknown>, records = [RECORD, OTHER]) => {
      const number = `${unitPath.split('/').at(-1)}-P2026-1-0001`;
      const one = fact('privacy-requested', asked({ number, records }), actorAt(unitPath));
      return refusalOfPrivacy(
        undefined,
        one,
        legalOf(applyPrivacy(undefined, one)),
        context(unitPath, known),
      );
    };
    expect(refusal(SHOP, states)).toBeNull();
    expect(refusal(MALL, states)).toBeNull();
    const unknown = (place: number) => ({ rule: 'privacy-record-unknown', field: `records.${place}` });
    expect(refusal('/HS/C1/M02', states)).toEqual(unknown(0));
    expect(refusal(SHOP, { 'case:c1': CLOSED })).toEqual(unknown(1));
    expect(refusal(SHOP, states, [{ ...RECORD, number: 'S001-2026-1-0002' }])).toEqual(unknown(0));
  });

  it('is erased only once it is over, and only where it is seen', () => {
    const decide = (known: Record<string, unknown>, outcomes: PrivacyOutcome[], unitPath = MALL) => {
      const before = receivedBy(manager, { what: 'deletion' });
      const one = fact('privacy-decided', { outcomes }, actorAt(unitPath));
      return refusalOfPrivacy(before, one, legalOf(applyPrivacy(before, one)), context(unitPath, known));
    };
    const both = [granted(RECORD), granted(OTHER)];
    expect(decide(states, both)).toBeNull();
    const open = { ...states, 'case:c1': caseAfter() };
    expect(decide(open, both)).toEqual({
      rule: 'privacy-not-erasable-yet',
      field: 'outcomes.0.verdict',
      parameters: { number: RECORD.number },
    });
    expect(decide(open, [refused(RECORD, 'case-open'), granted(OTHER)])).toBeNull();
    expect(decide({ 'return:r1': RETURN }, [refused(RECORD, 'not-theirs'), granted(OTHER)])).toMatchObject({
      field: 'outcomes.1.verdict',
    });
    const elsewhere = { ...CLOSED, handlingPath: '/HS/C1/M02', handledBy: ['/HS/C1/M02'] };
    expect(decide({ ...states, 'case:c1': elsewhere }, both)).toEqual({
      rule: 'privacy-record-unknown',
      field: 'outcomes.0',
    });
  });

  it('is decided above a shop, and nowhere above any other unit', () => {
    const records = [RECORD];
    for (const [at, above] of [
      [SHOP, MALL],
      [MALL, '/HS/C1'],
    ] as const) {
      const before = receivedBy(actorAt(at), { records });
      const one = fact('privacy-decided', { outcomes: [granted(RECORD)] }, actorAt(above));
      const refusal = refusalOfPrivacy(
        before,
        one,
        legalOf(applyPrivacy(before, one)),
        context(above, states),
      );
      expect(refusal).toEqual(at === SHOP ? null : { rule: 'privacy-elsewhere' });
    }
  });
});
