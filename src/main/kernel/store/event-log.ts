import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { FeedItem, FeedPage } from '../../../contract/centre/index.ts';
import type { AdmissionContext } from '../../../domain/kernel/event/admission.ts';
import type { Actor, EventEnvelope, RecordedActor } from '../../../domain/kernel/event/event.ts';
import type { Refusal } from '../../../domain/kernel/event/ruling.ts';
import { standardCharacters } from '../../../domain/kernel/text/index.ts';
import { admitFact, mayChangeSearch, peopleIn, recordsIn, type AnyState } from '../../../domain/streams.ts';
import type { Rulebook } from '../../../domain/procedure/index.ts';
import { CHAIN_START, eventHash, eventTexts, type EventTexts } from '../../../protocol/chain.ts';
import { newRecordKey, sealedPayload, sealedWith, type RecordKey } from '../../../protocol/sealed-facts.ts';
import type { Reader } from './access.ts';
import type { Directory } from './directory.ts';
import { keysOf, openedEvent } from './record-keys.ts';
import { saveFacts, type Change } from './save-facts.ts';
import { TAKEN_OUT, type EventStatus, type EventTable } from './schema.ts';
import type { Writer } from './store.ts';
import { keyOf, statesOf, wantedStreams, type StreamKey, type StreamRow } from './streams.ts';

/** A fact about to be recorded: what the device, the clock and the chain add is not yet in it. */
export type NewFact = {
  /** Made by the form that records it, so that the same save again is the same fact; a new one is made without. */
  id?: string;
  stream: StreamKey;
  type: string;
  version: number;
  payload: unknown;
  /** The revision of the stream that the person saw; the facts are refused when it has moved on. */
  expectedRevision?: number;
};

export type LocalContext = { device: string; actor: Actor; unitPath: string; at: string };

/** A rule of the procedure refuses the command; nothing was saved. */
export class RuleRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`Refused by rule ${refusal.rule}`);
    this.refusal = refusal;
  }
}

/** The stream is not at the revision the person saw, or is not there (`revision` null); nothing was saved. */
export class RevisionMoved extends Error {
  readonly revision: number | null;
  constructor(revision: number | null) {
    super(`The record is at revision ${revision}`);
    this.revision = revision;
  }
}

type Head = { sequence: number; hash: string };

/** The states the facts build on, the keys of their records, and the end of this device's log, in one statement. */
async function readBefore(
  writer: Writer,
  keys: readonly StreamKey[],
): Promise<{ states: Map<string, AnyState>; recordKeys: Map<string, RecordKey>; head: Head }> {
  type Row = StreamRow & { sequence: number | null; hash: string | null; key: string | null };
  const { rows } = await sql<Row>`
    SELECT stream.kind, stream.id, stream.state, NULL AS sequence, NULL AS hash,
      (SELECT record_key.id || ' ' || record_key.key FROM record_key
        WHERE record_key.stream_id = stream.id AND record_key.stream_kind = stream.kind
        ORDER BY record_key.id LIMIT 1) AS key
    FROM json_each(${wantedStreams(keys)}) AS wanted
    JOIN stream ON stream.kind = wanted.value ->> 'kind' AND stream.id = wanted.value ->> 'id'
    UNION ALL
    SELECT * FROM (
      SELECT NULL, NULL, NULL, device_sequence, hash, NULL FROM event WHERE origin = 'local'
      ORDER BY device_sequence DESC LIMIT 1)`.execute(writer);
  let head: Head = { sequence: 0, hash: CHAIN_START };
  const found: StreamRow[] = [];
  const recordKeys = new Map<string, RecordKey>();
  for (const { sequence, hash, key, ...row } of rows) {
    if (sequence !== null && hash !== null) head = { sequence, hash };
    else found.push(row);
    const [id, ownKey] = key?.split(' ') ?? [];
    if (id !== undefined && ownKey !== undefined) recordKeys.set(keyOf(row), { id, key: ownKey });
  }
  return { states: statesOf(found), recordKeys, head };
}

