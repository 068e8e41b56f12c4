/**
 * Who looked at whose data, at this unit and those right below it, for the supervisor's list. What `access_log` holds was logged before
 * accesses were facts, or cannot be one: what somebody looked at on a workstation that was revoked.
 */
export const up: readonly string[] = [
  `CREATE TABLE access_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    staff_name TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    title TEXT,
    what TEXT,
    reason TEXT
  )`,
  `CREATE INDEX access_at ON access_row (at, row)`,
  `CREATE INDEX access_staff ON access_row (staff_id, at, row)`,
];
