import { sql } from 'kysely';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import { openedPayload } from '../../../protocol/sealed-facts.ts';
import type { Reader, Writer } from './access.ts';
import { readMeta, writeMeta } from './meta.ts';
import { TAKEN_OUT } from './schema.ts';

const SEALS = 'seals-facts';

/** Whether new facts are to be sealed: the centre has said that it, and everybody who reads them, can open them. */
export async function sealsFacts(from: Reader | Writer): Promise<boolean> {
  return (await readMeta(from, SEALS)) === 'yes';
}

/** Keeps that the centre has said so; it is never taken back. */
export async function startSealing(writer: Writer): Promise<void> {
  await writeMeta(writer, SEALS, 'yes');
}

/** Those of the keys that these facts are sealed with that are here, by their names. */
export async function keysOf(
  from: Reader | Writer,
  facts: readonly { stream_id: string; sealed_with: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const streams = new Set(
    facts
      .filter((one) => one.sealed_with !== null && one.sealed_with !== TAKEN_OUT)
      .map((one) => one.stream_id),
  );
  if (streams.size === 0) return new Map();
  const { rows } = await sql<{ id: string; key: string }>`
    SELECT id, key FROM record_key
    WHERE stream_id IN (SELECT value FROM json_each(${JSON.stringify([...streams])}))`.execute(from);
  return new Map(rows.map(({ id, key }) => [id, key]));
}

/** An event with its payload as it was entered; `ERASED` stands for what cannot be opened any more. */
export function openedEvent(event: EventEnvelope, key: string | null): EventEnvelope {
  const payload = openedPayload(event, key);
  return payload === event.payload ? event : { ...event, payload };
}
