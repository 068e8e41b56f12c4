import { randomBytes } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCentre } from '../../src/central/centre.ts';
import { asUnit, type RequestScope } from '../../src/central/kernel/db/as-unit.ts';
import type { QueryExecutor } from '../../src/central/kernel/db/pipeline.ts';
import type { TestDevice } from '../support/device.ts';
import {
  CIRCLE,
  DISTRICT,
  MALL,
  mallMediator,
  newCase,
  SECOND_MALL,
  secondMediator,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';

const setting = useCentre();

const scopeOf = ({ deviceId, unitPath }: TestDevice): RequestScope => ({ deviceId, unitPath });

async function column(work: QueryExecutor, query: RawBuilder<{ value: unknown }>): Promise<string[]> {
  const { rows } = await query.execute(work);
  return rows.map(({ value }) => String(value)).toSorted();
}

/** What a statement without any condition finds in each table. */
async function everything(work: QueryExecutor): Promise<Record<string, string[]>> {
  return {
    feeds: await column(work, sql`SELECT DISTINCT unit_path AS value FROM feed`),
    heads: await column(work, sql`SELECT unit_path AS value FROM feed_head`),
    cases: await column(work, sql`SELECT id AS value FROM stream WHERE kind = 'case'`),
    staff: await column(work, sql`SELECT id AS value FROM stream WHERE kind = 'staff'`),
    stations: await column(work, sql`SELECT id AS value FROM stream WHERE kind = 'workstation'`),
    events: await column(work, sql`SELECT DISTINCT stream_id AS value FROM event WHERE stream_kind = 'case'`),
    devices: await column(work, sql`SELECT id AS value FROM device`),
    figures: await column(work, sql`SELECT DISTINCT unit_path AS value FROM rollup_counter`),
    durations: await column(work, sql`SELECT DISTINCT unit_path AS value FROM rollup_handling`),
    holdings: await column(work, sql`SELECT case_id AS value FROM evidence_holding`),
    archived: await column(work, sql`SELECT id AS value FROM archived_stream`),
  };
}

/** A shop, two malls and a circle, each with its workstation; a case at the shop and one at each mall. */
async function peopled() {
  const [shop, mall, second, circle] = await Promise.all(
    [SHOP, MALL, SECOND_MALL, CIRCLE].map((path) => setting.device(path)),
  );
  if (!shop || !mall || !second || !circle) throw new Error('No devices');
  const cases = { shop: newCase().id, mall: newCase().id, second: newCase().id };
  const settle = async (device: TestDevice, id: string, actor: typeof mallMediator): Promise<void> => {
    const stream = { kind: 'case' as const, id };
    const facts = [steps.register(), steps.accept(), steps.settle(), steps.close()];
    await device.push(facts.map((step) => device.event({ stream, ...step, actor })));
  };
  await settle(shop, cases.shop, shopManager);
  await settle(mall, cases.mall, mallMediator);
  await settle(second, cases.second, secondMediator);
  const sha256 = randomBytes(32).toString('hex');
  const { database } = setting.centre.centre;
  await sql`INSERT INTO evidence_content VALUES (${sha256}, 1, now())`.execute(database);
  await sql`
    INSERT INTO evidence_holding (circle, case_id, sha256, device, received_at)
    SELECT '/HS/C1', id, ${sha256}, 'test', now() FROM stream WHERE kind = 'case'`.execute(database);
  await sql`
    INSERT INTO archived_stream SELECT kind, id, circle, row_number() OVER (), now(), NULL, state::json ->> 'number', '', '', '',
      current_date FROM stream WHERE kind = 'case'`.execute(database);
  return { shop, mall, second, circle, cases };
}

describe('a statement that a connection keeps prepared', () => {
  it('finds for each asker what that one may see, though its plan is the same', async () => {
    const { shop, mall, cases } = await peopled();
    const { database } = setting.centre.centre;
    const all = Object.values(cases).toSorted();
    // One after the other: all on the same connection.
    for (let round = 0; round < 8; round += 1) {
      expect(await asUnit(database, scopeOf(shop), everything)).toMatchObject({ cases: [cases.shop] });
      expect(await asUnit(database, null, everything)).toMatchObject({ cases: all });
      expect(await asUnit(database, scopeOf(mall), everything)).toMatchObject({
        cases: [cases.mall, cases.shop].toSorted(),
      });
    }
    const { rows } = await sql<{ generic: number; custom: number }>`
      SELECT sum(generic_plans)::int AS generic, sum(custom_plans)::int AS custom FROM pg_prepared_statements`.execute(
      database,
    );
    expect(rows[0]?.generic).toBeGreaterThan(100);
  });
});

describe('a statement whose condition was forgotten', () => {
  it('finds what the asking unit may see, and nothing else', async () => {
    const { shop, mall, second, circle, cases } = await peopled();
    const { database } = setting.centre.centre;
    const seen = (device: TestDevice) => asUnit(database, scopeOf(device), everything);
    const [mallCases, shopCases, secondCases] = [
      [cases.mall, cases.shop].toSorted(),
      [cases.shop],
      [cases.second],
    ];
    expect(await seen(mall)).toEqual({
      feeds: [MALL],
      heads: [MALL, SHOP],
      cases: mallCases,
      staff: ['mediator-mall'],
      stations: [mall.deviceId, shop.deviceId].toSorted(),
      events: mallCases,
      devices: [mall.deviceId, shop.deviceId].toSorted(),
      figures: [MALL, SHOP],
      durations: [MALL, SHOP],
      holdings: mallCases,
      archived: mallCases,
    });
    expect(await seen(shop)).toMatchObject({
      feeds: [SHOP],
      heads: [SHOP],
      cases: shopCases,
      staff: ['manager-shop'],
      events: shopCases,
      devices: [shop.deviceId],
      figures: [SHOP],
      holdings: shopCases,
      archived: shopCases,
    });
    expect(await seen(second)).toMatchObject({ cases: secondCases, figures: [SECOND_MALL] });
    // Above a mall there are figures only.
    expect(await seen(circle)).toMatchObject({
      cases: [],
      events: [],
      holdings: [],
      archived: [],
      figures: [CIRCLE, MALL, SHOP, SECOND_MALL].toSorted(),
      devices: [shop, mall, second, circle].map(({ deviceId }) => deviceId).toSorted(),
    });
    // Its owner is an administrator, and sees all.
    expect(await asUnit(database, null, everything)).toMatchObject({
      cases: Object.values(cases).toSorted(),
      feeds: [DISTRICT, CIRCLE, MALL, SHOP, SECOND_MALL].toSorted(),
    });
  });

  it('may not ask other tables at all, nor write what is not the caller’s own', async () => {
    const { mall, second, cases } = await peopled();
    const { database } = setting.centre.centre;
    const refused = async (query: RawBuilder<unknown>): Promise<string> => {
      try {
        await asUnit(database, scopeOf(mall), (work) => query.execute(work));
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      return 'done';
    };
    const tables = await sql<{ name: string }>`
      SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
      ORDER BY relname`.execute(database);
    const open: string[] = [];
    for (const { name } of tables.rows)
      if ((await refused(sql`SELECT count(*) FROM ${sql.table(name)}`)) === 'done') open.push(name);
    // A table that comes later is closed until somebody says what of it a unit may see.
    expect(open).toEqual([
      'archive_access',
      'archived_stream',
      'attestation',
      'device',
      'device_certificate',
      'event',
      'evidence_holding',
      'feed',
      'feed_head',
      'record_key',
      'rollup_counter',
      'rollup_handling',
      'rollup_key',
      'rollup_pack',
      'stream',
    ]);
    expect(await refused(sql`UPDATE device SET unit_path = '/HS'`)).toContain('permission denied');
    expect(await refused(sql`DELETE FROM feed`)).toContain('permission denied');
    const asked = (device: string) =>
      refused(sql`
        INSERT INTO archive_access (circle, device, unit_path, staff_id, action, what, found, asked_at)
        VALUES ('/HS/C1', ${device}, ${mall.unitPath}, 'someone', 'search', 'number', 0, now())`);
    expect(await asked(mall.deviceId)).toBe('done');
    expect(await asked(second.deviceId)).toContain('row-level security');
    const touched = await asUnit(database, scopeOf(mall), (work) =>
      sql`UPDATE device SET last_seen_at = now() RETURNING id`.execute(work),
    );
    expect(touched.rows).toEqual([{ id: mall.deviceId }]);
    const brought = (caseId: string, device: string) =>
      refused(sql`
        INSERT INTO evidence_holding (circle, case_id, sha256, device, received_at)
        VALUES ('/HS/C1', ${caseId}, (SELECT sha256 FROM evidence_holding LIMIT 1), ${device}, now())
        ON CONFLICT DO NOTHING`);
    expect(await brought(cases.mall, mall.deviceId)).toBe('done');
    expect(await brought(cases.second, mall.deviceId)).toContain('row-level security');
    expect(await brought(cases.mall, second.deviceId)).toContain('row-level security');
  });
});

describe('settings', () => {
  /** Under the request role, with these settings. */
  const found = async (settings: Record<string, string>): Promise<Record<string, string[]>> =>
    setting.centre.centre.database.transaction().execute(async (work) => {
      for (const [name, value] of Object.entries(settings))
        await sql`SELECT set_config(${name}, ${value}, true)`.execute(work);
      await sql`SET LOCAL ROLE heshi_request`.execute(work);
      return everything(work);
    });
  const nothing = {
    feeds: [],
    heads: [],
    cases: [],
    staff: [],
    stations: [],
    events: [],
    devices: [],
    figures: [],
    durations: [],
    holdings: [],
    archived: [],
  };

  it('that are missing or made up show nothing', async () => {
    const { mall } = await peopled();
    const device = { 'heshi.unit': MALL, 'heshi.device': mall.deviceId };
    expect(await found({})).toEqual(nothing);
    expect(await found(device)).toEqual(nothing);
    expect(await found({ ...device, 'heshi.seal': '0'.repeat(64) })).toEqual(nothing);
    // Another transaction's seal, word for word.
    const { database } = setting.centre.centre;
    const seal = await asUnit(database, scopeOf(mall), async (work) => {
      const { rows } = await sql<{ seal: string }>`SELECT current_setting('heshi.seal') AS seal`.execute(
        work,
      );
      return rows[0]?.seal ?? '';
    });
    expect(seal).toMatch(/^[0-9a-f]{64}$/);
    expect(await found({ ...device, 'heshi.seal': seal })).toEqual(nothing);
  });

  it('that are changed under the role show nothing, and the role cannot make a seal', async () => {
    const { mall } = await peopled();
    const { database } = setting.centre.centre;
    const widened = await asUnit(database, scopeOf(mall), async (work) => {
      await sql`SELECT set_config('heshi.unit', ${DISTRICT}, true)`.execute(work);
      return everything(work);
    });
    expect(widened).toEqual(nothing);
    for (const call of [sql`request_seal('/HS', 'x')`, sql`enter_request('/HS', 'x')`])
      await expect(
        asUnit(database, scopeOf(mall), (work) => sql`SELECT ${call}`.execute(work)),
      ).rejects.toThrow('permission denied');
  });

  it('do not stay on a connection, whatever ends the call, while many take turns', async () => {
    const { shop, mall, second } = await peopled();
    const { database } = setting.centre.centre;
    const one = async (index: number): Promise<void> => {
      const device = [shop, mall, second][index % 3] ?? mall;
      if (index % 7 === 0) {
        const failing = asUnit(database, scopeOf(device), async (work) => {
          await sql`SELECT 1`.execute(work);
          throw new Error('in the middle');
        });
        await expect(failing).rejects.toThrow('in the middle');
        return;
      }
      if (index % 5 === 0) {
        const { rows } = await sql<{ role: string; unit: string | null }>`
          SELECT current_user AS role, nullif(current_setting('heshi.unit', true), '') AS unit`.execute(
          database,
        );
        expect(rows).toEqual([{ role: 'heshi', unit: null }]);
        return;
      }
      const feeds = await asUnit(database, scopeOf(device), (work) =>
        column(work, sql`SELECT DISTINCT unit_path AS value FROM feed`),
      );
      expect(feeds).toEqual([device.unitPath]);
    };
    await Promise.all(Array.from({ length: 600 }, (_one, index) => one(index)));
  });
});

describe('a server whose account may not do what is needed', () => {
  let account = '';
  let url = '';

  beforeEach(async () => {
    account = `plain_${randomBytes(4).toString('hex')}`;
    const { database } = setting.centre.centre;
    await sql`CREATE ROLE ${sql.id(account)} LOGIN PASSWORD 'test'`.execute(database);
    const address = new URL(setting.centre.databaseUrl);
    const name = `${address.pathname.slice(1)}_plain`;
    await sql`CREATE DATABASE ${sql.id(name)} OWNER ${sql.id(account)}`.execute(database);
    address.pathname = name;
    address.username = account;
    address.password = 'test';
    url = address.href;
  });
  afterEach(async () => {
    const { database } = setting.centre.centre;
    await sql`DROP DATABASE ${sql.id(new URL(url).pathname.slice(1))}`.execute(database);
    await sql`DROP ROLE ${sql.id(account)}`.execute(database);
  });

  it('says so before it serves anybody, and serves once it was given the role', async () => {
    const { database } = setting.centre.centre;
    await expect(createCentre({ databaseUrl: url })).rejects.toThrow(
      `As an administrator of the server: GRANT heshi_request TO ${account}`,
    );
    await sql`GRANT heshi_request TO ${sql.id(account)}`.execute(database);
    const centre = await createCentre({ databaseUrl: url });
    const { rows } = await sql<{ value: number }>`SELECT count(*)::int AS value FROM unit`.execute(
      centre.database,
    );
    expect(rows).toEqual([{ value: 0 }]);
    await centre.close();
    // What was given may be taken back, and a dump be put into a server that never had it.
    await sql`REVOKE heshi_request FROM ${sql.id(account)}`.execute(database);
    await expect(createCentre({ databaseUrl: url })).rejects.toThrow('may not act as the role heshi_request');
  });

  it('serves no tables that are another account’s', async () => {
    const { database } = setting.centre.centre;
    await sql`GRANT heshi_request TO ${sql.id(account)}`.execute(database);
    await (await createCentre({ databaseUrl: url })).close();
    const owner = new URL(setting.centre.databaseUrl);
    owner.pathname = new URL(url).pathname;
    const all = await createCentre({ databaseUrl: owner.href });
    await sql`ALTER TABLE event OWNER TO heshi`.execute(all.database);
    await sql`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${sql.id(account)}`.execute(all.database);
    await all.close();
    await expect(createCentre({ databaseUrl: url })).rejects.toThrow('has to own the tables');
  });
});
