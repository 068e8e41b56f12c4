import { sql } from 'kysely';
import { defaultCalendar } from '../../domain/calendar/index.ts';
import type { EventEnvelope } from '../../domain/event/event.ts';
import { rollupDeltas } from '../../domain/rollup/deltas.ts';
import { applyFact, type AnyState } from '../../domain/streams.ts';
import { CHAIN_START, eventHash, feedDigest } from '../../protocol/chain.ts';
import type { Database } from '../db/database.ts';
import type { UnitCache } from '../units.ts';
import { createDeltaSum } from './write.ts';

export type Invariant = { name: string; checked: number; broken: number; examples: string[] };

type Check = { pass(): void; fail(example: string): void; result(): Invariant };

function check(name: string): Check {
  const invariant: Invariant = { name, checked: 0, broken: 0, examples: [] };
  return {
    pass: () => {
      invariant.checked += 1;
    },
    fail: (example) => {
      invariant.checked += 1;
      invariant.broken += 1;
      if (invariant.examples.length < 10) invariant.examples.push(example);
    },
    result: () => invariant,
  };
}

/** A parent's counter is its own plus the sum of its children's, for every unit, day, metric and dimension. */
async function parentsEqualChildren(database: Database): Promise<Invariant> {
  const verdict = check('parents equal the sum of children');
  const { rows } = await sql<{ path: string; metric: string; day: string; total: number; expected: number }>`
    WITH part AS (
      SELECT unit_path, dimension, day, metric, own, total,
        regexp_replace(unit_path, '/[^/]+$', '') AS parent FROM rollup_counter),
    below AS (SELECT parent, dimension, day, metric, sum(total) AS total FROM part GROUP BY 1, 2, 3, 4)
    SELECT part.unit_path AS path, part.metric, part.day, part.total,
      (part.own + coalesce(below.total, 0))::bigint AS expected
    FROM part LEFT JOIN below ON below.parent = part.unit_path AND below.dimension = part.dimension
      AND below.day = part.day AND below.metric = part.metric`.execute(database);
  for (const row of rows) {
    if (row.total === row.expected) verdict.pass();
    else verdict.fail(`${row.path} ${row.day} ${row.metric}: ${row.total}, not ${row.expected}`);
  }
  return verdict.result();
}

type LogRow = {
  id: string;
  stream_kind: EventEnvelope['stream']['kind'];
  stream_id: string;
  type: string;
  version: number;
  payload: string;
  actor: string;
  device: string;
  device_sequence: number;
  at: string;
  unit_path: string;
  previous_hash: string;
  hash: string;
  status: string;
};

/** One pass over the log: device chains, and the roll-up counted anew. */
async function replayLog(database: Database, units: UnitCache): Promise<Invariant[]> {
  const chain = check('device chains are unbroken');
  const legal = check('accepted events are legal in order');
  const { rows } = await sql<LogRow>`SELECT * FROM event ORDER BY position`.execute(database);
  const heads = new Map<string, { sequence: number; hash: string }>();
  const states = new Map<string, AnyState>();
  const sum = createDeltaSum();
  const context = { levelOf: units.levelOf, partyOf: units.partyOf, calendar: defaultCalendar };
  for (const row of rows) {
    const event: EventEnvelope = {
      id: row.id,
      stream: { kind: row.stream_kind, id: row.stream_id },
      type: row.type,
      version: row.version,
      payload: JSON.parse(row.payload) as unknown,
      actor: JSON.parse(row.actor) as EventEnvelope['actor'],
      device: row.device,
      deviceSequence: row.device_sequence,
      at: row.at,
      unitPath: row.unit_path,
    };
    const head = heads.get(row.device) ?? { sequence: 0, hash: CHAIN_START };
    const whole =
      row.device_sequence === head.sequence + 1 &&
      row.previous_hash === head.hash &&
      row.hash === eventHash(event, head.hash);
    if (whole) chain.pass();
    else chain.fail(`${row.device} ${row.device_sequence}`);
    heads.set(row.device, { sequence: row.device_sequence, hash: row.hash });
    if (row.status !== 'accepted') continue;
    const key = `${row.stream_kind}:${row.stream_id}`;
    const before = states.get(key);
    const ruling = applyFact(before, event);
    if (ruling.kind !== 'legal') {
      legal.fail(row.id);
      continue;
    }
    legal.pass();
    states.set(key, ruling.state);
    sum.add(rollupDeltas(before, event, ruling.state, context));
  }
  return [chain.result(), legal.result(), await rebuildEquals(database, sum)];
}

