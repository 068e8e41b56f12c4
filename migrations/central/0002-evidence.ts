/** Evidence at the centre: content by its hash, and through which cases it was proved by an upload. */
export const up: readonly string[] = [
  `CREATE TABLE evidence_content (
    sha256 text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL,
    stored_at timestamptz NOT NULL
  )`,
  // Knowing a hash opens nothing: content is read through a case only once it came in through a case in sight.
  `CREATE TABLE evidence_holding (
    circle text COLLATE "C" NOT NULL,
    case_id text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL REFERENCES evidence_content (sha256),
    device text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (circle, case_id, sha256)
  )`,
  `CREATE INDEX evidence_holding_content ON evidence_holding (sha256)`,
];
