import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { up } from '../../migrations/central/0016-plain-text.ts';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { keptValue } from '../../src/domain/kernel/text/index.ts';
import { CHAIN_START } from '../../src/protocol/chain.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';

const MALL = '/HS/C1/M01';
const MEDIATOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
const POISONS = ['\u0000', '\u001b', '\ud800', '\udc00'];

let server: TestServer;
let centre: TestCentre;
let device: TestDevice;
let cases = 0;

beforeAll(async () => {
  server = await startTestServer();
  centre = await startDistrictCentre(server.server);
  device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
});
afterAll(async () => {
  await centre.stop();
  await server.stop();
});

function newCase(payload: unknown, actor = MEDIATOR) {
  cases += 1;
  const stream = { kind: 'case', id: `case-${cases}` };
  return device.event({ stream, type: 'case-registered', payload, actor });
}

/** Paths of the texts in a value. */
function textsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, [...path, name]));
}

/** The value with its text at that path followed by another. */
function withText(value: unknown, [name, ...path]: readonly string[], added: string): unknown {
  if (name === undefined) return `${String(value)}${added}`;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === name ? withText(one, path, added) : one));
  const members = value as Record<string, unknown>;
  return { ...members, [name]: withText(members[name], path, added) };
}

const invariants = async (): Promise<unknown> =>
  (await verifyDatabase(centre.databaseUrl)).filter(({ broken }) => broken > 0);

describe('a fact with a text that no database can hold', () => {
  it('is receipted as rejected with its field, wherever the text stands, and blocks nothing', async () => {
    const places = textsIn(registration());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...POISONS)), {
          minLength: 1,
          maxLength: 8,
        }),
        async (poisons) => {
          const bad = poisons.map(([path, poison]) => newCase(withText(registration(), path, poison)));
          const good = newCase(registration());
          const { receipts } = await device.push([...bad, good]);
          expect(receipts.map(({ status, refusal }) => [status, refusal?.rule, refusal?.field])).toEqual([
            ...poisons.map(([path, poison]) => [
              'rejected',
              poison.isWellFormed() ? 'text-control' : 'text-broken',
              path.join('.'),
            ]),
            ['accepted', undefined, undefined],
          ]);
        },
      ),
      { numRuns: 20 },
    );
    const named = await device.push([newCase(registration(), { ...MEDIATOR, name: '王\u0000' })]);
    expect(named.receipts[0]).toMatchObject({ status: 'rejected', refusal: { field: 'actor.name' } });
    for (const path of ['/HS', '/HS/C1', MALL]) {
      const { all } = await centre.admin.admin.rollup({ path, from: '2026-01-01', to: '2030-12-31' });
      expect(all.totals.registered).toBe(20);
    }
    expect(await invariants()).toEqual([]);
  });

  it('that is nested without end, or whose hash is none, is refused with its field before it is read', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await device.signIn();
    const event = { ...newCase(null), previousHash: CHAIN_START };
    const text = JSON.stringify({ events: [event], signature: device.sign([event]) });
    const bodies = [
      text.replace('"payload":null', `"payload":${deep}`),
      text.replace(event.hash, '\\u0000'.repeat(64)),
    ];
    for (const body of bodies)
      await expect(device.send(new TextEncoder().encode(body))).rejects.toThrow(/^400 /);
  });
});

describe('what was stored before such texts were refused', () => {
  it('is cleaned once, to what its facts now say', async () => {
    const { database } = openDatabase(centre.databaseUrl);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.constantFrom(...POISONS, '\b', '\f', '\u007f', '\\', 'u0000', '\n', '\t', '"', '王', '😀'),
          ),
          async (pieces) => {
            const state = { name: pieces.join(''), [`k${pieces.join('')}`]: [pieces.join('')] };
            await sql`INSERT INTO stream (kind, id, circle, revision, state, sight) VALUES ('old', 'one', '/HS/C1', 1, ${JSON.stringify(state)}, '[]')
              ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state`.execute(database);
            for (const statement of up) await sql.raw(statement).execute(database);
            const { rows } = await sql<{ state: string }>`
              SELECT state FROM stream WHERE kind = 'old' AND id = 'one'`.execute(database);
            expect(JSON.parse(rows[0]?.state ?? '')).toEqual(keptValue(state));
            await sql`SELECT state::jsonb FROM stream WHERE kind = 'old'`.execute(database);
          },
        ),
      );
    } finally {
      await sql`DELETE FROM stream WHERE kind = 'old'`.execute(database);
      await database.destroy();
    }
  });
});

describe('a question with such a text', () => {
  it('is refused whatever stands beside it', async () => {
    const response = await fetch(`${centre.url}/v1/challenge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ deviceId: 'a\u0000', events: [] }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      data: { issues: [{ field: 'deviceId', rule: 'text-control' }] },
    });
  });

  it('is refused with its field, whoever asks', async () => {
    const { admin } = centre.admin;
    const calls = {
      path: () => admin.rollup({ path: '/HS\u0000', from: '2026-01-01', to: '2030-12-31' }),
      name: () => device.client.enrol({ code: 'AAAAA-BBBBB', name: '台\u0000', publicKey: 'x'.repeat(44) }),
      reason: () => admin.revoke({ deviceId: device.deviceId, reason: '\ud800' }),
      deviceId: () => device.client.challenge({ deviceId: '\u0007' }),
    };
    for (const [field, call] of Object.entries(calls))
      await expect(call()).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        data: { issues: [{ field, rule: expect.stringMatching(/^text-/) as string }] },
      });
  });
});
