import { sql } from 'kysely';
import { mustBeErased, type CaseState } from '../../domain/case/index.ts';
import { type CharityApplicationState, mustApplicationBeErased } from '../../domain/charity/index.ts';
import { ERASED, ERASURE, type ErasureCause } from '../../domain/kernel/event/erasure.ts';
import {
  barOfCase,
  barOfReturn,
  grantedErasures,
  mustRequestBeErased,
  type PrivacyState,
} from '../../domain/privacy/index.ts';
import { mustRestorationBeErased, type RestorationState } from '../../domain/restoration/index.ts';
import { mustReturnBeErased, type ReturnState } from '../../domain/return/index.ts';
import { digestOf, leftOf } from '../../protocol/sealed-facts.ts';
import { bigintColumn, textColumn, uuidColumn } from '../kernel/db/binary-arrays.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { envelopeOf, LOG_COLUMNS, type LogRow } from '../kernel/db/logged-event.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { JOIN_KEY, TAKEN_OUT } from '../kernel/keys/record-keys.ts';
import type { UnitCache } from '../kernel/units.ts';
import { withCentreLog } from '../organisation/index.ts';

/** Kinds of record of which what is personal is erased. */
type ErasableKind = 'case' | 'return' | 'privacy' | 'restoration' | 'charity-application';
type Row = { id: string; state: string };

/** Records looked at in one statement. */
const PAGE = 500;

/** How a kind of record is judged; states are of exactly the kind's type, as ingest has written them. */
type Judge = {
  /** What a state's text has in it that may be old enough: only a first choice. */
  likely: string;
  unitOf(state: string): string;
  isOver(state: string, units: UnitCache, times: { lastFactAt: string; now: string }): boolean;
  /** Whether nothing bars a request that was granted any more. */
  mayBeAsked(state: string, units: UnitCache, now: string): boolean;
};

const handlerOf = (units: UnitCache, { handlingPath }: CaseState) => ({
  level: units.levelOf(handlingPath),
  regulator: units.partyOf(handlingPath) === 'regulator',
});
const caseOf = (text: string): CaseState => JSON.parse(text) as CaseState;
const returnOf = (text: string): ReturnState => JSON.parse(text) as ReturnState;
const restorationOf = (text: string): RestorationState => JSON.parse(text) as RestorationState;
const applicationOf = (text: string): CharityApplicationState => JSON.parse(text) as CharityApplicationState;
const requestOf = (text: string): PrivacyState => JSON.parse(text) as PrivacyState;

const JUDGES: Record<ErasableKind, Judge> = {
  case: {
    likely: '"status":"closed"',
    unitOf: (text) => caseOf(text).handlingPath,
    isOver: (text, units, times) => {
      const state = caseOf(text);
      return mustBeErased(state, units.rules(), handlerOf(units, state), times);
    },
    mayBeAsked: (text, units, now) => {
      const state = caseOf(text);
      return state.erased === undefined && barOfCase(state, units.rules(), now) === null;
    },
  },
  return: {
    likely: '"decidedAt":"',
    unitOf: (text) => returnOf(text).unitPath,
    isOver: (text, units, times) => mustReturnBeErased(returnOf(text), units.rules(), times),
    mayBeAsked: (text, _units, now) => {
      const state = returnOf(text);
      return state.erased === undefined && barOfReturn(state, now) === null;
    },
  },
  privacy: {
    likely: '"what":"',
    unitOf: (text) => requestOf(text).unitPath,
    isOver: (text, units, times) => mustRequestBeErased(requestOf(text), units.rules(), times),
    mayBeAsked: () => false,
  },
  restoration: {
    likely: '"windowPath":"',
    unitOf: (text) => restorationOf(text).unitPath,
    isOver: (text, units, times) => mustRestorationBeErased(restorationOf(text), units.rules(), times),
    mayBeAsked: () => false,
  },
  'charity-application': {
    likely: '"charityPath":"',
    unitOf: (text) => applicationOf(text).charityPath,
    isOver: (text, units, times) => mustApplicationBeErased(applicationOf(text), units.rules(), times),
    mayBeAsked: () => false,
  },
};

