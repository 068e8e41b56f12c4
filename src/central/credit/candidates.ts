import { sql } from 'kysely';
import type { GradeContext, NumberedPolicy } from '../../domain/credit/index.ts';
import type { Transaction } from '../kernel/db/database.ts';
import {
  AS_TEXT,
  CANDIDATE,
  type Candidate,
  type CandidateRow,
  candidateOf,
  categoryMeans,
  type CategoryMeans,
  countsOf,
} from './read.ts';

/** Merchants that are read at once. */
const PAGE = 4_000;

/** Whose grades of which month, by which policy. */
export type Order = { district: string; month: number; rules: NumberedPolicy };

/** What a candidate is graded by besides its facts. */
export function contextOf(
  candidate: Pick<Candidate, 'category' | 'listings' | 'disputed'>,
  means: CategoryMeans,
) {
  const { category, listings, disputed } = candidate;
  return { category, means: means.of(category), listings, disputed } satisfies GradeContext;
}

/** All merchants of a district, in the order of their ids; `next` gives a page, and an empty one at the end. */
export type Candidates = { means: CategoryMeans; next(): Promise<Candidate[]> };

/**
 * Adds up what counts of a district's merchants in a month and reads them page by page, within the caller's transaction, to whose end
 * it is kept. `name` tells two of one transaction apart.
 */
export async function openCandidates(
  transaction: Transaction,
  { district, month, rules: { policy } }: Order,
  name: 'graded' | 'before' | 'after',
): Promise<Candidates> {
  const [seen, cursor] = [sql.ref(`credit_seen_${name}`), sql.ref(`credit_cursor_${name}`)];
  await sql`
    CREATE TEMPORARY TABLE ${seen} ON COMMIT DROP AS
    SELECT counted.*, merchant.category FROM (${countsOf(policy, month, sql`true`)}) AS counted
    JOIN credit_merchant AS merchant USING (merchant_id) WHERE merchant.district = ${district}`.execute(
    transaction,
  );
  const { rows: totals } = await sql<{ category: string; indicator: number; good: number; bad: number }>`
    SELECT category, indicator, sum(good)::int AS good, sum(bad)::int AS bad FROM ${seen}
    WHERE NOT event AND category IS NOT NULL GROUP BY 1, 2`.execute(transaction);
  await sql`
    DECLARE ${cursor} CURSOR FOR
    SELECT ${CANDIDATE}, seen.counts FROM credit_merchant AS merchant
    LEFT JOIN (SELECT merchant_id, ${AS_TEXT} AS counts FROM ${seen} GROUP BY merchant_id) AS seen USING (merchant_id)
    WHERE merchant.district = ${district} ORDER BY merchant.merchant_id`.execute(transaction);
  return {
    means: categoryMeans(policy, totals),
    next: async () => {
      const { rows } = await sql<CandidateRow>`FETCH ${sql.lit(PAGE)} FROM ${cursor}`.execute(transaction);
      return rows.map(candidateOf);
    },
  };
}
