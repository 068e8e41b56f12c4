import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import { Code, HonestyTag, Wording } from '../procedure/index.ts';

/** Where a rule comes from, and how surely: a policy says both of each of its rules. */
const sourced = { article: Wording, tag: HonestyTag };

/** A grade's letter or word, as it stands in facts. */
export const GradeCode = z.string().regex(/^[A-Za-z0-9-]{1,12}$/);

/** One band of points, both ends belonging to it. */
const Band = z.object({
  code: GradeCode,
  name: Wording,
  from: z.int().min(0).max(10_000),
  to: z.int().min(0).max(10_000),
});

/**
 * A rate: `good` of `good + bad` facts of the last `windowMonths` months, shrunk toward the category's mean as if `weight` more
 * facts had been seen at that mean. At `expected` (in ten-thousandths) it gives no points, at 1 all of `up`, at 0 all of `down`
 * against the merchant, straight lines in between.
 */
const RateRule = z.object({
  indicator: z.string().max(40),
  up: z.int().min(0).max(1000),
  down: z.int().min(0).max(1000),
  expected: z.int().min(1).max(9999),
  weight: z.int().min(1).max(1000),
  windowMonths: z.int().min(1).max(60),
  ...sourced,
});

/**
 * Single events: each counts `points` in its month and less from month to month, nothing after `decayMonths`; those of one year
 * back, counted from the month of the grade, are worth `capPerYear` at most, those of the year before that as well, and so on.
 */
const EventRule = z.object({
  indicator: z.string().max(40),
  points: z.int().min(1).max(1000),
  capPerYear: z.int().min(1).max(1000),
  decayMonths: z.int().min(1).max(120),
  ...sourced,
});

export const ListingKind = z.enum(['severe', 'abnormal']);
export type ListingKind = z.infer<typeof ListingKind>;

const WorkingDays = z.int().min(1).max(250);

/** Working days, from notice of a grade and from receipt of an objection; the longer ones with approval. */
export const ObjectionDays = z.object({
  file: WorkingDays,
  fileApproved: WorkingDays,
  decide: WorkingDays,
  decideApproved: WorkingDays,
});
export type ObjectionDays = z.infer<typeof ObjectionDays>;

/** A credit policy: one version of it. What it must not contradict in itself and beside another is in `check-policy.ts`. */
export const CreditPolicy = z.object({
  name: Wording,
  /** Grades of the month of this day and later months are given by it. */
  effectiveFrom: DayText,
  /** Who is graded; each category has a mean of its own. */
  categories: z
    .array(z.object({ code: Code, name: Wording }))
    .min(1)
    .max(20),
  scale: z.object({
    base: z.int().min(0).max(10_000),
    highest: z.int().min(1).max(10_000),
    /** From the best to the worst. */
    grades: z.array(Band).min(2).max(12),
    ...sourced,
  }),
  /** Below so many matters in the windows of the rates a merchant is not rated. */
  leastMatters: z.int().min(1).max(1000),
  /** As if so many facts had been seen at the expected rate when a category's mean is worked out. */
  categoryWeight: z.int().min(1).max(10_000),
  rates: z.array(RateRule).min(1).max(40),
  /** What all rates together can give and take; said once more so that a slip in one of them is found. */
  rateTotals: z.object({ up: z.int().min(0), down: z.int().min(0) }),
  events: z.array(EventRule).max(40),
  /** The best grade that a merchant on such a list can have. */
  caps: z.array(z.object({ listing: ListingKind, grade: GradeCode, ...sourced })).max(4),
  objection: ObjectionDays.extend(sourced),
  /** How long a grade that was set by hand may hold. */
  overrideDays: z.int().min(1).max(3660),
});
export type CreditPolicy = z.infer<typeof CreditPolicy>;
export type RateRule = CreditPolicy['rates'][number];
export type EventRule = CreditPolicy['events'][number];

/** Whether the first grade is worse than the second. Grades stand from best to worst. */
export function isWorse(policy: Pick<CreditPolicy, 'scale'>, grade: string, than: string): boolean {
  return rankOf(policy, grade) > rankOf(policy, than);
}

/** 0 for the best grade; after all others for one that the policy does not have. */
export function rankOf({ scale }: Pick<CreditPolicy, 'scale'>, grade: string): number {
  const place = scale.grades.findIndex(({ code }) => code === grade);
  return place === -1 ? scale.grades.length : place;
}

/** The most points that an event rule can come to, over all years that it looks back. */
export function mostOf({ capPerYear, decayMonths }: EventRule): number {
  return capPerYear * Math.ceil(decayMonths / 12);
}
