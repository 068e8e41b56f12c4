import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import { followUpsOf, type Handler } from './follow-up.ts';
import type { CaseState } from './state.ts';

/**
 * The last instant, ISO 8601 with +08:00, at which a closed case stays at the workstations; null for a case that is not
 * closed. Days are counted from closing, or from the last fact recorded of it where that is later: what is still being
 * spoken of is not old, and a case that came back stays as long again. The period is that of the procedure in force on
 * the day that is asked about, whatever version the case began under, so that a change of it reaches old cases too.
 * Default 1,095 days (assumption: three years).
 */
export function staysUntil(
  state: Pick<CaseState, 'closedAt' | 'status' | 'registeredPath'>,
  rules: Rulebook,
  { lastFactAt, now }: { lastFactAt: string; now: string },
): string | null {
  return keptUntil('retentionDays', state, rules, { lastFactAt, now });
}

function keptUntil(
  limit: 'retentionDays' | 'erasureDays',
  state: Pick<CaseState, 'closedAt' | 'status' | 'registeredPath'>,
  rules: Rulebook,
  { lastFactAt, now }: { lastFactAt: string; now: string },
): string | null {
  if (state.status !== 'closed' || state.closedAt === null) return null;
  const { limits } = procedureInForce(rules, state.registeredPath, businessDay(now)).procedure;
  const days = (limits[limit] ?? defaultProcedure.limits[limit])?.value ?? 0;
  const closed = businessDay(state.closedAt);
  const last = businessDay(lastFactAt);
  return dayEnd(shiftDay(last > closed ? last : closed, days));
}

/**
 * Whether a case may leave the workstations: closed, its period over, and nothing left to do about it. A violation that is
 * still being checked keeps it, and so does a follow-up whose time is not over. One of which nothing personal is left may leave at once.
 */
export function mayLeave(
  state: CaseState,
  rules: Rulebook,
  handler: Handler,
  times: { lastFactAt: string; now: string },
): boolean {
  if (state.erased !== undefined) return state.status === 'closed';
  return isOver(staysUntil(state, rules, times), state, rules, handler, times.now);
}

/**
 * Whether what is personal in a case is to be erased: closed for so long as the procedure in force says (`limits.erasureDays`, default
 * 1,825 days, an assumption: five years; PIPL Arts. 19 and 47), counted as for the workstations, and nothing left to do about it.
 */
export function mustBeErased(
  state: CaseState,
  rules: Rulebook,
  handler: Handler,
  times: { lastFactAt: string; now: string },
): boolean {
  if (state.erased !== undefined) return false;
  return isOver(keptUntil('erasureDays', state, rules, times), state, rules, handler, times.now);
}

/** `until` is over, and so is everything else that is to be done about it. */
function isOver(
  until: string | null,
  state: CaseState,
  rules: Rulebook,
  handler: Handler,
  at: string,
): boolean {
  const now = Date.parse(at);
  if (until === null || Date.parse(until) >= now) return false;
  if (state.violation?.answer === null) return false;
  return followUpsOf(state, rules, handler).every(({ dueAt }) => Date.parse(dueAt) < now);
}
