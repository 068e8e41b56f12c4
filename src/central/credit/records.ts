import { sql, type RawBuilder } from 'kysely';
import type { Listing } from '../../domain/credit/index.ts';
import { listingOf } from '../../domain/sanction/index.ts';
import type { AnyState } from '../../domain/streams.ts';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Transaction } from '../kernel/db/database.ts';

/** A record as the grade sees it. */
type Kept = { recordId: string; listing: Listing['listing'] | null; continues: string | null };

/** The statements that keep what records mean for grades, for these states; `table` is a copy where they are made anew. */
export function recordStatements(states: Iterable<AnyState>, table = 'credit_record'): RawBuilder<unknown>[] {
  const records = [...states].flatMap((current) => (current.kind === 'sanction' ? [current.state] : []));
  if (records.length === 0) return [];
  const rows = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const kept = sql.ref(table);
  return [
    sql`
      INSERT INTO ${kept} (record_id, merchant_id, listing, continues, counted_as)
      SELECT * FROM unnest(
        ${textColumn(rows.map(({ id }) => id))}::text[],
        ${textColumn(rows.map(({ merchantId }) => merchantId))}::text[],
        ${textColumn(rows.map(listingOf))}::text[],
        ${textColumn(rows.map(({ continues }) => continues))}::text[],
        ${textColumn(rows.map(({ countedAs }) => countedAs))}::text[])
      ON CONFLICT (record_id) DO UPDATE SET listing = excluded.listing, counted_as = excluded.counted_as,
        fresh = ${kept}.fresh OR (${kept}.listing, ${kept}.counted_as) IS DISTINCT FROM (excluded.listing, excluded.counted_as)`,
  ];
}

/** A merchant's records that its grade asks about, as one text; `merchant` is its row. */
export const RECORDS = sql`
  (SELECT json_agg(json_build_object('recordId', record_id, 'listing', listing, 'continues', continues) ORDER BY record_id)
   FROM credit_record AS one
   WHERE one.merchant_id = merchant.merchant_id AND (one.listing IS NOT NULL OR one.continues IS NOT NULL))::text AS records`;

/** The lists that a merchant is on, by its credit's entries and by records of their own; what a record continues counts as that record. */
export function allListings(entries: readonly Listing[], records: string | null): Listing[] {
  if (records === null) return [...entries];
  const kept = JSON.parse(records) as Kept[];
  const continued = new Set(kept.map(({ continues }) => continues));
  return [
    ...entries.filter(({ factId }) => !continued.has(factId)),
    ...kept.flatMap(({ recordId, listing }) => (listing === null ? [] : [{ listing, factId: recordId }])),
  ];
}

/** Notes that these merchants' grades have been looked at since. */
export async function seeRecords(transaction: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`UPDATE credit_record SET fresh = false WHERE fresh AND merchant_id = ANY(${textColumn(ids)}::text[])`.execute(
    transaction,
  );
}
