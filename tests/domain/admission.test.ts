import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdmissionContext, Person } from '../../src/domain/kernel/event/admission.ts';
import type { RecordedFact, Role } from '../../src/domain/kernel/event/event.ts';
import { shippedRules, type Rulebook } from '../../src/domain/procedure/index.ts';
import { admitFact, applyFact, peopleIn, type AnyState } from '../../src/domain/streams.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const LEVELS = new Map([
  ['/HS', 4],
  ['/HS/C1', 3],
  ['/HS/C2', 3],
  [MALL, 2],
  ['/HS/C1/M02', 2],
  [SHOP, 1],
]);
const AT = '2026-03-10T02:00:00.000Z';
const LATER = '2026-09-10T02:00:00.000Z';

function person(unitPath: string, more: Partial<Person> = {}): Person {
  const role: Role = more.role ?? 'mediator';
  return { name: '测试员', role, unitPath, active: true, assignments: [{ role, unitPath }], ...more };
}

/** Who is known: somebody of each unit, one who has left the mall, one who handles nothing there. */
const PEOPLE = new Map<string, Person>([
  ...[...LEVELS.keys()].map((path): [string, Person] => [`of${path}`, person(path)]),
  [
    'moved',
    person('/HS/C2', { assignments: [MALL, '/HS/C2'].map((unitPath) => ({ role: 'mediator', unitPath })) }),
  ],
  ['left', person(MALL, { active: false })],
  ['clerk', person(MALL, { role: 'administrator' })],
]);

type Side = AdmissionContext<Rulebook>['side'];

function contextAt(
  side: Side,
  unitPath: string,
  people: ReadonlyMap<string, Person> = PEOPLE,
): AdmissionContext<Rulebook> {
  return {
    side,
    receivedAt: side === 'recording' ? null : '2027-01-01T00:00:00.000Z',
    source: { unitPath, centre: false },
    rules: shippedRules,
    levelOf: (path) => LEVELS.get(path) ?? 0,
    partyOf: (path) => (path === '/HS' ? 'regulator' : 'operator'),
    exists: (path) => LEVELS.has(path),
    person: (id) => people.get(id),
    record: () => undefined,
  };
}

const actor = (unitPath: string) => ({ ...actorAt(unitPath), staffId: `of${unitPath}` });

function fact(type: string, payload: unknown, { by = MALL, at = AT } = {}): RecordedFact {
  return factOf('case', 'c1', type, payload, actor(by), at);
}

function walk(...facts: RecordedFact[]): AnyState {
  let state: AnyState | undefined;
  for (const one of facts) {
    const ruling = applyFact(state, one, shippedRules);
    if (ruling.kind !== 'legal') throw new Error(`${one.type}: ${JSON.stringify(ruling)}`);
    ({ state } = ruling);
  }
  if (state === undefined) throw new Error('nothing was walked');
  return state;
}

const REGISTERED = walk(fact('case-registered', registration()));
const ACCEPTED = walk(fact('case-registered', registration()), fact('case-accepted', {}));

function rule(side: Side, current: AnyState, one: RecordedFact, people = PEOPLE): string {
  const { unitPath } = one;
  const ruling = admitFact({ current, inSight: true }, one, contextAt(side, unitPath, people));
  return ruling.kind === 'illegal'
    ? `${ruling.refusal.rule} ${ruling.refusal.field ?? ''}`.trim()
    : ruling.kind;
}

const reason = '虚构示例';
const down = (toPath: string) => fact('case-handed-down', { toPath, purpose: 'handle', reason });
const across = (toPath: string) => fact('case-transferred', { toPath, reason });
const joined = (path: string) => fact('unit-joined', { path, reason });
const assigned = (staffId: string, name = '测试员') =>
  factOf('case', 'c1', 'case-assigned', { staffId, name }, { ...actor(MALL), role: 'supervisor' }, AT);
const settled = (instrument: string) =>
  fact('case-settled', { instrument, terms: '退款', amountFen: 100, performance: { kind: 'at-once' } });
const taken = (at: string) =>
  fact('case-taken-over', { dueAt: '2026-03-09T02:00:00.000Z', reason }, { by: '/HS/C1', at });

/** As they are, but that the mall's mediator has become its supervisor. */
const WITH_SUPERVISOR = new Map(PEOPLE).set(
  `of${MALL}`,
  person(MALL, {
    role: 'supervisor',
    assignments: (['mediator', 'supervisor'] as const).map((role) => ({ role, unitPath: MALL })),
  }),
);

