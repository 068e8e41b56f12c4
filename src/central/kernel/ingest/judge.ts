import type { Receipt } from '../../../contract/centre/index.ts';
import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import type { Refusal, Ruling } from '../../../domain/kernel/event/ruling.ts';
import {
  type StaffState,
  ancestorsAndSelf,
  covers,
  isOffice,
  parentPath,
  type UnitState,
} from '../../../domain/organisation/index.ts';
import { lastUnit } from '../../../domain/kernel/event/unit-path.ts';
import { topOf, type Rulebook } from '../../../domain/procedure/index.ts';
import type { RollupContext } from '../../../domain/rollup/index.ts';
import { admitFact, learn, RULE_KINDS, sightOf, streamOf, type AnyState } from '../../../domain/streams.ts';
import type { FeedEvent } from '../feeds/append.ts';
import type { UnitCache } from '../units.ts';
import type { PreparedEvents } from './prepare.ts';

/** Who appends: a workstation at its unit, or the centre's own administration. */
export type Appender = { id: string; unitPath: string; centre: boolean; heardAt?: string | null };

/** A stream by its kind, known or not, and its id. */
export type StreamKey = { kind: string; id: string };

/** A stream as the database has it, and as the batch makes it. */
export type StreamRecord = StreamKey & {
  /** Number of times it was written; 0 for one the database does not have. */
  revision: number;
  state: AnyState | undefined;
  /** The state as the database has it. */
  stored: AnyState | undefined;
  /** The same as a text, where a newer release made it of a kind that this one does not know. */
  foreignState?: string;
  /** Units whose feeds carry it. */
  sight: Set<string>;
  changed: boolean;
  /** Accepted and unknown events of this batch. */
  fresh: FeedEvent[];
};

/** An entry of a feed: an event, or the mark where a stream's history from before this batch goes in. */
export type FeedEntry = FeedEvent | { historyOf: StreamRecord };

export type Known = {
  streams: Map<string, StreamRecord>;
  staff: Map<string, StaffState>;
  /** Ids of the batch that other accepted events bear already. */
  takenIds: ReadonlySet<string>;
  /** The number of an event that is kept as it is, without being judged. */
  setAside?: number | undefined;
  /** Procedures and calendars as of this batch. */
  rules: Rulebook;
};

/** An accepted fact, its record right before and after it, and the units and rules that it is counted by. */
export type Change = {
  event: EventEnvelope;
  before: AnyState | undefined;
  after: AnyState;
  context: RollupContext;
};

/** What becomes of a batch, before any of it is written. */
export type Judgement = {
  receipts: Receipt[];
  feeds: Map<string, FeedEntry[]>;
  changes: Change[];
  /** Units as the batch leaves them. */
  units: Map<string, UnitState>;
};

export const keyOf = (stream: StreamKey): string => `${stream.kind}:${stream.id}`;

export function newStream({ kind, id }: StreamKey): StreamRecord {
  return {
    kind,
    id,
    revision: 0,
    state: undefined,
    stored: undefined,
    sight: new Set(),
    changed: false,
    fresh: [],
  };
}

function addTo(feeds: Map<string, FeedEntry[]>, path: string, ...entries: FeedEntry[]): void {
  const list = feeds.get(path);
  if (list) list.push(...entries);
  else feeds.set(path, entries);
}

/** Brings a stream into a unit's sight: its whole history so far comes first. */
export function show(stream: StreamRecord, path: string, feeds: Map<string, FeedEntry[]>): void {
  if (stream.sight.has(path)) return;
  stream.sight.add(path);
  stream.changed = true;
  if (stream.revision > 0) addTo(feeds, path, { historyOf: stream });
  addTo(feeds, path, ...stream.fresh);
}

/** What an event is judged by, besides the stream it is about. */
export type JudgedBy = {
  staff: ReadonlyMap<string, StaffState>;
  /** The streams of the batch, and those that its events name, as it has left them so far. */
  streams: ReadonlyMap<string, Pick<StreamRecord, 'state'>>;
  rules: Rulebook;
  /** When the centre received it. */
  receivedAt: string;
} & Pick<UnitCache, 'get' | 'levelOf' | 'partyOf'>;

/**
 * What becomes of an event on a stream as it is, by the domain's own judgement. The same for an event that has just come
 * and for one that was set aside and is tried again.
 */
export function ruleOn(
  stream: Pick<StreamRecord, 'state' | 'sight'>,
  event: EventEnvelope,
  source: Appender,
  { staff, streams, rules, receivedAt, get, levelOf, partyOf }: JudgedBy,
): Ruling<AnyState> {
  const inSight = stream.sight.size === 0 || stream.sight.has(source.unitPath);
  return admitFact({ current: stream.state, inSight }, event, {
    side: 'receiving',
    receivedAt,
    source,
    rules,
    levelOf,
    partyOf,
    exists: (path) => get(path) !== undefined,
    person: (id) => staff.get(id),
    record: (named) => streams.get(keyOf(named))?.state?.state,
  });
}

/**
 * Judges a run of events in order: one receipt an event, what each accepted or unknown one adds to states and
 * feeds, and the changes that others follow. One that is not legal blocks nothing behind it. Changes `known.streams` in place;
 * reads and writes nothing else.
 */
