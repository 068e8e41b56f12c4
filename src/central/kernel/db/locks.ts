import { sql } from 'kysely';
import type { QueryExecutor } from './pipeline.ts';

/**
 * What the centre's processes do one after the other, by PostgreSQL's advisory locks. The numbers are any, apart from one another;
 * a release before this one that works on the same database knows them by the same.
 */
const NUMBERS = {
  /** Bringing the schema up to date. */
  migration: 711_420,
  /** A device's questions about a consumer's mark. */
  'mark-questions': 711_421,
  /** One job; its name is the part. */
  election: 711_422,
  /** Numbering what is archived. */
  archive: 711_423,
  /** A device's questions to the archive. */
  'archive-questions': 711_424,
  /** Grading merchants. */
  credit: 711_425,
  /** A device's questions about citizens. */
  'citizen-questions': 711_427,
  /** Answering for what older releases have left unsigned. */
  adoption: 711_426,
} as const;

/** All that one lock is for. */
export type WholeLock = 'migration' | 'archive' | 'credit' | 'adoption';
/** A lock that each thing of a kind has for itself, by its name. */
export type PartLock = Exclude<keyof typeof NUMBERS, WholeLock>;

/** Waits for a lock and holds it to the end of the transaction. */
export async function lock(transaction: QueryExecutor, name: WholeLock): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${NUMBERS[name]})`.execute(transaction);
}

/** Waits for the lock of one part and holds it to the end of the transaction. */
export async function lockPart(transaction: QueryExecutor, name: PartLock, part: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${NUMBERS[name]}, hashtext(${part}))`.execute(transaction);
}

/** Takes the lock of one part for a connection unless another connection has it; says whether it did. */
export async function tryLockPart(connection: QueryExecutor, name: PartLock, part: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    SELECT pg_try_advisory_lock(${NUMBERS[name]}::int, hashtext(${part})) AS locked`.execute(connection);
  return rows[0]?.locked === true;
}

/** Gives back what `tryLockPart` took. A connection that was lost has lost its locks too. */
export async function unlockPart(connection: QueryExecutor, name: PartLock, part: string): Promise<void> {
  await sql`SELECT pg_advisory_unlock(${NUMBERS[name]}::int, hashtext(${part}))`
    .execute(connection)
    .catch(() => undefined);
}
