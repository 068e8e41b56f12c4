import { describe, expect, it } from 'vitest';
import type { AdmissionContext } from '../../../src/domain/kernel/event/admission.ts';
import type { Fact } from '../../../src/domain/kernel/event/event.ts';
import { type Rulebook, shippedRules } from '../../../src/domain/procedure/index.ts';
import { recordsOfRestoration, refusalOfRestoration } from '../../../src/domain/restoration/admission.ts';
import { applyRestoration } from '../../../src/domain/restoration/restoration.ts';
import { settingsOn } from '../../../src/domain/restoration/settings.ts';
import { applySanction, sanctionSight, type SanctionState } from '../../../src/domain/sanction/sanction.ts';
import { actorAt, factOf } from '../../support/facts.ts';
import {
  accepted,
  agreed,
  AT,
  clerk,
  DECISION,
  declined,
  departmentAt,
  fact,
  FILE,
  filed,
  form,
  legalOf,
  manager,
  matter,
  officer,
  refusing,
  SANCTION,
  SHA,
  SHOP,
  stateOf,
  WINDOW,
} from './samples.ts';

const ONE = departmentAt(0);
const OFFICER = actorAt('/HS', 'mediator');
const record = (type: string, payload: unknown, actor = OFFICER, at = '2026-06-01T02:00:00.000Z'): Fact =>
  factOf('sanction', SANCTION, type, payload, actor, at);

const recorded = (over: Record<string, unknown> = {}): Fact =>
  record('sanction-recorded', {
    entryId: 'e-1',
    merchantId: 'm-1',
    merchantName: '虚构服饰店',
    merchantPath: SHOP,
    kind: 'penalty',
    class: 'ordinary',
    ...DECISION,
    determinedOn: '2026-05-06',
    publishedOn: null,
    channel: 'creditchina',
    simplified: false,
    measures: ['fine'],
    areas: [],
    restrictedUntil: null,
    text: '【虚构示例】未明码标价',
    duties: [],
    continues: null,
    again: 0,
    ...over,
  });

function sanctionOf(...facts: Fact[]): SanctionState {
  let state: SanctionState | undefined;
  for (const one of facts) {
    const ruling = applySanction(state, one);
    if (ruling.kind !== 'legal') throw new Error(JSON.stringify(ruling));
    ({ state } = ruling);
  }
  if (state === undefined) throw new Error('No facts');
  return state;
}

const KNOWN: Record<string, unknown> = {
  'unit:D01W1': { path: WINDOW, body: 'window', level: 0 },
  'unit:D01': { path: ONE, body: 'department', level: 0 },
  'unit:S001': { path: SHOP, level: 1 },
  'merchant:m-1': { unitPath: SHOP },
  [`sanction:${SANCTION}`]: sanctionOf(recorded()),
};

function context(known: Record<string, unknown> = {}): AdmissionContext<Rulebook> {
  const all = { ...KNOWN, ...known };
  return {
    side: 'receiving',
    receivedAt: AT,
    source: { unitPath: SHOP, centre: false },
    exists: () => true,
    person: () => undefined,
    record: ({ kind, id }) => all[`${kind}:${id}`],
    levelOf: (path) => (path.startsWith('/HS/D') ? 0 : 5 - path.split('/').filter(Boolean).length),
    partyOf: () => 'merchant',
    rules: shippedRules,
  };
}

const refusal = (one: Fact, known: Record<string, unknown> = {}): string | null => {
  const found = refusalOfRestoration(
    undefined,
    one,
    legalOf(applyRestoration(undefined, one)),
    context(known),
  );
  return found === null ? null : `${found.rule} ${found.field ?? ''}`.trim();
};

