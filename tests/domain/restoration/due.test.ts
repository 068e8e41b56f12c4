import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDay, defaultCalendar, isWorkingDay } from '../../../src/domain/kernel/calendar/index.ts';
import type { Fact } from '../../../src/domain/kernel/event/event.ts';
import { shippedRules } from '../../../src/domain/procedure/index.ts';
import { restorationDeltas } from '../../../src/domain/restoration/deltas.ts';
import { isInTime, opinionDue, replyDue, replyMinutes } from '../../../src/domain/restoration/due.ts';
import { inspectionRelief, relievedClass } from '../../../src/domain/restoration/relief.ts';
import { applyRestoration } from '../../../src/domain/restoration/restoration.ts';
import { mustRestorationBeErased } from '../../../src/domain/restoration/retention.ts';
import type { RestorationState } from '../../../src/domain/restoration/state.ts';
import { restorationTasks } from '../../../src/domain/restoration/tasks.ts';
import type { SanctionState } from '../../../src/domain/sanction/index.ts';
import {
  accepted,
  agreed,
  AT,
  clerk,
  completed,
  declined,
  departmentAt,
  fact,
  filed,
  legalOf,
  manager,
  matter,
  missing,
  refusing,
  repaired,
  returned,
  SHOP,
  stateOf,
  submitted,
  WINDOW,
} from './samples.ts';

const rules = shippedRules;
const [ONE, TWO] = [departmentAt(0), departmentAt(1)];
const HOUR = 3_600_000;

/** Counted on its own: minute by minute, by the hours on the office's door. */
function isOpen(instant: number): boolean {
  const shanghai = new Date(instant + 8 * HOUR);
  const day = shanghai.toISOString().slice(0, 10);
  if (!isWorkingDay(defaultCalendar, day)) return false;
  const minute = shanghai.getUTCHours() * 60 + shanghai.getUTCMinutes();
  return (minute >= 510 && minute < 720) || (minute >= 810 && minute < 1050);
}
function minutesBetween(from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 60_000) if (isOpen(at)) count += 1;
  return count;
}
/** The end of the afternoon of the so-manieth working day after one. */
function closingAfter(day: string, workingDays: number): string {
  let at = Date.parse(`${day}T00:00:00.000Z`);
  let left = workingDays;
  while (left > 0) {
    at += 24 * HOUR;
    if (isWorkingDay(defaultCalendar, new Date(at).toISOString().slice(0, 10))) left -= 1;
  }
  return `${new Date(at).toISOString().slice(0, 10)}T17:30:00.000+08:00`;
}

/** Whole minutes of 2026, nights, lunches, weekends, make-up days and holidays among them. */
const instants = fc
  .integer({ min: 0, max: 330 * 24 * 60 })
  .map((minute) => new Date(Date.parse('2026-01-05T00:00:00.000Z') + minute * 60_000).toISOString());

describe('limits', () => {
  it('give the window thirty minutes in which the office is open, as counted minute by minute', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 200 }), (at, took) => {
        const state = stateOf(filed({ commitments: signedOn(at) }, at));
        const due = replyDue(state, rules);
        const end = Date.parse(due?.at ?? '');
        expect(minutesBetween(Date.parse(at), end)).toBe(30);
        const replied = new Date(Date.parse(at) + took * 60_000).toISOString();
        expect(replyMinutes(state, rules, replied)).toBe(minutesBetween(Date.parse(at), Date.parse(replied)));
        expect(isInTime(due, replied)).toBe(Date.parse(replied) <= end);
      }),
      { numRuns: 150 },
    );
  });

  it('give a department two working days, seven for market supervision, as counted day by day', () => {
    fc.assert(
      fc.property(instants, fc.boolean(), (at, gsxt) => {
        const channel = gsxt ? 'gsxt' : 'creditchina';
        const state = stateOf(
          filed({ matters: [matter({ channel })], commitments: signedOn(at) }, at),
          accepted([ONE], ['k-1'], at),
        );
        const [ask] = state.asks;
        const due = ask && opinionDue(state, ask, rules);
        expect(due?.at).toBe(closingAfter(businessDay(at), gsxt ? 7 : 2));
      }),
      { numRuns: 150 },
    );
  });

  it('stand while something is handed in, and begin anew for who missed it', () => {
    const open = stateOf(filed(), accepted([ONE, TWO]), missing(ONE, '2026-09-16T02:00:00.000Z'));
    const back = legalOf(applyRestoration(open, returned('2026-09-16T03:00:00.000Z')));
    const [first, second] = back.asks;
    if (!first || !second) throw new Error('Nobody was asked');
    expect(opinionDue(back, second, rules)).toBeNull();
    expect(restorationTasks(back, { rules })).toMatchObject([
      { kind: 'completion', ownerPath: SHOP, dueAt: null },
      { kind: 'opinion', part: TWO, stands: true, dueAt: null },
    ]);
    // From Wednesday to Monday: what is left of two days runs from there.
    const on = legalOf(applyRestoration(back, completed('2026-09-21T03:00:00.000Z')));
    const [again, other] = on.asks;
    if (!again || !other) throw new Error('Nobody was asked');
    expect(opinionDue(on, again, rules)?.at).toBe('2026-09-23T17:30:00.000+08:00');
    expect(opinionDue(on, other, rules)?.at).toBe('2026-09-22T17:30:00.000+08:00');
  });
});

