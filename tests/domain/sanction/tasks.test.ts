import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eligibilityOf } from '../../../src/domain/sanction/eligibility.ts';
import { shippedRegimes } from '../../../src/domain/sanction/shipped-regimes.ts';
import { sanctionTasks } from '../../../src/domain/sanction/tasks.ts';
import { businessDay } from '../../../src/domain/kernel/calendar/index.ts';
import { contents, days, recorded, stateOf } from './samples.ts';

it('what is to be done about a record is what its verdict asks for, from the day on which it does', () => {
  let [duties, applications] = [0, 0];
  fc.assert(
    fc.property(contents, days('2026-01-01', '2031-12-31'), (content, day) => {
      const state = stateOf(recorded(content));
      const verdict = eligibilityOf(state, shippedRegimes, day, []);
      const [one, ...more] = sanctionTasks(state);
      expect(more).toEqual([]);
      if (one?.kind === 'application' && verdict.verdict !== 'never') {
        applications += 1;
        // The day itself, and not the day before.
        expect(verdict.verdict === 'now').toBe(businessDay(one.since) <= day);
      }
      if (verdict.verdict === 'now') expect(one?.kind).toBe('application');
      if (verdict.verdict === 'needs-duty') {
        duties += 1;
        expect(one?.kind).toBe('duty');
      }
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(duties, applications)).toBeGreaterThan(10);
});
