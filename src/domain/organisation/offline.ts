/**
 * Days for which a workstation that cannot reach its centre lets people sign in: it does not hear meanwhile who was dismissed.
 * Assumption; a shop without a line for a month has lost more than its sign-in.
 */
export const MOST_OFFLINE_DAYS = 30;

const DAY_MS = 86_400_000;

/** How a workstation stands that last reached its centre at `reachedAt`, null where it never had to. Instants. */
export function offlineStanding(reachedAt: string | null, now: string): { days: number; expired: boolean } {
  if (reachedAt === null) return { days: 0, expired: false };
  const days = (Date.parse(now) - Date.parse(reachedAt)) / DAY_MS;
  // A clock that is days before what this workstation has seen itself was set back.
  return { days: Math.max(0, Math.floor(days)), expired: days > MOST_OFFLINE_DAYS || days < -1 };
}