describe('an application is taken', () => {
  it('for a record of the merchant that is due, with its proof and its signed commitment', () => {
    expect(refusal(filed())).toBeNull();
    expect(recordsOfRestoration(filed())).toEqual([
      { kind: 'merchant', id: 'm-1' },
      { kind: 'credit', id: 'm-1' },
      { kind: 'unit', id: 'D01W1' },
      { kind: 'sanction', id: SANCTION },
    ]);
    for (const payload of [null, 7, {}, { matters: 3 }, { matters: [null, {}], asks: 'x' }])
      for (const type of ['restoration-filed', 'restoration-accepted', 'another'])
        expect(Array.isArray(recordsOfRestoration({ type, payload }))).toBe(true);
  });

  it('on the first day on which it is due, and not on the day before', () => {
    const first = '2026-08-07T02:00:00.000Z';
    const signed = form().commitments.map((one) => ({ ...one, signedOn: '2026-08-01' }));
    expect(refusal(filed({ commitments: signed }, first))).toBeNull();
    expect(refusal(filed({ commitments: signed }, '2026-08-06T15:59:59.000Z'))).toBe(
      'restoration-not-due matters.0.sanctionId',
    );
  });

  it('otherwise not, with rule and field', () => {
    const duty = { duties: [{ dutyId: 'pay', text: '缴纳罚款' }] };
    const ended = (cause: string): Fact =>
      record('sanction-ended', { cause, on: '2026-06-01', number: 'X-1', effectiveAt: null });
    const applied = record('sanction-applied', { restorationId: 'r-2', windowPath: WINDOW }, manager);
    const other = (...facts: Fact[]) => ({ [`sanction:${SANCTION}`]: sanctionOf(...facts) });
    const listed = { entryId: 'l-1', listing: 'severe', ended: null };
    const cases: [string, Fact, Record<string, unknown>?][] = [
      ['restoration-record-unknown matters.0.sanctionId', filed(), { [`sanction:${SANCTION}`]: undefined }],
      [
        'restoration-not-theirs matters.0.sanctionId',
        filed({ merchantId: 'm-2' }),
        { 'merchant:m-2': { unitPath: SHOP } },
      ],
      ['restoration-merchant-unknown merchantId', filed(), { 'merchant:m-1': { unitPath: '/HS/C1/M02' } }],
      ['restoration-no-window windowPath', filed({ windowPath: ONE })],
      ['restoration-duty-open matters.0.sanctionId', filed(), other(recorded(duty))],
      ['restoration-duty-open matters.0.sanctionId', filed(), { 'credit:m-1': { listings: [listed] } }],
      ['restoration-ended-already matters.0.sanctionId', filed(), other(recorded(), ended('repaired'))],
      ['restoration-ended-already matters.0.sanctionId', filed({}, '2027-06-01T02:00:00.000Z')],
      ['restoration-open-elsewhere matters.0.sanctionId', filed(), other(recorded(), applied)],
      ['restoration-type-strange matters.0.type', filed({ matters: [matter({ type: 'abnormal' })] })],
      ['restoration-type-strange matters.0.type', filed({ matters: [matter({ type: 'nothing' })] })],
      [
        'restoration-to-be-looked-at matters.0.sanctionId',
        filed(),
        other(recorded({ determinedOn: '2022-05-06' })),
      ],
      ['restoration-proof-missing matters.0.proofs', filed({ matters: [matter({ proofs: [] })] })],
      [
        'restoration-proof-missing matters.0.proofs',
        filed({ attachments: [{ ...FILE, sha256: SHA, kind: 'licence', name: '执照.pdf' }] }),
      ],
      ['number-elsewhere number', filed({ number: 'M01-X2026-1-0001' })],
    ];
    for (const [rule, one, known] of cases) expect(refusal(one, known), rule).toBe(rule);
  });

  it('as an appeal while it is published, whatever is due', () => {
    const appeal = filed({
      matters: [matter({ type: 'appeal' })],
      attachments: [{ ...FILE, sha256: SHA, kind: 'grounds', name: '申诉理由.pdf' }],
    });
    const duty = sanctionOf(recorded({ duties: [{ dutyId: 'pay', text: '缴纳罚款' }] }));
    expect(refusal(appeal, { [`sanction:${SANCTION}`]: duty })).toBeNull();
  });

  it('under types that each fit some record, of grounds and limits with their sources', () => {
    const { types, grounds, limits } = settingsOn('2026-09-15');
    expect(types.map(({ code }) => code)).toEqual(['penalty', 'abnormal', 'severe', 'other', 'appeal']);
    expect([limits.reply.officeMinutes, limits.opinion.workingDays, limits.opinionGsxt.workingDays]).toEqual([
      30, 2, 7,
    ]);
    for (const { article, tag } of [...types, ...grounds, ...Object.values(limits)])
      expect([article.zh, article.en, tag].every(Boolean)).toBe(true);
  });
});

