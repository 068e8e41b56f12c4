import { addWorkingDays, businessDay, naturalDaysBetween, type PeriodEnd } from '../kernel/calendar/index.ts';
import { refusalOfUnit, type AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { calendarAt, type Rulebook } from '../procedure/index.ts';
import { isSameDecision, sanctionIdOf } from './decision.ts';
import type { CreditPayload } from './events.ts';
import type { CreditState, GradeOnRecord, Objection } from './state.ts';

/** Facts of public bodies: only the regulator enters them. */
const REGULATOR_ONLY: ReadonlySet<string> = new Set([
  'penalty-recorded',
  'penalty-ended',
  'listing-recorded',
  'listing-ended',
  'objection-decided',
  'override-proposed',
  'override-confirmed',
]);

/**
 * Until when an objection to a grade may be filed, the usual time and the one with approval; null before notice of it was given,
 * from which both are counted.
 */
export function filingEnds(
  grade: Pick<GradeOnRecord, 'noticeOn' | 'limits'>,
  unitPath: string,
  rules: Rulebook,
): { usual: PeriodEnd; approved: PeriodEnd } | null {
  if (grade.noticeOn === null) return null;
  const calendar = calendarAt(rules, unitPath);
  return {
    usual: addWorkingDays(calendar, grade.noticeOn, grade.limits.file),
    approved: addWorkingDays(calendar, grade.noticeOn, grade.limits.fileApproved),
  };
}

/** Until when an objection to a grade is to be decided. */
export function decisionEnds(
  { limits }: Pick<GradeOnRecord, 'limits'>,
  { made, extended }: Pick<Objection, 'made' | 'extended'>,
  unitPath: string,
  rules: Rulebook,
): PeriodEnd {
  const days = extended === null ? limits.decide : limits.decideApproved;
  return addWorkingDays(calendarAt(rules, unitPath), businessDay(made.at), days);
}

/** What names a decision of a public body, in a fact that brings one. */
function decisionIn({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Decision | null {
  if (type !== 'penalty-recorded' && type !== 'listing-recorded') return null;
  if (typeof payload !== 'object' || payload === null) return null;
  if (!('organ' in payload) || !('number' in payload)) return null;
  const { organ, number } = payload;
  return typeof organ === 'string' && typeof number === 'string' ? { organ, number } : null;
}
type Decision = { organ: string; number: string };

/** Other records that a fact is judged by: the one of the same decision, which counts in the grade already. */
export function recordsOfCredit(
  fact: Pick<RecordedFact, 'stream' | 'type' | 'payload'>,
): { kind: string; id: string }[] {
  const decision = decisionIn(fact);
  return decision === null ? [] : [{ kind: 'sanction', id: sanctionIdOf(fact.stream.id, decision) }];
}

/** Whether a decision stands in a record of its own: it is counted there. */
function standsAsRecord(fact: Fact, { record }: AdmissionContext<Rulebook>): boolean {
  const decision = decisionIn(fact);
  if (decision === null) return false;
  // Looked up as such a record, of which organ and number may have been corrected since.
  const found = record({ kind: 'sanction', id: sanctionIdOf(fact.stream.id, decision) }) as
    | Decision
    | undefined;
  return found !== undefined && isSameDecision(found, decision);
}

/**
 * Why a fact that is legal in itself is refused: the merchant's unit does not exist; only the regulator enters or decides such a
 * thing; an objection comes after its time. Limits are those that the grade was published with.
 */
export function refusalOfCreditFact(
  before: CreditState | undefined,
  fact: Fact,
  after: CreditState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  if (context.source.centre) return null;
  const elsewhere = refusalOfUnit(after.unitPath, 'merchantPath', context);
  if (elsewhere !== null) return elsewhere;
  if (REGULATOR_ONLY.has(fact.type) && context.partyOf(fact.unitPath) !== 'regulator')
    return { rule: 'credit-regulator-only', field: 'unitPath' };
  if (standsAsRecord(fact, context)) return { rule: 'credit-stands-as-record', field: 'number' };
  if (fact.type === 'objection-made') return refusalOfFiling(before, fact, context);
  if (fact.type === 'override-proposed') {
    const { until } = fact.payload as CreditPayload<'override-proposed'>;
    const most = after.grade?.limits.overrideDays ?? 0;
    if (naturalDaysBetween(businessDay(fact.at), until) > most)
      return { rule: 'credit-override-long', field: 'until', parameters: { days: most } };
  }
  return null;
}

function refusalOfFiling(
  before: CreditState | undefined,
  fact: Fact,
  { rules }: AdmissionContext<Rulebook>,
): Refusal | null {
  const { grade } = before ?? { grade: null };
  const ends = grade && before ? filingEnds(grade, before.unitPath, rules) : null;
  if (ends === null) return null;
  const { lateBecause } = fact.payload as CreditPayload<'objection-made'>;
  const day = businessDay(fact.at);
  if (day <= ends.usual.day) return null;
  if (day > ends.approved.day)
    return { rule: 'credit-objection-late', field: 'month', parameters: { day: ends.approved.day } };
  if (lateBecause === null)
    return {
      rule: 'credit-objection-needs-approval',
      field: 'lateBecause',
      parameters: { day: ends.usual.day },
    };
  // Whoever lets a late one in answers for it.
  return fact.actor.role === 'supervisor'
    ? null
    : { rule: 'credit-objection-needs-approval', field: 'lateBecause', parameters: { day: ends.usual.day } };
}
