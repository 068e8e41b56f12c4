import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ORPCError } from '@orpc/server';
import type { PushedEvent } from '../../../contract/centre/index.ts';
import { eventHash } from '../../../protocol/chain.ts';
import { centreError } from '../errors.ts';
import type { PreparedEvents } from './prepare.ts';

/** How many hashes are recomputed before others get their turn on this thread. */
const SLICE = 50;

export function chainBroken(
  sequence: number,
  expectedHash: string,
  reason: string,
): ORPCError<'CHAIN_BROKEN', unknown> {
  return centreError('CHAIN_BROKEN', { sequence, expectedHash, reason });
}

/**
 * Checks that sequences and hashes follow on and that each event names this device. Whether the hashes are
 * the events' own is for `checkHashes`. @throws SEQUENCE_GAP, CHAIN_BROKEN
 */
export function checkLinks(
  device: { id: string; head_sequence: number },
  events: readonly PushedEvent[],
): void {
  const first = events[0];
  if (!first) return;
  if (first.deviceSequence > device.head_sequence + 1) {
    throw centreError('SEQUENCE_GAP', { expected: device.head_sequence + 1 });
  }
  let { previousHash, deviceSequence } = first;
  for (const event of events) {
    if (event.device !== device.id) throw chainBroken(event.deviceSequence, previousHash, 'foreign-device');
    if (event.deviceSequence !== deviceSequence || event.previousHash !== previousHash) {
      throw chainBroken(event.deviceSequence, previousHash, 'order');
    }
    previousHash = event.hash;
    deviceSequence += 1;
  }
}

/**
 * Recomputes every hash, in slices, so that other requests are served meanwhile.
 * @throws CHAIN_BROKEN
 */
export async function checkHashes({ events, texts }: PreparedEvents): Promise<void> {
  for (let start = 0; start < events.length; start += SLICE) {
    const end = Math.min(start + SLICE, events.length);
    for (let index = start; index < end; index += 1) {
      const event = events[index];
      // What was taken out of it with its record's erasure is not to be hashed any more.
      if (
        event &&
        event.takenOut !== true &&
        eventHash(event, event.previousHash, texts[index]) !== event.hash
      ) {
        throw chainBroken(event.deviceSequence, event.previousHash, 'hash');
      }
    }
    await nextTurn();
  }
}
