import { sql, type RawBuilder } from 'kysely';
import { BODY_LIMIT, type SetAside } from '../../../contract/centre/index.ts';
import { CHAIN_START } from '../../../protocol/chain.ts';
import { TAKEN_OUT } from '../store/schema.ts';

/** A waiting fact as it leaves: `body` is its JSON in UTF-8. */
export type Outgoing = { id: string; deviceSequence: number; hash: string; at: string; body: Buffer };

/**
 * A row of `event` as the JSON of a pushed event, written by SQLite. Payload and actor are JSON in the log already and
 * go as they are: reading them only to write them again would be most of the work of sending. As bytes, because the log's
 * texts are in UTF-8 as the wire's are, and a text of the engine's would be turned into its own characters and back.
 */
export const OUTGOING_BODY: RawBuilder<Buffer> = sql<Buffer>`
  CAST('{"id":' || json_quote(event.id)
  || ',"stream":{"kind":' || json_quote(event.stream_kind) || ',"id":' || json_quote(event.stream_id)
  || '},"type":' || json_quote(event.type) || ',"version":' || event.version
  || ',"payload":' || event.payload || ',"actor":' || event.actor
  || ',"device":' || json_quote(event.device) || ',"deviceSequence":' || event.device_sequence
  || ',"at":' || json_quote(event.at) || ',"unitPath":' || json_quote(event.unit_path)
  || ',"previousHash":' || json_quote(coalesce(event.previous_hash, ${sql.lit(CHAIN_START)}))
  || ',"hash":' || json_quote(event.hash)
  || coalesce((SELECT ',"key":' || json_quote(record_key.key) FROM record_key
    WHERE record_key.stream_id = event.stream_id AND record_key.id = event.sealed_with), '')
  || CASE event.sealed_with WHEN ${sql.lit(TAKEN_OUT)} THEN ',"takenOut":true' ELSE '' END
  || '}' AS BLOB)`;

const NEXT = Buffer.from(',\n');

/** The body of a push, each fact on a line of its own, which a centre reads faster; accepted facts are answered as runs. */
export function pushBody(
  batch: readonly Pick<Outgoing, 'body'>[],
  signature: string,
  attestation: string,
  setAside?: SetAside,
): Uint8Array<ArrayBuffer> {
  const events = batch.flatMap(({ body }, index) => (index === 0 ? [body] : [NEXT, body]));
  const end = Buffer.from(
    `\n],"signature":${JSON.stringify(signature)},"attestation":${JSON.stringify(attestation)}${
      setAside === undefined ? '' : `,"setAside":${JSON.stringify(setAside)}`
    }}`,
  );
  return Buffer.concat([Buffer.from('{"runs":true,"events":[\n'), ...events, end]);
}

/** Room for the signature and for what a proxy may add. */
const FULL = BODY_LIMIT - 64 * 1024;

/** As many facts from the beginning as one request's body holds, and at least one. */
export function fittingOneRequest<Fact extends { body: Uint8Array }>(
  facts: readonly Fact[],
): readonly Fact[] {
  let bytes = 0;
  const end = facts.findIndex(({ body }) => {
    bytes += body.length + NEXT.length;
    return bytes > FULL;
  });
  return facts.slice(0, end === -1 ? facts.length : Math.max(1, end));
}
