import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AllianceState,
  applyAlliance,
  discountsFrom,
  isInForce,
} from '../../../src/domain/alliance/alliance.ts';
import {
  applyAllianceCheck,
  checkIdOf,
  type AllianceCheckState,
} from '../../../src/domain/alliance/check.ts';
import { allianceDeltas } from '../../../src/domain/alliance/deltas.ts';
import { allianceRulesOn, EVERYBODY, levelIn } from '../../../src/domain/alliance/rules.ts';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import type { Actor, Fact } from '../../../src/domain/kernel/event/event.ts';
import { actorAt, factOf } from '../../support/facts.ts';

const SHOP = '/HS/C1/M01/S001';
const manager = actorAt(SHOP, 'shop-manager');
const at = (day: string): string => `${day}T02:00:00.000Z`;
const DAY = '2026-03-10';

type Step = [type: string, payload: unknown, on?: string, actor?: Actor];

const join: Step = ['alliance-joined', { merchantId: 'm1', merchantPath: SHOP, merchantName: '虚构服饰店' }];
const discount = (over: Record<string, unknown> = {}) => ({
  discountId: 'd1',
  what: '全场服饰',
  off: { kind: 'percent', percent: 15 },
  from: DAY,
  until: '2026-06-30',
  level: 1,
  ...over,
});
const offer = (over: Record<string, unknown> = {}, on = DAY): Step => [
  'discount-offered',
  discount(over),
  on,
];
const factsOf = (steps: readonly Step[]): Fact[] =>
  steps.map(([type, payload, on = DAY, actor = manager]) =>
    factOf('alliance', 'm1', type, payload, actor, at(on)),
  );

function run(...steps: Step[]): AllianceState | string {
  let state: AllianceState | undefined;
  for (const fact of factsOf(steps)) {
    const ruling = applyAlliance(state, fact);
    if (ruling.kind === 'illegal') {
      const { rule, field = '', parameters } = ruling.refusal;
      return `${rule === 'payload-invalid' ? String(parameters?.['detail']) : rule} ${field}`.trim();
    }
    if (ruling.kind !== 'legal') throw new Error(`${fact.type} is not known`);
    ({ state } = ruling);
  }
  if (!state) throw new Error('Nothing came of it');
  return state;
}

describe('a shop in the alliance', () => {
  it('offers, changes and calls off discounts, leaves with all of them, and joins again without them', () => {
    const all = run(
      join,
      offer(),
      ['discount-changed', discount({ until: '2026-12-31' }), '2026-04-01'],
      offer({ discountId: 'd2', off: { kind: 'amount', fen: 1000, overFen: 10_000 }, level: EVERYBODY }),
      ['open-discount-used', { discountId: 'd2' }],
      ['discount-ended', { discountId: 'd1', reason: '换季' }, '2026-05-01'],
      ['alliance-left', { reason: '停业' }, '2026-05-02'],
      ['alliance-joined', { merchantId: 'm1', merchantPath: SHOP, merchantName: '虚构服饰店' }, '2026-05-03'],
    );
    expect(all).toMatchObject({
      left: null,
      discounts: [
        { version: 2, until: '2026-12-31', endedOn: '2026-05-01' },
        { used: 1, endedOn: '2026-05-02' },
      ],
    });
    expect(discountsFrom(all as AllianceState, '2026-05-03')).toEqual([]);
  });

  it.each([
    ['discount-percent off.percent', [offer({ off: { kind: 'percent', percent: 100 } })]],
    ['discount-above-price off.fen', [offer({ off: { kind: 'amount', fen: 101, overFen: 100 } })]],
    ['amount-nothing off.fen', [offer({ off: { kind: 'amount', fen: 0, overFen: 0 } })]],
    ['period-reversed until', [offer({ from: '2026-07-01' })]],
    ['discount-backdated from', [offer({ from: '2026-03-09' })]],
    ['discount-over-already until', [offer({ from: '2026-03-01', until: '2026-03-09' })]],
    ['alliance-level-unknown level', [offer({ level: 9 })]],
    ['discount-exists discountId', [offer(), offer()]],
    ['discount-missing discountId', [['discount-ended', { discountId: 'd9', reason: '换季' }]]],
    ['discount-begun from', [offer(), ['discount-changed', discount({ from: '2026-04-01' }), '2026-03-11']]],
    ['discount-needs-check discountId', [offer(), ['open-discount-used', { discountId: 'd1' }]]],
    [
      'discount-not-in-force discountId',
      [offer({ level: EVERYBODY, from: '2026-03-11' }), ['open-discount-used', { discountId: 'd1' }]],
    ],
    ['alliance-member-already', [join]],
    ['alliance-left-already', [['alliance-left', { reason: '停业' }], offer()]],
    ['role-may-not', [['alliance-left', { reason: '停业' }, DAY, actorAt('/HS', 'credit-officer')]]],
    [
      'outside-scope merchantPath',
      [['alliance-left', { reason: '停业' }, DAY, actorAt('/HS/C2', 'supervisor')]],
    ],
  ] as [string, Step[]][])('%s is refused', (said, steps) => {
    expect(run(join, ...steps)).toBe(said);
  });

  it('is counted so that the days up to one add up to what is in force on it', () => {
    const days = fc.integer({ min: 0, max: 40 }).map((shift) => shiftDay(DAY, shift));
    const step = fc.oneof(
      fc.record({ kind: fc.constant('offer'), id: fc.constantFrom('a', 'b', 'c'), from: days, until: days }),
      fc.record({ kind: fc.constant('change'), id: fc.constantFrom('a', 'b', 'c'), from: days, until: days }),
      fc.record({ kind: fc.constantFrom('end', 'leave', 'join'), id: fc.constantFrom('a', 'b', 'c') }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(days, step), { maxLength: 20 }), (drawn) => {
        const steps = drawn
          .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
          .map(([on, one]): Step => {
            const { kind, id } = one;
            if (kind === 'end') return ['discount-ended', { discountId: id, reason: '换季' }, on];
            if (kind === 'leave') return ['alliance-left', { reason: '停业' }, on];
            if (kind === 'join') return [join[0], join[1], on];
            const { from, until } = one as { from: string; until: string };
            const type = kind === 'offer' ? 'discount-offered' : 'discount-changed';
            return [type, discount({ discountId: id, from, until }), on];
          });
        let state: AllianceState | undefined;
        const counted = new Map<string, number>();
        const last = new Map<string, number>();
        for (const fact of factsOf([join, ...steps])) {
          const ruling = applyAlliance(state, fact);
          if (ruling.kind !== 'legal') continue;
          for (const { day, metric, dimension, value } of allianceDeltas(state, fact, ruling.state).counters)
            if (dimension === '' && metric === 'alliance-discounts')
              counted.set(day, (counted.get(day) ?? 0) + value);
          ({ state } = ruling);
        }
        for (let shift = 0; shift <= 45; shift += 1) {
          const day = shiftDay(DAY, shift);
          const sum = [...counted].reduce((total, [one, value]) => (one <= day ? total + value : total), 0);
          const inForce = state?.discounts.filter((one) => isInForce(one, day)).length ?? 0;
          expect(sum).toBe(inForce);
          last.set(day, sum);
        }
      }),
    );
  });
});

