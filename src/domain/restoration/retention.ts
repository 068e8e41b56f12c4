import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import type { RestorationState } from './state.ts';

/** When an application was over, by its last outcome, its withdrawal or the end of publication; null while it is not. */
export function overSince({
  status,
  withdrawn,
  outcomes,
  expired = [],
}: Pick<RestorationState, 'status' | 'withdrawn' | 'outcomes' | 'expired'>): string | null {
  if (withdrawn !== null) return withdrawn.by.at;
  if (status !== 'concluded' && status !== 'expired') return null;
  const ends = [outcomes.at(-1), expired.at(-1)].flatMap((one) => (one === undefined ? [] : [one.by.at]));
  return ends.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

/**
 * Whether what is personal in an application is to be erased: over for so long as the procedure in force says (`limits.erasureDays`),
 * counted from the last fact, and no objection waits (assumption: as long as cases).
 */
export function mustRestorationBeErased(
  state: RestorationState,
  rules: Rulebook,
  { lastFactAt, now }: { lastFactAt: string; now: string },
): boolean {
  const over = overSince(state);
  if (state.erased !== undefined || over === null) return false;
  if (state.objections.some(({ answer }) => answer === null)) return false;
  const { limits } = procedureInForce(rules, state.unitPath, businessDay(now)).procedure;
  const days = (limits.erasureDays ?? defaultProcedure.limits.erasureDays)?.value ?? 0;
  const [ended, last] = [businessDay(over), businessDay(lastFactAt)];
  return Date.parse(dayEnd(shiftDay(last > ended ? last : ended, days))) < Date.parse(now);
}
