import { sql } from 'kysely';
import { erasableFiles } from '../../domain/restoration/index.ts';
import type { Store } from '../kernel/store/index.ts';
import type { ContentStore } from './content-store.ts';

/**
 * Erases the files of evidence that was withdrawn long enough ago, or whose case was erased, and that stands in no case that is here. The facts stay, with the
 * hash. Returns how many files were erased.
 */
export async function eraseWithdrawn(
  store: Pick<Store, 'read' | 'write'>,
  content: ContentStore,
  now: Date,
): Promise<number> {
  // Few cases have any: which, the text itself says.
  const { rows: candidates } = await sql<{ sha256: string }>`
    SELECT DISTINCT link.sha256 FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    JOIN stream ON stream.kind IN ('case', 'restoration', 'sanction') AND stream.id = link.case_id
    WHERE stream.state LIKE '%"withdrawn":{%' OR stream.state LIKE '%"erased":{%'`.execute(store.read);
  let erased = 0;
  for (const { sha256 } of candidates) {
    const { rows } = await sql<{ kind: string | null; state: string | null }>`
      SELECT stream.kind, stream.state FROM evidence_link AS link
      LEFT JOIN stream ON stream.kind IN ('case', 'restoration', 'sanction') AND stream.id = link.case_id
      WHERE link.sha256 = ${sha256}`.execute(store.read);
    const isOver = ({ kind, state }: { kind: string | null; state: string | null }): boolean =>
      kind !== null && state !== null && erasableFiles(kind, state, now).includes(sha256);
    if (!rows.every(isOver)) continue;
    await content.erase(sha256);
    await store.write((writer) =>
      writer.updateTable('evidence_content').set({ held_at: null }).where('sha256', '=', sha256).execute(),
    );
    erased += 1;
  }
  return erased;
}
