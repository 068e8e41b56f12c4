import { sql, type RawBuilder } from 'kysely';
import type { PushedEvent, Receipt } from '../../../contract/centre/index.ts';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import { openedPayload, SealBroken, sealedWith } from '../../../protocol/sealed-facts.ts';
import { textColumn } from '../db/binary-arrays.ts';
import type { Database, Transaction } from '../db/database.ts';

/** Stands in `sealed_with` of facts of before there were keys, once what was personal in them was erased. */
export const TAKEN_OUT = 'erased';

const SEALS = 'seals-facts';
/** Between two looks for what an operator may have said meanwhile. */
const ASKED_AGAIN_MS = 30_000;

/** The key that a pushed event needs, or that what was personal was taken out of it; null where nothing is sealed. */
export function sealOf({ payload, takenOut }: PushedEvent): string | null {
  return takenOut === true ? TAKEN_OUT : sealedWith(payload);
}

/** A pushed event as it was entered; null where the key that came with it is not the one it was sealed under. */
export function opened<Event extends EventEnvelope>(event: Event, key: string | null): Event | null {
  try {
    const payload = openedPayload(event, key);
    return payload === event.payload ? event : { ...event, payload };
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

/** Keeps the keys that came with events which were taken in; null where none did. */
export function keepKeys(
  events: readonly PushedEvent[],
  receipts: readonly Receipt[],
): RawBuilder<unknown> | null {
  const kept = new Map<string, PushedEvent & { key: string }>();
  for (const [index, event] of events.entries()) {
    const { key } = event;
    if (key === undefined || receipts[index]?.status === 'rejected') continue;
    const name = sealedWith(event.payload);
    if (name !== null) kept.set(name, { ...event, key });
  }
  if (kept.size === 0) return null;
  const rows = [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const column = (of: (event: PushedEvent & { key: string }) => string): Buffer =>
    textColumn(rows.map(([, event]) => of(event)));
  return sql`
    INSERT INTO record_key (id, stream_kind, stream_id, unit_path, key)
    SELECT * FROM unnest(${textColumn(rows.map(([name]) => name))}::text[],
      ${column((event) => event.stream.kind)}::text[], ${column((event) => event.stream.id)}::text[],
      ${column((event) => event.unitPath)}::text[], ${column((event) => event.key)}::text[])
    ON CONFLICT DO NOTHING`;
}

/** Joins its key, as `record_key`, to events of a table or alias `event`. */
export const JOIN_KEY = sql`LEFT JOIN record_key ON record_key.id = event.sealed_with`;

/**
 * Whether workstations are to seal what they record: an operator says so once every process and workstation of before can open it; where there
 * was none of before, from the beginning. Never taken back.
 */
export function createSealing(database: Database): () => Promise<boolean> {
  let seals = false;
  let askedAt = -Infinity;
  return async () => {
    if (seals || performance.now() - askedAt < ASKED_AGAIN_MS) return seals;
    askedAt = performance.now();
    const { rows } = await sql`SELECT 1 FROM setting WHERE key = ${SEALS} AND value = 'yes'`.execute(
      database,
    );
    seals = rows.length > 0;
    return seals;
  };
}

/** An operator's word that everybody can open sealed facts. */
export async function startSealing(from: Database | Transaction): Promise<void> {
  await sql`
    INSERT INTO setting (key, value) VALUES (${SEALS}, 'yes')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`.execute(from);
}