const signedOn = (at: string) => [
  {
    commitmentId: 'p-1',
    version: 1,
    signedBy: '张三',
    signedOn: businessDay(at),
    how: 'screen' as const,
    signature: 'b'.repeat(64),
  },
];

describe('what is to be done', () => {
  it('is the window’s, each department’s and the merchant’s in turn, and nothing once it is over', () => {
    const kinds = (...facts: Fact[]): string[] =>
      restorationTasks(stateOf(...facts), { rules }).map(({ kind, ownerPath, part }) =>
        `${kind} ${ownerPath} ${part}`.trim(),
      );
    const start = [filed()];
    const asked = [...start, accepted([ONE, TWO])];
    const answered = [...asked, agreed(TWO), agreed(ONE)];
    expect(kinds(...start)).toEqual([`reply ${WINDOW}`]);
    expect(kinds(...start, returned())).toEqual([`completion ${SHOP}`]);
    expect(kinds(...asked)).toEqual([`opinion ${ONE} ${ONE}`, `opinion ${TWO} ${TWO}`]);
    expect(kinds(...asked, agreed(TWO))).toEqual([`opinion ${ONE} ${ONE}`]);
    expect(kinds(...answered)).toEqual([`submission ${WINDOW}`]);
    expect(kinds(...asked, agreed(TWO), refusing(ONE))).toEqual([`conclusion ${WINDOW}`]);
    expect(kinds(...answered, submitted())).toEqual([`conclusion ${WINDOW}`]);
    expect(kinds(...answered, submitted(), repaired())).toEqual([]);
    const objection = fact('restoration-objected', { objectionId: 'o-1', text: '有误' }, manager);
    expect(kinds(...answered, submitted(), repaired(), objection)).toEqual([`objection ${WINDOW} o-1`]);
  });
});