export function judgeEvents(
  { events, opened }: Pick<PreparedEvents, 'events' | 'opened'>,
  appender: Appender,
  known: Known,
  units: Pick<UnitCache, 'get' | 'levelOf' | 'partyOf' | 'all'>,
  receivedAt: string,
): Judgement {
  const judgement: Judgement = { receipts: [], feeds: new Map(), changes: [], units: new Map() };
  let context: RollupContext = { levelOf: units.levelOf, partyOf: units.partyOf, rules: known.rules };
  const ids = new Set(known.takenIds);

  for (const [index, pushed] of events.entries()) {
    const event = opened[index] ?? pushed;
    const receipt: Receipt = { id: event.id, deviceSequence: event.deviceSequence, status: 'accepted' };
    judgement.receipts.push(receipt);
    const refuse = (refusal: Refusal): void => {
      receipt.status = 'rejected';
      receipt.refusal = refusal;
    };
    if (ids.has(event.id)) {
      refuse({ rule: 'event-repeated', field: 'id' });
      continue;
    }
    if (event.deviceSequence === known.setAside) {
      refuse({ rule: 'set-aside' });
      continue;
    }
    if (opened[index] === null) {
      refuse({ rule: 'sealed-unreadable', field: 'key' });
      continue;
    }
    const stream = known.streams.get(keyOf(event.stream));
    if (!stream) throw new Error('A stream of the batch was not loaded');
    const ruling = ruleOn(stream, event, appender, {
      staff: known.staff,
      streams: known.streams,
      rules: context.rules,
      receivedAt,
      get: units.get,
      levelOf: units.levelOf,
      partyOf: units.partyOf,
    });
    if (ruling.kind === 'illegal') {
      refuse(ruling.refusal);
      continue;
    }
    ids.add(event.id);
    // Whoever writes a record has it; their feed proves that the centre has it too.
    if (!appender.centre) show(stream, appender.unitPath, judgement.feeds);
    if (ruling.kind === 'legal') {
      const before = stream.state;
      stream.state = ruling.state;
      for (const path of sightOf(ruling.state, units.levelOf)) show(stream, path, judgement.feeds);
      if (ruling.state.kind === 'unit') {
        const unit = ruling.state.state;
        judgement.units.set(unit.path, unit);
        if (event.type === 'unit-created') {
          showUnitsAbove(unit.path, known.streams, judgement.feeds);
          showRules(unit.path, known.streams, judgement.feeds);
          if (unit.level > 1) showNeighbours(unit.path, known.streams, judgement.feeds);
          showOffices(unit.path, known.streams, judgement.feeds);
          if (isOffice(unit)) {
            // Those that were there before it, and those that came with it in this batch.
            const paths = [...units.all().map((one) => one.path), ...judgement.units.keys()];
            for (const path of paths)
              if (topOf(path) === topOf(unit.path)) show(stream, path, judgement.feeds);
          }
        }
      }
      const rules = learn(context.rules, ruling.state);
      if (rules !== context.rules) context = { ...context, rules };
      const top = streamOf(ruling.state.kind).holdsBelow?.(ruling.state.state);
      // What holds at the top holds at every unit below it.
      if (top !== undefined)
        for (const { path } of units.all()) if (covers(top, path)) show(stream, path, judgement.feeds);
      judgement.changes.push({ event, before, after: ruling.state, context });
    } else {
      receipt.status = 'unknown';
    }
    stream.changed = true;
    const entry: FeedEvent = { eventId: event.id, hash: event.hash };
    stream.fresh.push(entry);
    for (const path of stream.sight) addTo(judgement.feeds, path, entry);
  }
  return judgement;
}

/** A unit's people need to know the units above: it is there that they escalate to. */
function showUnitsAbove(
  path: string,
  streams: Map<string, StreamRecord>,
  feeds: Map<string, FeedEntry[]>,
): void {
  for (const above of ancestorsAndSelf(path).slice(1).toReversed()) {
    const stream = streams.get(keyOf({ kind: 'unit', id: lastUnit(above) }));
    if (stream?.state !== undefined) show(stream, path, feeds);
  }
}

/** A unit works by the procedure and the calendar of its district, whenever it joins it. */
function showRules(path: string, streams: Map<string, StreamRecord>, feeds: Map<string, FeedEntry[]>): void {
  for (const kind of RULE_KINDS) {
    const stream = streams.get(keyOf({ kind, id: topOf(path) }));
    if (stream?.state !== undefined) show(stream, path, feeds);
  }
}

/** Units under the same one above need to know each other: it is there that they transfer to. Outside the hierarchy is no such unit. */
function showNeighbours(
  path: string,
  streams: Map<string, StreamRecord>,
  feeds: Map<string, FeedEntry[]>,
): void {
  const unit = streams.get(keyOf({ kind: 'unit', id: lastUnit(path) }));
  for (const other of streams.values()) {
    if (unit === undefined || other.state?.kind !== 'unit') continue;
    const { path: neighbour, body } = other.state.state;
    if (body !== undefined) continue;
    if (neighbour === path || parentPath(neighbour) !== parentPath(path)) continue;
    show(other, path, feeds);
    show(unit, neighbour, feeds);
  }
}

/** Departments and windows take part in what is applied for at any unit of their district, so that each knows them. */
function showOffices(
  path: string,
  streams: Map<string, StreamRecord>,
  feeds: Map<string, FeedEntry[]>,
): void {
  for (const other of streams.values()) {
    if (other.state?.kind !== 'unit' || !isOffice(other.state.state)) continue;
    if (topOf(other.state.state.path) === topOf(path)) show(other, path, feeds);
  }
}