/**
 * Erases what is personal in every record whose time is over, one after the other, each in a transaction of its own; safe to be cut at any
 * point, and to run in two processes. Returns how many were erased. @throws AggregateError of those that failed, after all were tried
 */
export async function eraseOld(
  parts: IngestParts,
  now: Date,
  stopped: () => boolean = () => false,
): Promise<number> {
  const { database, units } = parts;
  await units.reload(database);
  const failed: unknown[] = [];
  let erased = 0;
  for (const kind of Object.keys(JUDGES) as ErasableKind[]) {
    let after = '';
    while (!stopped()) {
      const rows = await likelyOld(database, kind, after);
      for (const { id, state } of rows) {
        if (stopped()) return erased;
        const times = { lastFactAt: now.toISOString(), now: now.toISOString() };
        // Before it is locked: by its own days alone, which the last fact can only make later.
        if (!JUDGES[kind].isOver(state, units, { ...times, lastFactAt: EVER })) continue;
        if (await tried(eraseRecord(parts, { kind, id }, 'retention', null, now), failed)) erased += 1;
      }
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) break;
      after = last.id;
    }
  }
  tell(failed);
  return erased;
}

/** What became of one record; a failure is kept, so that none holds up those behind it. */
function tried(one: Promise<boolean>, failed: unknown[]): Promise<boolean> {
  return one.catch((error: unknown) => {
    failed.push(error);
    return false;
  });
}

/** Throws what failed, once everything was tried. */
function tell(failed: readonly unknown[]): void {
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} records could not be erased`);
}

const EVER = new Date(0).toISOString();

async function likelyOld(database: Database, kind: ErasableKind, after: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT id, state FROM stream
    WHERE kind = ${kind} AND id > ${after} AND state LIKE ${`%${JUDGES[kind].likely}%`}
      AND state NOT LIKE '%"erased":{%'
    ORDER BY id LIMIT ${PAGE}`.execute(database);
  return rows;
}

/**
 * Erases what is personal in every record of which a consumer's request to do so was granted, and which nothing bars any more; what is
 * barred, or not here yet, waits for the next run. Returns how many were erased. @throws AggregateError as above
 */
export async function eraseGranted(parts: IngestParts, now: Date): Promise<number> {
  const { database, units } = parts;
  const { rows } = await sql<Row>`
    SELECT id, state FROM stream
    WHERE kind = 'privacy' AND state LIKE '%"what":"deletion"%' AND state LIKE '%"verdict":"granted"%'
    ORDER BY id`.execute(database);
  const granted = rows.flatMap(({ id, state }) =>
    grantedErasures(requestOf(state)).map((stream) => ({ stream, requestId: id })),
  );
  if (granted.length === 0) return 0;
  const { rows: whole } = await sql<{ kind: string; id: string }>`
    SELECT stream.kind, stream.id FROM unnest(${textColumn(granted.map(({ stream }) => stream.kind))}::text[],
      ${textColumn(granted.map(({ stream }) => stream.id))}::text[]) AS wanted (kind, id)
    JOIN stream ON stream.kind = wanted.kind AND stream.id = wanted.id
    WHERE stream.state NOT LIKE '%"erased":{%'`.execute(database);
  const left = new Set(whole.map(({ kind, id }) => `${kind}:${id}`));
  const due = granted.filter(({ stream }) => left.has(`${stream.kind}:${stream.id}`));
  if (due.length > 0) await units.reload(database);
  const failed: unknown[] = [];
  let erased = 0;
  for (const { stream, requestId } of due)
    if (await tried(eraseRecord(parts, stream, 'request', requestId, now), failed)) erased += 1;
  tell(failed);
  return erased;
}

/**
 * Erases what is personal in one record: the erasure is recorded as the centre's own fact, what was recorded before facts were sealed is
 * rewritten without it, and the record's keys are destroyed; all or nothing. False where it may not be, or has been, erased.
 */
