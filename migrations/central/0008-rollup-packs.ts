/**
 * What a unit with others below it adds up to on a day or in a month that is over, in few bytes: durations, and merchants
 * gathered from everywhere below. Made from the counters and true only while `version` is that of the counters' row; not
 * logged, since it can be made again at any time.
 */
export const up: readonly string[] = [
  `CREATE UNLOGGED TABLE rollup_pack (
    circle text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    grain text COLLATE "C" NOT NULL,
    day date NOT NULL,
    version text COLLATE "C" NOT NULL,
    handling bytea NOT NULL,
    merchants bytea NOT NULL,
    PRIMARY KEY (circle, unit_path, grain, day)
  )`,
  // Merchants by a small number; given once and for ever, so that a pack may outlive everything but itself.
  `CREATE TABLE rollup_key (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL UNIQUE
  )`,
];
