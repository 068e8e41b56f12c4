import { sql } from 'kysely';
import { indicatorOf, type PublishedGrade } from '../../domain/credit/index.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Transaction } from '../kernel/db/database.ts';

type Changed = NonNullable<PublishedGrade['changed']>;
type ChangedFact = Changed['facts'][number];

/** So many facts are named of a grade that changed, the latest ones; the others are counted. */
const MOST_NAMED = 20;

type Row = {
  merchantId: string;
  factId: string;
  indicator: number;
  good: boolean;
  came: boolean;
  because: string | null;
  actor: string;
  at: string;
};

/** Facts as other tables name them, which may be of an older form, as the log's own ids. */
const asId = (column: string) =>
  sql`CASE WHEN ${sql.ref(column)} ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${sql.ref(column)}::uuid END`;

/** What was kept of changes of these merchants: facts that count no more, or that are about them now or no longer. */
async function keptChanges(transaction: Transaction, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT change.merchant_id AS "merchantId", change.fact_id AS "factId", change.indicator, change.good, change.came,
      change.because, event.actor, event.at
    FROM credit_change AS change JOIN event ON event.id = ${asId('change.because')} AND event.status <> 'rejected'
    WHERE change.merchant_id = ANY(${textColumn(ids)}::text[]) ORDER BY change.id DESC`.execute(transaction);
  return rows;
}

/** What was recorded of these merchants since their grade was published last. */
async function newFacts(transaction: Transaction, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    WITH published AS (
      SELECT stream_id AS id, max(position) AS position FROM event
      WHERE stream_kind = 'credit' AND stream_id = ANY(${textColumn(ids)}::text[]) AND type = 'grade-published'
        AND status = 'accepted' GROUP BY stream_id)
    SELECT fact.merchant_id AS "merchantId", fact.fact_id AS "factId", fact.indicator, fact.good, true AS came,
      NULL AS because, event.actor, event.at
    FROM published JOIN credit_fact AS fact ON fact.merchant_id = published.id AND fact.counted
    JOIN event ON event.id = ${asId('fact.fact_id')} AND event.status <> 'rejected'
    WHERE event.position > published.position ORDER BY event.position DESC`.execute(transaction);
  return rows;
}

/**
 * Which facts came and went since these merchants' grades were published last, by whom and when; none of a merchant with none. A
 * month's grading names only those that count no more or have moved: what came in a month is the month.
 */
export async function changesOf(
  transaction: Transaction,
  ids: readonly string[],
  cause: PublishedGrade['cause'],
): Promise<ReadonlyMap<string, Changed>> {
  if (ids.length === 0) return new Map();
  const rows = [
    ...(await keptChanges(transaction, ids)),
    ...(cause === 'monthly' ? [] : await newFacts(transaction, ids)),
  ];
  return new Map(
    [...Map.groupBy(rows, ({ merchantId }) => merchantId)].map(([merchantId, all]) => {
      const facts = all.flatMap((row): ChangedFact[] => {
        const indicator = indicatorOf(row.indicator);
        const { name, unitPath } = JSON.parse(row.actor) as { name: string; unitPath: string };
        const { factId, good, came, because, at } = row;
        return indicator === undefined
          ? []
          : [{ factId, indicator, good, went: !came, by: { name, unitPath }, at, because }];
      });
      // A fact that came by being taken along is named once.
      const once = [
        ...new Map(facts.map((one) => [`${one.factId} ${one.indicator} ${one.went}`, one])).values(),
      ];
      return [merchantId, { facts: once.slice(0, MOST_NAMED), more: Math.max(0, once.length - MOST_NAMED) }];
    }),
  );
}

/** Forgets what was told, or has changed nothing. */
export async function forgetChanges(transaction: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`DELETE FROM credit_change WHERE merchant_id = ANY(${textColumn(ids)}::text[])`.execute(
    transaction,
  );
}
