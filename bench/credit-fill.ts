import { sql } from 'kysely';
import type { Database } from '../src/central/kernel/db/database.ts';
import { monthNumber } from '../src/domain/credit/index.ts';

export const NOW = new Date('2026-11-20T02:00:00.000Z');
export const MONTH = monthNumber('2026-11-20');
export const SHOP = '/HS/C1/M01';

/**
 * Merchants and what was observed of them, by SQL: no events stand behind the observations, which are as the follower keeps them.
 * Some merchants have much more than others, as in a street; two years, the newest month last; six of ten facts are of the first
 * three rates, every hundredth is an award or a penalty; one merchant of a hundred is on a list. Counts are added up of the facts.
 */
export async function fill(
  database: Database,
  { merchants, facts }: { merchants: number; facts: number },
): Promise<void> {
  await sql`
    INSERT INTO credit_merchant (merchant_id, circle, district, unit_path, category, listings)
    SELECT md5(n::text)::uuid::text, '/HS/C1', 'HS', ${SHOP},
      (ARRAY['enterprise', 'individual-business', 'social-organisation'])[1 + n % 3],
      CASE n % 100 WHEN 0 THEN '[{"listing":"abnormal","factId":"x"}]' ELSE '[]' END
    FROM generate_series(1, ${merchants}::int) AS n`.execute(database);
  await sql`SELECT setseed(0.42)`.execute(database);
  // Indexes first gone, then built once: what the follower adds step by step is not what is measured here.
  await sql`ALTER TABLE credit_fact DROP CONSTRAINT credit_fact_pkey`.execute(database);
  await sql`DROP INDEX credit_fact_merchant, credit_fact_stream`.execute(database);
  await sql`
    INSERT INTO credit_fact (fact_id, indicator, circle, merchant_id, month, day, good, counted, stream_kind, stream_id)
    SELECT gen_random_uuid()::text, indicator, '/HS/C1', md5(merchant::text)::uuid::text, month,
      make_date(month / 12, month % 12 + 1, 1 + n % 28),
      CASE WHEN indicator = 7 THEN true WHEN indicator > 7 THEN false ELSE random() < 0.5 + 0.45 * (merchant % 97) / 97 END,
      true, 'case', 'synthetic'
    FROM (SELECT n, 1 + floor(power(random(), 1.7) * ${merchants}::int)::int AS merchant,
        ${MONTH}::int - floor(random() * 24)::int AS month,
        CASE WHEN random() < 0.01 THEN 7 + n % 4 WHEN random() < 0.6 THEN 1 + n % 3 ELSE 4 + n % 3 END AS indicator
      FROM generate_series(1, ${facts}::int) AS n) AS drawn`.execute(database);
  await sql`ALTER TABLE credit_fact ADD PRIMARY KEY (fact_id, indicator)`.execute(database);
  await sql`CREATE INDEX credit_fact_merchant ON credit_fact (merchant_id, day)`.execute(database);
  await sql`
    INSERT INTO credit_count (merchant_id, indicator, month, good, bad)
    SELECT merchant_id, indicator, month, count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good)
    FROM credit_fact GROUP BY 1, 2, 3`.execute(database);
  await sql`VACUUM ANALYZE credit_fact, credit_count, credit_merchant`.execute(database);
}
