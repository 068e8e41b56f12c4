import type { Database, Transaction } from './database.ts';

/** Serialization failure, deadlock, unique violation: the same again, against what is there now. */
const RETRIED_CODES = new Set(['40001', '40P01', '23505']);
const ATTEMPTS = 6;

/** The SQLSTATE or system code of an error, or ''. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/**
 * Runs `take` in a transaction, and again when others got in its way, a bounded number of times. `again` says
 * which errors beside the database's own are worth another try.
 */
export async function inTransaction<Result>(
  database: Database,
  take: (transaction: Transaction, attempt: number) => Promise<Result>,
  again: (error: unknown) => boolean = () => false,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction().execute((transaction) => take(transaction, attempt));
    } catch (error) {
      if (attempt >= ATTEMPTS || !(RETRIED_CODES.has(codeOf(error)) || again(error))) throw error;
      // Those who met once must not meet again at the same instant.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}
