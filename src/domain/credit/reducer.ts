import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { type ParsedPayload, readPayload } from '../kernel/event/schema.ts';
import { businessDay, naturalDaysBetween } from '../kernel/calendar/index.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { creditSchemas, type PublishedGrade } from './events.ts';
import { decideObjection, extendObjection, makeObjection } from './objection.ts';
import { differences } from './what-if.ts';
import { type CreditState, type Done, isDisputed, type PastGrade } from './state.ts';

/** Earlier grades that a state keeps: two years of months. */
const PAST = 24;
/** No policy allows more; what the one in force allows is asked when it is recorded. */
const LONGEST_OVERRIDE_DAYS = 3660;

type Read = Exclude<ParsedPayload<typeof creditSchemas>, { key: 'unknown' } | { key: 'invalid' }>;

/** Who did it, as it is kept. */
export function doneBy({ actor, at }: Pick<Fact, 'actor' | 'at'>): Done {
  return { at, staffId: actor.staffId, name: actor.name, unitPath: actor.unitPath };
}

function newState(id: string, unitPath: string): CreditState {
  return {
    id,
    unitPath,
    grade: null,
    past: [],
    reply: null,
    objections: [],
    reRating: null,
    correction: false,
    awards: [],
    penalties: [],
    listings: [],
    patrols: [],
    overrides: [],
    revision: 0,
  };
}

/**
 * Applies one fact to a merchant's credit. Grades are the centre's; what is said to them is recorded by people of the merchant's unit
 * or above it; what counts against or for a merchant, and what is decided, by those above. Days and units are asked in
 * `admission.ts`.
 */