describe('figures', () => {
  it('equal a count of their own over any course, by department too', () => {
    const courses = fc.record({
      at: instants,
      reply: fc.integer({ min: 0, max: 400 }),
      answers: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 * 24 * 60 })), {
        minLength: 1,
        maxLength: 6,
      }),
    });
    fc.assert(
      fc.property(courses, ({ at, reply, answers }) => {
        const later = (minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();
        const repliedAt = later(reply);
        const paths = answers.map((_, place) => departmentAt(place));
        const facts = [
          filed({ commitments: signedOn(at) }, at),
          accepted(paths, ['k-1'], repliedAt),
          ...answers.map(([yes, after], place) =>
            (yes ? agreed : (path: string, _ids: string[], when: string) => refusing(path, when))(
              departmentAt(place),
              ['k-1'],
              later(reply + after),
            ),
          ),
        ];
        const figures = new Map<string, number>();
        let state: RestorationState | undefined;
        for (const one of facts) {
          const next = legalOf(applyRestoration(state, one));
          for (const { metric, dimension, value, path } of restorationDeltas(state, one, next, { rules })
            .counters) {
            expect(path).toBe(SHOP);
            figures.set(
              `${metric} ${dimension}`.trim(),
              (figures.get(`${metric} ${dimension}`.trim()) ?? 0) + value,
            );
          }
          state = next;
        }
        const took = minutesBetween(Date.parse(at), Date.parse(repliedAt));
        expect(figures.get('restorations-accepted-in-time') ?? 0).toBe(took <= 30 ? 1 : 0);
        expect(figures.get('restoration-reply-minutes') ?? 0).toBe(took);
        expect(figures.get('restoration-opinions')).toBe(answers.length);
        const closing = Date.parse(closingAfter(businessDay(repliedAt), 2));
        const inTime = answers.map(([, after]) => Date.parse(later(reply + after)) <= closing);
        expect(figures.get('restoration-opinions-in-time') ?? 0).toBe(inTime.filter(Boolean).length);
        for (const [place, one] of inTime.entries()) {
          const of = `department:${departmentAt(place)}`;
          expect(figures.get(`restoration-opinions ${of}`)).toBe(1);
          expect(figures.get(`restoration-opinions-in-time ${of}`) ?? 0).toBe(one ? 1 : 0);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('count outcomes by matter, and the working days until the last', () => {
    const state = stateOf(filed(), accepted([ONE]), agreed(ONE), submitted());
    const one = repaired(['k-1'], '2026-09-21T02:00:00.000Z');
    const after = legalOf(applyRestoration(state, one));
    const counted = restorationDeltas(state, one, after, { rules }).counters.filter(
      ({ dimension }) => dimension === '',
    );
    expect(counted.map(({ metric, value }) => [metric, value])).toEqual([
      ['restoration-matters-repaired', 1],
      ['restorations-concluded', 1],
      // Tuesday to Monday; 20 September 2026 is a make-up workday where the calendar has one.
      ['restoration-days', daysWorked('2026-09-15', '2026-09-21')],
    ]);
  });
});

function daysWorked(from: string, to: string): number {
  let count = 0;
  for (let at = Date.parse(from) + 24 * HOUR; at <= Date.parse(to); at += 24 * HOUR)
    if (isWorkingDay(defaultCalendar, new Date(at).toISOString().slice(0, 10))) count += 1;
  return count;
}

describe('relief after repair', () => {
  const ended = (
    over: Partial<NonNullable<SanctionState['ended']>> = {},
  ): Pick<SanctionState, 'id' | 'ended'> => ({
    id: 's-1',
    ended: {
      cause: 'repaired',
      on: '2026-09-15',
      number: 'XF-1',
      effectiveAt: '2026-09-16T00:00:00.000+08:00',
      by: { staffId: 'x', name: 'x', unitPath: WINDOW, at: AT },
      ...over,
    },
  });

  it('holds from the day on which it takes effect for six months, and for a repair only', () => {
    const on = (day: string, over = {}): string | null => inspectionRelief([ended(over)], day)?.until ?? null;
    expect(on('2026-09-15')).toBeNull();
    expect(on('2026-09-16')).toBe('2027-03-16');
    expect(on('2027-03-16')).toBe('2027-03-16');
    expect(on('2027-03-17')).toBeNull();
    expect(on('2026-10-01', { cause: 'annulled' })).toBeNull();
    expect(on('2026-10-01', { cause: 'removed' })).toBe('2027-03-16');
    expect(inspectionRelief([{ id: 's-2', ended: null }], '2026-10-01')).toBeNull();
    const later = ended({ effectiveAt: '2026-10-01T00:00:00.000+08:00' });
    expect(inspectionRelief([ended(), later], '2026-10-02')?.until).toBe('2027-04-01');
  });

  it('draws a merchant one grade better, as far as there are any', () => {
    const relief = inspectionRelief([ended()], '2026-10-01');
    const grades = ['A', 'B', 'C', 'D', 'E'];
    expect(grades.map((one) => relievedClass(one, grades, relief))).toEqual(['A', 'A', 'B', 'C', 'D']);
    expect(relievedClass('D', grades, null)).toBe('D');
    expect(relievedClass('not-rated', grades, relief)).toBe('not-rated');
  });
});

describe('what is personal', () => {
  it('is erased years after it is over, never before, nor while an objection waits', () => {
    const ended = stateOf(filed(), accepted([ONE]), refusing(ONE), declined());
    const must = (state: RestorationState, now: string): boolean =>
      mustRestorationBeErased(state, rules, { lastFactAt: AT, now });
    expect(must(ended, '2026-12-31T00:00:00.000Z')).toBe(false);
    expect(must(ended, '2046-12-31T00:00:00.000Z')).toBe(true);
    expect(must(stateOf(filed()), '2046-12-31T00:00:00.000Z')).toBe(false);
    const objection = fact('restoration-objected', { objectionId: 'o-1', text: '有误' }, manager);
    expect(must(legalOf(applyRestoration(ended, objection)), '2046-12-31T00:00:00.000Z')).toBe(false);
    const erasure = fact(
      'personal-data-erased',
      { cause: 'retention', requestId: null, left: [] },
      clerk,
      '2046-12-31T00:00:00.000Z',
    );
    const erased = legalOf(applyRestoration(ended, erasure));
    expect(
      JSON.stringify([erased.handler, erased.representative, erased.commitments, erased.attachments]),
    ).not.toMatch(/张三|李四|缴款|授权/);
    expect(must(erased, '2046-12-31T00:00:00.000Z')).toBe(false);
    expect(restorationTasks(erased, { rules })).toEqual([]);
  });
});
