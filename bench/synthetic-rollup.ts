import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../src/central/kernel/db/database.ts';

/** One district as the demonstration has it: 3 circles, 20 malls, 256 shops, of three merchants each unless told. */
const CIRCLES = 3;
const MALLS = 20;
const SHOPS = 256;
export const FIRST_DAY = '2025-01-01';
export const LAST_DAY = '2025-12-31';
/** A case has four or five events, a return two. */
const EVENTS_PER_RECORD = 4;
const DAYS_A_MONTH = 30.4;

/** How often of `rate` things, those of `share` are seen: around the mean, and now and then where that is below one. */
const drawn = (rate: RawBuilder<unknown>, share: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`floor(${rate} * ${share} * 2 * random() + random())::bigint`;

/**
 * Fills the roll-up of one year as so many events would: where a record happens (70 in a hundred at shops, 25 at malls, 4 at
 * circles, 1 at the district), some shops, goods, problems and merchants much more often than others, durations long-tailed, nine
 * cases of ten concluded, one record of five a return. Made by SQL, counter by counter: no events stand behind them, and sums of
 * children are near their parents' but not equal.
 */
export async function fillRollup(database: Database, events: number, merchantsPerShop = 3): Promise<void> {
  const perDay = events / EVENTS_PER_RECORD / 365;
  await database.connection().execute(async (one) => {
    const run = (text: RawBuilder<unknown>): Promise<unknown> => text.execute(one);
    await run(sql`SELECT setseed(0.42)`);
    await run(sql`ALTER TABLE rollup_counter DROP CONSTRAINT rollup_counter_pkey`);
    await run(sql`ALTER TABLE rollup_handling DROP CONSTRAINT rollup_handling_pkey`);
    // `own` is what happens at the unit itself in a day, `rate` with all below it.
    await run(sql`
      CREATE TEMP TABLE place AS
      WITH shop AS (
        SELECT shop, shop % ${MALLS} AS mall, shop % ${MALLS} % ${CIRCLES} AS circle,
          0.7 * ${perDay} * power(shop + 1, -0.4) / sum(power(shop + 1, -0.4)) OVER () AS own
        FROM generate_series(0, ${SHOPS}::int - 1) AS shop),
      mall AS (
        SELECT mall, circle, 0.25 * ${perDay} / ${MALLS} AS own, 0.25 * ${perDay} / ${MALLS} + sum(own) AS rate
        FROM shop GROUP BY 1, 2),
      circle AS (
        SELECT circle, 0.04 * ${perDay} / ${CIRCLES} AS own, 0.04 * ${perDay} / ${CIRCLES} + sum(rate) AS rate
        FROM mall GROUP BY 1)
      SELECT format('/HS/C%s/M%s/S%s', circle, mall, shop) AS path, 1 AS level, own, own AS rate, shop, mall, circle,
        1.0::float8 AS shops FROM shop
      UNION ALL SELECT format('/HS/C%s/M%s', circle, mall), 2, own, rate, NULL, mall, circle, ${SHOPS / MALLS}::float8 FROM mall
      UNION ALL SELECT format('/HS/C%s', circle), 3, own, rate, NULL, NULL, circle, ${SHOPS / CIRCLES}::float8 FROM circle
      UNION ALL SELECT '/HS', 4, 0.01 * ${perDay}, ${perDay}, NULL, NULL, NULL, ${SHOPS}::float8`);
    await run(sql`
      INSERT INTO unit (path, id, name, level, party, dispute_point)
      SELECT path, replace(path, '/', '-'), path, level, 'operator', true FROM place`);
    await run(sql`
      CREATE TEMP TABLE period AS
      SELECT 'day' AS grain, day::date, 1.0 AS days FROM generate_series(${FIRST_DAY}::date, ${LAST_DAY}::date, '1 day') AS day
      UNION ALL SELECT 'month', day::date, ${DAYS_A_MONTH} FROM generate_series(${FIRST_DAY}::date, ${LAST_DAY}::date, '1 month') AS day`);
    const counters = sql`INSERT INTO rollup_counter (circle, unit_path, grain, facet, day, key, registered, own_registered,
      accepted, settled, concluded, closed, recovered_fen, returns_requested, returns_granted)
      SELECT array_to_string((string_to_array(path, '/'))[1:3], '/'), path, grain, facet, day, key, count - count / 5, 0,
        count - count / 5, count * 7 / 10, count * 7 / 10, count * 7 / 10, count * 8000, count / 5, count / 6`;
    await run(sql`${counters} FROM (
      SELECT path, grain, day, facet, key, ${drawn(sql`rate * days`, sql`share`)} AS count
      FROM place CROSS JOIN period CROSS JOIN (
        SELECT '' AS facet, '' AS key, 1.0 AS share
        UNION ALL SELECT 'object', 'object-' || n, 0.3 / n FROM generate_series(1, 20) AS n
        UNION ALL SELECT 'problem', 'problem-' || n, 0.3 / n FROM generate_series(1, 12) AS n) AS counted) AS made
      WHERE count > 0`);
    await run(sql`${counters} FROM (
      SELECT place.path, grain, day, 'merchant' AS facet, format('merchant-%s-%s', shop.shop, n) AS key,
        ${drawn(
          sql`place.own * days`,
          sql`1.1 / n / (1 + ln(${merchantsPerShop}::float8)) / place.shops`,
        )} AS count
      FROM place JOIN place AS shop ON shop.level = 1 AND (place.level = 4 OR shop.circle = place.circle)
        AND (place.level > 2 OR shop.mall = place.mall) AND (place.level > 1 OR shop.shop = place.shop)
      CROSS JOIN generate_series(1, ${merchantsPerShop}::int) AS n CROSS JOIN period) AS made
      WHERE count > 0`);
    await run(sql`
      INSERT INTO rollup_handling (circle, unit_path, grain, kind, day, bucket, own, total)
      SELECT array_to_string((string_to_array(path, '/'))[1:3], '/'), path, grain, kind, day, bucket, 0, count FROM (
        SELECT path, grain, day, kind, bucket, ${drawn(sql`rate * days`, sql`share`)} AS count
        FROM place CROSS JOIN period CROSS JOIN (
          SELECT 'case' AS kind, bucket, 0.17 / (bucket + 1) AS share FROM generate_series(0, 70) AS bucket
          UNION ALL SELECT 'return', bucket, 0.06 / (bucket + 1) FROM generate_series(0, 30) AS bucket) AS spread) AS made
      WHERE count > 0`);
    await run(sql`ALTER TABLE rollup_counter ADD PRIMARY KEY (circle, unit_path, grain, facet, day, key)`);
    await run(sql`ALTER TABLE rollup_handling ADD PRIMARY KEY (circle, unit_path, grain, kind, day, bucket)`);
    // Whatever is counted of a unit's day has its row for everything, there and at every unit above.
    await run(sql`
      INSERT INTO rollup_counter (circle, unit_path, grain, facet, day, key)
      SELECT DISTINCT array_to_string(above[1:3], '/'), array_to_string(above, '/'), grain, '', day, '' FROM (
        SELECT DISTINCT unit_path, grain, day FROM rollup_counter
        UNION SELECT DISTINCT unit_path, grain, day FROM rollup_handling) AS counted
      CROSS JOIN LATERAL (SELECT string_to_array(unit_path, '/') AS parts) AS path
      CROSS JOIN LATERAL (SELECT parts[1:length] AS above FROM generate_series(2, cardinality(parts)) AS length) AS unit
      ON CONFLICT DO NOTHING`);
    await run(sql`DROP TABLE place, period`);
    await run(sql`ANALYZE`);
  });
}
