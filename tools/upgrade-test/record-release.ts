/**
 * Records what the code of this tree leaves behind, for `tests/central/upgrade.test.ts`:
 * `node tools/upgrade-test/record-release.ts > tests/central/fixtures/release-X.json`, once a release, before it changes.
 */
import { sql } from 'kysely';
import packageFile from '../../package.json' with { type: 'json' };
import type { Actor } from '../../src/domain/kernel/event/event.ts';
import { createCentralClient } from '../../src/protocol/central-client.ts';
import { enrolTestDevice, type TestDevice } from '../../tests/support/device.ts';
import { registration } from '../../tests/support/facts.ts';
import {
  codeFor,
  createTestDistrict,
  startTestCentre,
  startTestServer,
} from '../../tests/support/postgres.ts';
import type { RecordedExchange, RecordedRelease } from '../../tests/support/recorded-release.ts';

/** An argon2id hash of an invented password. */
const PASSWORD_HASH =
  '$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzb21l$8iGGGkzqDSZY7nmfRxO8Zc6q0kqE1xkFQ3wQ1b8Hk2E';
const MALL = '/HS/C1/M01';
const CIRCLE = '/HS/C1';

const exchanges: RecordedExchange[] = [];
let recording: string | null = null;
const plainFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const text = request.method === 'GET' ? '' : await request.clone().text();
  const response = await plainFetch(request);
  const url = new URL(request.url);
  if (recording !== null && !/\/v1\/(challenge|session)$/.test(url.pathname)) {
    const answered = await response.clone().text();
    exchanges.push({
      device: recording,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      body: text === '' ? null : JSON.parse(text),
      status: response.status,
      answer: JSON.parse(answered),
    });
  }
  return response;
};

const server = await startTestServer();
const centre = await startTestCentre(server.server);
try {
  await createTestDistrict(centre, PASSWORD_HASH);
  const names = { mall: MALL, circle: CIRCLE };
  const devices: Record<string, TestDevice> = {};
  for (const [name, unitPath] of Object.entries(names)) {
    const code = await codeFor(centre, unitPath);
    devices[name] = await enrolTestDevice({ url: centre.url, code });
  }
  const { mall, circle } = devices;
  if (mall === undefined || circle === undefined) throw new Error('No devices');
  const mediator = person('mediator-mall', 'mediator', MALL);
  const supervisor = person('supervisor-circle', 'supervisor', CIRCLE);
  const [first, second] = ['01990000-0000-7000-8000-0000000ca501', '01990000-0000-7000-8000-0000000ca502'];
  const on = (id: string) => ({ stream: { kind: 'case' as const, id }, actor: mediator });
  const escalation = { toPath: CIRCLE, reason: '本级未能解决' };

  await mall.push([
    mall.event({ ...on(first), type: 'case-registered', payload: registration() }),
    mall.event({ ...on(first), type: 'case-accepted', payload: {} }),
    mall.event({ ...on(first), type: 'note-added', payload: { text: '【虚构示例】补充' } }),
    mall.event({
      ...on(second),
      type: 'case-registered',
      payload: registration({ number: 'M01-2026-1-0002' }),
    }),
    mall.event({ ...on(second), type: 'of-a-later-release', version: 7, payload: { kept: true } }),
  ]);
  const tables = await readTables();

  recording = 'mall';
  const batch = [
    mall.event({ ...on(first), type: 'case-escalated', payload: escalation }),
    mall.event({ ...on(second), type: 'case-closed', payload: { satisfaction: 'satisfied' } }),
    mall.event({ ...on(second), type: 'note-added', payload: { text: '【虚构示例】“再补充”' } }),
  ];
  await mall.push(batch);
  await mall.push(batch);
  await mall.feed(0, 2000);
  recording = 'circle';
  await circle.feed(0, 2000);
  await circle.push([
    circle.event({ ...on(first), actor: supervisor, type: 'case-accepted', payload: {} }),
    circle.event({ ...on(first), actor: mediator, type: 'case-accepted', payload: {} }),
  ]);
  recording = 'mall';
  await mall.feed(3, 5);
  await mall.feed(0, 2000);
  await mall.client.repeats.key();
  await createCentralClient({ baseUrl: centre.url }).health();
  const recorded: RecordedRelease = {
    release: packageFile.version,
    schema: await schema(),
    tables,
    devices: Object.fromEntries(
      Object.entries(devices).map(([name, { deviceId, unitPath, keys }]) => [
        name,
        {
          deviceId,
          unitPath,
          publicKey: keys.publicKey,
          privateKey: Buffer.from(keys.privateKey).toString('base64'),
        },
      ]),
    ),
    exchanges,
  };
  process.stdout.write(`${JSON.stringify(recorded, null, 1)}\n`);
} finally {
  await centre.stop();
  await server.stop();
}

function person(staffId: string, role: Actor['role'], unitPath: string): Actor {
  return { staffId, name: `${staffId}（虚构）`, role, unitPath };
}

async function schema(): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    SELECT max(version)::int AS version FROM schema_version`.execute(centre.centre.database);
  return rows[0]?.version ?? 0;
}

/** Everything the database holds but its own version; the administrator's token is the tests'. */
async function readTables(): Promise<RecordedRelease['tables']> {
  const { database } = centre.centre;
  const { rows: names } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'schema_version'
    ORDER BY relname = 'enrolment_code', relname`.execute(database);
  const read: RecordedRelease['tables'] = [];
  for (const { name } of names) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      SELECT to_jsonb(one) AS row FROM ${sql.table(name)} AS one`.execute(database);
    if (rows.length > 0) read.push({ name, rows: rows.map((one) => one.row) });
  }
  return read;
}
