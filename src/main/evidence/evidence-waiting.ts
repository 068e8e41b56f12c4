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

/** What waits, oldest first, of cases, of applications for credit repair, of decisions and of shops on streets. What was withdrawn or refused meanwhile is not sent. */
export async function waitingEvidence(read: Reader): Promise<WaitingEvidence[]> {
  const { rows } = await sql<Omit<WaitingEvidence, 'announced'> & { announced: number; heldAt: string }>`
    SELECT link.sha256, link.case_id AS "caseId", content.size, link.upload_path AS "uploadPath", content.held_at AS "heldAt",
      EXISTS (SELECT 1 FROM event WHERE stream_kind = 'case' AND stream_id = link.case_id
        AND type = 'evidence-added' AND status = 'accepted' AND payload ->> '$.sha256' = link.sha256) AS announced
    FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    JOIN stream ON stream.kind = 'case' AND stream.id = link.case_id
    WHERE link.waiting = 1 AND EXISTS (
      SELECT 1 FROM json_each(stream.state, '$.evidence') AS item
      WHERE item.value ->> '$.sha256' = link.sha256 AND item.value ->> '$.withdrawn' IS NULL)
    UNION ALL
    SELECT link.sha256, link.case_id, content.size, link.upload_path, content.held_at,
      EXISTS (SELECT 1 FROM event WHERE stream_kind = 'restoration' AND stream_id = link.case_id
        AND type IN ('restoration-filed', 'restoration-completed') AND status = 'accepted'
        AND EXISTS (SELECT 1 FROM json_each(event.payload, '$.attachments') AS item
          WHERE item.value ->> '$.sha256' = link.sha256))
    FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    JOIN stream ON stream.kind = 'restoration' AND stream.id = link.case_id
    WHERE link.waiting = 1 AND stream.state ->> '$.erased' IS NULL AND EXISTS (
      SELECT 1 FROM json_each(stream.state, '$.attachments') AS item
      WHERE item.value ->> '$.sha256' = link.sha256)
    UNION ALL
    SELECT link.sha256, link.case_id, content.size, link.upload_path, content.held_at,
      EXISTS (SELECT 1 FROM event WHERE stream_kind = 'storefront' AND stream_id = link.case_id
        AND type = 'shop-patrolled' AND status = 'accepted'
        AND EXISTS (SELECT 1 FROM json_each(event.payload, '$.answers') AS answer, json_each(answer.value, '$.photos') AS photo
          WHERE photo.value ->> '$.sha256' = link.sha256))
    FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    JOIN stream ON stream.kind = 'storefront' AND stream.id = link.case_id
    WHERE link.waiting = 1 AND EXISTS (
      SELECT 1 FROM json_each(stream.state, '$.patrols') AS patrol, json_each(patrol.value, '$.answers') AS answer,
        json_each(answer.value, '$.photos') AS photo
      WHERE photo.value ->> '$.sha256' = link.sha256)
    UNION ALL
    SELECT link.sha256, link.case_id, content.size, link.upload_path, content.held_at,
      EXISTS (SELECT 1 FROM event WHERE stream_kind = 'sanction' AND stream_id = link.case_id
        AND type = 'decision-attached' AND status = 'accepted' AND payload ->> '$.sha256' = link.sha256)
    FROM evidence_link AS link
    JOIN evidence_content AS content ON content.sha256 = link.sha256 AND content.held_at IS NOT NULL
    JOIN stream ON stream.kind = 'sanction' AND stream.id = link.case_id
    WHERE link.waiting = 1 AND EXISTS (
      SELECT 1 FROM json_each(stream.state, '$.documents') AS item
      WHERE item.value ->> '$.sha256' = link.sha256)`.execute(read);
  return rows
    .toSorted((a, b) => (a.heldAt < b.heldAt ? -1 : a.heldAt > b.heldAt ? 1 : 0))
    .map(({ heldAt: _heldAt, ...row }) => ({ ...row, announced: row.announced === 1 }));
}
