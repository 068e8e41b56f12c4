/**
 * What records of decisions mean for their merchants' grades: the list that one puts its merchant on while it stands, the entry of the
 * credit that it continues, and whether the grade has not been looked at since that changed.
 */
export const up: readonly string[] = [
  `CREATE TABLE credit_record (
    record_id text COLLATE "C" PRIMARY KEY,
    merchant_id text COLLATE "C" NOT NULL,
    listing text COLLATE "C",
    continues text COLLATE "C",
    counted_as text COLLATE "C",
    fresh boolean NOT NULL DEFAULT true
  )`,
  `CREATE INDEX credit_record_merchant ON credit_record (merchant_id)`,
  `CREATE INDEX credit_record_fresh ON credit_record (merchant_id) WHERE fresh`,
];
