/**
 * First schema of the centre. Frozen: later changes are later files.
 *
 * `circle` stands in every large table so that the tables can be distributed by it later (`/HS/C1`; `/HS` for
 * what the district itself does; `centre` for its own log). Keys collate as bytes: one order for everybody.
 */

/** Counters of the roll-up, as of this release; NULL is nothing yet, so that a row holds only what happened. */
const COUNTERS = [
  'registered',
  'accepted',
  'refused',
  'settled',
  'settled_at_source',
  'mediation_failed',
  'ended_failed',
  'withdrawn',
  'terminated',
  'transferred',
  'concluded',
  'reopened',
  'escalated_in',
  'escalated_out',
  'reached_regulator',
  'deadline_breached',
  'performed',
  'broken',
  'closed',
  'satisfied',
  'dissatisfied',
  'recovered_fen',
  'returns_requested',
  'returns_granted',
  'returns_refused',
  'returns_disputed',
  'refunded_fen',
];

export const up: readonly string[] = [
  `CREATE TABLE setting (key text PRIMARY KEY, value text NOT NULL)`,
  `CREATE TABLE administrator (token_hash text PRIMARY KEY, created_at timestamptz NOT NULL)`,

  `CREATE TABLE unit (
    path text COLLATE "C" PRIMARY KEY,
    id text NOT NULL UNIQUE,
    name text NOT NULL,
    level int NOT NULL,
    party text NOT NULL,
    dispute_point boolean NOT NULL
  )`,

  `CREATE TABLE device (
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    code text NOT NULL,
    public_key text NOT NULL,
    status text NOT NULL CHECK (status IN ('active', 'revoked', 'quarantined')),
    head_sequence bigint NOT NULL DEFAULT 0,
    head_hash text NOT NULL,
    rejected bigint NOT NULL DEFAULT 0,
    enrolled_at timestamptz NOT NULL,
    last_seen_at timestamptz,
    last_pushed_at timestamptz,
    UNIQUE (unit_path, code)
  )`,

  `CREATE TABLE enrolment_code (
    code_hash text PRIMARY KEY,
    unit_path text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_by text REFERENCES device (id)
  )`,

  // Payload and actor are text, not jsonb: they are hashed facts, kept as they came.
  `CREATE TABLE event (
    position bigint GENERATED ALWAYS AS IDENTITY,
    circle text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    stream_kind text COLLATE "C" NOT NULL,
    stream_id text COLLATE "C" NOT NULL,
    type text NOT NULL,
    version int NOT NULL,
    payload text NOT NULL,
    actor text NOT NULL,
    device text COLLATE "C" NOT NULL,
    device_sequence bigint NOT NULL,
    at text NOT NULL,
    unit_path text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    status text NOT NULL CHECK (status IN ('accepted', 'rejected', 'unknown')),
    refusal text,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (circle, device, device_sequence)
  )`,
  // A rejected event may repeat an id: that is one reason to reject it.
  `CREATE UNIQUE INDEX event_id ON event (id) WHERE status <> 'rejected'`,
  `CREATE INDEX event_stream ON event (stream_kind, stream_id, position)`,

  `CREATE TABLE stream (
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    circle text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    state text,
    sight text NOT NULL,
    PRIMARY KEY (kind, id)
  ) WITH (fillfactor = 80)`,

  `CREATE TABLE feed_head (
    unit_path text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL,
    digest text NOT NULL
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE feed (
    circle text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    event_id uuid NOT NULL,
    PRIMARY KEY (circle, unit_path, position)
  )`,

  // One row holds all counters of a unit, a day or month, and one thing counted by (facet and key).
  `CREATE TABLE rollup_counter (
    circle text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    grain text COLLATE "C" NOT NULL CHECK (grain IN ('day', 'month')),
    facet text COLLATE "C" NOT NULL,
    day date NOT NULL,
    key text COLLATE "C" NOT NULL,
    ${COUNTERS.map((name) => `${name} bigint, own_${name} bigint`).join(', ')},
    PRIMARY KEY (circle, unit_path, grain, facet, day, key)
  ) WITH (fillfactor = 80)`,
  `CREATE TABLE rollup_handling (
    circle text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    grain text COLLATE "C" NOT NULL CHECK (grain IN ('day', 'month')),
    kind text COLLATE "C" NOT NULL,
    day date NOT NULL,
    bucket int NOT NULL,
    own bigint NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (circle, unit_path, grain, kind, day, bucket)
  ) WITH (fillfactor = 80)`,
];
