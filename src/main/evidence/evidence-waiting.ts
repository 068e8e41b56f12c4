import { sql } from 'kysely';
import type { Reader } from '../kernel/store/index.ts';

/** Evidence taken in here whose content the centre does not have from here yet. */
export type WaitingEvidence = {
  sha256: string;
  caseId: string;
  size: number;
  uploadPath: string | null;
  /** The centre has the fact, so that it will take the content. */
  announced: boolean;
};

/** What waits, oldest fact first. Evidence that was withdrawn or refused meanwhile is not sent. */
export async function waitingEvidence(read: Reader): Promise<WaitingEvidence[]> {
  const { rows } = await sql<Omit<WaitingEvidence, 'announced'> & { announced: number }>`
    SELECT link.sha256, link.case_id AS "caseId", content.size, link.upload_path AS "uploadPath",
      EXISTS (SELECT 1 FROM event WHERE stream_kind = 'case' AND stream_id = link.case_id
        AND type = 'evidence-added' AND status = 'accepted' AND payload ->> '$.sha256' = link.sha256) AS announced
    FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    JOIN stream ON stream.kind = 'case' AND stream.id = link.case_id
    WHERE link.waiting = 1 AND EXISTS (
      SELECT 1 FROM json_each(stream.state, '$.evidence') AS item
      WHERE item.value ->> '$.sha256' = link.sha256 AND item.value ->> '$.withdrawn' IS NULL)
    ORDER BY content.held_at`.execute(read);
  return rows.map((row) => ({ ...row, announced: row.announced === 1 }));
}
