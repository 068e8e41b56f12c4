import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOfApplication, refusalOfCharity } from '../../../src/domain/charity/admission.ts';
import {
  applyCharityApplication,
  type CharityApplicationState,
} from '../../../src/domain/charity/application.ts';
import { applyCharity, charityBalance, type CharityState } from '../../../src/domain/charity/charity.ts';
import { charityDeltas } from '../../../src/domain/charity/deltas.ts';
import { mustApplicationBeErased, publicAccount } from '../../../src/domain/charity/index.ts';
import { ERASED } from '../../../src/domain/kernel/event/erasure.ts';
import type { Actor, Fact } from '../../../src/domain/kernel/event/event.ts';
import { isBalanced } from '../../../src/domain/kernel/ledger.ts';
import { shippedRules } from '../../../src/domain/procedure/index.ts';
import { actorAt, factOf } from '../../support/facts.ts';

const CIRCLE = '/HS/C1';
const TODAY = '2026-03-10';
const mediator = actorAt(CIRCLE);
const supervisor = actorAt(CIRCLE, 'supervisor');
const above = actorAt('/HS', 'supervisor');

type Step = [type: string, payload: unknown, actor?: Actor];
const open: Step = ['charity-opened', { name: '天一爱心基金', unitPath: CIRCLE }];
const donate = (fen: number, entryId = 'd1', name: string | null = '虚构百货有限公司'): Step => [
  'donation-received',
  { entryId, fen, donor: { anonymous: name === null, name }, on: TODAY },
];
const pay = (fen: number, applicationId = 'a1'): Step => ['charity-paid', { applicationId, fen, on: TODAY }];
const factsOf = (steps: readonly Step[]): Fact[] =>
  steps.map(([type, payload, actor = supervisor]) => factOf('charity', 'c1', type, payload, actor));

const saidOf = ({
  rule,
  field = '',
  parameters,
}: {
  rule: string;
  field?: string;
  parameters?: object;
}): string => `${rule === 'payload-invalid' ? String(Object(parameters).detail) : rule} ${field}`.trim();

function run(...steps: Step[]): CharityState | string {
  let state: CharityState | undefined;
  for (const fact of factsOf(steps)) {
    const ruling = applyCharity(state, fact);
    if (ruling.kind === 'illegal') return saidOf(ruling.refusal);
    if (ruling.kind !== 'legal') throw new Error(`${fact.type} is not known`);
    ({ state } = ruling);
  }
  if (!state) throw new Error('No fund came of it');
  return state;
}
const legal = (...steps: Step[]): CharityState => {
  const state = run(...steps);
  if (typeof state === 'string') throw new Error(state);
  return state;
};

const application = {
  charityId: 'c1',
  charityPath: CIRCLE,
  applicant: { name: '赵骑手', phone: '10012345678', group: 'rider', platform: '虚构外卖' },
  need: 'accident',
  story: '送餐途中摔伤，住院两周',
  fen: 30_000,
  documents: ['identity', 'work-proof'],
};
const apply: Step = ['charity-applied', application, mediator];
const approve = (actor: Actor): Step => ['charity-approved', {}, actor];
const refuse: Step = ['charity-refused', { charityId: 'c1', ground: '材料不全' }];

function decide(...steps: Step[]): CharityApplicationState | string {
  let state: CharityApplicationState | undefined;
  for (const [type, payload, actor = supervisor] of steps) {
    const ruling = applyCharityApplication(state, factOf('charity-application', 'a1', type, payload, actor));
    if (ruling.kind === 'illegal') return saidOf(ruling.refusal);
    if (ruling.kind !== 'legal') throw new Error(`${type} is not known`);
    ({ state } = ruling);
  }
  if (!state) throw new Error('No application came of it');
  return state;
}
const approved = decide(apply, approve(supervisor), approve(above)) as CharityApplicationState;

