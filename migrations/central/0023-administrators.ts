/**
 * Administrators by name, with tokens that are for something and end, a secret for a second sign-in, and what they did. Tokens of before
 * have neither name nor end; they stay where they are (`administrator`), since a release before this one, which may run beside it, asks
 * there, and would take a token that is for little for one that is for everything.
 */
export const up: readonly string[] = [
  `CREATE TABLE administrator_account (
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL UNIQUE,
    second_secret text COLLATE "C" NOT NULL,
    second_spent bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL
  )`,
  `CREATE TABLE administrator_token (
    id text COLLATE "C" PRIMARY KEY,
    administrator_id text COLLATE "C" NOT NULL REFERENCES administrator_account,
    token_hash text COLLATE "C" NOT NULL UNIQUE,
    scopes text COLLATE "C" NOT NULL,
    until date NOT NULL,
    issued_at timestamptz NOT NULL,
    issued_by text NOT NULL,
    revoked_at timestamptz,
    revoked_by text
  )`,
  `CREATE TABLE administrator_act (
    id text COLLATE "C" PRIMARY KEY,
    at timestamptz NOT NULL,
    administrator text NOT NULL,
    token_id text COLLATE "C" NOT NULL,
    call text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL
  )`,
];