export function applyCredit(state: CreditState | undefined, fact: Fact): Ruling<CreditState> {
  const read = readPayload(creditSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (read.key === 'grade-published@1') return publish(state, read.payload, fact);
  const needed = CAPABILITY[read.key];
  if (!may(fact.actor.role, needed)) return illegal('role-may-not', undefined, { role: fact.actor.role });
  const path = 'merchantPath' in read.payload ? read.payload.merchantPath : state?.unitPath;
  if (path === undefined) return illegal('credit-missing');
  if (!covers(fact.actor.unitPath, path)) return illegal('outside-scope', 'merchantPath');
  const base = state ?? newState(fact.stream.id, path);
  return take({ ...base, revision: base.revision + 1 }, read, fact);
}

const CAPABILITY = {
  'notice-given@1': 'credit.answer',
  'reply-given@1': 'credit.answer',
  'objection-made@1': 'credit.answer',
  're-rating-requested@1': 'credit.answer',
  'price-patrol-recorded@1': 'credit.record',
  'award-recorded@1': 'credit.record',
  'penalty-recorded@1': 'credit.decide',
  'penalty-ended@1': 'credit.decide',
  'listing-recorded@1': 'credit.decide',
  'listing-ended@1': 'credit.decide',
  'objection-extended@1': 'credit.decide',
  'objection-decided@1': 'credit.decide',
  'override-proposed@1': 'credit.decide',
  'override-confirmed@1': 'credit.decide',
} as const satisfies Record<Exclude<Read['key'], 'grade-published@1'>, string>;

function publish(state: CreditState | undefined, grade: PublishedGrade, fact: Fact): Ruling<CreditState> {
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  const base = state ?? newState(fact.stream.id, grade.merchantPath);
  if (isDisputed(base)) return illegal('credit-disputed', 'month');
  const before = base.grade;
  if (before && grade.month < before.month)
    return illegal('credit-month-order', 'month', { month: before.month });
  // Of the same month a later one takes its place; that it was told of is told anew.
  const past: PastGrade[] = before === null ? base.past : [pastOf(before), ...base.past].slice(0, PAST);
  return legal({
    ...base,
    unitPath: grade.merchantPath,
    grade: { ...grade, at: fact.at, noticeOn: null, ...(before ? { before: replaced(before, grade) } : {}) },
    past,
    reRating: null,
    correction: false,
    revision: base.revision + 1,
  });
}

function replaced(
  was: NonNullable<CreditState['grade']>,
  grade: PublishedGrade,
): NonNullable<NonNullable<CreditState['grade']>['before']> {
  const { month, points, policyVersion, at } = was;
  return { month, grade: was.grade, points, policyVersion, at, lines: differences(was, grade) };
}

function pastOf(grade: NonNullable<CreditState['grade']>): PastGrade {
  const { month, outcome, points, policyVersion, cause, at } = grade;
  return { month, outcome, grade: grade.grade, points, policyVersion, cause, at };
}

/** Whether an entry with this id is there already, whatever it is. */
function hasEntry({ awards, penalties, listings, patrols }: CreditState, id: string): boolean {
  return [...awards, ...penalties, ...listings, ...patrols].some(({ entryId }) => entryId === id);
}

function take(
  next: CreditState,
  read: Exclude<Read, { key: 'grade-published@1' }>,
  fact: Fact,
): Ruling<CreditState> {
  const done = doneBy(fact);
  const day = businessDay(fact.at);
  if ('entryId' in read.payload && hasEntry(next, read.payload.entryId))
    return illegal('credit-entry-exists', 'entryId');
  if ('on' in read.payload && read.payload.on !== null && read.payload.on > day)
    return illegal('date-in-future', 'on');
  switch (read.key) {
    case 'notice-given@1': {
      const { grade } = next;
      if (grade?.month !== read.payload.month) return illegal('credit-month-unknown', 'month');
      if (read.payload.on < businessDay(grade.at)) return illegal('credit-notice-before-grade', 'on');
      return legal({ ...next, grade: { ...grade, noticeOn: grade.noticeOn ?? read.payload.on } });
    }
    case 'reply-given@1':
      if (next.grade === null) return illegal('credit-no-grade');
      return legal({
        ...next,
        reply: read.payload.text === '' ? null : { text: read.payload.text, by: done },
      });
    case 're-rating-requested@1':
      if (next.grade === null) return illegal('credit-no-grade');
      if (next.reRating !== null) return illegal('credit-re-rating-open');
      return legal({ ...next, reRating: { text: read.payload.text, by: done } });
    case 'objection-made@1':
      return makeObjection(next, read.payload, done);
    case 'objection-extended@1':
      return extendObjection(next, read.payload, done);
    case 'objection-decided@1':
      return decideObjection(next, read.payload, done);
    case 'award-recorded@1':
      return legal({ ...next, awards: [...next.awards, { ...read.payload, recorded: done }] });
    case 'price-patrol-recorded@1':
      return legal({ ...next, patrols: [...next.patrols, { ...read.payload, recorded: done }] });
    case 'penalty-recorded@1':
      return legal({
        ...next,
        correction: true,
        penalties: [...next.penalties, { ...read.payload, recorded: done, ended: null }],
      });
    case 'penalty-ended@1': {
      const place = next.penalties.findIndex(({ entryId }) => entryId === read.payload.penaltyId);
      const penalty = next.penalties[place];
      if (!penalty) return illegal('credit-entry-missing', 'penaltyId');
      if (penalty.ended !== null) return illegal('credit-entry-ended', 'penaltyId');
      if (read.payload.on < penalty.on) return illegal('credit-ends-before', 'on', { day: penalty.on });
      return legal({
        ...next,
        correction: true,
        penalties: next.penalties.with(place, { ...penalty, ended: read.payload }),
      });
    }
    case 'listing-recorded@1': {
      const { listing } = read.payload;
      // Never a mark set by hand: a severe listing is somebody's decision.
      if (listing === 'severe')
        for (const field of ['number', 'organ', 'on'] as const)
          if (read.payload[field] === null) return illegal('credit-severe-needs-decision', field);
      if (next.listings.some((one) => one.listing === listing && one.ended === null))
        return illegal('credit-listed-already', 'listing');
      return legal({
        ...next,
        correction: true,
        listings: [...next.listings, { ...read.payload, recorded: done, ended: null }],
      });
    }
    case 'listing-ended@1': {
      const place = next.listings.findIndex(({ entryId }) => entryId === read.payload.listingId);
      const listing = next.listings[place];
      if (!listing) return illegal('credit-entry-missing', 'listingId');
      if (listing.ended !== null) return illegal('credit-entry-ended', 'listingId');
      if (listing.on !== null && read.payload.on < listing.on)
        return illegal('credit-ends-before', 'on', { day: listing.on });
      return legal({
        ...next,
        correction: true,
        listings: next.listings.with(place, { ...listing, ended: read.payload }),
      });
    }
    case 'override-proposed@1': {
      const { grade, payload } = { grade: next.grade, payload: read.payload };
      if (grade === null) return illegal('credit-no-grade');
      if (next.overrides.some(({ overrideId }) => overrideId === payload.overrideId))
        return illegal('credit-entry-exists', 'overrideId');
      if (payload.until < day || naturalDaysBetween(day, payload.until) > LONGEST_OVERRIDE_DAYS)
        return illegal('credit-override-until', 'until');
      return legal({
        ...next,
        overrides: [...next.overrides, { ...payload, proposed: done, confirmed: null }],
      });
    }
    case 'override-confirmed@1': {
      const place = next.overrides.findIndex(({ overrideId }) => overrideId === read.payload.overrideId);
      const override = next.overrides[place];
      if (!override) return illegal('credit-entry-missing', 'overrideId');
      if (override.confirmed !== null) return illegal('credit-override-confirmed', 'overrideId');
      if (override.proposed.staffId === done.staffId) return illegal('credit-second-person', 'overrideId');
      if (override.until < day) return illegal('credit-override-until', 'until');
      return legal({ ...next, overrides: next.overrides.with(place, { ...override, confirmed: done }) });
    }
  }
}

/** A merchant's credit is known where it trades and at all units above. */
export function creditSight({ unitPath }: Pick<CreditState, 'unitPath'>): string[] {
  return ancestorsAndSelf(unitPath);
}