describe('a Love Fund', () => {
  it('pays no more than is in it, to the fen, and each application once', () => {
    expect(charityBalance(legal(open, donate(30_000), pay(30_000)))).toBe(0);
    expect(run(open, donate(30_000), pay(30_001))).toBe('charity-above-balance fen');
    expect(run(open, pay(1))).toBe('charity-above-balance fen');
    expect(run(open, donate(30_000), pay(10_000), pay(10_000))).toBe('charity-paid-already applicationId');
    const undone: Step = ['donation-undone', { undoneId: 'd1', on: TODAY, reason: '记错' }];
    expect(charityBalance(legal(open, donate(30_000), undone))).toBe(0);
    expect(run(open, donate(30_000), pay(1), undone)).toBe('charity-above-balance undoneId');
    expect(run(open, donate(30_000), undone, undone)).toBe('ledger-entry-undone undoneId');
  });

  it.each([
    ['amount-nothing fen', donate(0)],
    [
      'donor-name-needed donor.name',
      ['donation-received', { entryId: 'd1', fen: 1, donor: { anonymous: false, name: null }, on: TODAY }],
    ],
    [
      'donor-name-needed donor.name',
      ['donation-received', { entryId: 'd1', fen: 1, donor: { anonymous: true, name: '张三' }, on: TODAY }],
    ],
    [
      'date-in-future on',
      [
        'donation-received',
        { entryId: 'd1', fen: 1, donor: { anonymous: true, name: null }, on: '2026-03-11' },
      ],
    ],
    ['role-may-not', [...donate(1), actorAt('/HS/C1/M01/S001', 'shop-manager')]],
    ['outside-scope unitPath', [...donate(1), actorAt('/HS/C2', 'supervisor')]],
  ] as [string, Step][])('%s is refused', (said, step) => {
    expect(run(open, step)).toBe(said);
  });

  it('is never below nothing, whatever is recorded in whatever order, and its figures are its balance', () => {
    const step = fc.oneof(
      fc.tuple(fc.constant('give'), fc.nat(20), fc.integer({ min: 1, max: 500 })),
      fc.tuple(fc.constant('undo'), fc.nat(20), fc.constant(0)),
      fc.tuple(fc.constant('pay'), fc.nat(20), fc.integer({ min: 1, max: 500 })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state: CharityState | undefined;
        let counted = 0;
        // Counted beside the reducer.
        const given = new Map<string, number>();
        const paid = new Map<string, number>();
        const facts = factsOf([
          open,
          ...steps.map(([kind, place, fen]): Step => {
            if (kind === 'give') return donate(fen, `d${place}`);
            if (kind === 'pay') return pay(fen, `a${place}`);
            return ['donation-undone', { undoneId: `d${place}`, on: TODAY, reason: '记错' }];
          }),
        ]);
        for (const [place, fact] of facts.entries()) {
          const ruling = applyCharity(state, fact);
          if (ruling.kind !== 'legal') continue;
          const [kind, which, fen] = steps[place - 1] ?? ['', 0, 0];
          if (kind === 'give') given.set(`d${which}`, fen);
          if (kind === 'undo') given.set(`d${which}`, 0);
          if (kind === 'pay') paid.set(`a${which}`, fen);
          for (const { metric, value } of charityDeltas(state, fact, ruling.state).counters)
            if (metric === 'charity-balance-fen') counted += value;
          ({ state } = ruling);
          const sum = (all: Map<string, number>): number => [...all.values()].reduce((a, b) => a + b, 0);
          const balance = charityBalance(state);
          expect(balance).toBeGreaterThanOrEqual(0);
          expect(balance).toBe(sum(given) - sum(paid));
          expect(counted).toBe(balance);
          expect(state.entries.every(isBalanced)).toBe(true);
        }
      }),
    );
  });
});

