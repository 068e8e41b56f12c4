import { hash } from 'node:crypto';
import { canonicalJson } from '../domain/kernel/event/canonical.ts';
import type { EventEnvelope } from '../domain/kernel/event/event.ts';

/** The hash before the first event of a device, and before the first item of a feed. */
export const CHAIN_START = '0'.repeat(64);

/** The long parts of an event as canonical JSON, which is both stored and hashed. */
export type EventTexts = { actor: string; payload: string };

/** An event's actor and payload in canonical JSON; a payload that is missing is written as null. */
export function eventTexts({ actor, payload }: Pick<EventEnvelope, 'actor' | 'payload'>): EventTexts {
  return { actor: canonicalJson(actor), payload: canonicalJson(payload ?? null) };
}

/**
 * SHA-256 (hex) of an event in canonical JSON together with the hash before it in its device's log:
 * a changed, missing or reordered event breaks every later hash. `texts` are the event's own texts, when the caller has
 * already made them.
 */
export function eventHash(
  event: EventEnvelope,
  previousHash: string,
  texts: EventTexts = eventTexts(event),
): string {
  const { stream, payload, deviceSequence, version } = event;
  // Members in ascending order, as canonical JSON requires; undefined members are left out.
  const text = `{"actor":${texts.actor},"at":${quoted(event.at)},"device":${quoted(event.device)},"deviceSequence":${deviceSequence},"id":${quoted(event.id)},${
    payload === undefined ? '' : `"payload":${texts.payload},`
  }"previousHash":${quoted(previousHash)},"stream":{"id":${quoted(stream.id)},"kind":${quoted(stream.kind)}},"type":${quoted(event.type)},"unitPath":${quoted(event.unitPath)},"version":${version}}`;
  return hash('sha256', text);
}

const quoted = (text: string): string => JSON.stringify(text);

/** Running digest over a unit's feed: equal on both sides only when they hold the same events in the same order. */
export function feedDigest(previousDigest: string, hashOfEvent: string): string {
  return hash('sha256', previousDigest + hashOfEvent);
}
