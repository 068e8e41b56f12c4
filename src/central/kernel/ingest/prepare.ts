import { sql, type RawBuilder } from 'kysely';
import type { PushedEvent } from '../../../contract/centre/index.ts';
import { eventTexts, type EventTexts } from '../../../protocol/chain.ts';
import { opened, sealOf } from '../keys/record-keys.ts';
import { bigintColumn, intColumn, textColumn, uuidColumn } from '../db/binary-arrays.ts';

/** A batch's events as the log takes them, made before anything is locked for them. */
export type PreparedEvents = {
  events: readonly PushedEvent[];
  /** The same as they were entered, which they are judged by; null for one that does not open with the key that came with it. */
  opened: readonly (PushedEvent | null)[];
  /** Actor and payload of each. */
  texts: readonly EventTexts[];
  columns: RawBuilder<unknown>;
};

/** Makes the columns of a batch, which are most of its bytes. */
export function prepareEvents(events: readonly PushedEvent[]): PreparedEvents {
  const texts = events.map(eventTexts);
  const column = <Value>(of: (event: PushedEvent) => Value): Value[] => events.map(of);
  const columns = sql`
      ${uuidColumn(column((event) => event.id))}::uuid[],
      ${textColumn(column((event) => event.stream.kind))}::text[],
      ${textColumn(column((event) => event.stream.id))}::text[],
      ${textColumn(column((event) => event.type))}::text[],
      ${intColumn(column((event) => event.version))}::int[],
      ${textColumn(texts.map((one) => one.payload))}::text[],
      ${textColumn(texts.map((one) => one.actor))}::text[],
      ${bigintColumn(column((event) => event.deviceSequence))}::bigint[],
      ${textColumn(column((event) => event.at))}::text[],
      ${textColumn(column((event) => event.unitPath))}::text[],
      ${textColumn(column((event) => event.previousHash))}::text[],
      ${textColumn(column((event) => event.hash))}::text[],
      ${textColumn(column(sealOf))}::text[]`;
  return { events, opened: events.map((event) => opened(event, event.key ?? null)), texts, columns };
}
