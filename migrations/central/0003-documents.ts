/** Document numbers: each unit's register of a year, its pattern, and every number that was printed. */
export const up: readonly string[] = [
  `CREATE TABLE number_pattern (unit_path text COLLATE "C" PRIMARY KEY, pattern text NOT NULL)`,

  // The last number leased of a unit's register of one year.
  `CREATE TABLE number_register (
    unit_path text COLLATE "C" NOT NULL,
    year int NOT NULL,
    last int NOT NULL,
    PRIMARY KEY (unit_path, year)
  )`,

  // One row a printed number, rejected facts included: what is on paper is used.
  `CREATE TABLE number_issued (
    circle text COLLATE "C" NOT NULL,
    event_id uuid NOT NULL,
    device text COLLATE "C" NOT NULL,
    device_sequence bigint NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    year int NOT NULL,
    sequence int NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    sha256 text NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (circle, device, device_sequence)
  )`,
  `CREATE INDEX number_issued_register ON number_issued (unit_path, year, sequence)`,
];
