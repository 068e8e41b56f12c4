import { sql } from 'kysely';
import { type CreditState, standingListings } from '../../domain/credit/index.ts';
import type { InspectionState } from '../../domain/inspection/index.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import type { OtherRecord, SanctionState } from '../../domain/sanction/index.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';

/** A merchant with its records that stand, and what else may stand in their way. */
export type Reminded = {
  merchant: MerchantState;
  sanctions: SanctionState[];
  others: OtherRecord[];
};

const KIND_OF = { severe: 'severe-listing', abnormal: 'abnormal-listing' } as const;

/** The ids of merchants behind an id, in order: those with records, or all. */
export async function merchantsBehind(
  from: Database | Transaction,
  after: string,
  limit: number,
  { all }: { all: boolean },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM stream WHERE kind = 'merchant' AND id > ${after} AND state IS NOT NULL
      AND (${all}::boolean OR EXISTS (SELECT FROM credit_record WHERE merchant_id = stream.id))
    ORDER BY id LIMIT ${limit}`.execute(from);
  return rows.map(({ id }) => id);
}

type Row = { id: string; merchant: string; credit: string | null; sanctions: string[] | null };

/** What is known of these merchants; reducers have made what stands under their kinds. */
export async function remindedMerchants(
  from: Database | Transaction,
  ids: readonly string[],
): Promise<Reminded[]> {
  const { rows } = await sql<Row>`
    SELECT merchant.id, merchant.state AS merchant, credit.state AS credit,
      (SELECT array_agg(record.state ORDER BY record.id) FROM credit_record
        JOIN stream AS record ON record.kind = 'sanction' AND record.id = credit_record.record_id
        WHERE credit_record.merchant_id = merchant.id AND record.state IS NOT NULL) AS sanctions
    FROM unnest(${textColumn(ids)}::text[]) AS wanted (id)
    JOIN stream AS merchant ON merchant.kind = 'merchant' AND merchant.id = wanted.id
    LEFT JOIN stream AS credit ON credit.kind = 'credit' AND credit.id = wanted.id
    ORDER BY merchant.id`.execute(from);
  return rows.map((row) => {
    const sanctions = (row.sanctions ?? []).map((state) => JSON.parse(state) as SanctionState);
    const continued = new Set(sanctions.map(({ continues }) => continues));
    const listed = row.credit === null ? [] : standingListings(JSON.parse(row.credit) as CreditState);
    return {
      merchant: JSON.parse(row.merchant) as MerchantState,
      sanctions: sanctions.filter(({ ended }) => ended === null),
      others: [
        ...sanctions,
        ...listed
          .filter(({ entryId }) => !continued.has(entryId))
          .map(({ entryId, listing }) => ({ id: entryId, kind: KIND_OF[listing], ended: null })),
      ],
    };
  });
}

/** Since when merchants were not reached at their address, by the last visit of each. */
export async function unreachedMerchants(from: Database | Transaction): Promise<Map<string, string>> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'inspection' AND state LIKE '%"resultId"%'`.execute(from);
  const last = new Map<string, { on: string; at: string; reached: boolean }>();
  for (const { state } of rows)
    for (const { merchantId, on, outcome, recorded } of (JSON.parse(state) as InspectionState).results) {
      const known = last.get(merchantId);
      const isLater = known === undefined || on > known.on || (on === known.on && recorded.at >= known.at);
      if (isLater) last.set(merchantId, { on, at: recorded.at, reached: outcome !== 'not-reached' });
    }
  return new Map(
    [...last].flatMap(([id, { on, reached }]): [string, string][] => (reached ? [] : [[id, on]])),
  );
}
