import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/domain/case/index.ts';
import { shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import type { ReturnState } from '../../src/domain/return/index.ts';
import { hoursToRefund, sheetOf } from '../../src/domain/shop/index.ts';

const place = {
  levelOf: (path: string) => (path === '/HS' ? 4 : 2),
  isRegulator: (path: string) => path === '/HS',
};

const days = fc.integer({ min: 0, max: 85 }).map((after) => shiftDay('2026-01-01', after));
/** Asked for on a day, recorded then or a few days later, decided later still or not at all. */
const anyReturn = fc
  .record({
    requestedOn: days,
    late: fc.integer({ min: 0, max: 3 }),
    minutes: fc.integer({ min: 0, max: 600 }),
    status: fc.constantFrom('requested', 'granted', 'refused'),
    refundFen: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(({ requestedOn, late, minutes, status, refundFen }) => {
    const requestedAt = `${shiftDay(requestedOn, late)}T01:00:00.000Z`;
    const decidedAt = new Date(Date.parse(requestedAt) + minutes * 60_000).toISOString();
    const granted = status === 'granted';
    // What the figures read, and no more.
    return {
      status,
      request: { requestedOn },
      requestedAt,
      decidedAt: status === 'requested' ? null : decidedAt,
      refundFen: granted ? refundFen : null,
      refundedOn: granted ? shiftDay(requestedOn, late) : null,
    } as unknown as ReturnState;
  });
const anyCase = fc
  .record({
    day: days,
    outcome: fc.constantFrom('settled', 'failed', null),
    up: fc.boolean(),
    unitPath: fc.constantFrom('/HS', '/HS/C1/M01'),
  })
  .map(({ day, outcome, up, unitPath }) => {
    const at = `${day}T02:00:00.000Z`;
    return {
      registeredAt: at,
      outcome,
      outcomeAt: outcome === null ? null : at,
      escalations: up ? [{}] : [],
      settlement: outcome === 'settled' ? { unitPath } : null,
    } as unknown as CaseState;
  });

const MONTHS = ['2026-01', '2026-02', '2026-03'];
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

describe('the monthly sheet of a shop', () => {
  it('counts each return and dispute in one month, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.array(anyReturn, { maxLength: 30 }),
        fc.array(anyCase, { maxLength: 20 }),
        (all, cases) => {
          const sheets = MONTHS.map((month) => sheetOf(all, cases, month, place));
          const granted = all.filter(({ status }) => status === 'granted');
          expect(sum(sheets.map((one) => one.requested))).toBe(all.length);
          expect(sum(sheets.map((one) => one.granted))).toBe(granted.length);
          expect(sum(sheets.map((one) => one.refused))).toBe(
            all.filter(({ status }) => status === 'refused').length,
          );
          expect(sum(sheets.map((one) => one.refundedFen))).toBe(
            sum(granted.map((one) => one.refundFen ?? 0)),
          );
          expect(sum(sheets.map((one) => one.disputes))).toBe(cases.length);
          for (const { settledAtSource, settled, ended, medianHours, longestHours } of sheets) {
            expect(settledAtSource).toBeLessThanOrEqual(settled);
            expect(settled).toBeLessThanOrEqual(ended);
            expect(medianHours ?? 0).toBeLessThanOrEqual(longestHours ?? 0);
          }
          expect(MONTHS.map((month) => sheetOf(all.toReversed(), cases.toReversed(), month, place))).toEqual(
            sheets,
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('measures to the minute what was written down as it happened, and in days what a till told later', () => {
    const base = { status: 'granted' as const, refundedOn: '2026-03-10' };
    expect(
      hoursToRefund({
        ...base,
        request: { requestedOn: '2026-03-10' } as ReturnState['request'],
        requestedAt: '2026-03-10T01:00:00.000Z',
        decidedAt: '2026-03-10T02:30:00.000Z',
      }),
    ).toBe(1.5);
    expect(
      hoursToRefund({
        ...base,
        request: { requestedOn: '2026-03-08' } as ReturnState['request'],
        requestedAt: '2026-03-12T01:00:00.000Z',
        decidedAt: '2026-03-12T01:00:00.000Z',
      }),
    ).toBe(48);
  });

  it('counts as settled at source what was settled below and never went up', () => {
    const settled = (up: boolean, unitPath: string) =>
      ({
        registeredAt: '2026-03-10T01:00:00.000Z',
        outcome: 'settled',
        outcomeAt: '2026-03-11T01:00:00.000Z',
        escalations: up ? [{}] : [],
        settlement: { unitPath },
      }) as unknown as CaseState;
    const cases = [settled(false, '/HS/C1/M01'), settled(true, '/HS/C1/M01'), settled(false, '/HS')];
    expect(sheetOf([], cases, '2026-03', place)).toMatchObject({ settled: 3, settledAtSource: 1 });
  });
});
