import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { PushedEvent } from '../../contract/central.ts';
import type { Actor, EventEnvelope } from '../../domain/event/event.ts';
import { CHAIN_START, eventHash } from '../../protocol/chain.ts';
import type { Work } from '../db/database.ts';
import { appendEvents } from '../ingest/append.ts';
import type { UnitCache } from '../units.ts';

/** The centre's own log: the facts its administrators make. */
const CENTRE = 'centre';

export type AdminFact = Pick<EventEnvelope, 'stream' | 'type' | 'payload' | 'unitPath'>;

function administratorAt(unitPath: string): Actor {
  return { staffId: 'administrator', name: 'administrator', role: 'administrator', unitPath };
}

/**
 * Records administrative facts through the same judge, log and feeds as everybody's. All or nothing.
 * @throws RULE when one of them is not legal.
 */
export async function recordAdminFacts(
  work: Work,
  units: UnitCache,
  facts: readonly AdminFact[],
  now: Date,
): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    INSERT INTO device (id, name, unit_path, code, public_key, status, head_hash, enrolled_at)
    VALUES (${CENTRE}, ${CENTRE}, '/', 'C', '', 'active', ${CHAIN_START}, ${now}) ON CONFLICT DO NOTHING`.execute(
    work,
  );
  const { rows } = await sql<{ sequence: number; hash: string }>`
    SELECT head_sequence AS sequence, head_hash AS hash FROM device WHERE id = ${CENTRE} FOR UPDATE`.execute(
    work,
  );
  const head = rows[0] ?? { sequence: 0, hash: CHAIN_START };
  const events = facts.map((fact): PushedEvent => {
    const event: EventEnvelope = {
      ...fact,
      id: uuidv7(),
      version: 1,
      actor: administratorAt(fact.unitPath),
      device: CENTRE,
      deviceSequence: head.sequence + 1,
      at: now.toISOString(),
    };
    const previousHash = head.hash;
    head.sequence += 1;
    head.hash = eventHash(event, previousHash);
    return { ...event, previousHash, hash: head.hash };
  });
  const appender = { id: CENTRE, unitPath: '/', centre: true };
  const receipts = await appendEvents(work, appender, events, units, now);
  const refused = receipts.find((receipt) => receipt.refusal !== undefined);
  if (refused) throw new ORPCError('RULE', { data: refused.refusal });
  await sql`
    UPDATE device SET head_sequence = ${head.sequence}, head_hash = ${head.hash} WHERE id = ${CENTRE}`.execute(
    work,
  );
}
