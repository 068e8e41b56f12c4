import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { numberArray, textArray } from '../kernel/db/arrays.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import type { DueMessage } from './due.ts';

/** A message that waits to be sent. */
export type Waiting = { id: string; merchantId: string; tries: number };

/** Between two tries: a minute, then four times as long each time, a day at most. */
const FIRST_WAIT_MS = 60_000;
const MOST_WAIT_MS = 86_400_000;
/** So often it is tried; then it is given up and stands as failed. */
export const MOST_TRIES = 10;

/** The wait after so many tries, milliseconds. */
export function waitAfter(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 4 ** (tries - 1), MOST_WAIT_MS);
}

/** The same for the same date, number of days before it and channel, whenever it is worked out. */
export function messageId({ record, what, day, daysBefore }: DueMessage, channel: string): string {
  // Of one date there is one message, whether or not something is open meanwhile.
  const date = what === 'open' ? 'eligible' : what;
  const parts = [record.kind, record.id, date, day, daysBefore, channel];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Keeps messages that are due, each once; one that is kept is not touched. Returns how many were new. */
export async function keepDue(
  transaction: Database | Transaction,
  due: readonly DueMessage[],
  channel: string,
  now: Date,
): Promise<number> {
  if (due.length === 0) return 0;
  const result = await sql`
    INSERT INTO message (id, record_kind, record_id, merchant_id, what, day, days_before, channel, state, next_at, made_at)
    SELECT *, ${channel}, 'waiting', ${now}::timestamptz, ${now}::timestamptz FROM unnest(
      ${textColumn(due.map((one) => messageId(one, channel)))}::text[],
      ${textColumn(due.map(({ record }) => record.kind))}::text[],
      ${textColumn(due.map(({ record }) => record.id))}::text[],
      ${textColumn(due.map(({ merchantId }) => merchantId))}::text[],
      ${textColumn(due.map(({ what }) => what))}::text[],
      ${textArray(due.map(({ day }) => day))}::date[],
      ${numberArray(due.map(({ daysBefore }) => daysBefore))}::int[])
    ON CONFLICT (id) DO NOTHING`.execute(transaction);
  return Number(result.numAffectedRows ?? 0);
}

/** The next messages that may be tried now. */
export async function nextWaiting(
  from: Database,
  channel: string,
  now: Date,
  limit: number,
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    SELECT id, merchant_id AS "merchantId", tries FROM message
    WHERE state = 'waiting' AND next_at <= ${now} AND channel = ${channel} ORDER BY next_at, id LIMIT ${limit}`.execute(
    from,
  );
  return rows;
}

/** Notes that a message is being sent, before it is: whoever finds it so after an end of the process knows that it may have been. */
export async function beginSending(database: Database, id: string): Promise<void> {
  await sql`UPDATE message SET state = 'sending', tries = tries + 1 WHERE id = ${id}`.execute(database);
}

/** What became of a message. `no-phone`, `not-due`: it was not sent, and is not to be. `doubtful`: nobody can tell whether it was. */
export type MessageState = 'sent' | 'failed' | 'no-phone' | 'not-due' | 'doubtful';

/** Notes what became of a message for good. */
export async function endMessage(
  database: Database,
  id: string,
  state: MessageState,
  outcome: string,
  now: Date,
): Promise<void> {
  await sql`
    UPDATE message SET state = ${state}, outcome = ${outcome}, next_at = NULL,
      sent_at = CASE WHEN ${state === 'sent'}::boolean THEN ${now}::timestamptz END
    WHERE id = ${id}`.execute(database);
}

/** Notes a failure, and when it is tried again; after the last try it is given up. */
export async function failMessage(
  database: Database,
  { id, tries }: Pick<Waiting, 'id' | 'tries'>,
  outcome: string,
  now: Date,
): Promise<void> {
  if (tries >= MOST_TRIES) return endMessage(database, id, 'failed', outcome, now);
  await sql`
    UPDATE message SET state = 'waiting', outcome = ${outcome},
      next_at = ${new Date(now.getTime() + waitAfter(tries))} WHERE id = ${id}`.execute(database);
}

/** Messages that a process was sending when it ended. */
export async function leftSending(database: Database, channel: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    SELECT id, merchant_id AS "merchantId", tries FROM message WHERE state = 'sending' AND channel = ${channel}`.execute(
    database,
  );
  return rows;
}

/** Lets one that was certainly not sent be tried again. */
export async function waitAgain(database: Database, id: string, now: Date): Promise<void> {
  await sql`UPDATE message SET state = 'waiting', next_at = ${now} WHERE id = ${id}`.execute(database);
}
