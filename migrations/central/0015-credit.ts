/**
 * What facts say of merchants, fact by fact and added up by merchant, indicator and month; who is graded, and each month's grades.
 * Written in the transaction of the facts; the log is the truth, and `rebuild` makes all but the grades anew from it.
 */
export const up: readonly string[] = [
  // `merchant_id` is null while the record names nobody of the roster; `counted` false where a fact counts no more.
  `CREATE TABLE credit_fact (
    fact_id text COLLATE "C" NOT NULL,
    indicator smallint NOT NULL,
    circle text COLLATE "C" NOT NULL,
    merchant_id text COLLATE "C",
    month int NOT NULL,
    day date NOT NULL,
    good boolean NOT NULL,
    counted boolean NOT NULL,
    stream_kind text COLLATE "C" NOT NULL,
    stream_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (fact_id, indicator)
  )`,
  `CREATE INDEX credit_fact_merchant ON credit_fact (merchant_id, day)`,
  `CREATE INDEX credit_fact_stream ON credit_fact (stream_kind, stream_id)`,

  // Months are counted as in src/domain/credit/month.ts.
  `CREATE TABLE credit_count (
    merchant_id text COLLATE "C" NOT NULL,
    indicator smallint NOT NULL,
    month int NOT NULL,
    good int NOT NULL,
    bad int NOT NULL,
    PRIMARY KEY (merchant_id, indicator, month)
  ) WITH (fillfactor = 80)`,

  // `category` is null of a merchant whose own record is not here. `published` says in short what was last published.
  `CREATE TABLE credit_merchant (
    merchant_id text COLLATE "C" PRIMARY KEY,
    circle text COLLATE "C" NOT NULL,
    district text COLLATE "C" NOT NULL,
    unit_path text COLLATE "C" NOT NULL,
    category text COLLATE "C",
    listings text NOT NULL DEFAULT '[]',
    disputed boolean NOT NULL DEFAULT false,
    wanted text COLLATE "C",
    published text,
    published_month int
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX credit_merchant_district ON credit_merchant (district, merchant_id)`,
  `CREATE INDEX credit_merchant_wanted ON credit_merchant (merchant_id) WHERE wanted IS NOT NULL`,

  `CREATE TABLE credit_mean (
    district text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    indicator smallint NOT NULL,
    month int NOT NULL,
    policy_version int NOT NULL,
    mean int NOT NULL,
    PRIMARY KEY (district, category, indicator)
  )`,
  `CREATE TABLE credit_grade (
    merchant_id text COLLATE "C" NOT NULL,
    month int NOT NULL,
    policy_version int NOT NULL,
    outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('graded', 'not-rated', 'pending')),
    points int NOT NULL,
    grade text COLLATE "C",
    low int NOT NULL,
    high int NOT NULL,
    matters int NOT NULL,
    PRIMARY KEY (merchant_id, month)
  ) WITH (fillfactor = 90)`,

  // Facts from before this step are observed once, by a job, before anything is graded.
  `INSERT INTO setting (key, value) SELECT 'credit-whole', 'true' WHERE NOT EXISTS (SELECT FROM event) ON CONFLICT DO NOTHING`,
];
