import { describe, expect, it } from 'vitest';
import { applyPolicy, policyOfMonth, policyOfVersion } from '../../../src/domain/credit/published-policy.ts';
import { defaultPolicy } from '../../../src/domain/credit/default-policy.ts';
import type { EventEnvelope } from '../../../src/domain/kernel/event/event.ts';
import { observationsOf } from '../../../src/domain/observations.ts';
import { shippedRules } from '../../../src/domain/procedure/rulebook.ts';
import type { RollupContext } from '../../../src/domain/rollup/index.ts';
import { type AnyState, applyFact } from '../../../src/domain/streams.ts';
import { actorAt, ADMINISTRATOR, factOf, registration } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const CIRCLE = '/HS/C1';
const DISTRICT = '/HS';
const context: RollupContext = {
  levelOf: (path) => 5 - path.split('/').length + 1,
  partyOf: (path) => (path === DISTRICT ? 'regulator' : path === SHOP ? 'merchant' : 'operator'),
  rules: shippedRules,
};
type Step = [type: string, payload: unknown, unit: string, hour: number, version?: number];
const BEGAN = Date.parse('2026-03-10T02:00:00.000Z');
const registered = (unit: string, merchantId: string | null = 'm-1'): Step => [
  'case-registered',
  registration({ merchant: { merchantId, name: '虚构' } }),
  unit,
  0,
];
const settled = (unit: string, hour: number, performance: unknown = { kind: 'at-once' }): Step => [
  'case-settled',
  { instrument: 'settlement-agreement', terms: '退款', amountFen: 100, performance },
  unit,
  hour,
];
const accepted = (unit: string, hour: number): Step => ['case-accepted', {}, unit, hour];
const failed = (unit: string, hour: number): Step => ['mediation-failed', { reason: '差距' }, unit, hour];
const escalated = (unit: string, toPath: string, hour: number): Step => [
  'case-escalated',
  { toPath, reason: '未决' },
  unit,
  hour,
];
const closed = (unit: string, hour: number): Step => ['case-closed', { satisfaction: 'unknown' }, unit, hour];

/** What each step of a case says, as `indicator` with a sign, or `→ merchant` where it moves. */
function said(...steps: Step[]): string[] {
  let state: AnyState | undefined;
  return steps.flatMap(([type, payload, unit, hour, version = 1], place) => {
    const at = new Date(BEGAN + hour * 3_600_000).toISOString();
    const fact = { ...factOf('case', 'c-1', type, payload, actorAt(unit), at), version };
    const event: EventEnvelope = { ...fact, id: `f-${place}`, device: 'd', deviceSequence: place + 1 };
    const ruling = applyFact(state, event, shippedRules);
    if (ruling.kind !== 'legal') throw new Error(`${type}: ${JSON.stringify(ruling)}`);
    const { add, moved } = observationsOf(state, event, ruling.state, context);
    state = ruling.state;
    return [
      ...add.map(
        ({ indicator, good, merchantId }) =>
          `${good ? '+' : '-'}${indicator}${merchantId === null ? ' of nobody' : ''}`,
      ),
      ...(moved ? [`→ ${moved.to}`] : []),
    ];
  });
}

