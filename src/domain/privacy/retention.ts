import { businessDay, dayEnd, shiftDay } from '../kernel/calendar/index.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import type { PrivacyRecord, PrivacyState } from './privacy.ts';

/**
 * Whether what is personal in a request itself is to be erased: answered or withdrawn so long ago as the procedure in force says
 * (`limits.erasureDays`), counted from the last fact: until then it shows that it was answered, and how (assumption).
 */
export function mustRequestBeErased(
  state: PrivacyState,
  rules: Rulebook,
  { lastFactAt, now }: { lastFactAt: string; now: string },
): boolean {
  if (state.erased !== undefined) return false;
  const over = state.answered ?? state.withdrawn;
  if (over === null) return false;
  const { limits } = procedureInForce(rules, state.unitPath, businessDay(now)).procedure;
  const days = (limits.erasureDays ?? defaultProcedure.limits.erasureDays)?.value ?? 0;
  const [ended, last] = [businessDay(over.by.at), businessDay(lastFactAt)];
  return Date.parse(dayEnd(shiftDay(last > ended ? last : ended, days))) < Date.parse(now);
}

/** The records whose personal data a request has been granted to have erased. */
export function grantedErasures({
  what,
  decided,
}: Pick<PrivacyState, 'what' | 'decided'>): Pick<PrivacyRecord, 'kind' | 'id'>[] {
  if (what !== 'deletion' || decided === null) return [];
  return decided.outcomes
    .filter(({ verdict }) => verdict === 'granted')
    .map(({ kind, id }) => ({ kind, id }));
}
