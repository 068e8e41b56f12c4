import { uuidv7 } from 'uuidv7';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionOf, type CaseEventType } from '../../src/domain/case/events.ts';
import { mustBeErased, type CaseState } from '../../src/domain/case/index.ts';
import { ERASED, ERASURE } from '../../src/domain/kernel/event/erasure.ts';
import type { Actor, Fact } from '../../src/domain/kernel/event/event.ts';
import { parentPath } from '../../src/domain/organisation/index.ts';
import { shippedRules } from '../../src/domain/procedure/index.ts';
import { mustReturnBeErased, type ReturnState } from '../../src/domain/return/index.ts';
import { applyFact, rollupDeltas, sealedPathsOf, STREAMS, type AnyState } from '../../src/domain/streams.ts';
import {
  keyName,
  leftOf,
  newRecordKey,
  openedPayload,
  SealBroken,
  sealedPayload,
  sealedWith,
} from '../../src/protocol/sealed-facts.ts';
import { actorAt, ADMINISTRATOR, registration } from '../support/facts.ts';

const MALL = '/HS/C1/M01';
const HASH = 'a'.repeat(64);

/** What is entered in a step; what is personal or told in it is added by the schema, in every field that may hold some. */
const STEPS: Record<string, () => Record<string, unknown>> = {
  'case-registered': () => registration(),
  'case-imported': () => ({
    number: 'OLD-1',
    source: '旧登记簿',
    consumerName: '',
    consumerPhone: '',
    merchantName: '虚构服饰店',
    merchantAddress: null,
    category: { object: 'clothing', problem: 'quality' },
    startedOn: '2025-01-02',
    closedOn: '2025-01-09',
    outcome: 'settled',
    originalResult: '',
    satisfaction: 'unknown',
    restitutionFen: 100,
  }),
  'case-accepted': () => ({}),
  'case-refused': () => ({ ground: 'outside-remit' }),
  'session-recorded': () => ({
    heldOn: '2026-03-12',
    place: '调解室',
    attendance: 'both',
    proposalFen: null,
    statements: {},
    proposals: [
      { by: 'mediator', amountFen: 100 },
      { by: 'consumer', amountFen: null },
    ],
  }),
  'case-settled': () => ({
    instrument: 'settlement-agreement',
    amountFen: 100,
    performance: { kind: 'by', dueOn: '2027-12-31', manner: '转账' },
  }),
  'mediation-failed': () => ({}),
  'case-withdrawn': () => ({}),
  'mediation-terminated': () => ({ ground: 'absence-or-refusal' }),
  'case-escalated': () => ({ toPath: '/HS/C1' }),
  'case-transferred': () => ({ toPath: '/HS/C1/M02' }),
  'case-handed-down': () => ({ toPath: '/HS/C1/M01/S001', purpose: 'handle' }),
  'case-reopened': () => ({ cause: 'new-facts' }),
  'clock-stopped': () => ({ cause: 'testing' }),
  'clock-resumed': () => ({}),
  'case-corrected': () => ({}),
  'agent-appointed': () => ({ agentId: 'agent-1', side: 'consumer', authority: 'general' }),
  'agent-ended': () => ({ agentId: 'agent-1' }),
  'mediator-challenged': () => ({ by: 'merchant', mediator: '测试员' }),
  'challenge-decided': () => ({ upheld: false }),
  'testing-ordered': () => ({ institution: '质检院', fees: 'shared' }),
  'testing-reported': () => ({ on: '2026-03-11' }),
  'unit-joined': () => ({ path: '/HS/C1/M02' }),
  'performance-recorded': () => ({ result: 'kept', on: '2026-03-12' }),
  'satisfaction-recorded': () => ({ satisfaction: 'dissatisfied', on: '2026-03-12' }),
  'satisfaction-answered': () => ({ score: 4 }),
  'confirmation-applied': () => ({ court: '海曙区人民法院', on: '2026-03-12' }),
  'violation-reported': () => ({}),
  'violation-answered': () => ({ result: 'no-violation' }),
  'case-closed': () => ({ satisfaction: 'satisfied' }),
  'case-assigned': () => ({ staffId: actorAt(MALL).staffId, name: '测试员' }),
  'case-reviewed': () => ({ result: 'remarks', sampleId: null }),
  'note-added': () => ({}),
  'evidence-added': () => ({ sha256: HASH, size: 12, mediaType: 'image/png', kind: 'photo' }),
  'evidence-withdrawn': () => ({ sha256: HASH }),
  'document-issued': () => ({
    documentId: 'paper-1',
    kind: 'peoples-mediation-agreement',
    number: '甬海调〔2026〕1号',
    year: 2026,
    sequence: 1,
    issuedOn: '2026-03-12',
    copies: 2,
    sha256: HASH,
    byteLength: 9,
    code: '0123-4567-89AB',
  }),
  'document-signed': () => ({
    documentId: 'paper-1',
    manner: 'on-paper',
    signers: ['consumer', 'merchant'],
    signedOn: '2026-03-12',
    sha256: null,
  }),
};

