import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import type { CharityApplicationState } from './application.ts';

/** When an application was decided: refused, or approved for the second time; null while it is not. */
function decidedAt({ status, refused, approvals }: CharityApplicationState): string | null {
  if (status === 'applied') return null;
  return refused?.by.at ?? approvals.at(-1)?.at ?? null;
}

/**
 * Whether what is personal in an application is to be erased: decided for so long as the procedure in force says
 * (`limits.erasureDays`), counted from the last fact (assumption: as long as cases). The fund's account stays, without a name.
 */
export function mustApplicationBeErased(
  state: CharityApplicationState,
  rules: Rulebook,
  { lastFactAt, now }: { lastFactAt: string; now: string },
): boolean {
  const decided = decidedAt(state);
  if (state.erased !== undefined || decided === null) return false;
  const { limits } = procedureInForce(rules, state.charityPath, businessDay(now)).procedure;
  const days = (limits.erasureDays ?? defaultProcedure.limits.erasureDays)?.value ?? 0;
  const [ended, last] = [businessDay(decided), businessDay(lastFactAt)];
  return Date.parse(dayEnd(shiftDay(last > ended ? last : ended, days))) < Date.parse(now);
}
