import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { PushedEvent } from '../../contract/centre/index.ts';
import { CENTRE_DEVICE, type Actor, type EventEnvelope } from '../../domain/kernel/event/event.ts';
import { standardCharacters } from '../../domain/kernel/text/index.ts';
import { CHAIN_START, eventHash } from '../../protocol/chain.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { inTransaction } from '../kernel/db/retry.ts';
import { centreError } from '../kernel/errors.ts';
import { appendEvents, type IngestParts } from '../kernel/ingest/append.ts';
import type { StreamKey } from '../kernel/ingest/judge.ts';
import { StaleStream } from '../kernel/ingest/write.ts';
import { noticeWithin } from '../live/index.ts';

/** `version` is 1 where none is given. */
export type AdminFact = Pick<EventEnvelope, 'stream' | 'type' | 'payload' | 'unitPath'> & {
  version?: number;
};

/** The centre's log, locked: administrators' facts come one batch after the other. */
export type CentreLog = {
  transaction: Transaction;
  /** Adds facts through the same judge, log and feeds as everybody's; all or none. @throws RULE */
  record(facts: readonly AdminFact[], alsoConcerned?: readonly StreamKey[]): Promise<void>;
};

function administratorAt(unitPath: string): Actor {
  return { staffId: 'administrator', name: 'administrator', role: 'administrator', unitPath };
}

/** Runs an administrator's work in one transaction that holds the centre's own log. */
export async function withCentreLog<Result>(
  parts: IngestParts,
  now: Date,
  take: (log: CentreLog) => Promise<Result>,
): Promise<Result> {
  const { database, units } = parts;
  const result = await inTransaction(
    database,
    async (transaction) => {
      await sql`
        INSERT INTO device (id, name, unit_path, code, public_key, status, head_hash, enrolled_at)
        VALUES (${CENTRE_DEVICE}, ${CENTRE_DEVICE}, '/', 'C', '', 'active', ${CHAIN_START}, ${now})
        ON CONFLICT DO NOTHING`.execute(transaction);
      await sql`SELECT id FROM device WHERE id = ${CENTRE_DEVICE} FOR UPDATE`.execute(transaction);
      await units.keepUnits('latest', transaction);
      return take({
        transaction,
        record: (facts, alsoConcerned = []) => recordFacts(transaction, parts, now, facts, alsoConcerned),
      });
    },
    (error) => error instanceof StaleStream,
  );
  return result;
}

async function recordFacts(
  transaction: Transaction,
  { key, units, followers }: IngestParts,
  now: Date,
  facts: readonly AdminFact[],
  alsoConcerned: readonly StreamKey[],
): Promise<void> {
  if (facts.length === 0) return;
  const { rows } = await sql<{ sequence: number; hash: string }>`
    SELECT head_sequence AS sequence, head_hash AS hash FROM device WHERE id = ${CENTRE_DEVICE}`.execute(
    transaction,
  );
  const head = rows[0] ?? { sequence: 0, hash: CHAIN_START };
  const events = facts.map((fact): PushedEvent => {
    const event: EventEnvelope = {
      ...fact,
      payload: standardCharacters(fact.payload),
      id: uuidv7(),
      version: fact.version ?? 1,
      actor: administratorAt(fact.unitPath),
      device: CENTRE_DEVICE,
      deviceSequence: head.sequence + 1,
      at: now.toISOString(),
    };
    const previousHash = head.hash;
    head.sequence += 1;
    head.hash = eventHash(event, previousHash);
    return { ...event, previousHash, hash: head.hash };
  });
  const appender = { id: CENTRE_DEVICE, unitPath: '/', centre: true };
  const moved = new Set<string>();
  const receipts = await appendEvents(transaction, appender, events, {
    key,
    units,
    followers,
    receivedAt: now,
    alsoConcerned,
    moved,
  });
  const refused = receipts.find((receipt) => receipt.refusal !== undefined);
  if (refused?.refusal) throw centreError('RULE', refused.refusal);
  await noticeWithin(transaction, moved);
  await sql`
    UPDATE device SET head_sequence = ${head.sequence}, head_hash = ${head.hash} WHERE id = ${CENTRE_DEVICE}`.execute(
    transaction,
  );
}