describe('a new fact', () => {
  it('goes to no unit that does not exist, at the workstation and at the centre', () => {
    for (const side of ['recording', 'receiving'] as const) {
      expect(rule(side, REGISTERED, down(SHOP))).toBe('legal');
      expect(rule(side, REGISTERED, down(`${MALL}/S404`))).toBe('unit-missing toPath');
      expect(rule(side, REGISTERED, across('/HS/C1/M02'))).toBe('legal');
      expect(rule(side, REGISTERED, across('/HS/C1/M404'))).toBe('unit-missing toPath');
      expect(rule(side, ACCEPTED, joined('/HS/C2'))).toBe('legal');
      expect(rule(side, ACCEPTED, joined('/HS/C404'))).toBe('unit-missing path');
    }
  });

  it('names the people whose accounts are asked for', () => {
    expect(peopleIn(assigned('left'))).toEqual(['left']);
    expect(peopleIn(fact('case-assigned', { staffId: null, name: null }))).toEqual([]);
    expect(peopleIn(fact('case-assigned', null))).toEqual([]);
    expect(peopleIn(down(SHOP))).toEqual([]);
    expect(peopleIn({ stream: { kind: 'unheard-of', id: '1' }, type: 'case-assigned', payload: {} })).toEqual(
      [],
    );
  });

  it.each([
    ['nobody', 'assignee-not-here staffId', 'assignee-elsewhere staffId'],
    [`of${SHOP}`, 'assignee-not-here staffId', 'assignee-elsewhere staffId'],
    // Was there when it was recorded, for all the centre can tell.
    ['left', 'assignee-not-here staffId', 'legal'],
    ['moved', 'assignee-not-here staffId', 'legal'],
    ['clerk', 'assignee-not-here staffId', 'legal'],
    [`of${MALL}`, 'legal', 'legal'],
  ])('gives a case to %s: %s where it is recorded, %s at the centre', (staffId, recording, receiving) => {
    expect(rule('recording', ACCEPTED, assigned(staffId), WITH_SUPERVISOR)).toBe(recording);
    expect(rule('receiving', ACCEPTED, assigned(staffId), WITH_SUPERVISOR)).toBe(receiving);
  });

  it('gives a case to nobody under another name', () => {
    expect(rule('recording', ACCEPTED, assigned(`of${MALL}`, '他人'), WITH_SUPERVISOR)).toBe(
      'assignee-not-here name',
    );
    // Names change; the account is what the centre goes by.
    expect(rule('receiving', ACCEPTED, assigned(`of${MALL}`, '他人'), WITH_SUPERVISOR)).toBe('legal');
  });

  it('is refused where it is recorded by what only holds then: the instrument, and a deadline that still runs', () => {
    expect(rule('recording', ACCEPTED, settled('settlement-agreement'))).toBe('legal');
    expect(rule('recording', ACCEPTED, settled('administrative-mediation'))).toBe(
      'instrument-not-here instrument',
    );
    expect(rule('receiving', ACCEPTED, settled('administrative-mediation'))).toBe('legal');
    expect(rule('recording', REGISTERED, taken(AT))).toBe('deadline-not-passed dueAt');
    expect(rule('recording', REGISTERED, taken(LATER))).toBe('legal');
    expect(rule('receiving', REGISTERED, taken(AT))).toBe('legal');
  });

  it('puts on paper only what fits where the case stands, signed by those whom it concerns', () => {
    const issued = (kind: string) =>
      fact('document-issued', {
        documentId: 'd1',
        kind,
        number: '虚构〔2026〕第0001号',
        year: 2026,
        sequence: 1,
        issuedOn: '2026-03-10',
        copies: 2,
        sha256: '0'.repeat(64),
        byteLength: 1,
        code: '0000-0000-0000',
      });
    const signed = (signers: string[], signedOn = '2026-03-10') =>
      fact('document-signed', { documentId: 'd1', manner: 'on-paper', signers, signedOn, sha256: null });
    expect(rule('recording', REGISTERED, issued('receipt'))).toBe('legal');
    expect(rule('recording', REGISTERED, issued('settlement-agreement'))).toBe('document-not-now');
    // It left the workstation: its number is not to be lost to a refusal.
    expect(rule('receiving', REGISTERED, issued('settlement-agreement'))).toBe('legal');
    const withReceipt = walk(fact('case-registered', registration()), issued('receipt'));
    expect(rule('recording', withReceipt, signed(['consumer', 'mediator']))).toBe('legal');
    expect(rule('recording', withReceipt, signed(['merchant']))).toBe('signer-not-of-document signers');
    expect(rule('recording', withReceipt, signed(['consumer', 'consumer']))).toBe(
      'signer-not-of-document signers',
    );
    expect(rule('recording', withReceipt, signed(['consumer'], '2026-03-11'))).toBe(
      'date-in-future signedOn',
    );
    expect(rule('receiving', withReceipt, signed(['consumer'], '2026-03-11'))).toBe('legal');
    // Handed down, the mall holds what it handled, and decides in nobody's place.
    const gone = walk(fact('case-registered', registration()), down(SHOP));
    expect(rule('recording', gone, issued('dossier'))).toBe('legal');
    expect(rule('recording', gone, issued('receipt'))).toBe('document-not-now');
  });

  it('comes from its own unit, in the name of somebody who was ever assigned there, about a record they can see', () => {
    const accepted = fact('case-accepted', {});
    const admit = (inSight: boolean, context: AdmissionContext<Rulebook>, one = accepted) => {
      const ruling = admitFact({ current: REGISTERED, inSight }, one, context);
      return ruling.kind === 'illegal' ? ruling.refusal : ruling.kind;
    };
    const at = contextAt('receiving', MALL);
    expect(admit(true, at)).toBe('legal');
    expect(admit(false, at)).toEqual({ rule: 'outside-scope', field: 'stream' });
    expect(admit(true, contextAt('receiving', SHOP))).toEqual({ rule: 'outside-scope', field: 'unitPath' });
    expect(admit(true, contextAt('receiving', MALL, new Map()))).toEqual({
      rule: 'actor-unknown',
      field: 'actor',
    });
    const asSupervisor = { ...accepted, actor: { ...accepted.actor, role: 'supervisor' } };
    expect(admit(true, at, asSupervisor)).toEqual({ rule: 'actor-unknown', field: 'actor' });
    // A role that only a newer release knows is for that one to judge.
    expect(admit(true, at, { ...accepted, actor: { ...accepted.actor, role: 'warden' } })).toBe('unknown');
    const renamed = factOf('unit', 'C1', 'unit-renamed', { name: '别名' }, actor(MALL), AT);
    expect(admit(true, at, renamed)).toEqual({ rule: 'stream-not-yours' });
    expect(admit(true, contextAt('recording', MALL), renamed)).toEqual({ rule: 'stream-not-yours' });
  });

  it('is in nobody’s name but of people of its own unit, in a role they hold, under their name', () => {
    const roles = ['mediator', 'shop-manager', 'supervisor', 'administrator'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...LEVELS.keys()),
        fc.constantFrom(...roles),
        fc.constantFrom(...PEOPLE.keys(), 'nobody'),
        fc.constantFrom('测试员', '督导'),
        (path, role, staffId, name) => {
          const one = { ...fact('case-accepted', {}), actor: { staffId, name, role, unitPath: path } };
          const held = PEOPLE.get(staffId);
          const own = path === MALL && name === held?.name;
          const holds = held?.assignments.some((each) => each.unitPath === MALL && each.role === role);
          // Whether that role may do it is the reducer's question.
          const refused = rule('receiving', REGISTERED, { ...one, unitPath: MALL });
          expect(refused === 'actor-unknown actor').toBe(!(own && holds === true));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of somebody who has left counts while they were there, and as long as it may have been on its way', () => {
    const end = '2026-03-10T02:00:00.000Z';
    const held = { role: 'mediator', unitPath: MALL, until: end } as const;
    const gone = new Map(PEOPLE).set(`of${MALL}`, person(MALL, { active: false, assignments: [held] }));
    const after = (days: number): string => new Date(Date.parse(end) + days * 86_400_000).toISOString();
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 60 }), fc.integer({ min: 0, max: 60 }), (dated, late) => {
        const context = { ...contextAt('receiving', MALL, gone), receivedAt: after(late) };
        const one = fact('case-accepted', {}, { at: after(dated) });
        const ruling = admitFact({ current: REGISTERED, inSight: true }, one, context);
        const expected =
          dated > late + 31 ? 'dated-ahead' : dated > 1 || late > 30 ? 'assignment-ended' : 'legal';
        expect(ruling.kind === 'illegal' ? ruling.refusal.rule : ruling.kind).toBe(expected);
      }),
    );
  });

  it('bears no number of another unit', () => {
    for (const side of ['recording', 'receiving'] as const) {
      const admitted = (number: string, unitPath: string): string => {
        const one = factOf('case', 'c2', 'case-registered', registration({ number }), actor(unitPath), AT);
        const ruling = admitFact({ current: undefined, inSight: true }, one, contextAt(side, unitPath));
        return ruling.kind === 'illegal' ? `${ruling.refusal.rule} ${ruling.refusal.field}` : ruling.kind;
      };
      expect(admitted('M01-2026-1-0001', MALL)).toBe('legal');
      expect(admitted('S001-2026-1-0001', SHOP)).toBe('legal');
      expect(admitted('M01-2026-1-0001', SHOP)).toBe('number-elsewhere number');
      expect(admitted('M010-2026-1-0001', MALL)).toBe('number-elsewhere number');
    }
  });

  it('that a workstation records is refused by no centre that knows the same', () => {
    const paths = fc.constantFrom(...LEVELS.keys(), '/HS/C404', `${MALL}/S404`);
    const steps = fc.oneof(
      paths.map(down),
      paths.map(across),
      paths.map(joined),
      fc.constantFrom(...PEOPLE.keys(), 'nobody').map((id) => assigned(id)),
      fc.constantFrom('settlement-agreement', 'peoples-mediation', 'administrative-mediation').map(settled),
      fc.constantFrom(AT, LATER).map(taken),
    );
    let recorded = 0;
    fc.assert(
      fc.property(fc.constantFrom(REGISTERED, ACCEPTED), steps, (current, one) => {
        if (rule('recording', current, one, WITH_SUPERVISOR) !== 'legal') return;
        recorded += 1;
        expect(rule('receiving', current, one, WITH_SUPERVISOR)).toBe('legal');
      }),
      { numRuns: 500 },
    );
    expect(recorded).toBeGreaterThan(50);
  });
});
