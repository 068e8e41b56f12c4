/**
 * By what applicants look up how their application for credit repair stands; and files of decisions, which are brought and read as
 * evidence is, by whoever sees the record.
 */
const IN_SIGHT = `EXISTS (SELECT FROM stream_in_sight AS seen
  WHERE seen.kind IN ('case', 'restoration', 'sanction', 'storefront') AND seen.id = case_id)`;

export const up: readonly string[] = [
  // As restorationCode in src/protocol/restoration-code.ts, without its hyphens.
  `CREATE FUNCTION restoration_code(id text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(right(encode(sha256(replace('restoration ' || id, '\\', '\\\\')::bytea), 'hex'), 12))`,
  `CREATE INDEX stream_restoration_code ON stream (restoration_code(id)) WHERE kind = 'restoration'`,

  `DROP POLICY request_read ON evidence_holding`,
  `CREATE POLICY request_read ON evidence_holding FOR SELECT TO heshi_request USING (${IN_SIGHT})`,
  `DROP POLICY request_brings ON evidence_holding`,
  `CREATE POLICY request_brings ON evidence_holding FOR INSERT TO heshi_request
    WITH CHECK (device = (SELECT request_device()) AND ${IN_SIGHT})`,
];
