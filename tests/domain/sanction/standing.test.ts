import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CreditState,
  defaultPolicy,
  gradeTally,
  type GradeOnRecord,
  INDICATORS,
  type Indicator,
  monthNumber,
  tallyOf,
} from '../../../src/domain/credit/index.ts';
import { standingRecords } from '../../../src/domain/finance/index.ts';
import { notCommended } from '../../../src/domain/inspection/index.ts';
import { shiftDay } from '../../../src/domain/kernel/calendar/index.ts';
import {
  entriesOver,
  gradeOn,
  lapsedSince,
  type SanctionState,
  standingOf,
  withoutLapsed,
} from '../../../src/domain/sanction/index.ts';

const DAY = '2026-11-30';
const GRADED = '2026-11-10T02:00:00.000Z';
const hand = (at: string) => ({ staffId: 's', name: '虚构', unitPath: '/HS', at });

/** One decision: what it is, where it stands, how its record ended, and on which day before or after today. */
const decision = fc.record({
  what: fc.constantFrom('severe', 'abnormal', 'minor', 'ordinary', 'serious'),
  inCredit: fc.boolean(),
  inRecord: fc.boolean(),
  cause: fc.constantFrom('repaired', 'expired', 'annulled', 'removed'),
  ends: fc.option(fc.integer({ min: -15, max: 5 })),
});
type Decision = typeof decision extends fc.Arbitrary<infer One> ? One : never;

const isList = (what: string): boolean => what === 'severe' || what === 'abnormal';

function build(decisions: readonly Decision[]) {
  const credit = { listings: [], penalties: [] } as unknown as Pick<CreditState, 'listings' | 'penalties'>;
  const sanctions: SanctionState[] = [];
  decisions.forEach(({ what, inCredit, inRecord, cause, ends }, index) => {
    const named = { organ: '虚构局', number: `${index}`, on: '2026-10-05' };
    const recorded = hand('2026-10-05T02:00:00.000Z');
    const entry = { entryId: `e${index}`, ...named, recorded, ended: null };
    if (inCredit && isList(what))
      credit.listings.push({ ...entry, listing: what } as CreditState['listings'][0]);
    if (inCredit && !isList(what))
      credit.penalties.push({ ...entry, class: what } as CreditState['penalties'][0]);
    if (!inRecord) return;
    const on = ends === null ? null : shiftDay(DAY, ends);
    sanctions.push({
      id: `s${index}`,
      kind: isList(what) ? `${what}-listing` : 'penalty',
      class: isList(what) ? null : what,
      ...named,
      determinedOn: named.on,
      recorded,
      corrections: [],
      continues: inCredit ? entry.entryId : null,
      ended: on === null ? null : { cause, on, effectiveAt: null, by: hand(`${on}T02:00:00.000Z`) },
    } as unknown as SanctionState);
  });
  return { credit, sanctions };
}

/** The decisions that stand today: none whose record has ended by today, whatever the cause. */
const stands = ({ inCredit, inRecord, ends }: Decision): boolean =>
  inRecord ? ends === null || ends > 0 : inCredit;

describe('the end of a record is the end of the entry it continues', () => {
  it('everywhere that asks what stands, and each decision stands once', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const { credit, sanctions } = build(decisions);
        const expected = decisions
          .filter(stands)
          .map(({ what }) => what)
          .toSorted();
        const { listings, penalties } = standingOf(credit, sanctions, DAY);
        expect(
          [...listings.map((one) => one.listing), ...penalties.map((one) => one.class)].toSorted(),
        ).toEqual(expected);
        const finance = standingRecords(credit, sanctions, DAY);
        expect([...finance.listings, ...finance.penalties.map((one) => one.class)].toSorted()).toEqual(
          expected,
        );
        const state = {
          ...credit,
          grade: null,
          past: [{ month: '2026-11', grade: 'A' } as CreditState['past'][0]],
          objections: [],
          overrides: [],
          correction: false,
        };
        const rule = { month: '2026-11', months: 1, topGrade: 'A', today: DAY };
        // The penalty's own day lies before the month.
        expect(notCommended(state, sanctions, rule)).toBe(expected.some(isList) ? 'listing' : null);
        const long = { ...state, past: [{ month: '2026-10', grade: 'A' } as CreditState['past'][0]] };
        expect(notCommended(long, sanctions, { ...rule, months: 2 })).toBe(
          expected.some((one) => !isList(one)) ? 'penalty' : expected.some(isList) ? 'listing' : null,
        );
        const over = decisions.flatMap((one, index) =>
          one.inCredit && one.inRecord && !stands(one) ? [`e${index}`] : [],
        );
        expect(entriesOver(sanctions, DAY)).toEqual(over);
      }),
    );
  });

  it('in the grade before the centre has graded anew: it is what grading without them gives', () => {
    const seen = fc.array(
      fc.record({
        indicator: fc.constantFrom<Indicator>('settled-at-source', 'answered-in-time', 'penalty-minor'),
        good: fc.boolean(),
        day: fc.constantFrom('2026-11-02', '2026-10-05', '2026-07-01'),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 6 }), seen, (decisions, others) => {
        const { credit, sanctions } = build(decisions);
        const penalty = ({ what }: Decision) => ({
          indicator: `penalty-${what}` as Indicator,
          day: '2026-10-05',
          good: false,
        });
        const counted = (of: (one: Decision) => boolean) =>
          tallyOf(
            defaultPolicy,
            [...others, ...decisions.filter((one) => !isList(one.what) && of(one)).map(penalty)].map(
              (one) => ({
                ...one,
                good: INDICATORS[one.indicator].kind === 'rate' && one.good,
              }),
            ),
            DAY,
          );
        // Published on the 10th; what had ended before was not counted in it.
        const endedBefore = ({ inRecord, ends }: Decision): boolean =>
          inRecord && ends !== null && shiftDay(DAY, ends) < '2026-11-10';
        const known = (one: Decision): boolean => one.inCredit || one.inRecord;
        const context = { category: 'enterprise', means: new Map(), disputed: false };
        const tally = counted((one) => known(one) && !endedBefore(one));
        const listings = decisions.flatMap(({ what }, index) =>
          isList(what) ? [{ listing: what as 'severe', factId: `${index}` }] : [],
        );
        const published = gradeTally(defaultPolicy, tally, { ...context, listings });
        const grade = {
          ...published,
          month: '2026-11',
          category: context.category,
          at: GRADED,
        } as unknown as GradeOnRecord;
        // A record of a decision yet to end is taken to be ended: the day it does is a day of its own.
        const told = sanctions.filter(({ ended }) => ended === null || ended.on <= DAY);
        const rest = counted(
          (one) => known(one) && !(one.inRecord && one.ends !== null && shiftDay(DAY, one.ends) <= DAY),
        );
        const lapsed = lapsedSince(told, grade.at, credit);
        const month = monthNumber(DAY);
        expect(withoutLapsed(tally, lapsed, month)).toEqual({
          rates: rest.rates,
          events: new Map([...tally.events].map(([key]) => [key, rest.events.get(key) ?? []])),
        });
        const standing = standingOf(credit, told, DAY);
        expect(gradeOn(defaultPolicy, { ...credit, grade }, told, DAY)).toBe(
          gradeTally(defaultPolicy, rest, { ...context, listings: standing.listings }).grade,
        );
      }),
    );
  });
});