describe('who is asked, and on what grounds they refuse', () => {
  it('is a department, and the grounds are configured ones', () => {
    const state = stateOf(filed());
    const asks = (path: string): Fact => accepted([path]);
    const judged = (before: typeof state, one: Fact) =>
      refusalOfRestoration(before, one, legalOf(applyRestoration(before, one)), context());
    expect(judged(state, asks(ONE))).toBeNull();
    expect(judged(state, asks('/HS/D09'))).toMatchObject({
      rule: 'restoration-no-department',
      field: 'asks.0.departmentPath',
    });
    const asked = stateOf(filed(), accepted([ONE]));
    expect(judged(asked, agreed(ONE))).toBeNull();
    expect(judged(asked, refusing(ONE))).toBeNull();
    const strange = {
      ...refusing(ONE),
      payload: {
        departmentPath: ONE,
        attempt: 0,
        answers: [{ matterId: 'k-1', verdict: 'refuse', ground: 'whim', article: '无', text: '' }],
      },
    };
    expect(judged(asked, strange)).toMatchObject({
      rule: 'restoration-ground-unknown',
      field: 'answers.0.ground',
    });
    expect(judged(stateOf(filed(), accepted([ONE]), refusing(ONE)), declined())).toBeNull();
    const erasure = fact('personal-data-erased', { cause: 'retention', requestId: null, left: [] }, clerk);
    expect(judged(state, erasure)).toEqual({ rule: 'stream-not-yours' });
  });
});

describe('a record that is applied for', () => {
  const applied = record('sanction-applied', { restorationId: 'r-1', windowPath: WINDOW }, manager);
  const ending = (actor = clerk): Fact =>
    record(
      'sanction-ended',
      { cause: 'repaired', on: '2026-06-01', number: 'XF-1', effectiveAt: null },
      actor,
    );
  const released = (actor = clerk): Fact => record('sanction-released', { restorationId: 'r-1' }, actor);
  const refusedOf = (state: SanctionState, one: Fact): string => {
    const ruling = applySanction(state, one);
    return ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind;
  };

  it('is seen and ended by the window that handles it, and by no other', () => {
    const state = sanctionOf(recorded(), applied);
    expect(sanctionSight(state)).toContain(WINDOW);
    expect(refusedOf(state, ending())).toBe('legal');
    expect(refusedOf(state, ending(officer))).toBe('legal');
    expect(refusedOf(state, ending(actorAt('/HS/D02/D02W1', 'repair-clerk')))).toBe('role-may-not');
    expect(refusedOf(state, ending(manager))).toBe('role-may-not');
    expect(refusedOf(sanctionOf(recorded()), ending())).toBe('role-may-not');
    const done = sanctionOf(recorded(), applied, ending());
    expect(done).toMatchObject({ ended: { cause: 'repaired' }, countedAs: null });
  });

  it('is part of one application at a time, and can be applied for again once that came to nothing', () => {
    const state = sanctionOf(recorded(), applied);
    expect(refusedOf(state, applied)).toBe('sanction-applied-already');
    expect(refusedOf(state, record('sanction-released', { restorationId: 'r-9' }, clerk))).toBe(
      'sanction-not-applied',
    );
    for (const actor of [clerk, manager]) {
      const free = sanctionOf(recorded(), applied, released(actor));
      expect(free.applied).toBeNull();
      // Who has seen it goes on seeing it.
      expect(sanctionSight(free)).toContain(WINDOW);
      expect(refusedOf(free, applied)).toBe('legal');
    }
  });
});
