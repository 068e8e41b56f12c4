/** Photographs of patrols are brought and read as evidence is: by whoever sees the shop's record. */
const IN_SIGHT = `EXISTS (SELECT FROM stream_in_sight AS seen
  WHERE seen.kind IN ('case', 'restoration', 'storefront') AND seen.id = case_id)`;

export const up: readonly string[] = [
  `DROP POLICY request_read ON evidence_holding`,
  `CREATE POLICY request_read ON evidence_holding FOR SELECT TO heshi_request USING (${IN_SIGHT})`,
  `DROP POLICY request_brings ON evidence_holding`,
  `CREATE POLICY request_brings ON evidence_holding FOR INSERT TO heshi_request
    WITH CHECK (device = (SELECT request_device()) AND ${IN_SIGHT})`,
];
