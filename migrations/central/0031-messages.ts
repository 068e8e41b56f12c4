/**
 * Messages to merchants: for each date of a record, each number of days before it and each channel one row, by which none is sent
 * twice. Neither text nor telephone number is kept: both are made when a message is sent.
 */
export const up: readonly string[] = [
  `CREATE TABLE message (
    id text COLLATE "C" PRIMARY KEY,
    record_kind text COLLATE "C" NOT NULL,
    record_id text COLLATE "C" NOT NULL,
    merchant_id text COLLATE "C" NOT NULL,
    what text COLLATE "C" NOT NULL,
    day date NOT NULL,
    days_before int NOT NULL,
    channel text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    tries int NOT NULL DEFAULT 0,
    next_at timestamptz,
    outcome text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    sent_at timestamptz
  )`,
  `CREATE INDEX message_waiting ON message (next_at) WHERE state = 'waiting'`,
];
