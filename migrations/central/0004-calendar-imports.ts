/**
 * How many calendar imports of its district were known when an event was judged: whether a deadline was missed
 * depends on it, and a recount from the log must judge alike.
 */
export const up: readonly string[] = [`ALTER TABLE event ADD COLUMN calendar_imports int NOT NULL DEFAULT 0`];
