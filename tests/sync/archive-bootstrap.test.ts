import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import type { PushedEvent } from '../../src/contract/centre/index.ts';
import { SNAPSHOT_FROM } from '../../src/contract/centre/snapshot.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { startWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { actorAt, registration } from '../support/facts.ts';
import {
  codeFor,
  startDistrictCentre,
  startTestServer,
  type TestCentre,
  type TestServer,
} from '../support/postgres.ts';
import { PASSWORD } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const ACTOR = { ...actorAt(MALL), staffId: 'mediator-mall' };
const DAY = 86_400_000;
/** Three events a case: more than what a new workstation reads without a snapshot. */
const CASES = Math.ceil(SNAPSHOT_FROM / 3) + 100;

let server: TestServer;
let centre: TestCentre;
let device: TestDevice;
let folder: string;
let remove: () => Promise<void>;
const open: Workstation[] = [];

const idOf = (number: number): string => `case-${String(number).padStart(5, '0')}`;

function step(number: number, type: string, payload: unknown): PushedEvent {
  return device.event({ stream: { kind: 'case', id: idOf(number) }, type, payload, actor: ACTOR });
}

/** Every second one is withdrawn and closed. */
function eventsOf(number: number): PushedEvent[] {
  const registered = step(number, 'case-registered', registration({ number: `M01-2026-1-${number}` }));
  const ended = number % 2 === 0;
  return ended
    ? [
        registered,
        step(number, 'case-withdrawn', { reason: '撤回' }),
        step(number, 'case-closed', { satisfaction: 'satisfied' }),
      ]
    : [registered, step(number, 'case-accepted', {}), step(number, 'note-added', { text: '【虚构示例】' })];
}

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  centre = await startDistrictCentre(server.server);
  device = await enrolTestDevice({ url: centre.url, code: await codeFor(centre, MALL) });
  const events = Array.from({ length: CASES }, (_, number) => eventsOf(number)).flat();
  for (let done = 0; done < events.length; done += 1000) await device.push(events.slice(done, done + 1000));
});
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
  await centre.stop();
  await remove();
});

/** Time passes at the centre, and its job runs. */
async function archiveIn(days: number): Promise<number> {
  const now = new Date(Date.now() + days * DAY);
  centre.setNow(now);
  await device.signIn();
  return archiveClosed(centre.centre.database, createUnitCache(), now);
}

/** A new workstation on a line that `cut` decides about, by address. */
async function openNew(name: string, cut: (path: string) => boolean = () => false) {
  const asked: string[] = [];
  const dataFolder = join(folder, name);
  const workstation = await startWorkstation({
    dataFolder,
    host: createNodeHost(dataFolder),
    automaticSync: false,
    leasesNumbers: false,
    fetcher: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : String(input));
      const path = `${url.pathname}${url.search}`;
      if (cut(path)) throw new TypeError('cut');
      asked.push(path);
      return fetch(input, init);
    },
  });
  open.push(workstation);
  const { api } = workstation.connect();
  await api.session.enrol({ centreUrl: centre.url, code: await codeFor(centre, MALL), deviceName: name });
  await api.sync.now();
  await api.session.signIn({ staffId: 'mediator-mall', password: PASSWORD });
  return { workstation, api, asked };
}
type New = Awaited<ReturnType<typeof openNew>>;

async function statesOf({ workstation }: New): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'case' ORDER BY id`.execute(workstation.parts.store.read);
  return new Map(rows.map((row) => [row.id, row.state]));
}

/** States at the centre that are in no archive: what a workstation is to have. */
async function expected(): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'case' AND NOT EXISTS (SELECT 1 FROM archived_stream AS gone
      WHERE gone.id = stream.id AND gone.returned_at IS NULL) ORDER BY id`.execute(centre.centre.database);
  return new Map(rows.map((row) => [row.id, row.state]));
}

async function factsOf({ workstation }: New, number: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM event WHERE stream_id = ${idOf(number)}`.execute(
    workstation.parts.store.read,
  );
  return rows[0]?.count ?? -1;
}

describe('a new workstation at a unit with archived cases', () => {
  it('loads what is in no archive, holds nothing of the rest, and is proved all the same', async () => {
    const gone = Math.ceil(CASES / 2);
    expect(await archiveIn(1097)).toBe(gone);
    const workstation = await openNew('new');
    const status = await workstation.api.sync.now();
    expect(status).toMatchObject({ sign: 'proved', reason: null, attention: 0, arriving: null });
    expect(workstation.asked.some((path) => path.startsWith('/v1/snapshot'))).toBe(true);
    expect(
      workstation.asked.some((path) => path.startsWith('/v1/feed?after=0&') && path.includes('bare')),
    ).toBe(true);
    const states = await statesOf(workstation);
    expect(states.size).toBe(CASES - gone);
    expect(states).toEqual(await expected());
    expect([await factsOf(workstation, 0), await factsOf(workstation, 1)]).toEqual([0, 3]);
    const { rows } =
      await sql`SELECT * FROM left_stream UNION ALL SELECT kind, id, state FROM stream_base`.execute(
        workstation.workstation.parts.store.read,
      );
    expect(rows).toEqual([]);
  });

  it('is right though cases go into the archive and come back while its history is on its way', async () => {
    const gone = Math.ceil(CASES / 2);
    expect(await archiveIn(1097)).toBe(gone);
    let holding = true;
    const workstation = await openNew('slow', (path) => holding && path.includes('archived=bare'));
    expect((await statesOf(workstation)).size).toBe(CASES - gone);
    // One that it has is closed and archived; of two that it has not, one comes back, and one is spoken of in vain.
    await device.push([
      step(1, 'case-withdrawn', { reason: '撤回' }),
      step(1, 'case-closed', { satisfaction: 'satisfied' }),
      step(2, 'note-added', { text: '【虚构示例】迟来' }),
      step(4, 'case-accepted', {}),
    ]);
    // Case 2 has been spoken of: it stays as long again, as case 1 does.
    expect(await archiveIn(2100)).toBe(0);
    await workstation.api.sync.now();
    await device.push([step(2, 'note-added', { text: '【虚构示例】再次来信' })]);
    expect(await archiveIn(2200)).toBe(1);
    await workstation.api.sync.now();
    holding = false;
    expect(await workstation.api.sync.now()).toMatchObject({ sign: 'proved', reason: null, attention: 0 });
    const states = await statesOf(workstation);
    expect(states.has(idOf(1))).toBe(false);
    expect(states.has(idOf(2))).toBe(true);
    expect(states.has(idOf(4))).toBe(false);
    expect(states).toEqual(await expected());
    const { timeline } = await workstation.api.cases.get({ id: idOf(2) });
    expect(timeline.map((one) => one.type)).toEqual([
      'case-registered',
      'case-withdrawn',
      'case-closed',
      'note-added',
      'note-added',
    ]);
    expect(await factsOf(workstation, 1)).toBe(0);
  });
});
