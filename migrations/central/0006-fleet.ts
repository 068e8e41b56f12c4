/** What a workstation last told of itself, and how far it has asked for its feed; and who took data out of the centre. */
export const up: readonly string[] = [
  `ALTER TABLE device
    ADD COLUMN feed_position bigint,
    ADD COLUMN reported_at timestamptz,
    ADD COLUMN report text`,

  // Every export, before its first line is written.
  `CREATE TABLE export_log (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    account text NOT NULL,
    what text NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    from_day date,
    to_day date,
    masked boolean NOT NULL,
    reason text NOT NULL
  )`,
];
