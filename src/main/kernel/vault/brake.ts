import { FORGOTTEN_AFTER_MS, waitAfter } from '../../../domain/organisation/index.ts';
import { serviceError } from '../errors.ts';
import type { GuardRow, Vault } from './vault.ts';

/** The whole workstation, whoever's name was tried. */
const WORKSTATION = '';
/** Names that nobody here has are one account, which nobody gets into. */
const NOBODY = '?';

type Guard = { failures: number; waitMs: number; total: number; failedAt: string | null };
const NONE: Guard = { failures: 0, waitMs: 0, total: 0, failedAt: null };

/** What the brake works with: `uptime` is how long the machine has run, milliseconds. */
export type BrakeParts = { vault: Vault; clock: () => Date; uptime: () => number };
type Guards = Map<string, GuardRow>;

/**
 * How long the machine ran between two readings. After it was started anew at least what it has run since; the time it
 * stood still is not counted, as nobody can tell how long that was but by a clock that anybody may set.
 */
function ranBetween(before: number, now: number): number {
  return now >= before ? now - before : now;
}

/** What stands against a subject now. A password that was replaced meanwhile takes its guesses with it. */
function guardOf(guards: Guards, subject: string, credential: string, uptime: number): Guard {
  const row = guards.get(subject);
  if (row === undefined) return NONE;
  const ran = ranBetween(row.uptimeMs, uptime);
  const { total, failedAt } = row;
  if (row.credential !== credential || ran > FORGOTTEN_AFTER_MS) return { ...NONE, total, failedAt };
  return { failures: row.failures, waitMs: Math.max(0, row.waitMs - ran), total, failedAt };
}

function save(
  guards: Guards,
  subject: string,
  credential: string,
  guard: Guard,
  { clock, uptime }: BrakeParts,
): void {
  const failedAt = guard.failedAt ?? clock().toISOString();
  guards.set(subject, { ...guard, credential, uptimeMs: uptime(), failedAt });
}

/**
 * Counts a try at an account's password as wrong before it is looked at, so that neither many at once nor a stopped program
 * gets one for nothing. `account` is null for a name that nobody has.
 * @returns what takes it back once it is found right
 * @throws SIGN_IN_WAIT while it is too early, and does not count it
 */
export async function attempt(
  parts: BrakeParts,
  account: { staffId: string; credential: string } | null,
): Promise<() => Promise<void>> {
  const subject = account?.staffId ?? NOBODY;
  const credential = account?.credential ?? '';
  const lastBefore = await parts.vault.changeGuards((guards) => {
    const uptime = parts.uptime();
    const own = guardOf(guards, subject, credential, uptime);
    const all = guardOf(guards, WORKSTATION, '', uptime);
    const waitMs = Math.max(own.waitMs, all.waitMs);
    if (waitMs > 0) throw serviceError('SIGN_IN_WAIT', { seconds: Math.ceil(waitMs / 1000) });
    const more = ({ failures, total }: Guard, of: 'account' | 'workstation'): Guard => ({
      failures: failures + 1,
      waitMs: waitAfter(failures + 1, of),
      total: total + 1,
      failedAt: null,
    });
    save(guards, subject, credential, more(own, 'account'), parts);
    save(guards, WORKSTATION, '', more(all, 'workstation'), parts);
    return all.failedAt;
  });
  return () =>
    parts.vault.changeGuards((guards) => {
      const uptime = parts.uptime();
      const own = guardOf(guards, subject, credential, uptime);
      const all = guardOf(guards, WORKSTATION, '', uptime);
      // What was guessed at this account is over; others' guesses stay.
      const failures = Math.max(0, all.failures - own.failures);
      const waitMs = Math.min(all.waitMs, waitAfter(failures, 'workstation'));
      guards.delete(subject);
      const left = { failures, waitMs, total: Math.max(0, all.total - 1), failedAt: lastBefore };
      save(guards, WORKSTATION, '', left, parts);
    });
}

/** Counts a wrong PIN among what the centre is told; its own few tries are counted elsewhere, and it delays no password. */
export async function countOne(parts: BrakeParts): Promise<void> {
  await parts.vault.changeGuards((guards) => {
    const all = guardOf(guards, WORKSTATION, '', parts.uptime());
    save(guards, WORKSTATION, '', { ...all, total: all.total + 1, failedAt: null }, parts);
  });
}

/** Wrong guesses here that nobody forgot yet, and the last one's time; for whoever answers for the workstation. */
export function countWrong(vault: Vault): { failed: number; lastFailedAt: string | null } {
  const row = vault.guard(WORKSTATION);
  return row !== undefined && row.total > 0
    ? { failed: row.total, lastFailedAt: row.failedAt }
    : { failed: 0, lastFailedAt: null };
}
