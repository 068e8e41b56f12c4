import { describe, expect, it } from 'vitest';
import type { RollupView } from '../../src/contract/centre/rollup.ts';
import { ratesOf, zeroTotals, type Totals } from '../../src/domain/rollup/metrics.ts';
import { periodBefore, periodOf, readChoice } from '../../src/renderer/rollup/period.ts';
import { reconciles } from '../../src/renderer/rollup/reconcile.ts';
import { changesOf, SMALLEST_BASE } from '../../src/renderer/rollup/worsening.ts';

describe('periods of the roll-up', () => {
  it('ends a running period today and a past one on its last day', () => {
    expect(periodOf('this-month', '2026-03-10')).toEqual({ from: '2026-03-01', to: '2026-03-10' });
    expect(periodOf('last-month', '2026-03-10')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(periodOf('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
    expect(periodOf('this-year', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' });
  });

  it.each([
    ['2026-01-31', '2026-01-01'],
    ['2026-03-31', '2026-01-01'],
    ['2026-04-01', '2026-04-01'],
    ['2026-12-31', '2026-10-01'],
  ])('begins the quarter of %s on %s', (today, from) => {
    expect(periodOf('this-quarter', today)).toEqual({ from, to: today });
  });

  it('counts 365 days, today included, over a leap day too', () => {
    expect(periodOf('last-365-days', '2026-11-24')).toEqual({ from: '2025-11-25', to: '2026-11-24' });
    expect(periodOf('last-365-days', '2028-03-01')).toEqual({ from: '2027-03-03', to: '2028-03-01' });
  });

  it('compares with as many days right before', () => {
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-10' })).toEqual({
      from: '2026-02-19',
      to: '2026-02-28',
    });
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
      from: '2026-02-28',
      to: '2026-02-28',
    });
  });

  it('falls back to the last 365 days for a word it does not know', () => {
    expect(readChoice('this-month')).toBe('this-month');
    expect(readChoice('custom')).toBe('custom');
    expect(readChoice('next-century')).toBe('last-365-days');
    expect(readChoice(null)).toBe('last-365-days');
  });
});

type Child = RollupView['children'][number];

function child(name: string, counts: Partial<Totals>): Child {
  const totals = { ...zeroTotals(), ...counts };
  const none = { count: 0, medianDays: null, p90Days: null };
  return {
    path: `/A/${name}`,
    name,
    level: 2,
    party: 'operator',
    totals,
    rates: ratesOf(totals),
    caseHandling: none,
    returnHandling: none,
    completeness: { workstations: 1, reported: 1, missing: [] },
  };
}

describe('where it is getting worse', () => {
  it('puts the greatest increase first and counts a fall as better', () => {
    const { changes, leftOut } = changesOf(
      'registered',
      {
        children: [
          child('a', { registered: 3 }),
          child('b', { registered: 9 }),
          child('c', { registered: 1 }),
        ],
      },
      {
        children: [
          child('a', { registered: 3 }),
          child('b', { registered: 2 }),
          child('c', { registered: 5 }),
        ],
      },
    );
    expect(changes.map(({ name, worse }) => [name, worse])).toEqual([
      ['b', 7],
      ['a', 0],
      ['c', -4],
    ]);
    expect(leftOut).toBe(0);
  });

  it('takes a falling settlement rate for worse', () => {
    const { changes } = changesOf(
      'settlement-rate',
      { children: [child('a', { settled: 5, concluded: 10 }), child('b', { settled: 9, concluded: 10 })] },
      { children: [child('a', { settled: 8, concluded: 10 }), child('b', { settled: 5, concluded: 10 })] },
    );
    expect(changes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(changes[0]?.worse).toBeCloseTo(0.3);
    expect(changes[1]?.worse).toBeCloseTo(-0.4);
  });

  it('leaves out rates on too small a base, and units that were not there before', () => {
    const enough = { settled: 1, concluded: SMALLEST_BASE };
    const few = { settled: 1, concluded: SMALLEST_BASE - 1 };
    const { changes, leftOut } = changesOf(
      'settlement-rate',
      { children: [child('a', enough), child('b', enough), child('c', few), child('new', enough)] },
      { children: [child('a', enough), child('b', few), child('c', enough)] },
    );
    expect(changes.map(({ name }) => name)).toEqual(['a']);
    expect(leftOut).toBe(3);
  });
});

describe('the table of units below', () => {
  const own = { ...zeroTotals(), registered: 2, 'recovered-fen': 1 };
  const children = [child('a', { registered: 3 }), child('b', { registered: 4, settled: 1 })];

  it('reconciles when the units below and the unit itself make the total', () => {
    const totals = { ...zeroTotals(), registered: 9, settled: 1, 'recovered-fen': 1 };
    expect(reconciles({ all: { totals }, own, children })).toBe(true);
  });

  it('says so when one fen is missing', () => {
    const totals = { ...zeroTotals(), registered: 9, settled: 1 };
    expect(reconciles({ all: { totals }, own, children })).toBe(false);
  });
});
