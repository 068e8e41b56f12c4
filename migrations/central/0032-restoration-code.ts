/** By what applicants look up how their application for credit repair stands. */
export const up: readonly string[] = [
  // As restorationCode in src/protocol/restoration-code.ts, without its hyphens.
  `CREATE FUNCTION restoration_code(id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(right(encode(sha256(replace('restoration ' || id, '\\', '\\\\')::bytea), 'hex'), 12))`,
  `CREATE INDEX stream_restoration_code ON stream (restoration_code(id)) WHERE kind = 'restoration'`,
];
