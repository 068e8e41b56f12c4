/** First schema of the workstation. Frozen: later changes are later files. */
export const up: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,

  `CREATE TABLE event (
    local_order INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    actor TEXT NOT NULL,
    device TEXT NOT NULL,
    device_sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    previous_hash TEXT,
    hash TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('local', 'feed')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'quarantined', 'unknown')),
    feed_position INTEGER,
    received_at TEXT,
    refusal TEXT,
    dismissed_at TEXT
  )`,
  `CREATE INDEX event_stream ON event (stream_kind, stream_id)`,
  `CREATE UNIQUE INDEX event_local ON event (device_sequence) WHERE origin = 'local'`,
  `CREATE INDEX event_attention ON event (status) WHERE status IN ('rejected', 'quarantined', 'unknown')`,
  `CREATE INDEX event_unproved ON event (id) WHERE origin = 'local' AND status = 'accepted' AND feed_position IS NULL`,

  `CREATE TABLE outbox (
    device_sequence INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    at TEXT NOT NULL
  )`,
  // A local fact cannot be recorded without being sent.
  `CREATE TRIGGER event_outbox AFTER INSERT ON event WHEN new.origin = 'local' BEGIN
    INSERT INTO outbox (device_sequence, event_id, stream_kind, stream_id, at)
    VALUES (new.device_sequence, new.id, new.stream_kind, new.stream_id, new.at);
  END`,
  `CREATE INDEX outbox_stream ON outbox (stream_kind, stream_id)`,

  `CREATE TABLE stream (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID`,

  `CREATE TABLE case_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    open INTEGER NOT NULL,
    historical INTEGER NOT NULL,
    consumer_name TEXT NOT NULL,
    consumer_phone_masked TEXT NOT NULL,
    merchant_id TEXT,
    merchant_name TEXT NOT NULL,
    object TEXT NOT NULL,
    problem TEXT NOT NULL,
    amount_fen INTEGER,
    handling_path TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    registered_day TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    due_at TEXT,
    deadline TEXT,
    source TEXT NOT NULL
  )`,
  `CREATE INDEX case_open_due ON case_row (open, due_at, row)`,
  `CREATE INDEX case_handling ON case_row (handling_path, open, due_at, row)`,
  `CREATE INDEX case_status ON case_row (status, due_at)`,
  `CREATE INDEX case_due ON case_row (due_at, row)`,
  `CREATE INDEX case_updated ON case_row (updated_at, row)`,
  `CREATE INDEX case_registered ON case_row (registered_at, row)`,
  `CREATE INDEX case_merchant ON case_row (merchant_id) WHERE merchant_id IS NOT NULL`,
  `CREATE VIRTUAL TABLE case_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,

  `CREATE TABLE return_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    merchant_name TEXT NOT NULL,
    goods_name TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    consumer_name TEXT NOT NULL,
    verdict TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    requested_day TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    case_id TEXT
  )`,
  `CREATE INDEX return_requested ON return_row (requested_at, row)`,
  `CREATE INDEX return_day ON return_row (requested_day)`,
  `CREATE INDEX return_status ON return_row (status, requested_at)`,
  `CREATE INDEX return_merchant ON return_row (merchant_id)`,
  `CREATE VIRTUAL TABLE return_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,

  `CREATE TABLE merchant_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credit_code TEXT,
    category TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    phone TEXT,
    commitments TEXT NOT NULL,
    committed INTEGER NOT NULL,
    invented INTEGER NOT NULL
  )`,
  `CREATE INDEX merchant_name ON merchant_row (name, row)`,
  `CREATE INDEX merchant_unit ON merchant_row (unit_path)`,
  `CREATE VIRTUAL TABLE merchant_search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,

  `CREATE TABLE unit_row (
    path TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    level INTEGER NOT NULL,
    party TEXT NOT NULL,
    dispute_point INTEGER NOT NULL
  ) WITHOUT ROWID`,

  `CREATE TABLE staff_row (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    active INTEGER NOT NULL,
    password_hash TEXT NOT NULL
  ) WITHOUT ROWID`,

  `CREATE TABLE number_sequence (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
  ) WITHOUT ROWID`,

  `CREATE TABLE draft (
    staff_id TEXT NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    fields TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (staff_id, key)
  ) WITHOUT ROWID`,

  `CREATE TABLE import_mapping (shape TEXT PRIMARY KEY, mapping TEXT NOT NULL, saved_at TEXT NOT NULL) WITHOUT ROWID`,

  `CREATE TABLE rollup_cache (
    path TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    view TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    PRIMARY KEY (path, from_day, to_day)
  ) WITHOUT ROWID`,

  `CREATE TABLE access_log (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    staff_name TEXT NOT NULL,
    action TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    reason TEXT NOT NULL
  )`,

  `CREATE TABLE problem_log (id INTEGER PRIMARY KEY, at TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL)`,
];
