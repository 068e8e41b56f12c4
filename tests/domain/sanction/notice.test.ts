import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eligibilityOf,
  publicationEnds,
  repairOutlook,
  type SanctionState,
  shippedRegimes,
} from '../../../src/domain/sanction/index.ts';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import { contents, recorded, stateOf, typed } from './samples.ts';

/** The record once all its duties are done. */
const fulfilled = (record: SanctionState): SanctionState => ({ ...record, duties: [] });

describe('what a merchant is told on the day of the decision', () => {
  it('is what is so once the duties are done: from that day and not a day before', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const record = stateOf(recorded(content));
        const { minimum, endsOn } = repairOutlook(record, shippedRegimes);
        const on = (day: string) => eligibilityOf(fulfilled(record), shippedRegimes, day, []).verdict;
        expect(endsOn).toBe(publicationEnds(fulfilled(record), shippedRegimes)?.day ?? null);
        if (minimum.state === 'barred') expect(on(record.determinedOn)).toBe('never');
        else if (minimum.state !== 'opens') expect(on(record.determinedOn)).toBe('to-be-looked-at');
        else if (minimum.day === null) expect(['now', 'on']).toContain(on(record.determinedOn));
        else {
          expect(on(minimum.day)).toBe('now');
          expect(on(shiftDay(minimum.day, -1))).toBe('on');
        }
      }),
    );
  });

  it('quotes each text once, and says whether the end asks for the duties', () => {
    const told = repairOutlook(stateOf(recorded(typed())), shippedRegimes);
    expect(told).toMatchObject({ minimum: { state: 'opens', day: '2026-08-07' }, endsOn: '2027-05-06' });
    expect(told.articles).toHaveLength(1);
    expect(told.ifFulfilled).toBe(true);
  });
});