/** Whose steps those are that are not of the unit that works on the case. */
const clerk = (): Actor => actorAt('/HS/D01/D01W1', 'repair-clerk');

const OTHERS: Record<string, (handling: string) => Actor> = {
  ...Object.fromEntries(
    ['accepted', 'returned', 'concluded'].map((step) => [`restoration-${step}`, () => clerk()]),
  ),
  'departments-asked': () => clerk(),
  'objection-answered': () => clerk(),
  'opinion-given': () => actorAt('/HS/D01', 'department-reviewer'),
  'satisfaction-answered': () => ADMINISTRATOR,
  'violation-answered': () => actorAt('/HS'),
  'case-reviewed': (handling) => actorAt(parentPath(handling) ?? handling, 'supervisor'),
};

const RETURN_STEPS: Record<string, () => Record<string, unknown>> = {
  'return-requested': () => ({
    number: 'R-S001-2026-1-0001',
    merchantId: 'm1',
    merchantName: '虚构服饰店',
    commitmentId: null,
    commitmentVersion: null,
    consumer: { name: '', phone: null },
    request: {
      goodsCategory: 'clothing',
      goodsName: '大衣',
      purchasedOn: '2026-03-01',
      requestedOn: '2026-03-10',
      amountFen: 59_900,
      condition: 'intact',
      proofType: 'receipt',
      proofNumber: null,
      gift: 'none',
      giftPriceFen: null,
      confirmedUnsuitable: false,
    },
    verdict: 'eligible',
    reasons: [],
    purchasedAt: { merchantId: 'm2', name: '另一家店', unitPath: '/HS/C1/M02/S001', group: '集团' },
  }),
  'return-granted': () => ({ refundFen: 100, route: 'original', refundedOn: '2026-03-10' }),
  'return-refused': () => ({ ground: 'condition' }),
  'return-noted': () => ({ concern: 'other' }),
  'return-settled': () => ({ paidOn: '2026-03-11', reference: 'T1' }),
  'return-settlement-undone': () => ({ undoneOn: '2026-03-11' }),
};

const PRIVACY_STEPS: Record<string, () => Record<string, unknown>> = {
  'privacy-requested': () => ({
    number: 'M01-P2026-1-0001',
    what: 'deletion',
    requester: { name: '', phone: '', as: 'agent', authority: '' },
    identity: 'id-seen',
    records: [{ kind: 'case', id: 'c1', number: 'M01-2026-1-0001' }],
  }),
  'privacy-decided': () => ({ outcomes: [{ kind: 'case', id: 'c1', verdict: 'refused', ground: 'other' }] }),
  'privacy-answered': () => ({
    manner: 'posted',
    answeredOn: '2026-03-12',
    number: 'M01-P2026-1-0001',
    sha256: HASH,
  }),
  'privacy-withdrawn': () => ({}),
};

