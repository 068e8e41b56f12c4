import { hash } from 'node:crypto';
import { canonicalJson } from '../domain/event/canonical.ts';
import type { EventEnvelope } from '../domain/event/event.ts';

/** The hash before the first event of a device, and before the first item of a feed. */
export const CHAIN_START = '0'.repeat(64);

/**
 * SHA-256 (hex) of an event in canonical JSON together with the hash before it in its device's log:
 * a changed, missing or reordered event breaks every hash after it.
 */
export function eventHash(event: EventEnvelope, previousHash: string): string {
  const { id, stream, type, version, payload, actor, device, deviceSequence, at, unitPath } = event;
  return hash(
    'sha256',
    canonicalJson({
      id,
      stream,
      type,
      version,
      payload,
      actor,
      device,
      deviceSequence,
      at,
      unitPath,
      previousHash,
    }),
  );
}

/** Running digest over a unit's feed: both sides agree on it only when they hold the same events in the same order. */
export function feedDigest(previousDigest: string, hashOfEvent: string): string {
  return hash('sha256', previousDigest + hashOfEvent);
}
