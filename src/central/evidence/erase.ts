import { sql } from 'kysely';
import { erasableFiles } from '../../domain/restoration/index.ts';
import type { Database } from '../kernel/db/database.ts';
import type { CentreContent } from './content.ts';

type Holding = { circle: string; caseId: string; sha256: string; kind: string; state: string };

/**
 * Erases the files of evidence that was withdrawn long enough ago, or whose case was erased: each case lets go of them, and what no case holds any more
 * leaves the disk. The facts stay, with the hash, so that logs go on to prove themselves. Returns how many files were erased.
 */
export async function eraseWithdrawn(database: Database, content: CentreContent, now: Date): Promise<number> {
  // Few cases have any: which, the text itself says.
  const { rows } = await sql<Holding>`
    SELECT holding.circle, holding.case_id AS "caseId", holding.sha256, stream.kind, stream.state
    FROM evidence_holding AS holding
    JOIN stream ON stream.kind IN ('case', 'restoration', 'sanction') AND stream.id = holding.case_id AND stream.circle = holding.circle
    WHERE stream.state LIKE '%"withdrawn":{%' OR stream.state LIKE '%"erased":{%'`.execute(database);
  let erased = 0;
  for (const { circle, caseId, sha256, kind, state } of rows) {
    if (!erasableFiles(kind, state, now).includes(sha256)) continue;
    erased += await letGo(database, content, { circle, caseId, sha256 });
  }
  return erased;
}

/** One case lets go of one content, and the disk too where it was the last. */
function letGo(
  database: Database,
  content: CentreContent,
  { circle, caseId, sha256 }: Omit<Holding, 'state' | 'kind'>,
): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    // Whoever brings the same content meanwhile waits for this, and finds out then that it is gone.
    await sql`SELECT 1 FROM evidence_content WHERE sha256 = ${sha256} FOR UPDATE`.execute(transaction);
    await sql`
      DELETE FROM evidence_holding
      WHERE circle = ${circle} AND case_id = ${caseId} AND sha256 = ${sha256}`.execute(transaction);
    const { rows } = await sql`
      DELETE FROM evidence_content WHERE sha256 = ${sha256}
        AND NOT EXISTS (SELECT FROM evidence_holding WHERE evidence_holding.sha256 = evidence_content.sha256)
      RETURNING sha256`.execute(transaction);
    if (rows.length > 0) await content.erase(sha256);
    return rows.length;
  });
}