const MATTER = {
  matterId: 'k1',
  type: 'penalty',
  sanctionId: 's1',
  organ: '虚构局',
  number: '12号',
  determinedOn: '2026-01-01',
  class: 'ordinary',
  channel: 'creditchina',
  proofs: [],
  commitmentId: 'p1',
};
const FILE = { sha256: HASH, size: 10, mediaType: 'application/pdf', kind: 'performance' };

const RESTORATION_STEPS: Record<string, () => Record<string, unknown>> = {
  'restoration-filed': () => ({
    number: 'S001-X2026-1-0001',
    merchantId: 'm1',
    merchantName: '虚构服饰店',
    merchantPath: '/HS/C1/M01/S001',
    creditCode: null,
    windowPath: '/HS/D01/D01W1',
    channel: 'online',
    representative: { name: '' },
    handler: { name: '', phone: '', authority: '' },
    publication: true,
    matters: [MATTER],
    attachments: [{ ...FILE, name: '' }],
    commitments: [
      {
        commitmentId: 'p1',
        version: 1,
        signedBy: '',
        signedOn: '2026-01-01',
        how: 'screen',
        signature: HASH,
      },
    ],
  }),
  'restoration-accepted': () => ({ asks: [{ departmentPath: '/HS/D01', matterIds: ['k1'] }] }),
  'departments-asked': () => ({ asks: [{ departmentPath: '/HS/D02', matterIds: ['k1'] }] }),
  'opinion-given': () => ({
    departmentPath: '/HS/D01',
    attempt: 0,
    answers: [{ matterId: 'k1', verdict: 'refuse', ground: 'other', article: '第一条', text: '' }],
  }),
  'restoration-returned': () => ({ reason: '' }),
  'restoration-completed': () => ({
    text: '',
    attachments: [{ ...FILE, sha256: 'b'.repeat(64), name: '' }],
    proofs: [],
  }),
  'restoration-concluded': () => ({
    outcomes: [{ matterId: 'k1', outcome: 'refused', ground: 'other', reason: '' }],
  }),
  'restoration-withdrawn': () => ({ reason: '' }),
  'restoration-objected': () => ({ objectionId: 'o1', text: '' }),
  'objection-answered': () => ({ objectionId: 'o1', verdict: 'rejected', text: '' }),
};

type Erased = 'case' | 'return' | 'privacy' | 'restoration';
const STEPS_OF: Record<Erased, Record<string, () => Record<string, unknown>>> = {
  case: STEPS,
  return: RETURN_STEPS,
  privacy: PRIVACY_STEPS,
  restoration: RESTORATION_STEPS,
};

/** Ways to steps that chance takes seldom. */
const LEADS: Record<Erased, readonly string[][]> = {
  case: [
    ['case-accepted', 'case-settled', 'performance-recorded', 'case-closed', 'case-reopened'],
    ['case-accepted', 'case-settled', 'document-issued', 'document-signed', 'confirmation-applied'],
    ['agent-appointed', 'agent-ended', 'violation-reported', 'violation-answered', 'case-assigned'],
    ['case-accepted', 'mediator-challenged', 'challenge-decided', 'testing-ordered', 'testing-reported'],
    [
      'evidence-added',
      'evidence-withdrawn',
      'case-withdrawn',
      'case-closed',
      'case-reviewed',
      'satisfaction-answered',
    ],
  ],
  return: [['return-granted', 'return-settled', 'return-settlement-undone']],
  privacy: [['privacy-decided', 'privacy-answered']],
  restoration: [
    [
      'restoration-accepted',
      'opinion-given',
      'restoration-concluded',
      'restoration-objected',
      'objection-answered',
    ],
    ['restoration-accepted', 'departments-asked', 'restoration-returned', 'restoration-completed'],
  ],
};

let count = 0;
/** A text that stands nowhere else; a telephone where the field is one. */
const token = (field: string): string => {
  count += 1;
  return /phone/i.test(field) ? `199${String(count).padStart(8, '0')}` : `隐私词${count}号`;
};

