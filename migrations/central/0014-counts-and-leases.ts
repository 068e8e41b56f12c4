/**
 * What processes count together, and what a centre has to be told once more.
 *
 * A centre put back from a backup has lost leases of document numbers that workstations hold. Histories of the database in
 * which numbers were leased, and which workstation has told its leases in which: until all of a unit have, its register leases no more.
 */
export const up: readonly string[] = [
  `CREATE TABLE number_history (epoch text COLLATE "C" PRIMARY KEY, since timestamptz NOT NULL)`,
  `CREATE TABLE number_told (
    device text COLLATE "C" NOT NULL,
    epoch text COLLATE "C" NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (device, epoch)
  )`,
  // Calls are counted over all processes here; a count that is lost with the server harms nobody.
  `CREATE UNLOGGED TABLE call_count (
    key varchar(255) PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  )`,
];