async function rebuildEquals(database: Database, sum: ReturnType<typeof createDeltaSum>): Promise<Invariant> {
  const verdict = check('rebuild equals incremental');
  const incremental = new Map<string, string>();
  const counters = await sql<{ key: string; own: number; total: number }>`
    SELECT concat_ws('|', unit_path, dimension, day, metric) AS key, own, total FROM rollup_counter`.execute(
    database,
  );
  for (const row of counters.rows) incremental.set(`c|${row.key}`, `${row.own}/${row.total}`);
  const handling = await sql<{ key: string; own: number; total: number }>`
    SELECT concat_ws('|', unit_path, dimension, kind, day, bucket) AS key, own, total FROM rollup_handling`.execute(
    database,
  );
  for (const row of handling.rows) incremental.set(`h|${row.key}`, `${row.own}/${row.total}`);
  const rebuilt = new Map<string, string>();
  for (const one of sum.counters()) {
    rebuilt.set(`c|${one.path}|${one.dimension}|${one.day}|${one.metric}`, `${one.own}/${one.total}`);
  }
  for (const one of sum.handling()) {
    rebuilt.set(
      `h|${one.path}|${one.dimension}|${one.kind}|${one.day}|${one.bucket}`,
      `${one.own}/${one.total}`,
    );
  }
  for (const key of new Set([...incremental.keys(), ...rebuilt.keys()])) {
    const [kept, counted] = [incremental.get(key), rebuilt.get(key)];
    if (kept === counted) verdict.pass();
    else verdict.fail(`${key}: ${kept ?? 'missing'}, counted ${counted ?? 'nothing'}`);
  }
  return verdict.result();
}

/** Feeds have positions 1, 2, 3, … and the digest their head says. */
async function feedsAreWhole(database: Database): Promise<Invariant> {
  const verdict = check('feeds are whole');
  const { rows } = await sql<{ path: string; position: number; hash: string }>`
    SELECT feed.unit_path AS path, feed.position, event.hash FROM feed JOIN event ON event.id = feed.event_id
    ORDER BY feed.unit_path, feed.position`.execute(database);
  const found = new Map<string, { position: number; digest: string; gaps: number }>();
  for (const row of rows) {
    const feed = found.get(row.path) ?? { position: 0, digest: CHAIN_START, gaps: 0 };
    if (row.position !== feed.position + 1) feed.gaps += 1;
    feed.position = row.position;
    feed.digest = feedDigest(feed.digest, row.hash);
    found.set(row.path, feed);
  }
  const heads = await sql<{ path: string; position: number; digest: string }>`
    SELECT unit_path AS path, position, digest FROM feed_head`.execute(database);
  for (const head of heads.rows) {
    const feed = found.get(head.path) ?? { position: 0, digest: CHAIN_START, gaps: 0 };
    if (feed.gaps === 0 && feed.position === head.position && feed.digest === head.digest) verdict.pass();
    else verdict.fail(`${head.path} at ${head.position}`);
  }
  return verdict.result();
}

/** Checks the centre's invariants on a live database; each says how much it looked at. */
export async function verifyInvariants(database: Database, units: UnitCache): Promise<Invariant[]> {
  await units.reload(database);
  return [
    await parentsEqualChildren(database),
    ...(await replayLog(database, units)),
    await feedsAreWhole(database),
  ];
}