/** Puts a token in every place of what is personal or told that the payload has room for. */
function filled(value: Record<string, unknown>, paths: readonly (readonly string[])[], tokens: string[]) {
  const put = (at: unknown, [name, ...deeper]: readonly string[]): void => {
    if (name === undefined || typeof at !== 'object' || at === null) return;
    if (name === '*') return Object.values(at).forEach((one) => put(one, deeper));
    if (deeper.length > 0) return put((at as Record<string, unknown>)[name], deeper);
    const text = token(name);
    tokens.push(text);
    (at as Record<string, unknown>)[name] = text;
  };
  for (const path of paths) put(value, path);
  return value;
}

function factFor(
  kind: Erased,
  type: string,
  at: string,
  tokens: string[],
  handling = MALL,
): Fact & { id: string } {
  const version = kind === 'case' ? versionOf(type as CaseEventType) : 1;
  const stream = { kind, id: 'one' };
  const actor = OTHERS[type]?.(handling) ?? actorAt(handling);
  const payload = STEPS_OF[kind][type]?.() ?? {};
  return {
    id: uuidv7(),
    stream,
    type,
    version,
    payload: filled(payload, sealedPathsOf({ stream, type, version }), tokens),
    actor,
    at,
    unitPath: actor.unitPath,
  };
}

const erasure = (kind: Erased): Fact => ({
  stream: { kind, id: 'one' },
  type: ERASURE,
  version: 1,
  payload: { cause: 'retention', requestId: null, left: [] },
  actor: ADMINISTRATOR,
  at: '2032-01-01T00:00:00.000Z',
  unitPath: '/HS',
});

const CONTEXT = {
  levelOf: (path: string) => 6 - path.split('/').length,
  partyOf: () => 'operator' as const,
  rules: shippedRules,
};

type Lived = { state: AnyState | undefined; counted: string[] };

function live(facts: readonly Fact[]): Lived {
  const lived: Lived = { state: undefined, counted: [] };
  for (const fact of facts) {
    const ruling = applyFact(lived.state, fact, shippedRules);
    if (ruling.kind !== 'legal') throw new Error(`${fact.type}: ${JSON.stringify(ruling)}`);
    lived.counted.push(JSON.stringify(rollupDeltas(lived.state, fact, ruling.state, CONTEXT)));
    lived.state = ruling.state;
  }
  return lived;
}

/** A story of legal facts: each draw is one of the steps that may come next, or, where it is named, that step. */
function storyOf(
  kind: Erased,
  first: string,
  draws: readonly (number | string)[],
  tokens: string[],
  seen: ReadonlySet<string> = new Set(),
): (Fact & { id: string })[] {
  const legal: (Fact & { id: string })[] = [];
  let state: AnyState | undefined;
  const tried = (type: string, index: number) => {
    const own: string[] = [];
    const handling = state && 'handlingPath' in state.state ? state.state.handlingPath : MALL;
    const at = `2026-03-12T02:00:${String(index % 60).padStart(2, '0')}.000Z`;
    const fact = factFor(kind, type, at, own, handling);
    const ruling = applyFact(state, fact, shippedRules);
    return ruling.kind === 'legal' ? { fact, own, next: ruling.state } : null;
  };
  const take = (one: ReturnType<typeof tried>): void => {
    if (one === null) return;
    tokens.push(...one.own);
    legal.push(one.fact);
    state = one.next;
  };
  take(tried(first, 0));
  for (const [index, draw] of draws.entries()) {
    if (typeof draw === 'string') {
      take(tried(draw, index + 1));
      continue;
    }
    const may = Object.keys(STEPS_OF[kind])
      .map((type) => tried(type, index + 1))
      .filter((one) => one !== null);
    // What no story had yet comes first, half of the time.
    const fresh = draw % 2 === 0 ? may.filter(({ fact }) => !seen.has(fact.type)) : [];
    const among = fresh.length > 0 ? fresh : may;
    if (among.length > 0) take(among[draw % among.length] ?? null);
  }
  return legal;
}