describe('what a case says of its merchant', () => {
  it('is in favour where it is settled at its source, and of nobody where the merchant is not on the roster', () => {
    expect(said(registered(MALL), accepted(MALL, 1), settled(MALL, 2))).toEqual([
      '+settled-at-source',
      '+regulator-spared',
      '+agreements-kept',
    ]);
    expect(said(registered(MALL, null), accepted(MALL, 1), settled(MALL, 2))).toContain(
      '+settled-at-source of nobody',
    );
  });

  it('counts the first answer of the merchant’s own unit, in its hours or after them', () => {
    expect(said(registered(SHOP), accepted(SHOP, 24), settled(SHOP, 30))[0]).toBe('+answered-in-time');
    expect(said(registered(SHOP), accepted(SHOP, 25))).toEqual(['-answered-in-time']);
    // Passed on at once is an answer too; what the mall does then is not the merchant's.
    expect(said(registered(SHOP), escalated(SHOP, MALL, 2), accepted(MALL, 99))).toEqual([
      '+answered-in-time',
    ]);
    expect(said(registered(MALL), accepted(MALL, 99))).toEqual([]);
  });

  it('is against where it goes up, to the regulator more so, and where nothing comes of it', () => {
    expect(
      said(
        registered(MALL),
        accepted(MALL, 1),
        failed(MALL, 2),
        escalated(MALL, CIRCLE, 3),
        accepted(CIRCLE, 4),
        failed(CIRCLE, 5),
        escalated(CIRCLE, DISTRICT, 6),
        accepted(DISTRICT, 7),
        settled(DISTRICT, 8),
      ),
    ).toEqual(['-regulator-spared', '-settled-at-source', '+agreements-kept']);
    expect(said(registered(MALL), accepted(MALL, 1), failed(MALL, 2), closed(MALL, 3))).toEqual([
      '-settled-at-source',
    ]);
    // Nobody asked the merchant before: that it came to the regulator says nothing.
    expect(said(registered(DISTRICT), accepted(DISTRICT, 1), settled(DISTRICT, 2))).toEqual([
      '-settled-at-source',
      '+agreements-kept',
    ]);
    expect(said(registered(MALL), ['case-withdrawn', { reason: '撤回' }, MALL, 1], closed(MALL, 2))).toEqual(
      [],
    );
  });

  it('tells whether an agreement was kept, of instalments with the last one', () => {
    const by = { kind: 'by', dueOn: '2026-05-01', manner: '转账' };
    const kept = (result: string): Step => ['performance-recorded', { result, on: '2026-03-10' }, MALL, 5];
    const upTo = [registered(MALL), accepted(MALL, 1)];
    expect(said(...upTo, settled(MALL, 2, by), kept('kept')).at(-1)).toBe('+agreements-kept');
    expect(said(...upTo, settled(MALL, 2, by), kept('broken')).at(-1)).toBe('-agreements-kept');
    const two = {
      ...by,
      instalments: [
        { dueOn: '2026-04-01', amountFen: 40 },
        { dueOn: '2026-05-01', amountFen: 60 },
      ],
    };
    const paid = (index: number, result = 'kept'): Step => [
      'instalment-recorded',
      { index, result, on: '2026-03-10' },
      MALL,
      5 + index,
    ];
    const agreed = [...upTo, settled(MALL, 2, two)];
    const before = said(...agreed).length;
    expect(said(...agreed, paid(0)).slice(before)).toEqual([]);
    expect(said(...agreed, paid(0), paid(1)).slice(before)).toEqual(['+agreements-kept']);
    expect(said(...agreed, paid(0, 'broken')).slice(before)).toEqual(['-agreements-kept']);
  });

  it('goes to another merchant when the record is corrected', () => {
    const corrected: Step = [
      'case-corrected',
      { reason: '记错', merchantId: 'm-2', merchantName: '另一店' },
      MALL,
      2,
      2,
    ];
    expect(said(registered(MALL), accepted(MALL, 1), corrected)).toEqual(['→ m-2']);
  });
});

describe('published policies', () => {
  const published = (version: number, effectiveFrom: string) =>
    factOf(
      'credit-policy',
      'HS',
      'credit-policy-published',
      { version, policy: { ...defaultPolicy, effectiveFrom } },
      ADMINISTRATOR,
      '2026-11-01T02:00:00.000Z',
    );

  it('hold from their month on, one after the other', () => {
    const first = applyPolicy(undefined, published(2, '2026-12-15'));
    if (first.kind !== 'legal') throw new Error(JSON.stringify(first));
    const second = applyPolicy(first.state, published(3, '2027-02-01'));
    if (second.kind !== 'legal') throw new Error(JSON.stringify(second));
    const version = (month: string) => policyOfMonth(second.state, month).version;
    expect(['2026-11', '2026-12', '2027-01', '2027-02', '2028-01'].map(version)).toEqual([1, 2, 2, 3, 3]);
    expect(policyOfVersion(second.state, 1)).toBe(defaultPolicy);
    expect(policyOfVersion(second.state, 4)).toBeUndefined();
    expect(applyPolicy(first.state, published(2, '2027-02-01'))).toMatchObject({
      refusal: { rule: 'credit-policy-version' },
    });
    expect(applyPolicy(first.state, published(3, '2026-12-15'))).toMatchObject({
      refusal: { rule: 'credit-policy-order' },
    });
    expect(
      applyPolicy(undefined, { ...published(2, '2027-01-01'), actor: actorAt('/HS', 'supervisor') }),
    ).toMatchObject({
      refusal: { rule: 'role-may-not' },
    });
  });
});
