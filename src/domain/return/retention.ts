import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import type { ReturnState } from './reducer.ts';

/**
 * Whether what is personal in a return is to be erased: decided so long ago as the procedure in force says (`limits.erasureDays`, default 1,825
 * days, an assumption: five years), counted from the decision or from the last fact, where that is later. One that waits for the
 * end of its case is kept.
 */
export function mustReturnBeErased(
  state: ReturnState,
  rules: Rulebook,
  { lastFactAt, now }: { lastFactAt: string; now: string },
): boolean {
  const decided = state.status !== 'requested' && (state.caseId === null || state.resolution !== undefined);
  if (!decided || state.erased !== undefined) return false;
  const { limits } = procedureInForce(rules, state.unitPath, businessDay(now)).procedure;
  const days = (limits.erasureDays ?? defaultProcedure.limits.erasureDays)?.value ?? 0;
  const [ended, last] = [businessDay(state.decidedAt ?? lastFactAt), businessDay(lastFactAt)];
  return Date.parse(dayEnd(shiftDay(last > ended ? last : ended, days))) < Date.parse(now);
}
