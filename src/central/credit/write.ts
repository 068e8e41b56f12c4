import { sql, type RawBuilder } from 'kysely';
import { monthNumber } from '../../domain/credit/index.ts';
import { textArray } from '../kernel/db/arrays.ts';
import { intColumn, textColumn } from '../kernel/db/binary-arrays.ts';
import type { FactRow, Gathering, Move, Retraction } from './gather.ts';

const FACT_COLUMNS = sql`fact_id, indicator, circle, merchant_id, month, day, good, counted, stream_kind, stream_id`;

const flag = (value: boolean): string => (value ? 't' : 'f');

/** Observations as rows of a table. */
function factsOf(rows: readonly FactRow[]): RawBuilder<unknown> {
  return sql`SELECT fact_id, indicator, circle, merchant_id, month, day, good, counted, stream_kind, stream_id FROM unnest(
    ${textColumn(rows.map((row) => row.factId))}::text[],
    ${intColumn(rows.map((row) => row.indicator))}::int[],
    ${textColumn(rows.map((row) => row.circle))}::text[],
    ${textColumn(rows.map((row) => row.merchantId))}::text[],
    ${intColumn(rows.map((row) => monthNumber(row.day)))}::int[],
    ${textArray(rows.map((row) => row.day))}::date[],
    ${textArray(rows.map((row) => flag(row.good)))}::boolean[],
    ${textArray(rows.map((row) => flag(row.counted)))}::boolean[],
    ${textColumn(rows.map((row) => row.kind))}::text[],
    ${textColumn(rows.map((row) => row.id))}::text[])
    AS fresh (fact_id, indicator, circle, merchant_id, month, day, good, counted, stream_kind, stream_id)`;
}

/** Adds these to the counts, in one order, so that two batches never wait for each other. `changes` has a sign a row. */
const addedToCounts = (changes: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  INSERT INTO credit_count (merchant_id, indicator, month, good, bad)
  SELECT merchant_id, indicator, month, sum(CASE WHEN good THEN sign ELSE 0 END), sum(CASE WHEN good THEN 0 ELSE sign END)
  FROM (${changes}) AS change WHERE merchant_id IS NOT NULL AND counted
  GROUP BY merchant_id, indicator, month ORDER BY merchant_id, indicator, month
  ON CONFLICT (merchant_id, indicator, month) DO UPDATE
  SET good = credit_count.good + excluded.good, bad = credit_count.bad + excluded.bad`;

/** Keeps observations, each once, and counts those that were new. */
function additions(rows: readonly FactRow[]): RawBuilder<unknown> {
  return sql`
    WITH kept AS (
      INSERT INTO credit_fact (${FACT_COLUMNS}) ${factsOf(rows)} ON CONFLICT DO NOTHING
      RETURNING merchant_id, indicator, month, good, counted)
    ${addedToCounts(sql`SELECT merchant_id, indicator, month, good, counted, 1 AS sign FROM kept`)}`;
}

/** Takes what was observed of records along to the merchants that they are about now. */
function movements(moves: readonly Move[]): RawBuilder<unknown> {
  return sql`
    WITH wanted AS (SELECT * FROM unnest(
      ${textColumn(moves.map((one) => one.kind))}::text[], ${textColumn(moves.map((one) => one.id))}::text[],
      ${textColumn(moves.map((one) => one.to))}::text[], ${textColumn(moves.map((one) => one.because))}::text[])
      AS one (kind, id, merchant_id, because)),
    old AS (
      SELECT fact.fact_id, fact.indicator, fact.month, fact.good, fact.counted, fact.merchant_id AS was,
        wanted.merchant_id AS now, wanted.because
      FROM credit_fact AS fact JOIN wanted ON fact.stream_kind = wanted.kind AND fact.stream_id = wanted.id
      WHERE fact.merchant_id IS DISTINCT FROM wanted.merchant_id),
    moved AS (
      UPDATE credit_fact SET merchant_id = old.now FROM old
      WHERE credit_fact.fact_id = old.fact_id AND credit_fact.indicator = old.indicator),
    told AS (
      INSERT INTO credit_change (merchant_id, fact_id, indicator, good, came, because)
      SELECT merchant_id, fact_id, indicator, good, came, because FROM (
        SELECT was AS merchant_id, fact_id, indicator, good, false AS came, because FROM old WHERE counted
        UNION ALL SELECT now, fact_id, indicator, good, true, because FROM old WHERE counted) AS change
      WHERE merchant_id IS NOT NULL)
    ${addedToCounts(sql`
      SELECT was AS merchant_id, indicator, month, good, counted, -1 AS sign FROM old
      UNION ALL SELECT now, indicator, month, good, counted, 1 FROM old`)}`;
}

/** Lets facts count no more. */
function retractions(retracted: readonly Retraction[]): RawBuilder<unknown> {
  return sql`
    WITH wanted AS (SELECT * FROM unnest(
      ${textColumn(retracted.map((one) => one.factId))}::text[],
      ${textColumn(retracted.map((one) => one.because))}::text[]) AS one (fact_id, because)),
    gone AS (
      UPDATE credit_fact SET counted = false FROM wanted WHERE credit_fact.fact_id = wanted.fact_id AND counted
      RETURNING credit_fact.fact_id, merchant_id, indicator, month, good, wanted.because),
    told AS (
      INSERT INTO credit_change (merchant_id, fact_id, indicator, good, came, because)
      SELECT merchant_id, fact_id, indicator, good, false, because FROM gone WHERE merchant_id IS NOT NULL)
    ${addedToCounts(sql`SELECT merchant_id, indicator, month, good, true AS counted, -1 AS sign FROM gone`)}`;
}

/** The statements that keep what was gathered, in the order in which they have to be sent; none where it says nothing. */
export function gatheredStatements(gathering: Gathering): RawBuilder<unknown>[] {
  const [rows, moves, retracted] = [gathering.rows(), gathering.moves(), gathering.retracted()];
  return [
    ...(moves.length > 0 ? [movements(moves)] : []),
    ...(retracted.length > 0 ? [retractions(retracted)] : []),
    ...(rows.length > 0 ? [additions(rows)] : []),
  ];
}

/** The same beside what is kept, into a copy; what is added there is counted later, all at once. */
export function copiedStatements(gathering: Gathering, copy: string): RawBuilder<unknown>[] {
  const [rows, moves] = [gathering.rows(), gathering.moves()];
  const to = sql.ref(copy);
  return [
    ...(moves.length > 0
      ? [
          sql`
      UPDATE ${to} SET merchant_id = one.merchant_id FROM unnest(
        ${textColumn(moves.map((one) => one.kind))}::text[], ${textColumn(moves.map((one) => one.id))}::text[],
        ${textColumn(moves.map((one) => one.to))}::text[]) AS one (kind, id, merchant_id)
      WHERE ${to}.stream_kind = one.kind AND ${to}.stream_id = one.id`,
        ]
      : []),
    ...(rows.length > 0
      ? [sql`INSERT INTO ${to} (${FACT_COLUMNS}) ${factsOf(rows)} ON CONFLICT DO NOTHING`]
      : []),
  ];
}
