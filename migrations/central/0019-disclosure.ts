/**
 * Tokens by which bodies outside ask for a merchant's grade, kept as hashes; and a merchant's code beside what is known of its credit,
 * by which it is asked for.
 */
export const up: readonly string[] = [
  `CREATE TABLE access_token (
    id text COLLATE "C" PRIMARY KEY,
    token_hash text COLLATE "C" NOT NULL UNIQUE,
    unit_path text COLLATE "C" NOT NULL,
    scopes text COLLATE "C" NOT NULL,
    held_by text NOT NULL,
    purpose text NOT NULL,
    until date NOT NULL,
    issued_at timestamptz NOT NULL,
    revoked_at timestamptz,
    answered int NOT NULL DEFAULT 0
  )`,
  `ALTER TABLE credit_merchant ADD COLUMN credit_code text COLLATE "C"`,
  `UPDATE credit_merchant SET credit_code = stream.state::json ->> 'creditCode'
    FROM stream WHERE stream.kind = 'merchant' AND stream.id = credit_merchant.merchant_id AND stream.state IS NOT NULL`,
  `CREATE INDEX credit_merchant_code ON credit_merchant (credit_code) WHERE credit_code IS NOT NULL`,
];
