/** What is open of applications is worked out anew each time, and is little beside all there ever were. */
const IS_OPEN = `kind = 'restoration' AND state IS NOT NULL
  AND (state::jsonb ->> 'status') IN ('filed', 'returned', 'accepted', 'submitted')`;
const OPEN = `CREATE INDEX restoration_open ON stream (id) WHERE ${IS_OPEN}`;

/** Of its windows' applications a department sees those that it is asked about; what waits at its windows is its own figure all the same. */
const APPLICATIONS = `CREATE FUNCTION office_applications() RETURNS TABLE (state text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT stream.state FROM stream WHERE ${IS_OPEN}
    AND (strpos(stream.sight, (SELECT request_sight())) > 0
      OR starts_with((stream.state::jsonb ->> 'windowPath') || '/', (SELECT request_scope())))
$$`;

/**
 * What a department did is counted where merchants trade, above which it does not stand: of those counters a caller is given the ones
 * that are its own, of units that stand above it.
 */
const COUNTERS = `CREATE FUNCTION office_counters(of_circle text, of_unit text, of_grain text, of_facet text, since date, until date)
  RETURNS SETOF rollup_counter LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT kept.* FROM rollup_counter AS kept
  WHERE kept.circle = of_circle AND kept.unit_path = of_unit AND kept.grain = of_grain AND kept.facet = of_facet
    AND kept.day BETWEEN since AND until AND of_facet IN ('department', 'window', 'reply')
    AND starts_with((SELECT request_scope()), of_unit || '/')
    AND starts_with(CASE of_facet WHEN 'reply' THEN split_part(kept.key, '@', 2) ELSE kept.key END || '/', (SELECT request_scope()))
$$`;

/** When workstations of departments and windows of the caller's district have last been heard of: all its units' figures wait for them. */
const STATIONS = `CREATE FUNCTION office_stations() RETURNS TABLE (name text, unit_path text, last_seen_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT device.name, device.unit_path, device.last_seen_at FROM device JOIN unit ON unit.path = device.unit_path
  WHERE unit.body IN ('department', 'window') AND device.status <> 'revoked'
    AND split_part(unit.path, '/', 2) = (SELECT split_part(request_unit(), '/', 2))
$$`;

const mine = (signature: string): string[] => [
  `REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION ${signature} TO heshi_request`,
];

export const up: readonly string[] = [
  OPEN,
  COUNTERS,
  ...mine('office_counters(text, text, text, text, date, date)'),
  APPLICATIONS,
  ...mine('office_applications()'),
  STATIONS,
  ...mine('office_stations()'),
];
