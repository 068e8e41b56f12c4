import { addMonths } from '../kernel/calendar/index.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { Answers, Verdict } from './events.ts';
import type { LeniencySettings } from './settings.ts';

/** A violation of the same kind besides the one that is decided: a penalty, or one decided by leniency. */
export type Earlier = { kind: 'sanction' | 'credit-entry' | 'leniency'; id: string; on: string };

/** Each condition with whether it is met; of the first also what stands in its way. */
export type Conditions = {
  verdict: Verdict;
  first: { met: boolean; blocking: Earlier | null };
  harm: { met: boolean };
  corrected: { met: boolean };
};

export const CONDITIONS = ['first', 'harm', 'corrected'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Whether two days lie less than so many months apart, in either order. */
export function isWithin(months: number, one: string, other: string): boolean {
  const [from, to] = one < other ? [one, other] : [other, one];
  return to < addMonths(from, months);
}

/**
 * 首违不罚, Administrative Penalty Law (2021) Art. 33: a first violation with slight harm that was corrected in time may go unpunished; a
 * slight one that was corrected in time and did no harm is not punished. `others` are the merchant's other violations of this kind: one
 * within the period stands in the way, whether it came before or after, and only where the settings say so a repeated one may still be
 * slight (period and repetition: assumption).
 */
export function conditionsOf(
  {
    violatedOn,
    harm,
    correctBy,
    correctedOn,
  }: Omit<Answers, 'facts' | 'harmGround' | 'correctGround' | 'source' | 'lookedAt'>,
  others: readonly Earlier[],
  { period, repeatedIsSlight }: Pick<LeniencySettings, 'period' | 'repeatedIsSlight'>,
): Conditions {
  const [blocking = null] = others
    .filter(({ on }) => isWithin(period.months, on, violatedOn))
    .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1));
  const first = { met: blocking === null, blocking };
  const slight = harm !== 'more';
  const corrected = correctedOn !== null && correctedOn <= correctBy;
  const all = { first, harm: { met: slight }, corrected: { met: corrected } };
  if (!slight || !corrected) return { ...all, verdict: 'refused' };
  if (harm === 'none' && (first.met || repeatedIsSlight.value)) return { ...all, verdict: 'not-punished' };
  return { ...all, verdict: first.met ? 'may-be-unpunished' : 'refused' };
}

/** The conditions that are not met, of a decision that refuses. */
export function unmet(found: Conditions): Condition[] {
  return found.verdict === 'refused' ? CONDITIONS.filter((one) => !found[one].met) : [];
}

const RULES = {
  first: ['leniency-not-first', 'violatedOn'],
  harm: ['leniency-harm', 'harm'],
  corrected: ['leniency-not-corrected', 'correctedOn'],
} as const satisfies Record<Condition, readonly [string, string]>;

/** Why a verdict is not the one that follows; null where it is. Names the first condition that is not met, and the day that blocks. */
export function refusalOfVerdict(verdict: Verdict, found: Conditions): Refusal | null {
  if (verdict === found.verdict) return null;
  const [missing] = unmet(found);
  if (missing === undefined)
    return verdict === 'refused'
      ? { rule: 'leniency-conditions-met', field: 'verdict' }
      : { rule: 'leniency-verdict-differs', field: 'verdict' };
  const [rule, field] = RULES[missing];
  return { rule, field, parameters: { day: found.first.blocking?.on ?? '' } };
}
