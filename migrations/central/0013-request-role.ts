/**
 * Calls of workstations run under a role of their own, which sees rows only by policies: a `WHERE` that was forgotten in
 * code then reads nothing that the caller may not. Nothing is granted beyond what those calls need; the account that owns
 * the tables is not under the policies and does everything else. Why, and what this is no guard against:
 * `docs/decisions/0016-row-level-security.md`.
 */

/** A role belongs to the whole server, and other databases on it may have made it, or be making it. */
const MAKE_ROLE = `DO $$
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'heshi_request') THEN
      BEGIN
        CREATE ROLE heshi_request NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN RAISE EXCEPTION USING
          ERRCODE = 'insufficient_privilege',
          MESSAGE = format('The role heshi_request is missing, and %s may not create it. As an administrator of the server: '
            'CREATE ROLE heshi_request NOLOGIN; GRANT heshi_request TO %I;', current_user, current_user);
      END;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'heshi_request' AND (rolsuper OR rolbypassrls)) THEN
      RAISE EXCEPTION 'The role heshi_request may see everything: ALTER ROLE heshi_request NOSUPERUSER NOBYPASSRLS';
    END IF;
    IF NOT pg_has_role(current_user, 'heshi_request',
        CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
      BEGIN
        EXECUTE format('GRANT heshi_request TO %I', current_user);
      EXCEPTION WHEN insufficient_privilege THEN RAISE EXCEPTION USING
        ERRCODE = 'insufficient_privilege',
        MESSAGE = format('%s may not act as heshi_request. As an administrator of the server: GRANT heshi_request TO %I;',
          current_user, current_user);
      END;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO heshi_request', current_schema());
  END
$$`;

/**
 * What makes a caller's unit and device believable: only the owner can make it, and it is of one transaction of one connection,
 * so that settings which were made up, or left behind, are nobody's. Hashed twice, since once could be added to.
 */
const SEAL = `CREATE FUNCTION request_seal(unit text, device text) RETURNS text
  LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path FROM CURRENT AS $$
  DECLARE
    secret text := (SELECT value FROM setting WHERE key = 'request-secret');
  BEGIN
    RETURN encode(sha256(convert_to(secret || encode(sha256(convert_to(
      concat_ws(E'\\n', secret, unit, device, pg_backend_pid(), extract(epoch FROM now())), 'UTF8')), 'hex'), 'UTF8')), 'hex');
  END
$$`;

/** Begins a caller's part of a transaction, to its end. */
const ENTER = `CREATE FUNCTION enter_request(unit text, device text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('heshi.unit', unit, true), set_config('heshi.device', device, true),
      set_config('heshi.seal', request_seal(unit, device), true), set_config('role', 'heshi_request', true);
  END
$$`;

/** One word of the caller, or nothing where the seal is not that of all of them. */
const asked = (name: string, word: string): string => `CREATE FUNCTION ${name}() RETURNS text
  LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path FROM CURRENT AS $$
  DECLARE
    unit text := current_setting('heshi.unit', true);
    device text := current_setting('heshi.device', true);
  BEGIN
    IF coalesce(unit, '') = '' OR coalesce(device, '') = ''
      OR current_setting('heshi.seal', true) IS DISTINCT FROM request_seal(unit, device) THEN RETURN NULL; END IF;
    RETURN ${word};
  END
$$`;

/** Merchants are named in figures wherever they were counted, also where their own record is out of the asker's sight. */
const MERCHANT_NAMES = `CREATE FUNCTION counted_merchants(ids text[]) RETURNS TABLE (id text, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT stream.id, stream.state::jsonb ->> 'name' FROM stream
  WHERE stream.kind = 'merchant' AND stream.id = ANY(ids) AND stream.state IS NOT NULL
    AND (current_setting('role') <> 'heshi_request' OR request_unit() IS NOT NULL)
$$`;

/** How often units have changed: whoever reads figures has to know all units that they are of. */
const REVISION = `CREATE FUNCTION units_revision() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(max(value::bigint), 0) FROM setting WHERE key = 'units-revision'
$$`;