/** A row of `event` as the envelope it holds, sealed as it was hashed: `openEvents` opens it. */
export function envelopeOf(row: Omit<EventTable, 'local_order'>): EventEnvelope {
  return {
    id: row.id,
    stream: { kind: row.stream_kind, id: row.stream_id },
    type: row.type,
    version: row.version,
    payload: JSON.parse(row.payload) as unknown,
    actor: JSON.parse(row.actor) as RecordedActor,
    device: row.device,
    deviceSequence: row.device_sequence,
    at: row.at,
    unitPath: row.unit_path,
  };
}

/** Events of the log as they were entered, each opened where its record has its key still. */
export async function openEvents(
  from: Reader | Writer,
  rows: readonly Omit<EventTable, 'local_order'>[],
): Promise<EventEnvelope[]> {
  const keys = await keysOf(from, rows);
  return rows.map((row) => openedEvent(envelopeOf(row), keys.get(row.sealed_with ?? '') ?? null));
}

export type LoggedEvent = {
  /** Sealed, as it was hashed. */
  event: EventEnvelope;
  /** The key that it is sealed with, where it came along. */
  key?: string | undefined;
  /** What was personal in it was taken out of it: its hash is not that of what is left. */
  takenOut?: boolean | undefined;
  previousHash: string | null;
  hash: string;
  origin: 'local' | 'feed';
  status: EventStatus;
  feedPosition: number | null;
  receivedAt: string | null;
  refusal: Refusal | null;
  /** Actor and payload as they are stored, where they are known already. */
  texts?: EventTexts;
};

/** Why a fact is `unknown` that the centre does not know; where there is no reason, this release does not. */
export const UNKNOWN_AT_CENTRE: Refusal = { rule: 'unknown-at-centre' };

/**
 * Why a fact is set aside whose content is not what its hash was made of: somebody changed it on a disk, or the disk did. Or what is personal
 * in it is not there, and the centre has not erased it.
 */
export const ALTERED: Refusal = { rule: 'fact-altered' };

/** An item of the feed as it was read: `unproved` where something in it is closed and no erasure says that it was to be so. */
export type ReadItem = FeedItem & { unproved?: true };

/** A page of the feed as it was read. */
export type ReadPage = Omit<FeedPage, 'items' | 'back'> & { items: ReadItem[]; back?: ReadItem[] };

/** An item of the unit's feed as it is logged. An older release of the centre does not tell the hash before it. */
export function loggedItem(item: ReadItem): LoggedEvent {
  const { event, hash, position, receivedAt, key, takenOut, unproved } = item;
  const status: EventStatus = unproved === true ? 'quarantined' : item.status;
  return {
    event,
    key,
    takenOut,
    previousHash: item.previousHash ?? null,
    hash,
    origin: 'feed',
    status,
    feedPosition: position,
    receivedAt,
    refusal: unproved === true ? ALTERED : status === 'unknown' ? UNKNOWN_AT_CENTRE : null,
  };
}

/** Events as rows of the log. */
export function eventRows(events: readonly LoggedEvent[]): object[] {
  return events.map((one) => ({
    ...one.event,
    kind: one.event.stream.kind,
    streamId: one.event.stream.id,
    payload: one.texts?.payload ?? JSON.stringify(one.event.payload ?? null),
    actor: one.texts?.actor ?? JSON.stringify(one.event.actor),
    previousHash: one.previousHash,
    hash: one.hash,
    origin: one.origin,
    status: one.status,
    feedPosition: one.feedPosition,
    receivedAt: one.receivedAt,
    refusal: one.refusal === null ? null : JSON.stringify(one.refusal),
    sealedWith: one.takenOut === true ? TAKEN_OUT : sealedWith(one.event.payload),
    key: one.key,
  }));
}

