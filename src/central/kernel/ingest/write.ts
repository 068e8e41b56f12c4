import { sql, type RawBuilder } from 'kysely';
import type { UnitState } from '../../../domain/organisation/index.ts';
import { numberArray, textArray } from '../db/arrays.ts';
import { bigintColumn, textColumn } from '../db/binary-arrays.ts';
import type { QueryExecutor } from '../db/pipeline.ts';
import { homeOf } from './log.ts';
import { keyOf, type Appender, type StreamRecord } from './judge.ts';

/** Another batch wrote a stream that this one took for new: judge again against what is there now. */
export class StaleStream extends Error {}

/**
 * Writes the streams as a batch leaves them.
 * @throws StaleStream when a stream was changed by somebody else meanwhile; made by somebody else, it is a unique violation.
 */
export async function saveStreams(
  executor: QueryExecutor,
  appender: Appender,
  streams: Iterable<StreamRecord>,
): Promise<void> {
  const changed = [...streams]
    .filter((one) => one.changed)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  // Most streams of a batch are new; looking for each before it is inserted would cost as much as inserting it.
  await Promise.all([
    insertStreams(
      executor,
      appender,
      changed.filter((one) => one.revision === 0),
    ),
    updateStreams(
      executor,
      changed.filter((one) => one.revision > 0),
    ),
  ]);
}

function stateText({ state, foreignState }: StreamRecord): string | null {
  return state === undefined ? (foreignState ?? null) : JSON.stringify(state.state);
}

function streamColumns(streams: readonly StreamRecord[]): RawBuilder<unknown> {
  return sql`unnest(
      ${textColumn(streams.map((one) => one.kind))}::text[],
      ${textColumn(streams.map((one) => one.id))}::text[],
      ${bigintColumn(streams.map((one) => one.revision + 1))}::bigint[],
      ${textColumn(streams.map(stateText))}::text[],
      ${textColumn(streams.map((one) => JSON.stringify([...one.sight])))}::text[]) AS fresh (kind, id, revision, state, sight)`;
}

async function insertStreams(
  executor: QueryExecutor,
  appender: Appender,
  streams: readonly StreamRecord[],
): Promise<void> {
  if (streams.length === 0) return;
  await sql`
    INSERT INTO stream (kind, id, circle, revision, state, sight)
    SELECT kind, id, ${homeOf(appender)}, revision, state, sight FROM ${streamColumns(streams)}`.execute(
    executor,
  );
}

async function updateStreams(executor: QueryExecutor, streams: readonly StreamRecord[]): Promise<void> {
  if (streams.length === 0) return;
  const result = await sql`
    UPDATE stream SET revision = fresh.revision, state = fresh.state, sight = fresh.sight
    FROM ${streamColumns(streams)}
    WHERE stream.kind = fresh.kind AND stream.id = fresh.id AND stream.revision = fresh.revision - 1`.execute(
    executor,
  );
  if (Number(result.numAffectedRows ?? 0) !== streams.length) throw new StaleStream();
}

export async function saveUnits(executor: QueryExecutor, units: readonly UnitState[]): Promise<void> {
  if (units.length === 0) return;
  await sql`
    INSERT INTO unit (path, id, name, level, party, dispute_point, body)
    SELECT * FROM unnest(
      ${textArray(units.map((unit) => unit.path))}::text[],
      ${textArray(units.map((unit) => unit.id))}::text[],
      ${textArray(units.map((unit) => unit.name))}::text[],
      ${numberArray(units.map((unit) => unit.level))}::int[],
      ${textArray(units.map((unit) => unit.party))}::text[],
      ${units.map((unit) => unit.disputePoint)}::boolean[],
      ${units.map((unit) => unit.body ?? null)}::text[])
    ON CONFLICT (path) DO UPDATE SET name = excluded.name`.execute(executor);
}
