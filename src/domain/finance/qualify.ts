import { type CreditPolicy, PenaltyClass, rankOf } from '../credit/index.ts';
import { addMonths, shiftDay, wholeMonths } from '../kernel/calendar/index.ts';
import type { FinanceFacts } from './facts.ts';
import type { ProductRule, RuleKind } from './products.ts';

/** The grades from best to worst. */
export type Scale = Pick<CreditPolicy, 'scale'>;

/**
 * What would make a rule hold, all else as it is.
 *
 * - `on`: nothing but time; it holds on that day, and not on the day before.
 * - `never`: nothing that the merchant can do: another product is for it.
 * - `repair`: an end of what stands: removal from the list, repair or annulment of the penalty.
 * - `count`: so many more disputes that end at their source.
 */
export type WhatChanges =
  | { kind: 'on'; day: string }
  | { kind: 'count'; count: number }
  | { kind: 'never' | 'grade' | 'await-grade' | 'repair' | 'promise' | 'consent' | 'record-licence' };

/** A rule that does not hold: what the merchant has, what is asked for, and what would change it. Texts are codes, days or numbers. */
export type Failing = {
  rule: RuleKind;
  /** Its place among the product's rules. */
  place: number;
  has: string | number | null;
  needs: string | number;
  whatWouldChangeIt: WhatChanges;
  /** Where waiting changes it too, besides what somebody can do. */
  otherwiseOn: string | null;
};

export type Qualification = { qualifies: boolean; failing: readonly Failing[] };

type Found = Omit<Failing, 'rule' | 'place' | 'otherwiseOn'> & { otherwiseOn?: string };

/** Whether a merchant qualifies by all of these rules, and of each that does not hold why not and what would change it. Pure. */
export function qualify(
  { rules }: { rules: readonly ProductRule[] },
  facts: FinanceFacts,
  scale: Scale,
): Qualification {
  const failing = rules.flatMap((rule, place): Failing[] => {
    const found = failureOf(rule, facts, scale);
    return found === null ? [] : [{ rule: rule.kind, place, otherwiseOn: null, ...found }];
  });
  return { qualifies: failing.length === 0, failing };
}

function failureOf(rule: ProductRule, facts: FinanceFacts, scale: Scale): Found | null {
  switch (rule.kind) {
    case 'category':
      return facts.category !== null && rule.oneOf.includes(facts.category)
        ? null
        : { has: facts.category, needs: rule.oneOf.join(' '), whatWouldChangeIt: { kind: 'never' } };
    case 'grade':
      return gradeFailure(rule, facts, scale);
    case 'months-in-business':
      return monthsFailure(rule, facts);
    case 'listing': {
      const standing = facts.records.listings.filter((listing) => rule.none.includes(listing));
      return standing.length === 0
        ? null
        : { has: standing.join(' '), needs: rule.none.join(' '), whatWouldChangeIt: { kind: 'repair' } };
    }
    case 'penalty':
      return penaltyFailure(rule, facts);
    case 'promise':
      return facts.promised ? null : { has: null, needs: 'promise', whatWouldChangeIt: { kind: 'promise' } };
    case 'source-resolution':
      return sourceFailure(rule, facts);
    case 'consent':
      return facts.consented ? null : { has: null, needs: 'consent', whatWouldChangeIt: { kind: 'consent' } };
  }
}

function gradeFailure(
  { atLeast }: Extract<ProductRule, { kind: 'grade' }>,
  { grade, pending }: FinanceFacts,
  scale: Scale,
): Found | null {
  if (grade !== null && rankOf(scale, grade) <= rankOf(scale, atLeast)) return null;
  const waits = pending || grade === null;
  return {
    has: pending ? 'pending' : grade,
    needs: atLeast,
    whatWouldChangeIt: { kind: waits ? 'await-grade' : 'grade' },
  };
}

function monthsFailure(
  { least, most }: Extract<ProductRule, { kind: 'months-in-business' }>,
  { establishedOn, day }: FinanceFacts,
): Found | null {
  const needs = least ?? most ?? 0;
  if (establishedOn === null) return { has: null, needs, whatWouldChangeIt: { kind: 'record-licence' } };
  const has = wholeMonths(establishedOn, day);
  if (least !== null && has < least)
    return { has, needs: least, whatWouldChangeIt: { kind: 'on', day: firstDayWith(establishedOn, least) } };
  return most !== null && has > most ? { has, needs: most, whatWouldChangeIt: { kind: 'never' } } : null;
}

/** The first day on which so many whole months have passed. */
function firstDayWith(from: string, months: number): string {
  return addMonths(from, months);
}

/** From the least grave. */
const GRAVENESS = PenaltyClass.options;

function penaltyFailure(
  { from, withinMonths }: Extract<ProductRule, { kind: 'penalty' }>,
  { records, day }: FinanceFacts,
): Found | null {
  const counted = records.penalties.filter(
    ({ class: graveness, on }) =>
      GRAVENESS.indexOf(graveness) >= GRAVENESS.indexOf(from) && day < freeOf(on, withinMonths),
  );
  const [latest] = counted.map(({ on }) => on).toSorted((a, b) => (a < b ? 1 : -1));
  if (latest === undefined) return null;
  return {
    has: latest,
    needs: withinMonths,
    whatWouldChangeIt: { kind: 'repair' },
    otherwiseOn: freeOf(latest, withinMonths),
  };
}

/** The first day on which a penalty of that day counts no more: the months are over, their last day counted. */
function freeOf(on: string, months: number): string {
  return shiftDay(addMonths(on, months), 1);
}

function sourceFailure(
  { leastPerMille, leastCases }: Extract<ProductRule, { kind: 'source-resolution' }>,
  { source }: FinanceFacts,
): Found | null {
  if (source === null) return { has: null, needs: leastPerMille, whatWouldChangeIt: { kind: 'await-grade' } };
  const { good, bad } = source;
  const holds = (more: number): boolean =>
    good + bad + more >= leastCases && (good + more) * 1000 >= leastPerMille * (good + bad + more);
  if (holds(0)) return null;
  // Where every one must have ended at its source, one that did not cannot be made up for.
  const share = leastPerMille === 1000 ? (bad === 0 ? 0 : Infinity) : upForShare(leastPerMille, good, bad);
  const count = Math.max(share, leastCases - good - bad);
  return {
    has: good + bad === 0 ? null : Math.floor((good * 1000) / (good + bad)),
    needs: leastPerMille,
    whatWouldChangeIt: Number.isFinite(count) ? { kind: 'count', count } : { kind: 'never' },
  };
}

/** The fewest more that lift the share so far: (good + n) × 1000 ≥ share × (good + bad + n). */
function upForShare(leastPerMille: number, good: number, bad: number): number {
  const short = leastPerMille * (good + bad) - 1000 * good;
  return short <= 0 ? 0 : Math.ceil(short / (1000 - leastPerMille));
}
