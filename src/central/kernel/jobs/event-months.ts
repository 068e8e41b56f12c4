import { sql } from 'kysely';
import { businessDay, monthOf, nextMonth } from '../../../domain/kernel/calendar/index.ts';
import type { Database } from '../db/database.ts';

/** Months whose partitions stand ready, this one included. */
const AHEAD = 3;

/**
 * Makes the partitions of the log for this month and the next ones; what came before its month's partition was there goes into it.
 * Each in a transaction of its own that gives up rather than hold up what comes in. Returns how many were made. Two at once take
 * turns.
 */
export async function keepEventMonths(database: Database, now: Date): Promise<number> {
  let month = monthOf(businessDay(now.toISOString()));
  let made = 0;
  for (let place = 0; place < AHEAD; place += 1, month = nextMonth(month)) {
    const added = await database.transaction().execute(async (transaction) => {
      await sql`SET LOCAL lock_timeout = '2s'`.execute(transaction);
      // What attaching a partition takes on the log, before anything lesser: two that each held the lesser would wait for each other.
      await sql`LOCK TABLE ONLY event IN SHARE UPDATE EXCLUSIVE MODE`.execute(transaction);
      const { rows } = await sql<{ added: boolean }>`SELECT add_event_month(${month}::date) AS added`.execute(
        transaction,
      );
      return rows[0]?.added === true;
    });
    if (added) made += 1;
  }
  return made;
}
