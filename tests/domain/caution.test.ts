import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cautionsOf } from '../../src/domain/case/caution.ts';
import { businessDay, minuteOfDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';

// Registered in Shanghai on 10 March at 14:05.
const state = { registeredAt: '2026-03-10T06:05:00.000Z', amountFen: 12_800 };
const session = (heldOn: string, startedAt?: string) => ({
  step: 'session-recorded',
  payload: {
    heldOn,
    place: '柜台',
    attendance: 'both',
    record: '谈过',
    proposalFen: null,
    ...(startedAt === undefined ? {} : { startedAt }),
  },
});
const rules = (...given: Parameters<typeof cautionsOf>): string[] =>
  cautionsOf(...given).map(({ rule }) => rule);

describe('a session', () => {
  it.each([
    ['2026-03-09', undefined, true],
    ['2026-03-10', undefined, false],
    ['2026-03-10', '14:04', true],
    ['2026-03-10', '14:05', false],
    ['2026-03-11', '08:00', false],
  ] as const)('held on %s at %s is asked about: %s', (heldOn, startedAt, asked) => {
    expect(rules(session(heldOn, startedAt), state, null)).toEqual(
      asked ? ['session-before-registration'] : [],
    );
  });

  it('is asked about exactly when it was held before the registration', () => {
    const instant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2026-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (registered, held) => {
        const [registeredAt, heldAt] = [registered.toISOString(), held.toISOString()];
        const before =
          `${businessDay(heldAt)} ${minuteOfDay(heldAt)}` <
          `${businessDay(registeredAt)} ${minuteOfDay(registeredAt)}`;
        const asked = cautionsOf(
          session(businessDay(heldAt), minuteOfDay(heldAt)),
          { ...state, registeredAt },
          null,
        );
        expect(asked.length > 0).toBe(before);
      }),
    );
    expect(shiftDay('2026-03-10', -1)).toBe('2026-03-09');
  });
});

describe('a settlement', () => {
  const settled = (amountFen: number) => ({ step: 'case-settled', payload: { amountFen } });
  it('above what is in dispute is asked about, with both amounts', () => {
    expect(cautionsOf(settled(12_801), state, null)).toEqual([
      {
        field: 'amountFen',
        rule: 'settled-above-dispute',
        parameters: { paid: '128.01', disputed: '128.00' },
      },
    ]);
    expect(rules(settled(12_800), state, null)).toEqual([]);
    expect(rules(settled(1), { ...state, amountFen: null }, null)).toEqual([]);
  });
});

describe('a hand-down', () => {
  const to = (toPath: string) => ({ step: 'case-handed-down', payload: { toPath } });
  it.each([
    ['/HS/M1/S1', '/HS/M1/S1', false],
    ['/HS/M1/S2', '/HS/M1/S1', true],
    ['/HS/M1', '/HS/M1/S1', false],
    ['/HS/M1/S1', '/HS/M1', true],
    ['/HS/M1/S1', null, false],
  ] as const)('to %s, where the respondent trades at %s, is asked about: %s', (path, respondent, asked) => {
    expect(rules(to(path), state, respondent)).toEqual(asked ? ['hand-down-elsewhere'] : []);
  });
});
