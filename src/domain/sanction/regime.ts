import { z } from 'zod';
import { DayText } from '../kernel/event/event.ts';
import { Wording } from '../procedure/index.ts';
import { SanctionArea, SanctionChannel, SanctionClass, SanctionKind, SanctionMeasure } from './events.ts';

/**
 * How surely a rule is known: `sourced` from the law's own text, `second-hand` from a public text about it, `common` knowledge of the
 * field, `assumption` of ours.
 */
export const RegimeTag = z.enum(['sourced', 'second-hand', 'common', 'assumption']);
export type RegimeTag = z.infer<typeof RegimeTag>;

const sourced = { article: Wording, tag: RegimeTag };
const Months = z.int().min(0).max(600);
const Name = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Which records a rule is about: every member that is not null has to fit; of `measures` and `areas` one is enough. */
const When = z.object({
  kinds: z.array(SanctionKind).min(1),
  classes: z.array(SanctionClass).min(1).nullable(),
  /** At least one of the record's measures; `only` further down: none but these. */
  measures: z.array(SanctionMeasure).min(1).nullable(),
  /** Whether the record may have no other measures than those. */
  only: z.boolean(),
  areas: z.array(SanctionArea).min(1).nullable(),
  simplified: z.boolean().nullable(),
});

/**
 * One rule of a regime. Of all that fit a record the longest minimum and the longest maximum count, and one that bars repair bars it.
 * Months are civil months.
 */
export const RegimeRule = z
  .object({
    id: Name,
    when: When,
    /**
     * `allowed`: once the minimum is over and the duties are done. `never`: not before the maximum. `look`: the text that would say it is
     * not known, so that somebody has to look.
     */
    repair: z.enum(['allowed', 'never', 'look']),
    /** Months for which it stays published at least; 0: repair may follow at once. */
    minimum: Months,
    /** Months after which publication ends by itself; null: it does not. */
    maximum: Months.nullable(),
    /** Restricted by the decision for longer, it is published for so long (Order 45 Art. 13). */
    asRestricted: z.boolean(),
    counts: z.enum(['determination', 'publication']),
    /** Whether the maximum ends publication even where duties are open. */
    expiry: z.enum(['anyway', 'if-fulfilled']),
    /** Standing records of the merchant that have to be ended first, and what says so. */
    blockedBy: z.array(z.object({ kind: SanctionKind, ...sourced })),
    /** Working days within which an application is decided; null where it is not known. */
    decision: z.object({ workingDays: z.int().min(1).max(250), ...sourced }).nullable(),
    ...sourced,
  })
  .refine(({ minimum, maximum }) => maximum === null || minimum <= maximum, {
    path: ['maximum'],
    message: 'sanction-maximum-below-minimum',
  });
export type RegimeRule = z.infer<typeof RegimeRule>;

/** Rules for the records of one channel that were determined on a day and later, until the next regime of the channel. */
export const Regime = z.object({
  id: Name,
  name: Wording,
  channel: SanctionChannel,
  /** The first day of determination. */
  from: DayText,
  classes: z.array(SanctionClass),
  /** What else has to be true of whoever applies, which no record can tell. */
  conditions: z.array(z.object(sourced)),
  rules: z.array(RegimeRule).min(1),
  ...sourced,
});
export type Regime = z.infer<typeof Regime>;

/** A listing that follows from a day that comes every year: warned of before it. */
const YearlyDuty = z.object({
  id: Name,
  /** The last day of it each year, `06-30`. */
  day: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  ...sourced,
});

const Meanwhile = z.enum(['end', 'wait']);

/** All that says when a record may be repaired, when it ends, and when whom is reminded of it. */
export const Regimes = z
  .object({
    regimes: z.array(Regime).min(1),
    /** How months are counted. */
    months: z.object(sourced),
    /**
     * Whether a record ends at its maximum while an application for its repair, or an appeal against it, is open, or waits for the decision.
     */
    atMaximum: z.object({ application: Meanwhile, appeal: Meanwhile, ...sourced }),
    /** So many days before each date. */
    remindBefore: z.object({ days: z.array(z.int().min(1).max(365)).min(1).max(6), ...sourced }),
    yearly: z.array(YearlyDuty),
    /** Days after an address was found to be unreachable until a listing has to be expected. */
    unreachable: z.object({ days: z.int().min(1).max(365), ...sourced }),
  })
  .refine(
    ({ regimes }) =>
      new Set(regimes.flatMap(({ id, rules }) => rules.map((rule) => `${id}/${rule.id}`))).size ===
      regimes.flatMap(({ rules }) => rules).length,
    { path: ['regimes'], message: 'sanction-rule-twice' },
  );
export type Regimes = z.infer<typeof Regimes>;
