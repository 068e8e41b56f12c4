/** Rows of the tables that are read through Kysely's builder; the large ones are met in batches, by SQL. */
export type CentralSchema = {
  setting: { key: string; value: string };
  administrator: { token_hash: string; created_at: Date };
  unit: { path: string; id: string; name: string; level: number; party: string; dispute_point: boolean };
  device: {
    id: string;
    name: string;
    unit_path: string;
    code: string;
    public_key: string;
    status: 'active' | 'revoked' | 'quarantined';
    head_sequence: number;
    head_hash: string;
    rejected: number;
    enrolled_at: Date;
    last_seen_at: Date | null;
    last_pushed_at: Date | null;
  };
  enrolment_code: {
    code_hash: string;
    unit_path: string;
    created_at: Date;
    expires_at: Date;
    used_by: string | null;
  };
};

/** The unit two levels down from the root, by which large tables can be distributed: `/HS/C1/M01` → `/HS/C1`. */
export function circleOf(unitPath: string): string {
  const second = unitPath.indexOf('/', 1);
  const third = second === -1 ? -1 : unitPath.indexOf('/', second + 1);
  return third === -1 ? unitPath : unitPath.slice(0, third);
}
