import { setTimeout as wait } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { PUSH_LIMIT, type PushedEvent } from '../src/contract/centre/index.ts';
import { feedDigest } from '../src/protocol/chain.ts';
import { registration } from '../tests/support/facts.ts';
import type { TestDevice } from '../tests/support/device.ts';

/** How the requests of many workstations went. */
export type Tally = { requests: number; refused: number; retried: number };

/**
 * A workstation without a disk, so that thousands fit into one process: real keys, sessions, hash chain, signatures
 * and HTTP, an outbox, and a cursor with the feed's digest.
 */
export type LightWorkstation = {
  device: TestDevice;
  outbox: PushedEvent[];
  cursor: { position: number; digest: string };
};

/** A workstation whose facts wait, and which has read its feed to the end. */
export async function openLightWorkstation(
  device: TestDevice,
  staffId: string,
  cases: number,
): Promise<LightWorkstation> {
  await device.signIn();
  const { head } = await device.client.feed({ after: 0, limit: 1 });
  return { device, outbox: backlog(device, staffId, cases), cursor: head };
}

/** Four facts a case: registered, accepted, a session, withdrawn. */
function backlog(device: TestDevice, staffId: string, cases: number): PushedEvent[] {
  const { unitPath } = device;
  const actor = { staffId, name: '测试员', role: 'shop-manager' as const, unitPath };
  const at = '2026-03-10T02:00:00.000Z';
  return Array.from({ length: cases }, (_, index) => {
    const stream = { kind: 'case' as const, id: `${device.deviceId}-${index}` };
    const event = (type: string, payload: unknown): PushedEvent =>
      device.event({ stream, type, payload, actor, at });
    const record = { place: '调解室', attendance: 'both', record: '双方陈述。', proposalFen: null };
    return [
      event('case-registered', registration()),
      event('case-accepted', {}),
      event('session-recorded', { heldOn: '2026-03-10', ...record }),
      event('case-withdrawn', { reason: '撤回' }),
    ];
  }).flat();
}

const Asked = z.object({ retryAfterSeconds: z.number() });
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

/**
 * Opens a session, empties the outbox and reads the feed until position and digest agree, as a workstation does that
 * comes back; what is refused is tried again after a second, doubled, with jitter.
 * @throws when the centre rejects a fact: that is no matter of trying again
 */
export async function drain(workstation: LightWorkstation, tally: Tally): Promise<void> {
  const ask = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    let signedOut = false;
    for (let failures = 0; ; failures += 1) {
      try {
        tally.requests += 1;
        if (signedOut) await workstation.device.signIn();
        return await call();
      } catch (error) {
        tally.refused += 1;
        signedOut ||= error instanceof ORPCError && error.code === 'NOT_AUTHENTICATED';
        tally.retried += 1;
        // A centre that has enough to do says when to come back.
        const asked =
          error instanceof ORPCError ? Asked.safeParse(error.data).data?.retryAfterSeconds : undefined;
        const delay = asked === undefined ? FIRST_RETRY_MS * 2 ** failures : asked * 1000;
        await wait(Math.min(LAST_RETRY_MS, delay) * (0.75 + Math.random() / 2));
      }
    }
  };
  const { device } = workstation;
  await ask(() => device.signIn());
  while (workstation.outbox.length > 0) {
    const events = workstation.outbox.slice(0, PUSH_LIMIT);
    const signature = device.sign(events);
    const { receipts, runs = [] } = await ask(() => device.client.push({ events, signature, runs: true }));
    const rejected = receipts.find((receipt) => receipt.status !== 'accepted');
    if (rejected) throw new Error(`Not accepted: ${JSON.stringify(rejected.refusal)}`);
    for (const { from, to, feedPosition } of runs) {
      if (feedPosition !== workstation.cursor.position + 1) continue;
      for (const { deviceSequence, hash } of events)
        if (deviceSequence >= from && deviceSequence <= to) step(workstation, hash);
    }
    workstation.outbox.splice(0, events.length);
  }
  for (;;) {
    const page = await ask(() => device.client.feed({ after: workstation.cursor.position, limit: 2000 }));
    for (const { hash } of page.items) step(workstation, hash);
    if (workstation.cursor.position < page.head.position) continue;
    if (workstation.cursor.digest !== page.head.digest) throw new Error('The digests differ');
    return;
  }
}

function step({ cursor }: LightWorkstation, hash: string): void {
  cursor.position += 1;
  cursor.digest = feedDigest(cursor.digest, hash);
}
