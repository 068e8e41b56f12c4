/**
 * What the public pages look things up by: a merchant's codes, the number of a paper as people type it, the end of a merchant's id
 * that stands on its cards. Codes are written with the facts that give them; `rebuild` makes them anew from the log.
 */
export const up: readonly string[] = [
  `CREATE TABLE public_code (
    code text COLLATE "C" PRIMARY KEY,
    merchant_id text COLLATE "C" NOT NULL
  )`,
  `CREATE INDEX public_code_merchant ON public_code (merchant_id)`,

  // As plainNumber in src/domain/document/printed-code.ts: without blanks and brackets, in one case and width.
  `CREATE FUNCTION plain_number(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(translate(normalize(number, NFKC), U&' []()\\3014\\3015\\3010\\3011', ''))`,
  `CREATE INDEX number_issued_plain ON number_issued (plain_number(number))`,

  // As returnCode in src/protocol/return-code.ts, without its hyphens.
  `CREATE FUNCTION return_code(id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(right(encode(sha256(replace('return ' || id, '\\', '\\\\')::bytea), 'hex'), 12))`,
  `CREATE INDEX stream_return_code ON stream (return_code(id)) WHERE kind = 'return'`,

  `CREATE INDEX stream_card ON stream (right(replace(id, '-', ''), 12)) WHERE kind = 'merchant'`,
];