describe('the rules of the alliance', () => {
  it('begin with everybody, and are the first before the first day', () => {
    expect(allianceRulesOn('2020-01-01').version).toBe(1);
    expect(levelIn(allianceRulesOn(DAY), EVERYBODY)?.leastPoints).toBeNull();
    expect(levelIn(allianceRulesOn(DAY), 9)).toBeUndefined();
  });
});

const CHECK_ID = checkIdOf('m1', '019520a0-1234-7abc-8def-0123456789ab');
const checked = (qualifies: boolean): Fact =>
  factOf(
    'alliance-check',
    CHECK_ID,
    'citizen-checked',
    {
      merchantId: 'm1',
      merchantPath: SHOP,
      discount: { discountId: 'd1', what: '全场服饰', level: 1 },
      rulesVersion: 1,
      consent: 'ticked-on-screen',
      standing: { source: 'imported-file', asOf: '2026-03-01' },
      qualifies,
      citizenMark: 'a'.repeat(43),
      checkedBy: { staffId: 's1', staffName: '测试员' },
    },
    actorAt('/HS', 'administrator'),
  );
const use = (actor = manager, on = DAY): Fact =>
  factOf('alliance-check', CHECK_ID, 'discount-used', {}, actor, at(on));

function check(...facts: Fact[]): AllianceCheckState | string {
  let state: AllianceCheckState | undefined;
  for (const fact of facts) {
    const ruling = applyAllianceCheck(state, fact);
    if (ruling.kind === 'illegal') return ruling.refusal.rule;
    if (ruling.kind !== 'legal') throw new Error(`${fact.type} is not known`);
    ({ state } = ruling);
  }
  if (!state) throw new Error('Nothing came of it');
  return state;
}

describe('a check', () => {
  it('is used once, at that desk, on that day, and only where the citizen qualifies', () => {
    expect(check(checked(true), use())).toMatchObject({ used: { staffId: manager.staffId } });
    expect(check(checked(false), use())).toBe('check-not-qualified');
    expect(check(checked(true), use(), use())).toBe('discount-used-already');
    expect(check(checked(true), use(actorAt('/HS/C1', 'supervisor')))).toBe('outside-scope');
    expect(check(checked(true), use(manager, '2026-03-11'))).toBe('check-another-day');
    expect(check(checked(true), use(actorAt(SHOP, 'finance-officer')))).toBe('role-may-not');
    expect(check(use())).toBe('alliance-check-missing');
    expect(check(checked(true), checked(true))).toBe('alliance-check-exists');
  });

  it('says yes or no, and holds neither a score nor a person', () => {
    const state = check(checked(true)) as AllianceCheckState;
    expect(Object.keys(state).toSorted()).toEqual(
      [
        'at',
        'checkedBy',
        'citizenMark',
        'consent',
        'discount',
        'id',
        'merchantId',
        'merchantPath',
        'qualifies',
        'revision',
        'rulesVersion',
        'standing',
        'used',
      ].toSorted(),
    );
    const more = applyAllianceCheck(undefined, {
      ...checked(true),
      payload: { ...(checked(true).payload as object), points: 812, name: '张三' },
    });
    expect(JSON.stringify(more)).not.toMatch(/812|张三/);
  });
});
