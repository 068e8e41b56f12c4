import { sql, type RawBuilder } from 'kysely';
import { documentSchemas } from '../../domain/document/index.ts';
import { numberArray, textArray } from '../kernel/db/arrays.ts';
import { uuidColumn } from '../kernel/db/binary-arrays.ts';
import type { Follower, NewFacts } from '../kernel/ingest/follower.ts';
import type { Change } from '../kernel/ingest/judge.ts';
import { homeOf } from '../kernel/ingest/log.ts';

/** Books every document number that a batch used, and what became of its fact. */
export const bookNumbers: Follower = {
  name: 'numbers',
  follow: ({ changes, newFacts }) => (newFacts === null ? [acceptedLater(changes)] : issuedBy(newFacts)),
};

/** A fact that is refused counts too: the paper was printed, and its number must never come up again. */
function issuedBy({ appender, events, receipts }: NewFacts): RawBuilder<unknown>[] {
  const issued = events.flatMap((event, index) => {
    if (event.type !== 'document-issued' || event.version !== 1) return [];
    const read = documentSchemas['document-issued@1'].safeParse(event.payload);
    const receipt = receipts[index];
    return read.success && receipt ? [{ event, payload: read.data, status: receipt.status }] : [];
  });
  if (issued.length === 0) return [];
  return [
    sql`
    INSERT INTO number_issued (circle, device, event_id, device_sequence, unit_path, year, sequence, kind, number,
      sha256, status)
    SELECT ${homeOf(appender)}, ${appender.id}, * FROM unnest(
      ${textArray(issued.map((one) => one.event.id))}::uuid[],
      ${numberArray(issued.map((one) => one.event.deviceSequence))}::bigint[],
      ${textArray(issued.map(() => appender.unitPath))}::text[],
      ${numberArray(issued.map((one) => one.payload.year))}::int[],
      ${numberArray(issued.map((one) => one.payload.sequence))}::int[],
      ${textArray(issued.map((one) => one.payload.kind))}::text[],
      ${textArray(issued.map((one) => one.payload.number))}::text[],
      ${textArray(issued.map((one) => one.payload.sha256))}::text[],
      ${textArray(issued.map((one) => one.status))}::text[])`,
  ];
}

/** What was booked while its fact was set aside. */
function acceptedLater(changes: readonly Change[]): RawBuilder<unknown> {
  return sql`
    UPDATE number_issued SET status = 'accepted'
    WHERE event_id = ANY(${uuidColumn(changes.map(({ event }) => event.id))}::uuid[])`;
}
