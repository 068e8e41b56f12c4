/**
 * What is to be done, in records of all kinds, in one table: boards, reminders and the desk read it in place of columns of their own. It
 * follows from states and rules, which a step of the schema lacks: it is filled when the store is opened.
 */
export const up: readonly string[] = [
  `CREATE TABLE task (
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    part TEXT NOT NULL,
    owner_path TEXT NOT NULL,
    staff_id TEXT,
    since TEXT NOT NULL,
    due_at TEXT,
    due_order TEXT GENERATED ALWAYS AS (coalesce(due_at, '9999')) VIRTUAL,
    calendar TEXT NOT NULL,
    stands INTEGER NOT NULL,
    provisional INTEGER NOT NULL,
    PRIMARY KEY (stream_kind, stream_id, kind, part)
  ) WITHOUT ROWID`,
  `CREATE INDEX task_of_unit ON task (owner_path, stream_kind, kind, due_order, since)`,
  `CREATE INDEX task_of_kind ON task (stream_kind, kind, due_order, since)`,
  `CREATE INDEX task_provisional ON task (owner_path, stream_kind, kind) WHERE provisional = 1`,
  `CREATE TRIGGER task_stream_gone AFTER DELETE ON stream BEGIN
    DELETE FROM task WHERE stream_kind = old.kind AND stream_id = old.id; END`,

  `DROP INDEX return_waiting`,
  `DROP INDEX case_call`,
  `DROP INDEX case_confirm`,
  `DROP INDEX case_notice`,
  `DROP INDEX case_instalment`,
  `DROP INDEX case_arrived`,
  `DROP INDEX case_standing`,
  `DROP INDEX case_provisional`,
  `ALTER TABLE case_row DROP COLUMN call_due_at`,
  `ALTER TABLE case_row DROP COLUMN confirm_due_at`,
  `ALTER TABLE case_row DROP COLUMN notice_due_at`,
  `ALTER TABLE case_row DROP COLUMN instalment_due_at`,
  `ALTER TABLE case_row DROP COLUMN clock_stands`,
];