describe('an application', () => {
  it('takes two approvals of people who did not take it down', () => {
    expect(approved).toMatchObject({ status: 'approved', approvals: [{}, {}] });
    expect(decide([apply[0], apply[1], supervisor], approve(supervisor))).toBe('approval-same-person');
    expect(decide(apply, approve(supervisor), approve(supervisor))).toBe('approval-same-person');
    expect(decide(apply, approve(mediator))).toBe('role-may-not');
    expect(decide(apply, refuse, approve(supervisor))).toBe('charity-not-now');
    expect(decide(apply, approve(supervisor), approve(above), approve({ ...above, staffId: 'third' }))).toBe(
      'charity-not-now',
    );
    expect(decide(apply, refuse)).toMatchObject({ status: 'refused', refused: { ground: '材料不全' } });
    expect(decide(apply, ['charity-refused', { charityId: 'c2', ground: '材料不全' }])).toBe(
      'charity-elsewhere charityId',
    );
  });

  it.each([
    ['charity-document-needed documents', { documents: [] }],
    ['charity-document-twice documents.1', { documents: ['identity', 'identity'] }],
    ['phone-malformed applicant.phone', { applicant: { ...application.applicant, phone: '12' } }],
    ['amount-nothing fen', { fen: 0 }],
  ])('%s is refused', (said, over) => {
    expect(decide(['charity-applied', { ...application, ...over }, mediator])).toBe(said);
  });

  it('is paid only as it was approved, and not refused once it was paid', () => {
    const fund = legal(open, donate(100_000));
    const context = (state: unknown) => ({ record: () => state, exists: () => true, levelOf: () => 3 });
    const paying = (fen: number): Fact => factsOf([pay(fen)])[0] as Fact;
    expect(refusalOfCharity(fund, paying(30_000), fund, context(approved))).toBeNull();
    expect(refusalOfCharity(fund, paying(29_999), fund, context(approved))).toMatchObject({
      rule: 'charity-other-amount',
      field: 'fen',
    });
    const once = decide(apply, approve(supervisor));
    expect(refusalOfCharity(fund, paying(30_000), fund, context(once))).toMatchObject({
      rule: 'charity-not-approved',
    });
    expect(refusalOfCharity(fund, paying(30_000), fund, context(undefined))).toMatchObject({
      rule: 'charity-application-missing',
    });
    expect(
      refusalOfCharity(fund, paying(30_000), fund, context({ ...approved, charityId: 'c2' })),
    ).toMatchObject({ rule: 'charity-application-missing' });
    const paid = legal(open, donate(100_000), pay(30_000));
    const refusing = { type: 'charity-refused' };
    expect(refusalOfApplication(approved, refusing, approved, context(paid))).toEqual({
      rule: 'charity-paid-already',
    });
    expect(refusalOfApplication(approved, refusing, approved, context(fund))).toBeNull();
  });

  it('is erased with all that is said of the applicant, once its time is over', () => {
    const erased = decide(apply, refuse, [
      'personal-data-erased',
      { cause: 'retention', requestId: null, left: [] },
      actorAt('/HS', 'administrator'),
    ]) as CharityApplicationState;
    expect(erased.applicant).toEqual({ ...application.applicant, name: ERASED, phone: ERASED });
    expect([erased.story, erased.refused?.ground]).toEqual([ERASED, ERASED]);
    const times = { lastFactAt: '2026-03-10T02:00:00.000Z', now: '2040-01-01T00:00:00.000Z' };
    const open_ = decide(apply) as CharityApplicationState;
    expect(mustApplicationBeErased(approved, shippedRules, times)).toBe(true);
    expect(
      mustApplicationBeErased(approved, shippedRules, { ...times, now: '2026-04-01T00:00:00.000Z' }),
    ).toBe(false);
    expect(mustApplicationBeErased(open_, shippedRules, times)).toBe(false);
    expect(mustApplicationBeErased(erased, shippedRules, times)).toBe(false);
  });
});

it('the public account names nobody', () => {
  const fund = legal(
    open,
    donate(50_000),
    donate(20_000, 'd2', null),
    donate(7, 'd3', '李四光'),
    ['donation-undone', { undoneId: 'd3', on: TODAY, reason: '记错' }],
    pay(30_000),
  );
  const account = publicAccount(fund, () => approved);
  expect(account).toMatchObject({
    balanceFen: 40_000,
    donatedFen: 70_000,
    paidFen: 30_000,
    donations: [{ donor: null }, { donor: '虚***' }],
    payouts: [{ to: '赵**', need: 'accident' }],
  });
  expect(JSON.stringify(account)).not.toMatch(/李四光|赵骑手|100123|摔伤|百货|记错/);
  expect(publicAccount(fund, () => undefined).payouts).toMatchObject([{ to: '***', need: null }]);
});
