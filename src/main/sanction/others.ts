import { sql } from 'kysely';
import { standingListings } from '../../domain/credit/index.ts';
import type { OtherRecord, SanctionState } from '../../domain/sanction/index.ts';
import { loadStates, type Reader, type Writer } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';

const KIND_OF = { severe: 'severe-listing', abnormal: 'abnormal-listing' } as const;

/**
 * What else may stand in the way of merchants' records: their listings, as records of their own and as entries of their credit. By the
 * merchant's id.
 */
export async function othersOf(
  read: Reader | Writer,
  merchantIds: readonly string[],
): Promise<Map<string, OtherRecord[]>> {
  const ids = [...new Set(merchantIds)];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; merchantId: string }>`
    SELECT id, merchant_id AS "merchantId" FROM sanction_row
    WHERE merchant_id IN (${sql.join(ids)}) AND kind IN ('severe-listing', 'abnormal-listing')`.execute(read);
  const states = await loadStates(read, [
    ...rows.map(({ id }) => ({ kind: 'sanction' as const, id })),
    ...ids.map((id) => ({ kind: 'credit' as const, id })),
  ]);
  const others = new Map<string, OtherRecord[]>(ids.map((id) => [id, []]));
  const continued = new Set<string>();
  for (const { id, merchantId } of rows) {
    const found = states.get(keyOf({ kind: 'sanction', id }));
    if (found?.kind !== 'sanction') continue;
    others.get(merchantId)?.push(found.state);
    if (found.state.continues !== null) continued.add(found.state.continues);
  }
  for (const id of ids) {
    const found = states.get(keyOf({ kind: 'credit', id }));
    if (found?.kind !== 'credit') continue;
    for (const { entryId, listing } of standingListings(found.state))
      if (!continued.has(entryId)) others.get(id)?.push({ id: entryId, kind: KIND_OF[listing], ended: null });
  }
  return others;
}

/** All records of decisions about a merchant that are known here. */
export async function sanctionsOf(read: Reader | Writer, merchantId: string): Promise<SanctionState[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sanction_row WHERE merchant_id = ${merchantId} ORDER BY id`.execute(read);
  const states = await loadStates(
    read,
    rows.map(({ id }) => ({ kind: 'sanction' as const, id })),
  );
  return [...states.values()].flatMap((one) => (one.kind === 'sanction' ? [one.state] : []));
}

/** The same of several merchants, by their id; one without any is absent. */
export async function sanctionsByMerchant(
  from: Reader | Writer,
  merchantIds: readonly string[],
): Promise<Map<string, SanctionState[]>> {
  const { rows } = await sql<{ id: string }>`
    SELECT sanction_row.id FROM json_each(${JSON.stringify(merchantIds)}) AS wanted
    JOIN sanction_row ON sanction_row.merchant_id = wanted.value`.execute(from);
  const states = await loadStates(
    from,
    rows.map(({ id }) => ({ kind: 'sanction' as const, id })),
  );
  const all = [...states.values()].flatMap((one) => (one.kind === 'sanction' ? [one.state] : []));
  return Map.groupBy(all, ({ merchantId }) => merchantId);
}
