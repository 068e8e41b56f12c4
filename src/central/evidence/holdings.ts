import { sql } from 'kysely';
import type { CaseState } from '../../domain/case/index.ts';
import { standingEvidence, type EvidenceItem } from '../../domain/evidence/reducer.ts';
import { type RestorationState, standingFiles } from '../../domain/restoration/index.ts';
import type { SanctionState } from '../../domain/sanction/index.ts';
import { photosOf, type StorefrontState } from '../../domain/street/index.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';

/** Records that files go with. */
const HOLDERS = sql.raw(`'case', 'restoration', 'sanction', 'storefront'`);

/** The files that a record has, by its kind and its state's text, which ingest has written from values of exactly these types. */
function filesOf(kind: string, state: string): SightedEvidence['item'][] {
  const read: unknown = JSON.parse(state);
  if (kind === 'case') return standingEvidence(read as CaseState);
  if (kind === 'restoration') return standingFiles(read as RestorationState);
  if (kind === 'sanction') return (read as SanctionState).documents ?? [];
  return photosOf(read as StorefrontState).map(({ file, ...photo }) => ({ ...photo, name: file }));
}

/** Evidence of a case that a unit may bring or read. */
export type SightedEvidence = {
  circle: string;
  /** Of the case, of the application for credit repair, of the record of a decision, or of the shop on a street. */
  caseId: string;
  item: Pick<EvidenceItem, 'sha256' | 'size' | 'mediaType' | 'name'>;
};

/** The standing evidence with this hash, when the unit sees the case; null otherwise, whatever the reason. */
export async function evidenceInSight(
  database: Database,
  scope: RequestScope,
  caseId: string,
  sha256: string,
): Promise<SightedEvidence | null> {
  const { rows } = await asUnit(database, scope, (executor) =>
    sql<{ circle: string; kind: string; state: string }>`
      SELECT circle, kind, state FROM stream
      WHERE kind IN (${HOLDERS}) AND id = ${caseId} AND state IS NOT NULL AND sight::jsonb ? ${scope.unitPath}`.execute(
      executor,
    ),
  );
  const row = rows[0];
  if (row === undefined) return null;
  const item = filesOf(row.kind, row.state).find((one) => one.sha256 === sha256);
  return item === undefined ? null : { circle: row.circle, caseId, item };
}

/** True when the content came in through this case. */
export async function isHeld(
  database: Database,
  scope: RequestScope,
  evidence: SightedEvidence,
): Promise<boolean> {
  const { rows } = await asUnit(database, scope, (executor) =>
    sql`
      SELECT 1 FROM evidence_holding
      WHERE circle = ${evidence.circle} AND case_id = ${evidence.caseId} AND sha256 = ${evidence.item.sha256}`.execute(
      executor,
    ),
  );
  return rows.length > 0;
}

/**
 * True when the content came in through any case that the unit sees: then it need not come again. Content that
 * only others hold is taken anew, so that nobody learns, or gets, by a hash what they have not got.
 */
export async function isHeldInSight(
  database: Database,
  scope: RequestScope,
  evidence: SightedEvidence,
): Promise<boolean> {
  const { rows } = await asUnit(database, scope, (executor) =>
    sql`
      SELECT 1 FROM evidence_holding AS holding
      JOIN stream ON stream.kind IN (${HOLDERS}) AND stream.id = holding.case_id
      WHERE holding.sha256 = ${evidence.item.sha256} AND stream.sight::jsonb ? ${scope.unitPath} LIMIT 1`.execute(
      executor,
    ),
  );
  return rows.length > 0;
}

/** Records that content came in through a case. */
export async function recordHolding(
  database: Database,
  scope: RequestScope,
  evidence: SightedEvidence,
  now: Date,
): Promise<void> {
  const { sha256, size } = evidence.item;
  await asUnit(database, scope, async (executor) => {
    await sql`
      INSERT INTO evidence_content (sha256, size, stored_at) VALUES (${sha256}, ${size}, ${now})
      ON CONFLICT DO NOTHING`.execute(executor);
    await sql`
      INSERT INTO evidence_holding (circle, case_id, sha256, device, received_at)
      VALUES (${evidence.circle}, ${evidence.caseId}, ${sha256}, ${scope.deviceId}, ${now})
      ON CONFLICT DO NOTHING`.execute(executor);
  });
}
