import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { up as initial } from '../../migrations/central/0001-initial.ts';
import { up as evidence } from '../../migrations/central/0002-evidence.ts';
import { up as documents } from '../../migrations/central/0003-documents.ts';
import { up as calendarImports } from '../../migrations/central/0004-calendar-imports.ts';
import { up as consumerMarks } from '../../migrations/central/0005-consumer-marks.ts';
import { createCentre, type Centre } from '../../src/central/centre.ts';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { sessionText, signText } from '../../src/protocol/keys.ts';
import { ROOMY, startTestServer, type TestServer } from '../support/postgres.ts';
import { RecordedRelease, type RecordedExchange } from '../support/recorded-release.ts';

const FIXTURE = new URL('fixtures/release-0.1.0.json', import.meta.url);
/** The schema of the recorded release, step by step; frozen files. */
const SCHEMA = [initial, evidence, documents, calendarImports, consumerMarks];

let server: TestServer;
let recorded: RecordedRelease;
let databaseUrl: string;
let centre: Centre;
let url: string;

/** Makes the database as the recorded release had it. */
async function restoreRelease(): Promise<void> {
  const { database } = openDatabase(databaseUrl);
  try {
    await database.transaction().execute(async (work) => {
      for (const step of SCHEMA) for (const statement of step) await sql.raw(statement).execute(work);
      await sql`CREATE TABLE schema_version (version int PRIMARY KEY)`.execute(work);
      await sql`INSERT INTO schema_version SELECT generate_series(1, ${recorded.schema}::int)`.execute(work);
      for (const { name, rows } of recorded.tables) {
        await sql`
          INSERT INTO ${sql.table(name)} OVERRIDING SYSTEM VALUE
          SELECT * FROM jsonb_populate_recordset(NULL::${sql.table(name)}, ${JSON.stringify(rows)}::jsonb)`.execute(
          work,
        );
      }
      // Rows came in with their numbers; the next one goes on from there.
      await sql`
        SELECT setval(pg_get_serial_sequence('event', 'position'), (SELECT max(position) FROM event))`.execute(
        work,
      );
    });
  } finally {
    await database.destroy();
  }
}

beforeAll(async () => {
  recorded = RecordedRelease.parse(JSON.parse(await readFile(FIXTURE, 'utf8')));
  server = await startTestServer();
  databaseUrl = await server.server.createDatabase();
  await restoreRelease();
  centre = await createCentre({ databaseUrl, capacity: ROOMY });
  ({ url } = await centre.listen({ host: '127.0.0.1', port: 0 }));
});
afterAll(async () => {
  await centre.close();
  await server.stop();
});

/** Opens a session as a workstation of that release does. */
async function tokenOf(name: string): Promise<string> {
  const device = recorded.devices[name];
  if (device === undefined) throw new Error(`No device ${name}`);
  const { deviceId } = device;
  const client = createCentralClient({ baseUrl: url });
  const { challenge } = await client.challenge({ deviceId });
  const key = Buffer.from(device.privateKey, 'base64');
  const signature = signText(key, sessionText(deviceId, challenge));
  return (await client.session({ deviceId, challenge, signature })).token;
}

/** Members that say when or by whom an answer was given. */
const OF_THE_MOMENT = new Set(['centreTime', 'receivedAt', 'release']);

/** Where an answer lacks something that an older one had, or has it otherwise; what is new is none of its business. */
function missing(before: unknown, now: unknown, at = ''): string[] {
  if (Array.isArray(before)) {
    if (!Array.isArray(now) || now.length !== before.length) return [`${at}: another list`];
    return before.flatMap((one, index) => missing(one, now[index], `${at}[${index}]`));
  }
  if (typeof before === 'object' && before !== null) {
    if (typeof now !== 'object' || now === null) return [`${at}: no object`];
    const members = new Map(Object.entries(now));
    return Object.entries(before).flatMap(([name, value]) => {
      if (!members.has(name)) return [`${at}.${name}: gone`];
      const found = members.get(name);
      if (OF_THE_MOMENT.has(name))
        return typeof found === typeof value ? [] : [`${at}.${name}: another type`];
      // What was refused still is; a release that asks more may name another rule first.
      if (name === 'refusal' && value !== null)
        return typeof found === 'object' && found !== null ? [] : [`${at}.${name}: none`];
      return missing(value, found, `${at}.${name}`);
    });
  }
  return before === now ? [] : [`${at}: ${JSON.stringify(now)} for ${JSON.stringify(before)}`];
}

async function replay({ device, method, path, body }: RecordedExchange): Promise<[number, unknown]> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf(device)}`, 'content-type': 'application/json' },
    body: body === null ? null : JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

const broken = async () => (await verifyDatabase(databaseUrl)).filter((one) => one.broken > 0);

describe('after an upgrade from the release before', () => {
  it('every invariant holds over what that release had stored', async () => {
    expect(await broken()).toEqual([]);
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM event`.execute(
      centre.database,
    );
    expect(rows[0]?.count).toBe(recorded.tables.find((table) => table.name === 'event')?.rows.length);
  });

  it('its workstations get the answers that they got before, to the last digest', async () => {
    expect(recorded.exchanges.length).toBeGreaterThan(5);
    for (const exchange of recorded.exchanges) {
      const [status, answer] = await replay(exchange);
      expect({
        path: exchange.path,
        status,
        missing: missing(exchange.answer, answer),
      }).toEqual({ path: exchange.path, status: exchange.status, missing: [] });
    }
    expect(await broken()).toEqual([]);
  });
});
