/** What several centre processes on one database need to know of each other. */
export const up: readonly string[] = [
  // Challenges that have opened a session: each opens one, whichever process made it and whichever is asked.
  `CREATE TABLE used_challenge (
    hash text COLLATE "C" PRIMARY KEY,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX used_challenge_expiry ON used_challenge (expires_at)`,

  // Every process has all units in memory; this number tells it that another process has changed some.
  `INSERT INTO setting (key, value) VALUES ('units-revision', '1')`,
  `CREATE FUNCTION unit_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE setting SET value = (value::bigint + 1)::text WHERE key = 'units-revision';
      RETURN NULL;
    END
  $$`,
  `CREATE TRIGGER unit_changed AFTER INSERT OR UPDATE OR DELETE ON unit
    FOR EACH STATEMENT EXECUTE FUNCTION unit_changed()`,
];
