/** First schema of the centre. Frozen: later changes are later files. */
export const up: readonly string[] = [
  `CREATE TABLE setting (key text PRIMARY KEY, value text NOT NULL)`,
  `CREATE TABLE administrator (token_hash text PRIMARY KEY, created_at timestamptz NOT NULL)`,

  `CREATE TABLE unit (
    path text PRIMARY KEY,
    id text NOT NULL,
    name text NOT NULL,
    level int NOT NULL,
    party text NOT NULL,
    dispute_point boolean NOT NULL
  )`,

  `CREATE TABLE device (
    id text PRIMARY KEY,
    name text NOT NULL,
    unit_path text NOT NULL,
    code text NOT NULL,
    public_key text NOT NULL,
    status text NOT NULL CHECK (status IN ('active', 'revoked', 'quarantined')),
    head_sequence bigint NOT NULL DEFAULT 0,
    head_hash text NOT NULL,
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
    id uuid NOT NULL,
    circle text NOT NULL,
    stream_kind text NOT NULL,
    stream_id text NOT NULL,
    type text NOT NULL,
    version int NOT NULL,
    payload text NOT NULL,
    actor text NOT NULL,
    device text NOT NULL,
    device_sequence bigint NOT NULL,
    at text NOT NULL,
    unit_path text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    status text NOT NULL CHECK (status IN ('accepted', 'rejected', 'unknown')),
    refusal text,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (id)
  )`,
  `CREATE UNIQUE INDEX event_device ON event (device, device_sequence)`,
  `CREATE INDEX event_stream ON event (stream_kind, stream_id, position)`,

  `CREATE TABLE stream (
    kind text NOT NULL,
    id text NOT NULL,
    circle text NOT NULL,
    state text,
    sight text[] NOT NULL,
    PRIMARY KEY (kind, id)
  )`,

  `CREATE TABLE feed_head (unit_path text PRIMARY KEY, position bigint NOT NULL, digest text NOT NULL)`,
  `CREATE TABLE feed (
    unit_path text NOT NULL,
    position bigint NOT NULL,
    event_id uuid NOT NULL,
    PRIMARY KEY (unit_path, position)
  )`,

  `CREATE TABLE rollup_counter (
    unit_path text NOT NULL,
    dimension text NOT NULL,
    day date NOT NULL,
    metric text NOT NULL,
    own bigint NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (unit_path, dimension, day, metric)
  )`,
  `CREATE TABLE rollup_handling (
    unit_path text NOT NULL,
    dimension text NOT NULL,
    kind text NOT NULL,
    day date NOT NULL,
    bucket int NOT NULL,
    own bigint NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (unit_path, dimension, kind, day, bucket)
  )`,
];