/** Which of these ids are in the log already. */
export async function knownEvents(writer: Writer, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM event WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`.execute(writer);
  return new Set(rows.map((row) => row.id));
}

/** A fact with what is personal in it sealed under its record's key, which is made here where the record has none yet. */
function sealedFact(
  entered: EventEnvelope,
  recordKeys: Map<string, RecordKey>,
): { event: EventEnvelope; key?: string } {
  const record = keyOf(entered.stream);
  let made: RecordKey | undefined;
  const payload = sealedPayload(entered, () => {
    const known = recordKeys.get(record);
    if (known !== undefined) return known;
    made = newRecordKey();
    recordKeys.set(record, made);
    return made;
  });
  if (payload === entered.payload) return { event: entered };
  // One that was there already need not be written again.
  return { event: { ...entered, payload }, ...(made === undefined ? {} : { key: made.key }) };
}

/**
 * Checks and records local facts: event, projection, search index and outbox in the caller's transaction.
 * All or nothing. Returns the states after the facts, by `kind:id`.
 * @throws RuleRefused naming the rule when one of them is not legal, RevisionMoved when a record has changed since
 */
export async function appendLocal(
  writer: Writer,
  context: LocalContext,
  entered: readonly NewFact[],
  directory: Directory,
): Promise<Map<string, AnyState>> {
  // However it was typed or imported: what is on record in the characters of an old system stays as it is.
  const facts = entered.map((fact) => ({ ...fact, payload: standardCharacters(fact.payload) }));
  const named = facts.flatMap((fact) => peopleIn(fact).map((id) => ({ kind: 'staff', id })));
  const {
    states: before,
    recordKeys,
    head,
  } = await readBefore(writer, [...facts.flatMap((fact) => [fact.stream, ...recordsIn(fact)]), ...named]);
  const states = new Map(before);
  const admission: AdmissionContext<Rulebook> = {
    side: 'recording',
    receivedAt: null,
    source: { unitPath: context.unitPath, centre: false },
    rules: directory.rules(),
    levelOf: directory.levelOf,
    partyOf: directory.partyOf,
    exists: (path) => directory.unit(path) !== undefined,
    person: (id) => {
      const known = before.get(keyOf({ kind: 'staff', id }));
      return known?.kind === 'staff' ? known.state : undefined;
    },
    record: (stream) => states.get(keyOf(stream))?.state,
  };
  const logged: LoggedEvent[] = [];
  for (const fact of facts) {
    const key = keyOf(fact.stream);
    const { expectedRevision } = fact;
    if (expectedRevision !== undefined) {
      const state = states.get(key)?.state;
      const revision = state && 'revision' in state ? state.revision : null;
      if (revision !== expectedRevision) throw new RevisionMoved(revision);
    }
    const ruling = admitFact(
      // What is in the store is in sight.
      { current: states.get(key), inSight: true },
      {
        stream: fact.stream,
        type: fact.type,
        version: fact.version,
        payload: fact.payload,
        actor: context.actor,
        at: context.at,
        unitPath: context.unitPath,
      },
      admission,
    );
    if (ruling.kind === 'illegal') throw new RuleRefused(ruling.refusal);
    if (ruling.kind === 'unknown') throw new Error(`Unknown event ${ruling.type}@${ruling.version}`);
    states.set(key, ruling.state);
    const whole: EventEnvelope = {
      id: fact.id ?? uuidv7(),
      stream: fact.stream,
      type: fact.type,
      version: fact.version,
      payload: fact.payload,
      actor: context.actor,
      device: context.device,
      deviceSequence: head.sequence + 1,
      at: context.at,
      unitPath: context.unitPath,
    };
    const { event, key: sealedBy } = directory.seals() ? sealedFact(whole, recordKeys) : { event: whole };
    const texts = eventTexts(event);
    const hash = eventHash(event, head.hash, texts);
    logged.push({
      event,
      key: sealedBy,
      texts,
      previousHash: head.hash,
      hash,
      origin: 'local',
      status: 'pending',
      feedPosition: null,
      receivedAt: null,
      refusal: null,
    });
    head.sequence = event.deviceSequence;
    head.hash = hash;
  }
  const changes: Change[] = [];
  for (const [key, ofRecord] of Map.groupBy(facts, (fact) => keyOf(fact.stream))) {
    const current = states.get(key);
    if (!current) continue;
    const reworded = ofRecord.some(({ stream, type }) => mayChangeSearch(stream.kind, type));
    const search = !before.has(key) ? 'new' : reworded ? 'again' : 'unchanged';
    changes.push({ current, updatedAt: context.at, search });
  }
  await saveFacts(writer, eventRows(logged), changes, directory);
  return states;
}
