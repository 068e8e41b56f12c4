import { sql, type RawBuilder } from 'kysely';
import { BODY_LIMIT } from '../../contract/central.ts';
import { CHAIN_START } from '../../protocol/chain.ts';

/** A waiting fact as it leaves: `body` is its JSON. */
export type Outgoing = { id: string; deviceSequence: number; hash: string; at: string; body: string };

/**
 * A row of `event` as the JSON of a pushed event, written by SQLite. Payload and actor are JSON in the log already and
 * go as they are: reading them only to write them again would be most of the work of sending.
 */
export const OUTGOING_BODY: RawBuilder<string> = sql<string>`
  '{"id":' || json_quote(event.id)
  || ',"stream":{"kind":' || json_quote(event.stream_kind) || ',"id":' || json_quote(event.stream_id)
  || '},"type":' || json_quote(event.type) || ',"version":' || event.version
  || ',"payload":' || event.payload || ',"actor":' || event.actor
  || ',"device":' || json_quote(event.device) || ',"deviceSequence":' || event.device_sequence
  || ',"at":' || json_quote(event.at) || ',"unitPath":' || json_quote(event.unit_path)
  || ',"previousHash":' || json_quote(coalesce(event.previous_hash, ${sql.lit(CHAIN_START)}))
  || ',"hash":' || json_quote(event.hash) || '}'`;

/** The body of a push; accepted facts are answered as runs. */
export function pushBody(
  batch: readonly Pick<Outgoing, 'body'>[],
  signature: string,
): Uint8Array<ArrayBuffer> {
  const events = batch.map(({ body }) => body).join(',');
  return Buffer.from(`{"runs":true,"events":[${events}],"signature":${JSON.stringify(signature)}}`);
}

/** Room for the signature and for what a proxy may add. */
const FULL = BODY_LIMIT - 64 * 1024;
/** UTF-8 needs at most so many bytes for one unit of a text. */
const MOST_PER_UNIT = 3;

/** As many facts from the beginning as one request's body holds, and at least one. */
export function fittingOneRequest<Fact extends { body: string }>(facts: readonly Fact[]): readonly Fact[] {
  // Nearly always: counting bytes looks at every character.
  const atMost = facts.reduce((sum, { body }) => sum + body.length * MOST_PER_UNIT + 1, 0);
  if (atMost <= FULL) return facts;
  let bytes = 0;
  const end = facts.findIndex(({ body }) => {
    bytes += Buffer.byteLength(body) + 1;
    return bytes > FULL;
  });
  return facts.slice(0, end === -1 ? facts.length : Math.max(1, end));
}
