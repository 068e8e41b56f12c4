import { FORGOTTEN_AFTER_MS, waitAfter } from '../../domain/organisation/index.ts';
import { serviceError } from '../kernel/errors.ts';
import type { WorkstationParts } from '../kernel/parts.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';

/** The whole workstation, whoever's name was tried. */
const WORKSTATION = '';
/** Names that nobody here has are one account, which nobody gets into. */
const NOBODY = '?';

type Guard = { failures: number; waitMs: number; total: number; failedAt: string | null };
const NONE: Guard = { failures: 0, waitMs: 0, total: 0, failedAt: null };

type Parts = Pick<WorkstationParts, 'store' | 'clock' | 'uptime'>;

/**
 * How long the machine ran between two readings. After it was started anew at least what it has run since; the time it
 * stood still is not counted, as nobody can tell how long that was but by a clock that anybody may set.
 */
function ranBetween(before: number, now: number): number {
  return now >= before ? now - before : now;
}

/** What stands against a subject now. A password that was replaced meanwhile takes its guesses with it. */
async function guardOf(
  from: Reader | Writer,
  subject: string,
  credential: string,
  uptime: number,
): Promise<Guard> {
  const row = await from
    .selectFrom('sign_in_guard')
    .selectAll()
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (!row) return NONE;
  const ran = ranBetween(row.uptime_ms, uptime);
  const { total, failed_at: failedAt } = row;
  if (row.credential !== credential || ran > FORGOTTEN_AFTER_MS) return { ...NONE, total, failedAt };
  return { failures: row.failures, waitMs: Math.max(0, row.wait_ms - ran), total, failedAt };
}

async function save(
  writer: Writer,
  subject: string,
  credential: string,
  guard: Guard,
  { clock, uptime }: Pick<Parts, 'clock' | 'uptime'>,
): Promise<void> {
  const values = {
    credential,
    failures: guard.failures,
    wait_ms: guard.waitMs,
    uptime_ms: uptime(),
    failed_at: guard.failedAt ?? clock().toISOString(),
    total: guard.total,
  };
  await writer
    .insertInto('sign_in_guard')
    .values({ subject, ...values })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(values))
    .execute();
}

/** A try that counts as wrong already, until it is found right. */
export type Attempt = { right(): Promise<void> };

/**
 * Counts a try at an account's password as wrong before it is looked at, so that neither many at once nor a stopped program
 * gets one for nothing. `account` is null for a name that nobody has.
 * @returns what takes it back once it is found right
 * @throws SIGN_IN_WAIT while it is too early, and does not count it
 */
export async function attempt(
  parts: Parts,
  account: { id: string; credential: string } | null,
): Promise<() => Promise<void>> {
  const subject = account?.id ?? NOBODY;
  const credential = account?.credential ?? '';
  const lastBefore = await parts.store.write(async (writer) => {
    const uptime = parts.uptime();
    const own = await guardOf(writer, subject, credential, uptime);
    const all = await guardOf(writer, WORKSTATION, '', uptime);
    const waitMs = Math.max(own.waitMs, all.waitMs);
    if (waitMs > 0) throw serviceError('SIGN_IN_WAIT', { seconds: Math.ceil(waitMs / 1000) });
    const more = ({ failures, total }: Guard, of: 'account' | 'workstation'): Guard => ({
      failures: failures + 1,
      waitMs: waitAfter(failures + 1, of),
      total: total + 1,
      failedAt: null,
    });
    await save(writer, subject, credential, more(own, 'account'), parts);
    await save(writer, WORKSTATION, '', more(all, 'workstation'), parts);
    return all.failedAt;
  });
  return () =>
    parts.store.write(async (writer) => {
      const uptime = parts.uptime();
      const own = await guardOf(writer, subject, credential, uptime);
      const all = await guardOf(writer, WORKSTATION, '', uptime);
      // What was guessed at this account is over; others' guesses stay.
      const failures = Math.max(0, all.failures - own.failures);
      const waitMs = Math.min(all.waitMs, waitAfter(failures, 'workstation'));
      await writer.deleteFrom('sign_in_guard').where('subject', '=', subject).execute();
      const left = { failures, waitMs, total: Math.max(0, all.total - 1), failedAt: lastBefore };
      await save(writer, WORKSTATION, '', left, parts);
    });
}

/** Counts a wrong PIN among what the centre is told; its own few tries are counted elsewhere, and it delays no password. */
export async function countOne(parts: Parts): Promise<void> {
  await parts.store.write(async (writer) => {
    const all = await guardOf(writer, WORKSTATION, '', parts.uptime());
    await save(writer, WORKSTATION, '', { ...all, total: all.total + 1, failedAt: null }, parts);
  });
}

/** Wrong guesses here that nobody forgot yet, and the last one's time; for whoever answers for the workstation. */
export async function countWrong(
  from: Reader | Writer,
): Promise<{ failed: number; lastFailedAt: string | null }> {
  const row = await from
    .selectFrom('sign_in_guard')
    .select(['total', 'failed_at'])
    .where('subject', '=', WORKSTATION)
    .executeTakeFirst();
  return row && row.total > 0
    ? { failed: row.total, lastFailedAt: row.failed_at }
    : { failed: 0, lastFailedAt: null };
}