describe.each([
  ['case', STEPS, ['case-registered', 'case-imported']],
  ['return', RETURN_STEPS, ['return-requested']],
  ['privacy', PRIVACY_STEPS, ['privacy-requested']],
  ['restoration', RESTORATION_STEPS, ['restoration-filed']],
] as const)('a %s of which what is personal is erased', (kind, steps, first) => {
  const stories = fc.record({
    begins: fc.constantFrom(...first),
    lead: fc.constantFrom(...LEADS[kind], []),
    next: fc.array(fc.nat(1000), { minLength: 5, maxLength: 40 }),
  });

  it('is the same whether its facts could still be opened or not, holds none of it, and counts as before', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(stories, ({ begins, lead, next }) => {
        const tokens: string[] = [];
        const facts = storyOf(kind, begins, [...lead, ...next], tokens, seen);
        for (const { type } of facts) seen.add(type);
        const key = newRecordKey();
        const sealed = facts.map((fact) => ({ ...fact, payload: sealedPayload(fact, () => key) }));
        const text = JSON.stringify(sealed);
        for (const one of tokens) expect(text).not.toContain(one);

        const openable = sealed.map((fact) => ({ ...fact, payload: openedPayload(fact, key.key) }));
        const closed = sealed.map((fact) => ({ ...fact, payload: openedPayload(fact, null) }));
        const [before, after] = [live(openable), live(closed)];
        expect(before).toEqual(live(facts));
        expect(after.counted).toEqual(before.counted);

        const erased = applyFact(before.state, erasure(kind), shippedRules);
        const again = applyFact(after.state, erasure(kind), shippedRules);
        if (erased.kind !== 'legal') throw new Error(JSON.stringify(erased));
        expect(again).toEqual(erased);
        const left = JSON.stringify(erased.state);
        for (const one of tokens) expect(left).not.toContain(one);
        expect(rollupDeltas(before.state, erasure(kind), erased.state, CONTEXT)).toEqual({
          counters: [],
          handling: [],
        });

        // Nothing follows on it, and it is not done twice.
        for (const type of Object.keys(steps)) {
          const late = applyFact(
            erased.state,
            factFor(kind, type, '2032-01-02T00:00:00.000Z', []),
            shippedRules,
          );
          expect(late.kind, type).toBe('illegal');
        }
        expect(applyFact(erased.state, erasure(kind), shippedRules).kind).toBe('illegal');
      }),
      { numRuns: 150 },
    );
    // Every kind of step took part.
    expect(Object.keys(steps).filter((type) => !seen.has(type))).toEqual([]);
  });

  it('leaves of facts that were not sealed what is not personal, and their digest', () => {
    fc.assert(
      fc.property(stories, ({ begins, lead, next }) => {
        const tokens: string[] = [];
        const facts = storyOf(kind, begins, [...lead, ...next], tokens);
        const left = facts.map((fact) => ({ fact, left: leftOf(fact) }));
        const text = JSON.stringify(left.map((one) => one.left));
        for (const one of tokens) expect(text).not.toContain(one);
        const after = live(
          left.map(({ fact, left: one }) => ({ ...fact, payload: one?.payload ?? fact.payload })),
        );
        expect(after.counted).toEqual(live(facts).counted);
        // Once more is the same: what was taken out stays out.
        for (const { fact, left: one } of left)
          if (one) expect(leftOf({ ...fact, payload: one.payload })).toEqual(one);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a sealed fact', () => {
  const fact = factFor('case', 'session-recorded', '2026-03-12T02:00:00.000Z', []);
  const key = newRecordKey();
  const sealed = { ...fact, payload: sealedPayload(fact, () => key) };

  it('opens with its own key and no other, in its own place, and only whole', () => {
    expect(openedPayload(sealed, key.key)).toEqual(fact.payload);
    expect(sealedWith(sealed.payload)).toBe(key.id);
    expect(keyName(key.key)).toBe(key.id);
    expect(() => openedPayload(sealed, newRecordKey().key)).toThrow(SealBroken);
    expect(() => openedPayload({ ...sealed, id: uuidv7() }, key.key)).toThrow(SealBroken);
    expect(() => openedPayload({ ...sealed, stream: { kind: 'case', id: 'two' } }, key.key)).toThrow(
      SealBroken,
    );
    const { sealed: box } = sealed.payload as { sealed: { box: string; fields: string[]; key: string } };
    fc.assert(
      fc.property(
        fc.nat(Buffer.from(box.box, 'base64').length - 1),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const bytes = Buffer.from(box.box, 'base64');
          bytes[at] = (bytes[at] ?? 0) ^ by;
          const payload = {
            ...(sealed.payload as object),
            sealed: { ...box, box: bytes.toString('base64') },
          };
          expect(() => openedPayload({ ...sealed, payload }, key.key)).toThrow(SealBroken);
        },
      ),
    );
    const moved = { ...box, fields: box.fields.toReversed() };
    const payload = { ...(sealed.payload as object), sealed: moved };
    expect(() => openedPayload({ ...sealed, payload }, key.key)).toThrow(SealBroken);
  });

  it('holds nothing beside its box that nobody would judge', () => {
    const { sealed: box } = sealed.payload as { sealed: object };
    for (const more of [{ note: '\u0000' }, { fields: ['consumer.\u0000'] }, { fields: ['a'.repeat(121)] }]) {
      const payload = { ...(sealed.payload as object), sealed: { ...box, ...more } };
      expect(sealedWith(payload)).toBeNull();
      // As it came, so that the rules for texts see all of it.
      expect(openedPayload({ ...sealed, payload }, key.key)).toBe(payload);
    }
    const short = { ...box, box: Buffer.alloc(20).toString('base64') };
    const payload = { ...(sealed.payload as object), sealed: short };
    expect(() => openedPayload({ ...sealed, payload }, key.key)).toThrow(SealBroken);
  });

  it('without a key shows where something was, and nothing of it', () => {
    const closed = openedPayload(sealed, null) as { record: string; proposals: { text: string }[] };
    expect(closed).toMatchObject({
      record: ERASED,
      place: '调解室',
      proposals: [{ text: ERASED }, { text: ERASED }],
    });
  });

  it('has no other member of the name that the seal takes, in any schema', () => {
    for (const { schemas } of STREAMS)
      for (const schema of Object.values(schemas))
        expect('shape' in schema && Object.hasOwn(schema.shape as object, 'sealed')).toBe(false);
  });
});

describe('the time after which it is erased', () => {
  const handler = { level: 2, regulator: false };
  const tokens: string[] = [];
  const { state } = live(storyOf('case', 'case-registered', ['case-withdrawn', 'case-closed'], tokens)) as {
    state: { state: CaseState };
  };
  const closed = state.state;
  const times = (now: string, lastFactAt = '2026-03-12T02:00:00.000Z') => ({ now, lastFactAt });

  it('is five years after closing, or after the last fact, and no day before', () => {
    expect(mustBeErased(closed, shippedRules, handler, times('2031-03-11T15:59:59.000Z'))).toBe(false);
    expect(mustBeErased(closed, shippedRules, handler, times('2031-03-11T16:00:01.000Z'))).toBe(true);
    const late = times('2031-03-11T16:00:01.000Z', '2026-05-01T02:00:00.000Z');
    expect(mustBeErased(closed, shippedRules, handler, late)).toBe(false);
  });

  it('is never for a record that somebody works on', () => {
    const open = { ...closed, status: 'settled' as const, closedAt: null };
    expect(mustBeErased(open, shippedRules, handler, times('2099-01-01T00:00:00.000Z'))).toBe(false);
  });

  it('is five years after the decision of a return, and never before its case has ended', () => {
    const { state: granted } = live(storyOf('return', 'return-requested', ['return-granted'], tokens)) as {
      state: { state: ReturnState };
    };
    expect(mustReturnBeErased(granted.state, shippedRules, times('2031-03-11T15:59:59.000Z'))).toBe(false);
    expect(mustReturnBeErased(granted.state, shippedRules, times('2031-03-11T16:00:01.000Z'))).toBe(true);
    const waiting = { ...granted.state, caseId: 'c1' };
    expect(mustReturnBeErased(waiting, shippedRules, times('2099-01-01T00:00:00.000Z'))).toBe(false);
  });
});
