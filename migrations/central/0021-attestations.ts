/**
 * Who answers for which part of which log: the device that recorded it, or the centre, by a signature over the root of a tree of
 * its events' hashes (`leaves`, 32 bytes each); and for each device the centre's word which key is its. Every asker may read
 * both: hashes tell nothing of what they are of.
 */
export const up: readonly string[] = [
  `CREATE TABLE attestation (
    device text COLLATE "C" NOT NULL,
    last bigint NOT NULL,
    first bigint NOT NULL,
    by_centre boolean NOT NULL,
    signature text COLLATE "C" NOT NULL,
    leaves bytea NOT NULL,
    PRIMARY KEY (device, last)
  )`,
  // Hashes do not become shorter.
  `ALTER TABLE attestation ALTER COLUMN leaves SET STORAGE EXTERNAL`,
  `CREATE TABLE device_certificate (
    device text COLLATE "C" PRIMARY KEY,
    unit_path text COLLATE "C" NOT NULL,
    public_key text COLLATE "C" NOT NULL,
    certificate text COLLATE "C" NOT NULL
  )`,
  ...['attestation', 'device_certificate'].flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `GRANT SELECT ON ${table} TO heshi_request`,
    `CREATE POLICY request_read ON ${table} FOR SELECT TO heshi_request USING (true)`,
  ]),
];
