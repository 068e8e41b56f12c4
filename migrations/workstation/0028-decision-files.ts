/** Files of decisions, which go the way of evidence. */
export const up: readonly string[] = [
  // As of evidence: whatever writes the log, the link follows.
  `CREATE TRIGGER event_decision_files AFTER INSERT ON event
    WHEN new.type = 'decision-attached' AND new.stream_kind = 'sanction'
      AND json_type(new.payload, '$.sha256') = 'text'
  BEGIN
    INSERT INTO evidence_link (sha256, case_id, waiting)
    SELECT new.payload ->> '$.sha256', new.stream_id,
      EXISTS (SELECT 1 FROM evidence_content
        WHERE sha256 = new.payload ->> '$.sha256' AND held_at IS NOT NULL)
    ON CONFLICT DO NOTHING;
  END`,
];
