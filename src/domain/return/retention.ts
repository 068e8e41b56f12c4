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
  if (!mayReturnBeErased(state)) return false;
  const { limits } = procedureInForce(rules, state.unitPath, businessDay(now)).procedure;
  const days = (limits.erasureDays ?? defaultProcedure.limits.erasureDays)?.value ?? 0;
  const [decided, last] = [businessDay(state.decidedAt ?? lastFactAt), businessDay(lastFactAt)];
  return Date.parse(dayEnd(shiftDay(last > decided ? last : decided, days))) < Date.parse(now);
}

/** Whether a consumer's request to erase it can be granted: it is decided, and no case that grew out of it goes on. */
export function mayReturnBeErased(state: ReturnState): boolean {
  const decided = state.status !== 'requested' && (state.caseId === null || state.resolution !== undefined);
  return decided && state.erased === undefined;
}
