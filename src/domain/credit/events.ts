import { z } from 'zod';
import { DayText, Id, Instant, UnitPath } from '../kernel/event/event.ts';
import { GradeCode, ListingKind, ObjectionDays } from './policy.ts';

const Text = (max: number) => z.string().trim().min(1).max(max);
/** A month as `2026-11`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** A record of its own within the stream; it bears the id of the fact that brought it, so that a reason leads there. */
const entry = { entryId: Id, merchantPath: UnitPath };

export const PenaltyClass = z.enum(['minor', 'ordinary', 'serious']);
export type PenaltyClass = z.infer<typeof PenaltyClass>;

const Points = z.int().min(-10_000).max(10_000);
const Facts = z.array(Id).max(20);

/** A line of the explanation as it is published. Indicators of later releases are read as well. */
export const PublishedLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rate'),
    indicator: z.string().max(40),
    points: Points,
    good: z.int().min(0),
    bad: z.int().min(0),
    mean: z.int().min(0).max(10_000),
    weight: z.int().min(1),
  }),
  z.object({
    kind: z.literal('event'),
    indicator: z.string().max(40),
    points: Points,
    months: z.array(z.object({ age: z.int().min(0).max(240), count: z.int().min(1) })).max(240),
  }),
]);

/** A fact that came, or counts no more, since the grade before: by whom and when, and because of which other fact, if of any. */
const ChangedFact = z.object({
  factId: Id,
  indicator: z.string().max(40),
  good: z.boolean(),
  /** True where it counts no more, or is about another merchant. */
  went: z.boolean(),
  by: z.object({ name: z.string().max(120), unitPath: UnitPath }),
  at: Instant,
  because: Id.nullable(),
});

/** A grade as it is published, with all it was worked out from. */
export const PublishedGrade = z
  .object({
    merchantPath: UnitPath,
    /** The month whose grade it is. */
    month: Month,
    policyVersion: z.int().min(1),
    category: z.string().max(40).nullable(),
    outcome: z.enum(['graded', 'not-rated']),
    base: Points,
    points: Points,
    grade: GradeCode.nullable(),
    gradeOfPoints: GradeCode,
    lines: z.array(PublishedLine).max(80),
    interval: z.object({ low: Points, high: Points, worst: GradeCode, best: GradeCode }),
    matters: z.int().min(0),
    reasons: z.array(z.object({ code: z.string().max(60), lost: z.int().min(1), facts: Facts })).max(4),
    /** Ids of the people who recorded the facts that the reasons name: they decide about no objection. */
    recordedBy: z.array(Id).max(80),
    /** What the policy allows for objections to it, and for a grade set by hand in its place. */
    limits: ObjectionDays.extend({ overrideDays: z.int().min(1).max(3660) }),
    cause: z.enum(['monthly', 'on-demand', 're-rating', 'correction']),
    /** What changed since the grade before, the latest first, and how many facts more; absent where nothing is known of it. */
    changed: z.object({ facts: z.array(ChangedFact).max(40), more: z.int().min(0) }).optional(),
  })
  .refine(({ base, points, lines }) => lines.reduce((sum, line) => sum + line.points, base) === points, {
    path: ['points'],
    message: 'credit-sum-differs',
  })
  .refine(({ outcome, grade }) => (outcome === 'graded') === (grade !== null), {
    path: ['grade'],
    message: 'credit-grade-or-none',
  });
export type PublishedGrade = z.infer<typeof PublishedGrade>;

export const creditSchemas = {
  'grade-published@1': PublishedGrade,
  /** The merchant was told of a month's grade and given its explanation. */
  'notice-given@1': z.object({ month: Month, manner: z.enum(['screen', 'paper', 'post']), on: DayText }),
  /** What the merchant says to it, shown beside the grade; an empty text takes it back. */
  'reply-given@1': z.object({ text: z.string().trim().max(500) }),
  'objection-made@1': z.object({
    objectionId: Id,
    month: Month,
    /** Facts it contests, out of those that the grade's reasons name; none where it contests the working out. */
    facts: Facts,
    text: Text(2000),
    /** Why it comes late, where the usual time is over and this was approved by who records it. */
    lateBecause: Text(500).nullable(),
  }),
  'objection-extended@1': z.object({ objectionId: Id, reason: Text(500) }),
  'objection-decided@1': z.object({ objectionId: Id, upheld: z.boolean(), reason: Text(2000) }),
  're-rating-requested@1': z.object({ text: Text(500) }),
  'award-recorded@1': z.object({ ...entry, title: Text(200), organ: Text(120), on: DayText }),
  'penalty-recorded@1': z.object({
    ...entry,
    class: PenaltyClass,
    number: Text(80),
    organ: Text(120),
    on: DayText,
    text: Text(500),
  }),
  /** A penalty counts no more. */
  'penalty-ended@1': z.object({
    penaltyId: Id,
    cause: z.enum(['annulled', 'repaired']),
    number: Text(80),
    on: DayText,
  }),
  'listing-recorded@1': z.object({
    ...entry,
    listing: ListingKind,
    /** Decision, organ and day; of the severe list none may be missing. */
    number: Text(80).nullable(),
    organ: Text(120).nullable(),
    on: DayText.nullable(),
    ground: Text(500),
  }),
  'listing-ended@1': z.object({ listingId: Id, number: Text(80), organ: Text(120), on: DayText }),
  'price-patrol-recorded@1': z
    .object({
      ...entry,
      items: z.int().min(1).max(10_000),
      clear: z.int().min(0).max(10_000),
      on: DayText,
      note: z.string().trim().max(500),
    })
    .refine(({ items, clear }) => clear <= items, { path: ['clear'], message: 'credit-clear-above-items' }),
  'override-proposed@1': z.object({ overrideId: Id, grade: GradeCode, reason: Text(1000), until: DayText }),
  /** By a second person; only then it holds. */
  'override-confirmed@1': z.object({ overrideId: Id }),
};

type NameOf<Key extends string> = Key extends `${infer Name}@${number}` ? Name : never;
export type CreditEventType = NameOf<keyof typeof creditSchemas>;
export type CreditPayload<Type extends CreditEventType> = z.infer<(typeof creditSchemas)[`${Type}@1`]>;

/** What workstations record; a grade is the centre's alone. */
export const RECORDED_BY_PEOPLE = Object.keys(creditSchemas)
  .map((key) => key.slice(0, key.lastIndexOf('@')) as CreditEventType)
  .filter((type) => type !== 'grade-published');
