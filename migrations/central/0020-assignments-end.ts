/**
 * Accounts whose assignments say when they ended, as the reducer has it from here on: with the next assignment, or when the account was
 * closed.
 */
export const up: readonly string[] = [
  `WITH told AS (
    SELECT stream_id, position, type,
      lead(CASE type WHEN 'staff-deactivated' THEN payload::json ->> 'on' ELSE at END)
        OVER (PARTITION BY stream_id ORDER BY position) AS until
    FROM event
    WHERE stream_kind = 'staff' AND status = 'accepted'
      AND type IN ('staff-added', 'staff-assigned', 'staff-deactivated')
  ), held AS (
    SELECT stream_id, until, row_number() OVER (PARTITION BY stream_id ORDER BY position) AS place
    FROM told WHERE type <> 'staff-deactivated'
  ), ended AS (
    SELECT stream.id, jsonb_agg(
      CASE WHEN held.until IS NULL THEN one.value ELSE one.value || jsonb_build_object('until', held.until) END
      ORDER BY one.place) AS assignments
    FROM stream
    CROSS JOIN LATERAL jsonb_array_elements(stream.state::jsonb -> 'assignments') WITH ORDINALITY AS one (value, place)
    LEFT JOIN held ON held.stream_id = stream.id AND held.place = one.place
    WHERE stream.kind = 'staff' AND stream.state IS NOT NULL
    GROUP BY stream.id
    HAVING bool_or(held.until IS NOT NULL)
  )
  UPDATE stream SET state = jsonb_set(stream.state::jsonb, '{assignments}', ended.assignments)::text
    FROM ended WHERE stream.kind = 'staff' AND stream.id = ended.id`,
];
