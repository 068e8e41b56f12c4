import { sql } from 'kysely';
import { canonicalJson } from '../../domain/kernel/event/canonical.ts';
import type { EventEnvelope } from '../../domain/kernel/event/event.ts';
import type { Rulebook } from '../../domain/procedure/index.ts';
import { applyFact, type AnyState } from '../../domain/streams.ts';
import { CHAIN_START, eventHash } from '../../protocol/chain.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { envelopeOf, LOG_COLUMNS, type LogRow } from '../kernel/db/logged-event.ts';
import { JOIN_KEY, opened, TAKEN_OUT } from '../kernel/keys/record-keys.ts';
import { createCheck, type Check, type Invariant } from './check.ts';

/** Rows read at once: the log is walked, never held. */
const PAGE = 5000;

/** Every device's log counts 1, 2, 3, …, each hash is its event's own and follows the one before, up to the head. */
export async function deviceChains(transaction: Transaction): Promise<Invariant> {
  const check = createCheck('device chains are unbroken');
  const heads = new Map<string, { sequence: number; hash: string }>();
  let after: [string, string, number] = ['', '', 0];
  for (;;) {
    const { rows } = await sql<LogRow>`
      SELECT ${LOG_COLUMNS} FROM event ${JOIN_KEY}
      WHERE (circle, device, device_sequence) > (${after[0]}, ${after[1]}, ${after[2]}::bigint)
      ORDER BY circle, device, device_sequence LIMIT ${PAGE}`.execute(transaction);
    for (const row of rows) {
      const head = heads.get(row.device) ?? { sequence: 0, hash: CHAIN_START };
      const whole =
        row.device_sequence === head.sequence + 1 &&
        row.previous_hash === head.hash &&
        // What is left of an erased one is proved by its erasure, by `erasures`.
        (row.sealed_with === TAKEN_OUT || row.hash === eventHash(envelopeOf(row), head.hash));
      if (whole) check.pass();
      else check.fail(`${row.device} ${row.device_sequence}`);
      heads.set(row.device, { sequence: row.device_sequence, hash: row.hash });
    }
    const last = rows.at(-1);
    if (!last) break;
    after = [last.circle, last.device, last.device_sequence];
  }
  const { rows } = await sql<{ id: string; sequence: number; hash: string }>`
    SELECT id, head_sequence AS sequence, head_hash AS hash FROM device`.execute(transaction);
  for (const device of rows) {
    const head = heads.get(device.id) ?? { sequence: 0, hash: CHAIN_START };
    if (head.sequence === device.sequence && head.hash === device.hash) check.pass();
    else check.fail(`${device.id} ends at ${head.sequence}, not ${device.sequence}`);
  }
  return check.result();
}

/** Told of each accepted event, with its stream's state before and after, and the calendar imports it was judged by. */
export type OnAccepted = (
  before: AnyState | undefined,
  event: EventEnvelope,
  after: AnyState,
  imports: number,
) => Promise<void>;

/** Told of the states that a part of the log leads to, before they are compared with the kept ones. */
export type OnStates = (states: readonly { kind: string; id: string; state: AnyState }[]) => Promise<void>;

/** A stream by its name, in the order in which they are replayed. */
export type StreamPlace = { kind: string; id: string };
/** Part of the log: what follows a stream, of about so many pages, cut between two streams. */
export type LogPart = { after: StreamPlace; pages: number };

/** Behind all of a stream's events. */
const LAST_POSITION = Number.MAX_SAFE_INTEGER;

/**
 * Replays streams from the log: accepted events are legal in their order, and lead to the states that are kept. All of them, or the
 * part that is named; `last` is where a part ended, null at the log's end.
 */
export async function replayStreams(
  transaction: Transaction,
  rules: Rulebook,
  onAccepted: OnAccepted,
  onStates?: OnStates,
  part?: LogPart,
): Promise<{ invariants: Invariant[]; last: StreamPlace | null }> {
  const legal = createCheck('accepted events are legal in order');
  const states = createCheck('states equal their replay');
  let current: { kind: string; id: string; state: AnyState | undefined } | undefined;
  let finished: { kind: string; id: string; state: AnyState }[] = [];
  let after: [string, string, number] = part ? [part.after.kind, part.after.id, LAST_POSITION] : ['', '', 0];
  let over: StreamPlace | null = null;
  const finish = (): void => {
    if (current) over = { kind: current.kind, id: current.id };
    if (current?.state) finished.push({ ...current, state: current.state });
  };
  for (let pages = 1; ; pages += 1) {
    const { rows } = await sql<LogRow>`
      SELECT ${LOG_COLUMNS} FROM event ${JOIN_KEY}
      WHERE (event.stream_kind, event.stream_id, position) > (${after[0]}, ${after[1]}, ${after[2]}::bigint)
      ORDER BY event.stream_kind, event.stream_id, position LIMIT ${PAGE}`.execute(transaction);
    for (const row of rows) {
      if (current?.kind !== row.stream_kind || current.id !== row.stream_id) {
        finish();
        current = { kind: row.stream_kind, id: row.stream_id, state: undefined };
      }
      if (row.status !== 'accepted') continue;
      // What does not open is told by `erasures`, and is counted as what was erased is.
      const entered = envelopeOf(row);
      const event = opened(entered, row.record_key) ?? opened(entered, null);
      const ruling = event && applyFact(current.state, event, rules);
      if (event === null || ruling?.kind !== 'legal') {
        legal.fail(`${row.id} ${row.type}`);
        continue;
      }
      legal.pass();
      await onAccepted(current.state, event, ruling.state, row.calendar_imports);
      current.state = ruling.state;
    }
    const last = rows.at(-1);
    if (!last) finish();
    await onStates?.(finished);
    await compareStates(transaction, finished, states);
    finished = [];
    const enough = part !== undefined && pages >= part.pages && over !== null;
    if (!last || enough) return { invariants: [legal.result(), states.result()], last: last ? over : null };
    after = [last.stream_kind, last.stream_id, last.position];
  }
}

async function compareStates(
  transaction: Transaction,
  replayed: readonly { kind: string; id: string; state: AnyState }[],
  check: Check,
): Promise<void> {
  if (replayed.length === 0) return;
  const { rows } = await sql<{ kind: string; id: string; state: string | null }>`
    SELECT stream.kind, stream.id, stream.state
    FROM unnest(${replayed.map((one) => one.kind)}::text[], ${replayed.map((one) => one.id)}::text[])
      AS wanted (kind, id)
    JOIN stream ON stream.kind = wanted.kind AND stream.id = wanted.id`.execute(transaction);
  const kept = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row.state]));
  for (const { kind, id, state } of replayed) {
    const text = kept.get(`${kind}:${id}`);
    // Through JSON once, as the kept one went: members that are undefined are not kept.
    const same = typeof text === 'string' && canonicalJson(JSON.parse(text)) === canonicalJson(state.state);
    if (same) check.pass();
    else check.fail(`${kind} ${id}`);
  }
}
