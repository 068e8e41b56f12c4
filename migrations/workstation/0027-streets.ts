/** Shops on priced-clearly streets, for the lists of streets; their photographs go the way of evidence. */
export const up: readonly string[] = [
  `CREATE TABLE storefront_row (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    street_id TEXT NOT NULL,
    merchant_name TEXT NOT NULL,
    merchant_path TEXT NOT NULL,
    gone INTEGER NOT NULL,
    plaque_on TEXT,
    last_on TEXT,
    basis_points INTEGER,
    passed INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    recheck_on TEXT
  )`,
  `CREATE INDEX storefront_of_street ON storefront_row (street_id, merchant_name)`,
  // As of evidence: whatever writes the log, the link follows.
  `CREATE TRIGGER event_street_photos AFTER INSERT ON event
    WHEN new.type = 'shop-patrolled' AND new.stream_kind = 'storefront'
      AND json_type(new.payload, '$.answers') = 'array'
  BEGIN
    INSERT INTO evidence_link (sha256, case_id, waiting)
    SELECT photo.value ->> '$.sha256', new.stream_id,
      EXISTS (SELECT 1 FROM evidence_content WHERE sha256 = photo.value ->> '$.sha256' AND held_at IS NOT NULL)
    FROM json_each(new.payload, '$.answers') AS answer, json_each(answer.value, '$.photos') AS photo
    WHERE json_type(photo.value, '$.sha256') = 'text'
    ON CONFLICT DO NOTHING;
  END`,
];
