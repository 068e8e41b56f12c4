import { sql } from 'kysely';
import type { Transaction } from '../kernel/db/database.ts';

export type FoundMerchant = { id: string; unitPath: string };

/** The merchant with that code at a token's unit or below; of entries that are the same merchant the one that was graded last. */
export async function merchantWith(
  transaction: Transaction,
  code: string,
  unitPath: string,
): Promise<FoundMerchant | undefined> {
  const { rows } = await sql<FoundMerchant>`
    SELECT merchant_id AS id, unit_path AS "unitPath" FROM credit_merchant
    WHERE credit_code = ${code} AND (unit_path = ${unitPath} OR starts_with(unit_path, ${`${unitPath}/`}))
    ORDER BY published_month DESC NULLS LAST, merchant_id LIMIT 1`.execute(transaction);
  return rows[0];
}
