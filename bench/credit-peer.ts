import { sql, type RawBuilder } from 'kysely';
import { defaultPolicy, INDICATORS, isIndicator } from '../src/domain/credit/index.ts';
import type { Database } from '../src/central/kernel/db/database.ts';

const values = (rows: readonly (readonly (number | string)[])[]): RawBuilder<unknown> =>
  sql.join(rows.map((row) => sql`(${sql.join(row.map((one) => sql.lit(one)))})`));
const numberOf = (indicator: string): number => (isIndicator(indicator) ? INDICATORS[indicator].number : 0);
const MATTERS = defaultPolicy.rates.filter(({ indicator }) => {
  const known = isIndicator(indicator) ? INDICATORS[indicator] : null;
  return known?.kind === 'rate' && known.matter;
});

/** The same grades by one plain statement over the same counts, kept in a table of its own: what a database alone would do. */
export async function gradeBySql(database: Database, month: number): Promise<void> {
  const { rates, events, scale, caps, categoryWeight, leastMatters } = defaultPolicy;
  await sql`
    CREATE TABLE peer_grade AS
    WITH rate (indicator, up, down, expected, weight, since) AS (VALUES ${values(
      rates.map((rule) => [
        numberOf(rule.indicator),
        rule.up,
        rule.down,
        rule.expected,
        rule.weight,
        month - rule.windowMonths + 1,
      ]),
    )}),
    event (indicator, points, cap, decay, sign) AS (VALUES ${values(
      events.map((rule) => [
        numberOf(rule.indicator),
        rule.points,
        rule.capPerYear,
        rule.decayMonths,
        rule.indicator === 'award' ? 1 : -1,
      ]),
    )}),
    grade (code, low, high, rank) AS (VALUES ${values(
      scale.grades.map(({ code, from, to }, rank) => [code, from, to, rank]),
    )}),
    cap (listing, rank) AS (VALUES ${values(
      caps.map(({ listing, grade }) => [listing, scale.grades.findIndex(({ code }) => code === grade)]),
    )}),
    seen AS MATERIALIZED (
      SELECT merchant_id, max(category) AS category, indicator, sum(good)::bigint AS good, sum(bad)::bigint AS bad FROM (
        SELECT merchant_id, NULL AS category, count.indicator, good, bad FROM credit_count AS count JOIN rate USING (indicator)
        WHERE count.month BETWEEN rate.since AND ${sql.lit(month)}
        UNION ALL SELECT merchant_id, category, rate.indicator, 0, 0 FROM credit_merchant CROSS JOIN rate) AS each
      GROUP BY merchant_id, indicator),
    mean AS (
      SELECT category, indicator, (sum(good) * 10000 + ${sql.lit(categoryWeight)} * max(expected))::bigint
        / (sum(good + bad) + ${sql.lit(categoryWeight)})::bigint AS mean
      FROM seen JOIN rate USING (indicator) GROUP BY 1, 2),
    share AS (
      SELECT merchant_id, indicator, up, down, expected::bigint, good + bad AS facts, good + bad + weight AS all_facts,
        good * 10000 + weight * mean - (good + bad + weight) * expected AS above
      FROM seen JOIN rate USING (indicator) JOIN mean USING (category, indicator)),
    counted AS (
      SELECT merchant_id, sum(CASE WHEN above >= 0
          THEN (2 * up * above + all_facts * (10000 - expected)) / (2 * all_facts * (10000 - expected))
          ELSE -((2 * down * -above + all_facts * expected) / (2 * all_facts * expected)) END)::bigint AS points,
        sum(facts) FILTER (WHERE indicator IN (${sql.join(MATTERS.map((rule) => sql.lit(numberOf(rule.indicator))))}))::bigint AS matters
      FROM share GROUP BY 1),
    year AS (
      SELECT merchant_id, event.indicator, decay, sign, (${sql.lit(month)} - month) / 12 AS year,
        least(sum((good + bad) * points * (decay - (${sql.lit(month)} - month))), max(cap) * decay)::bigint AS worth
      FROM credit_count AS count JOIN event USING (indicator)
      WHERE count.month BETWEEN ${sql.lit(month)} - decay + 1 AND ${sql.lit(month)} GROUP BY 1, 2, 3, 4, 5),
    single AS (
      SELECT merchant_id, sum(points) AS points FROM (
        SELECT merchant_id, sign * ((2 * worth + decay) / (2 * decay)) AS points FROM (
          SELECT merchant_id, indicator, decay, sign, sum(worth)::bigint AS worth FROM year GROUP BY 1, 2, 3, 4) AS each
        ) AS each_event GROUP BY 1),
    total AS (
      SELECT counted.merchant_id, ${sql.lit(scale.base)} + counted.points + coalesce(single.points, 0) AS points, matters
      FROM counted LEFT JOIN single USING (merchant_id)),
    capped AS (
      SELECT merchant_id, max(cap.rank) AS rank FROM credit_merchant
      JOIN cap ON strpos(listings, '"' || cap.listing || '"') > 0 WHERE listings <> '[]' GROUP BY 1)
    SELECT total.merchant_id, total.points::int AS points, total.matters::int AS matters,
      CASE WHEN total.matters >= ${sql.lit(leastMatters)} OR capped.rank IS NOT NULL THEN final.code END AS grade
    FROM total JOIN grade ON total.points BETWEEN grade.low AND grade.high
    LEFT JOIN capped USING (merchant_id)
    JOIN grade AS final ON final.rank = greatest(grade.rank, coalesce(capped.rank, 0))`.execute(database);
}
