/**
 * Wrong guesses at passwords, of each account and (under an empty subject) of the whole workstation. `wait_ms` was left when the
 * machine had run for `uptime_ms`. And what people who share the workstation unlock it with, sealed by the host.
 */
export const up: readonly string[] = [
  `CREATE TABLE sign_in_guard (
    subject TEXT PRIMARY KEY,
    credential TEXT NOT NULL,
    failures INTEGER NOT NULL,
    wait_ms INTEGER NOT NULL,
    uptime_ms INTEGER NOT NULL,
    failed_at TEXT NOT NULL,
    total INTEGER NOT NULL
  )`,
  `CREATE TABLE pin (
    staff_id TEXT PRIMARY KEY,
    credential TEXT NOT NULL,
    sealed TEXT NOT NULL,
    set_at TEXT NOT NULL
  )`,
];
