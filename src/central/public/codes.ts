import { sql } from 'kysely';
import type { Transaction } from '../kernel/db/database.ts';

/** Codes as merchants' records have them, oldest first. */
const RECORDED = sql`
  SELECT one.code ->> 'code' AS code, stream.id AS merchant_id, one.code ->> 'at' AS at
  FROM stream CROSS JOIN LATERAL jsonb_array_elements(stream.state::jsonb -> 'publicCodes') AS one (code)
  WHERE stream.kind = 'merchant' AND strpos(stream.state, '"publicCodes"') > 0`;

/** Whether every code that is kept stands in its merchant's record, and every one in a record is kept. */
export async function codesEqualMerchants(
  transaction: Transaction,
): Promise<{ name: string; checked: number; broken: number; examples: string[] }> {
  const { rows } = await sql<{ checked: number; broken: number; examples: string[] | null }>`
    WITH recorded AS (${RECORDED}),
    judged AS (
      SELECT coalesce(kept.merchant_id, recorded.merchant_id) AS place,
        kept.code IS NOT NULL AND EXISTS (
          SELECT FROM recorded AS own WHERE own.code = kept.code AND own.merchant_id = kept.merchant_id) AS holds
      FROM public_code AS kept FULL JOIN recorded USING (code))
    SELECT count(*)::int AS checked, (count(*) FILTER (WHERE NOT holds))::int AS broken,
      (array_agg(place ORDER BY place) FILTER (WHERE NOT holds))[1:10] AS examples
    FROM judged`.execute(transaction);
  const { checked, broken, examples } = rows[0] ?? { checked: 0, broken: 0, examples: [] };
  return { name: 'public codes lead to their merchants', checked, broken, examples: examples ?? [] };
}

/** Makes the codes anew from the merchants' records, and says how many there are and how many were wrong. */
export async function mendCodes(transaction: Transaction): Promise<{ checked: number; broken: number }> {
  const found = await codesEqualMerchants(transaction);
  await sql`
    DELETE FROM public_code AS kept WHERE NOT EXISTS (
      SELECT FROM (${RECORDED}) AS recorded WHERE recorded.code = kept.code AND recorded.merchant_id = kept.merchant_id)`.execute(
    transaction,
  );
  await sql`
    INSERT INTO public_code (code, merchant_id)
    SELECT code, merchant_id FROM (${RECORDED}) AS recorded ORDER BY at, merchant_id ON CONFLICT DO NOTHING`.execute(
    transaction,
  );
  return found;
}
