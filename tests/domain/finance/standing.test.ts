import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CreditState } from '../../../src/domain/credit/index.ts';
import { standingRecords } from '../../../src/domain/finance/index.ts';
import type { SanctionState } from '../../../src/domain/sanction/index.ts';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';

const DAY = '2026-11-30';
type Entry = Pick<CreditState, 'listings' | 'penalties'>;

/** One decision: which list or class it is, where it stands, and whether it has ended there. */
const decision = fc.record({
  what: fc.constantFrom('severe', 'abnormal', 'minor', 'serious'),
  inCredit: fc.boolean(),
  inRecord: fc.boolean(),
  creditEnded: fc.boolean(),
  recordEnds: fc.option(fc.integer({ min: -3, max: 3 })),
});

it('a decision stands once, wherever it was recorded, and as its record says where there is one', () => {
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
      const credit: Entry = { listings: [], penalties: [] };
      const sanctions: SanctionState[] = [];
      const expected: string[] = [];
      decisions.forEach(({ what, inCredit, inRecord, creditEnded, recordEnds }, index) => {
        const number = `${index}`;
        const ended = creditEnded ? {} : null;
        const listed = what === 'severe' || what === 'abnormal';
        if (inCredit && listed)
          credit.listings.push({
            entryId: `entry-${index}`,
            listing: what,
            ended,
          } as Entry['listings'][number]);
        if (inCredit && !listed)
          credit.penalties.push({
            entryId: `entry-${index}`,
            class: what,
            on: '2026-01-01',
            organ: '某局',
            number,
            ended,
          } as Entry['penalties'][number]);
        if (inRecord)
          sanctions.push({
            kind: listed ? `${what}-listing` : 'penalty',
            class: listed ? null : what,
            determinedOn: '2026-01-01',
            organ: '某局',
            number,
            continues: inCredit ? `entry-${index}` : null,
            ended: recordEnds === null ? null : { on: shiftDay(DAY, recordEnds), effectiveAt: null },
          } as SanctionState);
        const stands = inRecord ? recordEnds === null || recordEnds > 0 : inCredit && !creditEnded;
        if (stands) expected.push(what);
      });
      const { listings, penalties } = standingRecords(credit, sanctions, DAY);
      expect([...listings, ...penalties.map((one) => one.class)].toSorted()).toEqual(expected.toSorted());
    }),
  );
});
