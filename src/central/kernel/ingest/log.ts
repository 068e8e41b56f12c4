import { sql, type RawBuilder } from 'kysely';
import type { Receipt } from '../../../contract/centre/index.ts';
import { bigintColumn, textColumn, uuidColumn } from '../db/binary-arrays.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import { circleOf } from '../db/circle.ts';
import type { Appender } from './judge.ts';
import type { PreparedEvents } from './prepare.ts';

/** The log's home: a workstation's circle, or `centre`. */
export function homeOf(appender: Appender): string {
  return appender.centre ? appender.id : circleOf(appender.unitPath);
}

/** A batch on its way into its appender's log. */
export type LogWriter = {
  executor: QueryExecutor;
  appender: Appender;
  prepared: PreparedEvents;
  receivedAt: Date;
  calendarImports: number;
};

const statusColumn = (receipts: readonly Receipt[]): Buffer =>
  textColumn(receipts.map((receipt) => receipt.status));

const refusalColumn = (receipts: readonly Receipt[]): Buffer =>
  textColumn(receipts.map((receipt) => (receipt.refusal ? JSON.stringify(receipt.refusal) : null)));

async function insert(
  { executor, appender, receivedAt, calendarImports }: LogWriter,
  rows: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    INSERT INTO event (circle, device, id, stream_kind, stream_id, type, version, payload, actor, device_sequence,
      at, unit_path, previous_hash, hash, sealed_with, status, refusal, received_at, calendar_imports)
    SELECT ${homeOf(appender)}, ${appender.id}, *, ${receivedAt}::timestamptz, ${calendarImports}::int
    FROM ${rows}`.execute(executor);
}

/** Writes a batch into the log by its receipts, one an event. */
export async function logJudged(log: LogWriter, receipts: readonly Receipt[]): Promise<void> {
  await insert(
    log,
    sql`unnest(${log.prepared.columns}, ${statusColumn(receipts)}::text[], ${refusalColumn(receipts)}::text[])`,
  );
}

/**
 * Writes a batch into the log before it is judged, as if all of it were accepted: `logCorrected` has to follow in the same
 * transaction. Fails with a unique violation where an id is taken, even by an event that is going to be refused.
 */
export async function logPresumed(log: LogWriter): Promise<void> {
  await insert(log, sql`(SELECT *, 'accepted', NULL FROM unnest(${log.prepared.columns})) AS presumed`);
}

/** Corrects in the log what was not accepted of a batch that was presumed to be. */
export async function logCorrected(
  { executor, appender, prepared }: LogWriter,
  receipts: readonly Receipt[],
): Promise<void> {
  const others = receipts.filter((receipt) => receipt.status !== 'accepted');
  if (others.length === 0) return;
  const result = await sql`
    UPDATE event SET status = judged.status, refusal = judged.refusal
    FROM unnest(${uuidColumn(others.map((one) => one.id))}::uuid[],
      ${bigintColumn(others.map((one) => one.deviceSequence))}::bigint[],
      ${statusColumn(others)}::text[], ${refusalColumn(others)}::text[]) AS judged (id, sequence, status, refusal)
    WHERE event.circle = ${homeOf(appender)} AND event.device = ${appender.id}
      AND event.device_sequence = judged.sequence AND event.id = judged.id`.execute(executor);
  if (Number(result.numAffectedRows ?? 0) !== others.length)
    throw new Error(`Of ${prepared.events.length} events, not all that are to be corrected are in the log`);
}