// Selected, not called: once a statement instead of once a row.
const UNIT = `(SELECT request_unit())`;
const DEVICE = `(SELECT request_device())`;
const below = (column: string): string => `starts_with(${column} || '/', (SELECT request_scope()))`;
// Sight is a JSON array of paths, which hold nothing that JSON would escape.
const IN_SIGHT = `strpos(sight, (SELECT request_sight())) > 0`;
const inSight = (kind: string, id: string): string =>
  `EXISTS (SELECT FROM stream_in_sight AS seen WHERE seen.kind = ${kind} AND seen.id = ${id})`;

const reading = (table: string, rows: string): string[] => [
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `GRANT SELECT ON ${table} TO heshi_request`,
  `CREATE POLICY request_read ON ${table} FOR SELECT TO heshi_request USING (${rows})`,
];

export const up: readonly string[] = [
  MAKE_ROLE,
  `INSERT INTO setting (key, value) VALUES ('request-secret', gen_random_uuid()::text || gen_random_uuid()::text)
    ON CONFLICT DO NOTHING`,
  SEAL,
  ENTER,
  `REVOKE EXECUTE ON FUNCTION request_seal(text, text), enter_request(text, text) FROM PUBLIC`,
  asked('request_unit', 'unit'),
  asked('request_device', 'device'),
  asked('request_scope', `unit || '/'`),
  asked('request_sight', `'"' || unit || '"'`),
  MERCHANT_NAMES,
  `REVOKE EXECUTE ON FUNCTION counted_merchants(text[]) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION counted_merchants(text[]) TO heshi_request`,

  REVISION,
  `REVOKE EXECUTE ON FUNCTION units_revision() FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION units_revision() TO heshi_request`,

  // A policy that looks at `stream` itself would be under that table's own, once more for every row.
  `CREATE VIEW stream_in_sight AS SELECT kind, id FROM stream WHERE ${IN_SIGHT}`,
  `GRANT SELECT ON stream_in_sight TO heshi_request`,

  ...reading('feed', `unit_path = ${UNIT}`),
  ...reading('feed_head', below('unit_path')),
  // A workstation below is seen in the fleet, with what was asked of it; its log is not.
  ...reading(
    'stream',
    `${IN_SIGHT} OR (kind = 'workstation' AND EXISTS (SELECT FROM device WHERE device.id = stream.id))`,
  ),
  // What was recorded at the unit itself needs no look at its stream, which costs a page of a feed half as much again.
  ...reading(
    'event',
    `(unit_path = ${UNIT} AND status <> 'rejected') OR ${inSight('event.stream_kind', 'event.stream_id')}`,
  ),
  ...reading('device', `id <> 'centre' AND ${below('unit_path')}`),
  `GRANT UPDATE (last_seen_at, feed_position, reported_at, report) ON device TO heshi_request`,
  `CREATE POLICY request_own ON device FOR UPDATE TO heshi_request USING (id = ${DEVICE})`,

  ...reading('evidence_holding', inSight(`'case'`, 'case_id')),
  `GRANT INSERT ON evidence_holding TO heshi_request`,
  `CREATE POLICY request_brings ON evidence_holding FOR INSERT TO heshi_request
    WITH CHECK (device = ${DEVICE} AND ${inSight(`'case'`, 'case_id')})`,
  // Which content there is, nobody may ask: it is reached through a case.
  `ALTER TABLE evidence_content ENABLE ROW LEVEL SECURITY`,
  `GRANT INSERT ON evidence_content TO heshi_request`,
  `CREATE POLICY request_brings ON evidence_content FOR INSERT TO heshi_request WITH CHECK (${DEVICE} IS NOT NULL)`,

  // What is in the archive by number and time, without the words by which people find it, is asked for every item of a feed.
  `CREATE VIEW archive_standing AS SELECT kind, id, sequence, returned_at FROM archived_stream`,
  `GRANT SELECT ON archive_standing TO heshi_request`,
  ...reading('archived_stream', inSight('archived_stream.kind', 'archived_stream.id')),
  ...reading('archive_access', `device = ${DEVICE}`),
  `GRANT INSERT ON archive_access TO heshi_request`,
  `CREATE POLICY request_asks ON archive_access FOR INSERT TO heshi_request
    WITH CHECK (device = ${DEVICE} AND unit_path = ${UNIT})`,

  ...reading('rollup_counter', below('unit_path')),
  ...reading('rollup_handling', below('unit_path')),
  ...reading('rollup_pack', below('unit_path')),
  ...reading('rollup_key', `${UNIT} IS NOT NULL`),
];
