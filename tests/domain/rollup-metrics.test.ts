import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_METRICS } from '../../src/domain/case/metrics.ts';
import { FUND_METRICS } from '../../src/domain/fund/metrics.ts';
import { RETURN_METRICS } from '../../src/domain/return/metrics.ts';
import { collectMetrics } from '../../src/domain/rollup/declare.ts';
import { METRICS } from '../../src/domain/rollup/metrics.ts';

/**
 * Ids that releases have given. Packs and arrays of figures know metrics by them: a release adds the lines of the metrics that it
 * brings, and nothing else here ever changes.
 */
const GIVEN: Record<string, number> = {
  registered: 1,
  accepted: 2,
  refused: 3,
  settled: 4,
  'settled-at-source': 5,
  'mediation-failed': 6,
  'ended-failed': 7,
  withdrawn: 8,
  terminated: 9,
  transferred: 10,
  concluded: 11,
  reopened: 12,
  'escalated-in': 13,
  'escalated-out': 14,
  'reached-regulator': 15,
  'deadline-breached': 16,
  performed: 17,
  broken: 18,
  closed: 19,
  satisfied: 20,
  dissatisfied: 21,
  'recovered-fen': 22,
  'returns-requested': 23,
  'returns-granted': 24,
  'returns-refused': 25,
  'returns-disputed': 26,
  'refunded-fen': 27,
  'returns-resolved': 28,
  'returns-cross-shop': 29,
  'advances-paid': 30,
  'advances-paid-fen': 31,
  'advances-recovered-fen': 32,
  'advances-given-up-fen': 33,
};

describe('metrics', () => {
  it('keep the ids that they were given', () => {
    const declared = [...CASE_METRICS, ...RETURN_METRICS, ...FUND_METRICS].map(({ id, name }) => [name, id]);
    expect(Object.fromEntries(declared)).toMatchObject(GIVEN);
  });

  it('stand in figures in the order of their ids', () => {
    for (const [name, id] of Object.entries(GIVEN)) expect(METRICS[id - 1]).toBe(name);
  });

  it('are collected in the order of their ids, in whichever order they are declared', () => {
    const declared = METRICS.map((name, place) => ({ id: place + 1, name }));
    const shuffled = fc.shuffledSubarray(declared, { minLength: declared.length });
    fc.assert(
      fc.property(shuffled, (all) => {
        expect(collectMetrics(all)).toEqual(METRICS);
      }),
    );
  });

  it('are refused where an id is given twice or left out, or a name is given twice or is none for a column', () => {
    const [one, two, three] = [1, 2, 3].map((id) => ({ id, name: `metric-${id}` }));
    if (!one || !two || !three) throw new Error('Three were made');
    expect(() => collectMetrics([one, three])).toThrow('Metric metric-3 has the id 3, where 2 comes next');
    expect(() => collectMetrics([one, two, { id: 2, name: 'again' }])).toThrow('where 3 comes next');
    expect(() => collectMetrics([{ ...one, id: 0 }, two])).toThrow('where 1 comes next');
    expect(() => collectMetrics([one, { id: 2, name: one.name }])).toThrow('Two metrics are named metric-1');
    for (const name of ['', 'Refused', 'a_b', 'own-settled', `a${'b'.repeat(59)}`])
      expect(() => collectMetrics([{ id: 1, name }])).toThrow('cannot be named');
  });
});
