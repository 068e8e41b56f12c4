/**
 * What opens a workstation, together with its own disk, where nobody there can open it any more; and which codes were spent on that,
 * and when: an answer that was lost can be asked for once more.
 */
export const up: readonly string[] = [
  `CREATE TABLE key_share (
    device text COLLATE "C" PRIMARY KEY REFERENCES device (id),
    share text NOT NULL,
    kept_at timestamptz NOT NULL
  )`,
  `ALTER TABLE enrolment_code ADD COLUMN recovered_at timestamptz`,
];
