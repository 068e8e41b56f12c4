import { sql } from 'kysely';
import { type GradeContext, gradeTally, monthText, type Outcome } from '../../domain/credit/index.ts';
import { textColumn, intColumn } from '../kernel/db/binary-arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { lock } from '../kernel/db/locks.ts';
import { type CreditRow, signatureOf } from './merchants.ts';
import { contextOf, openCandidates, type Order } from './candidates.ts';
import {
  AS_TEXT,
  CANDIDATE,
  type Candidate,
  type CandidateRow,
  candidateOf,
  categoryMeans,
  type CategoryMeans,
  countsOf,
  keptMeans,
} from './read.ts';

/** A merchant with what it comes to. */
export type Graded = Candidate & { outcome: Outcome; context: GradeContext };

export type GradedMonth = {
  month: string;
  policyVersion: number;
  merchants: number;
  /** How many have which grade, or none. */
  distribution: Record<string, number>;
  /** Whose grade is to be published: what was published of them is not what they come to now. */
  due: string[];
};

/** Whether what a merchant comes to has to be published. One of whom nothing is known and nothing was said is left in peace. */
export function isDue(row: CreditRow, outcome: Outcome, month: number, version: number): boolean {
  if (outcome.outcome === 'pending' || (row.publishedMonth ?? month) > month) return false;
  if (row.wanted !== null) return true;
  if (row.published !== null) return signatureOf({ ...outcome, policyVersion: version }) !== row.published;
  return (
    outcome.matters > 0 || outcome.lines.some((line) => line.kind === 'event') || row.listings.length > 0
  );
}

/**
 * Grades all merchants of a district for a month and keeps what they come to. Counts are those of one moment, and only facts that the
 * centre has accepted are counted anywhere here. Publishes nothing: that is done by the facts that `due` asks for.
 */
export async function gradeMonth(database: Database, order: Order): Promise<GradedMonth> {
  const { district, month, rules } = order;
  return database.transaction().execute(async (transaction) => {
    await lock(transaction, 'credit');
    const { means, next } = await openCandidates(transaction, order, 'graded');
    await saveMeans(transaction, district, month, rules.version, means);
    const graded: GradedMonth = {
      month: monthText(month),
      policyVersion: rules.version,
      merchants: 0,
      distribution: {},
      due: [],
    };
    for (;;) {
      const candidates = await next();
      if (candidates.length === 0) return graded;
      const page = candidates.map((candidate) => {
        const outcome = gradeTally(rules.policy, candidate.tally, contextOf(candidate, means));
        if (isDue(candidate, outcome, month, rules.version)) graded.due.push(candidate.merchantId);
        const name = outcome.grade ?? outcome.outcome;
        graded.distribution[name] = (graded.distribution[name] ?? 0) + 1;
        return { merchantId: candidate.merchantId, outcome };
      });
      graded.merchants += page.length;
      await saveGrades(transaction, month, rules.version, page);
    }
  });
}

async function saveMeans(
  transaction: Transaction,
  district: string,
  month: number,
  version: number,
  { rows }: CategoryMeans,
): Promise<void> {
  await sql`DELETE FROM credit_mean WHERE district = ${district}`.execute(transaction);
  await sql`
    INSERT INTO credit_mean (district, category, indicator, month, policy_version, mean)
    SELECT ${district}, category, indicator, ${month}::int, ${version}::int, mean FROM unnest(
      ${textColumn(rows.map((row) => row.category))}::text[],
      ${intColumn(rows.map((row) => row.indicator))}::int[],
      ${intColumn(rows.map((row) => row.mean))}::int[]) AS fresh (category, indicator, mean)`.execute(
    transaction,
  );
}

/** Keeps what merchants come to in a month; a later grading of the month takes its place. */
export async function saveGrades(
  transaction: Transaction,
  month: number,
  version: number,
  rows: readonly { merchantId: string; outcome: Outcome }[],
): Promise<void> {
  const numbers = (of: (outcome: Outcome) => number): Buffer =>
    intColumn(rows.map(({ outcome }) => of(outcome)));
  await sql`
    INSERT INTO credit_grade (merchant_id, month, policy_version, outcome, points, grade, low, high, matters)
    SELECT merchant_id, ${month}::int, ${version}::int, outcome, points, grade, low, high, matters FROM unnest(
      ${textColumn(rows.map(({ merchantId }) => merchantId))}::text[],
      ${textColumn(rows.map(({ outcome }) => outcome.outcome))}::text[],
      ${numbers(({ points }) => points)}::int[],
      ${textColumn(rows.map(({ outcome }) => outcome.grade))}::text[],
      ${numbers(({ interval }) => interval.low)}::int[],
      ${numbers(({ interval }) => interval.high)}::int[],
      ${numbers(({ matters }) => matters)}::int[])
      AS fresh (merchant_id, outcome, points, grade, low, high, matters)
    ON CONFLICT (merchant_id, month) DO UPDATE SET policy_version = excluded.policy_version, outcome = excluded.outcome,
      points = excluded.points, grade = excluded.grade, low = excluded.low, high = excluded.high,
      matters = excluded.matters`.execute(transaction);
}

/**
 * What some merchants of a district come to now, by the means that the last grading of a month has left; before the first, by what
 * the policy expects. Reads their own rows only.
 */
export async function gradeSome(
  from: Transaction,
  { district, month, rules }: Order,
  merchantIds: readonly string[],
): Promise<Graded[]> {
  const { policy, version } = rules;
  const means = (await keptMeans(from, district, policy, version)) ?? categoryMeans(policy, []);
  const ids = textColumn(merchantIds);
  const { rows } = await sql<CandidateRow>`
    SELECT ${CANDIDATE}, seen.counts FROM credit_merchant AS merchant
    LEFT JOIN (SELECT merchant_id, ${AS_TEXT} AS counts FROM (
      ${countsOf(policy, month, sql`count.merchant_id = ANY(${ids}::text[])`)}) AS one GROUP BY merchant_id) AS seen USING (merchant_id)
    WHERE merchant.merchant_id = ANY(${ids}::text[]) AND merchant.district = ${district}
    ORDER BY merchant.merchant_id`.execute(from);
  return rows.map((row) => {
    const candidate = candidateOf(row);
    const context = contextOf(candidate, means);
    return { ...candidate, context, outcome: gradeTally(policy, candidate.tally, context) };
  });
}
