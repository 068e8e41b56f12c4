import { sql } from 'kysely';
import { lockPart, type PartLock } from './db/locks.ts';
import type { QueryExecutor } from './db/pipeline.ts';
import { centreError } from './errors.ts';

const HOUR_MS = 3_600_000;

/** What is asked, the table that has a row of every question (`device`, `asked_at`), and how many a device may ask in an hour. */
export type QuestionRate = { lock: PartLock; table: string; anHour: number };

/**
 * Lets a device ask no more than it may: its questions are counted one after the other, to the end of the transaction, which has to
 * record the question. @throws TOO_MANY_QUESTIONS, with the seconds until the next one is answered
 */
export async function checkQuestionRate(
  executor: QueryExecutor,
  { lock, table, anHour }: QuestionRate,
  deviceId: string,
  now: Date,
): Promise<void> {
  await lockPart(executor, lock, deviceId);
  const { rows } = await sql<{ asked: number; first: Date | null }>`
    SELECT count(*)::int AS asked, min(asked_at) AS first FROM ${sql.table(table)}
    WHERE device = ${deviceId} AND asked_at > ${new Date(now.getTime() - HOUR_MS)}`.execute(executor);
  const { asked = 0, first = null } = rows[0] ?? {};
  if (asked < anHour || first === null) return;
  const waits = Math.ceil((first.getTime() + HOUR_MS - now.getTime()) / 1000);
  throw centreError('TOO_MANY_QUESTIONS', { retryAfterSeconds: Math.max(1, waits) });
}