export async function eraseRecord(
  parts: IngestParts,
  stream: { kind: string; id: string },
  cause: ErasureCause,
  requestId: string | null,
  now: Date,
): Promise<boolean> {
  const { units } = parts;
  if (!isErasable(stream.kind)) return false;
  const judge = JUDGES[stream.kind];
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    const { rows } = await sql<Row>`
      SELECT id, state FROM stream WHERE kind = ${stream.kind} AND id = ${stream.id} AND state IS NOT NULL
      FOR UPDATE`.execute(transaction);
    const state = rows[0]?.state;
    if (state === undefined) return false;
    const { facts, lastFactAt, unknown } = await factsOf(transaction, stream);
    // What a newer release recorded is not understood here, so it is not judged here.
    if (unknown || lastFactAt === null) return false;
    const due =
      cause === 'retention'
        ? judge.isOver(state, units, { lastFactAt, now: now.toISOString() })
        : judge.mayBeAsked(state, units, now.toISOString());
    if (!due) return false;
    const left = await takeOutOf(transaction, facts);
    await record([
      { stream, type: ERASURE, unitPath: judge.unitOf(state), payload: { cause, requestId, left } },
    ]);
    await destroy(transaction, stream);
    return true;
  });
}

function isErasable(kind: string): kind is ErasableKind {
  return Object.hasOwn(JUDGES, kind);
}

type Facts = { facts: LogRow[]; lastFactAt: string | null; unknown: boolean };

async function factsOf(transaction: Transaction, { kind, id }: { kind: string; id: string }): Promise<Facts> {
  const { rows } = await sql<LogRow & { received_at: Date }>`
    SELECT ${LOG_COLUMNS}, event.received_at FROM event ${JOIN_KEY}
    WHERE event.stream_kind = ${kind} AND event.stream_id = ${id}
    ORDER BY event.position`.execute(transaction);
  const counted = rows.filter(({ status }) => status !== 'rejected');
  // By the centre's clock: a workstation's may be years off.
  const last = Math.max(...counted.map((row) => row.received_at.getTime()));
  return {
    facts: rows,
    lastFactAt: counted.length === 0 ? null : new Date(last).toISOString(),
    unknown: counted.some(({ status }) => status === 'unknown'),
  };
}

/**
 * Rewrites what was recorded before facts were sealed without what is personal in it, refused facts too, and says by its digest what is
 * left of each.
 */
async function takeOutOf(
  transaction: Transaction,
  facts: readonly LogRow[],
): Promise<{ event: string; digest: string }[]> {
  const open = facts.filter(({ sealed_with: seal }) => seal === null);
  const rewritten = open.flatMap((row) => {
    const left = leftOf(envelopeOf(row));
    return left === null ? [] : [{ row, ...left }];
  });
  if (rewritten.length > 0)
    await sql`
      UPDATE event SET payload = fresh.payload, sealed_with = ${TAKEN_OUT}
      FROM unnest(${uuidColumn(rewritten.map(({ row }) => row.id))}::uuid[],
        ${textColumn(rewritten.map(({ row }) => row.device))}::text[],
        ${bigintColumn(rewritten.map(({ row }) => row.device_sequence))}::bigint[],
        ${textColumn(rewritten.map(({ payload }) => JSON.stringify(payload)))}::text[]) AS fresh (id, device, sequence, payload)
      WHERE event.id = fresh.id AND event.device = fresh.device AND event.device_sequence = fresh.sequence`.execute(
      transaction,
    );
  // Given so by a device to a centre that was put back from a backup: what is left of it is as it came.
  const before = facts.filter(({ sealed_with: seal }) => seal === TAKEN_OUT);
  return [
    ...rewritten.map(({ row, digest }) => ({ event: row.id, digest })),
    ...before.map((row) => ({ event: row.id, digest: digestOf(envelopeOf(row)) })),
  ];
}

/** Destroys the record's keys, and what is known of its consumer beside its facts. */
async function destroy(transaction: Transaction, { kind, id }: { kind: string; id: string }): Promise<void> {
  await sql`DELETE FROM record_key WHERE stream_kind = ${kind} AND stream_id = ${id}`.execute(transaction);
  await sql`DELETE FROM consumer_mark WHERE kind = ${kind} AND id = ${id}`.execute(transaction);
  await sql`
    UPDATE archived_stream SET consumer_name = ${ERASED}, phone_tail = ''
    WHERE kind = ${kind} AND id = ${id}`.execute(transaction);
}
