/**
 * The supervisor's desk: who holds a case, what was escalated, reviewed or still asks for a call, and how the load lies.
 * Load is kept as two counted tables, by triggers, so that it costs the same at a hundred thousand cases as at ten:
 * open cases by when they are due, closed ones by day and by how long they took (the buckets of the roll-up: hours of
 * the first day, then whole days).
 */

const HELD = "coalesce(%.assigned_to, '')";
const DUE = "coalesce(%.due_at, '9999')";
const of = (row: 'new' | 'old' | 'case_row', text: string): string => text.replaceAll('%', row);

// Cases brought in from a register were not closed here: they have no such day.
const COUNTED_CLOSED = '%.closed_day IS NOT NULL';

const addOpen = `INSERT INTO open_load (handling_path, assigned_to, due_order, count)
  SELECT new.handling_path, ${of('new', HELD)}, ${of('new', DUE)}, 1 WHERE new.open = 1
  ON CONFLICT DO UPDATE SET count = count + 1`;
const takeOpen = `UPDATE open_load SET count = count - 1 WHERE old.open = 1 AND handling_path = old.handling_path
    AND assigned_to = ${of('old', HELD)} AND due_order = ${of('old', DUE)};
  DELETE FROM open_load WHERE count = 0 AND handling_path = old.handling_path
    AND assigned_to = ${of('old', HELD)} AND due_order = ${of('old', DUE)}`;
const addClosed = `INSERT INTO closed_load (closed_day, handling_path, assigned_to, bucket, count)
  SELECT new.closed_day, new.handling_path, ${of('new', HELD)}, new.handled_bucket, 1
  WHERE ${of('new', COUNTED_CLOSED)} ON CONFLICT DO UPDATE SET count = count + 1`;
const takeClosed = `UPDATE closed_load SET count = count - 1 WHERE ${of('old', COUNTED_CLOSED)}
    AND closed_day = old.closed_day AND handling_path = old.handling_path
    AND assigned_to = ${of('old', HELD)} AND bucket = old.handled_bucket;
  DELETE FROM closed_load WHERE count = 0 AND closed_day = old.closed_day AND handling_path = old.handling_path
    AND assigned_to = ${of('old', HELD)} AND bucket = old.handled_bucket`;

const MINUTES = `(strftime('%s', coalesce(s.state ->> 'outcomeAt', s.state ->> 'closedAt'))
  - strftime('%s', s.state ->> 'registeredAt')) / 60`;

export const up: readonly string[] = [
  `ALTER TABLE case_row ADD COLUMN assigned_to TEXT`,
  `ALTER TABLE case_row ADD COLUMN assigned_name TEXT`,
  `ALTER TABLE case_row ADD COLUMN escalated INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE case_row ADD COLUMN closed_day TEXT`,
  `ALTER TABLE case_row ADD COLUMN handled_bucket INTEGER`,
  `ALTER TABLE case_row ADD COLUMN review TEXT`,
  `ALTER TABLE case_row ADD COLUMN call_due_at TEXT`,
  `ALTER TABLE case_row ADD COLUMN confirm_due_at TEXT`,

  // What cases from before this step already say of themselves; nothing was assigned or reviewed before it. The
  // countdown of judicial confirmation needs the calendar, and is set when the store is opened.
  `UPDATE case_row SET escalated = 1 WHERE id IN (
    SELECT id FROM stream WHERE kind = 'case' AND json_array_length(state, '$.escalations') > 0)`,
  `UPDATE case_row SET closed_day = date(s.state ->> 'closedAt', '+8 hours'),
      handled_bucket = CASE WHEN ${MINUTES} < 1440 THEN max(0, ${MINUTES} / 60) ELSE 23 + ${MINUTES} / 1440 END,
      call_due_at = CASE WHEN s.state ->> 'satisfaction' = 'unknown'
        THEN date(s.state ->> 'closedAt', '+8 hours', '+7 days') || 'T15:59:59.999Z' END
    FROM stream AS s WHERE s.kind = 'case' AND s.id = case_row.id AND historical = 0
      AND s.state ->> 'closedAt' IS NOT NULL`,

  `CREATE INDEX case_assigned ON case_row (assigned_to, open, due_order, row) WHERE assigned_to IS NOT NULL`,
  `CREATE INDEX case_escalated ON case_row (due_order, row, handling_path) WHERE escalated = 1 AND open = 1`,
  `CREATE INDEX case_closed ON case_row (closed_day, row) WHERE closed_day IS NOT NULL`,
  `CREATE INDEX case_review ON case_row (review, closed_day, row) WHERE review IS NOT NULL`,
  `CREATE INDEX case_call ON case_row (call_due_at, row) WHERE call_due_at IS NOT NULL`,
  `CREATE INDEX case_confirm ON case_row (confirm_due_at, row) WHERE confirm_due_at IS NOT NULL`,

  `CREATE TABLE open_load (
    handling_path TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    due_order TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (handling_path, assigned_to, due_order)
  ) WITHOUT ROWID`,
  `CREATE TABLE closed_load (
    closed_day TEXT NOT NULL,
    handling_path TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (closed_day, handling_path, assigned_to, bucket)
  ) WITHOUT ROWID`,
  `INSERT INTO open_load SELECT handling_path, ${of('case_row', HELD)}, ${of('case_row', DUE)}, count(*)
    FROM case_row WHERE open = 1 GROUP BY 1, 2, 3`,
  `INSERT INTO closed_load SELECT closed_day, handling_path, ${of('case_row', HELD)}, handled_bucket, count(*)
    FROM case_row WHERE ${of('case_row', COUNTED_CLOSED)} GROUP BY 1, 2, 3, 4`,
  `CREATE TRIGGER case_load_insert AFTER INSERT ON case_row BEGIN ${addOpen}; ${addClosed}; END`,
  `CREATE TRIGGER case_load_delete AFTER DELETE ON case_row BEGIN ${takeOpen}; ${takeClosed}; END`,
  `CREATE TRIGGER case_load_open AFTER UPDATE ON case_row
    WHEN old.open <> new.open OR (new.open = 1 AND (old.handling_path <> new.handling_path
      OR old.assigned_to IS NOT new.assigned_to OR old.due_at IS NOT new.due_at))
    BEGIN ${takeOpen}; ${addOpen}; END`,
  `CREATE TRIGGER case_load_closed AFTER UPDATE ON case_row
    WHEN old.closed_day IS NOT new.closed_day OR (new.closed_day IS NOT NULL AND (old.handling_path <> new.handling_path
      OR old.assigned_to IS NOT new.assigned_to OR old.handled_bucket IS NOT new.handled_bucket))
    BEGIN ${takeClosed}; ${addClosed}; END`,

  // Samples of closed cases drawn at this desk, and what was drawn.
  `CREATE TABLE review_sample (
    id TEXT PRIMARY KEY,
    drawn_at TEXT NOT NULL,
    drawn_by TEXT NOT NULL,
    path TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    seed TEXT NOT NULL,
    population INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE review_sample_case (
    sample_id TEXT NOT NULL REFERENCES review_sample (id),
    place INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (sample_id, place)
  ) WITHOUT ROWID`,
];
