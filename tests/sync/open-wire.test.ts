import type * as knownFacts from '../../src/domain/known-facts.ts';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyDatabase } from '../../src/central/verify/command.ts';
import { appendLocal, applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { retryAfterUpgrade } from '../../src/main/kernel/store/upgrade.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { enrolTestDevice, type TestDevice } from '../support/device.ts';
import { registration } from '../support/facts.ts';
import { codeFor } from '../support/postgres.ts';

const release = vi.hoisted(() => ({ newer: false }));
// What a release calls what it knows, by which a centre sees that it is a newer one than the last.
vi.mock('../../src/domain/known-facts.ts', async (original) => {
  const real = await original<typeof knownFacts>();
  return { ...real, knownNames: () => [...real.knownNames(), ...(release.newer ? ['grade'] : [])] };
});
vi.mock('../../src/domain/streams.ts', async (original) => {
  const { withNewerStreams } = await import('../support/newer-streams.ts');
  return withNewerStreams(await original(), () => release.newer);
});
afterEach(() => {
  release.newer = false;
});

const MALL = '/HS/C1/M01';
const MEDIATOR = {
  staffId: 'mediator-mall',
  name: '测试员',
  role: 'mediator' as const,
  unitPath: MALL,
};
// The centre's job judges again what an older release had set aside.
const workstations = useWorkstations({ jobs: true });
// It has looked once, as the older release, before a test makes it a newer one.
beforeEach(async () => {
  const device = await enrolTestDevice({
    url: workstations.centre.url,
    code: await codeFor(workstations.centre, MALL),
  });
  await vi.waitUntil(async () => (await device.feed()).knows !== undefined, {
    timeout: 20_000,
    interval: 50,
  });
});

const open = (name: string, unitPath = MALL, staffId = MEDIATOR.staffId): Promise<LiveWorkstation> =>
  workstations.open(name, unitPath, staffId);

/** A grade between two cases, recorded as the newer release does it; the grade's id. */
async function recordBetweenCases({ running: workstation, deviceId }: LiveWorkstation): Promise<string> {
  const { store, directory } = workstation.parts;
  const id = uuidv7();
  const fact = (kind: string, type: string, payload: unknown, stream = uuidv7()) =>
    store.write((writer) =>
      appendLocal(
        writer,
        { device: deviceId, actor: MEDIATOR, unitPath: MALL, at: new Date().toISOString() },
        [{ stream: { kind, id: stream }, type, version: 1, payload }],
        directory,
      ),
    );
  await fact('case', 'case-registered', registration());
  await fact('grade', 'grade-given', { grade: 'A' }, id);
  await fact('case', 'case-registered', registration({ number: 'M01-2026-1-0002' }));
  return id;
}

type Logged = { kind: string; status: string; refusal: string | null };

/** What a workstation has of these kinds, in the order of its feed. */
async function logOf({ running: workstation }: LiveWorkstation): Promise<Logged[]> {
  const { rows } = await sql<Logged>`
    SELECT stream_kind AS kind, status, refusal FROM event WHERE stream_kind IN ('case', 'grade')
    ORDER BY feed_position`.execute(workstation.parts.store.read);
  return rows;
}

const statusesOf = async (workstation: LiveWorkstation): Promise<string[]> =>
  (await logOf(workstation)).map(({ status }) => status);

async function gradeAt({ running: workstation }: LiveWorkstation, id: string): Promise<unknown> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'grade' AND id = ${id}`.execute(workstation.parts.store.read);
  return rows.length === 0 ? null : (JSON.parse(rows[0]?.state ?? '') as unknown);
}

async function waitingAt({ running: workstation }: LiveWorkstation): Promise<number> {
  return (await workstation.parts.sync.refresh()).waiting;
}

const counted = async (path: string): Promise<number> => {
  const { all } = await workstations.centre.admin.admin.rollup({
    path,
    from: '2020-01-01',
    to: '2040-12-31',
  });
  return all.totals.transferred;
};

const problemsOf = async (): Promise<unknown[]> =>
  (await verifyDatabase(workstations.centre.databaseUrl)).filter((one) => one.broken > 0);

/** The centre again as the newer release, once it has looked at what it had set aside. */
async function upgradeCentre(): Promise<void> {
  await workstations.centre.halt();
  release.newer = true;
  await workstations.centre.resume();
  await expect
    .poll(
      async () => {
        const { rows } = await sql`
        SELECT 1 FROM event WHERE stream_kind = 'grade' AND status = 'unknown'`.execute(
          workstations.centre.centre.database,
        );
        return rows.length;
      },
      { timeout: 20_000 },
    )
    .toBe(0);
}

/** Syncs until the centre has said that it knows more than before, which it does after it has looked again. */
async function learned(workstation: LiveWorkstation): Promise<void> {
  await expect
    .poll(
      async () => {
        await workstation.api.sync.now();
        return statusesOf(workstation);
      },
      { timeout: 20_000 },
    )
    .toEqual(['accepted', 'accepted', 'accepted']);
}

describe('a record of a kind that only a newer release knows', () => {
  it('goes through an older centre, blocks nothing, and is applied once the centre knows it', async () => {
    release.newer = true;
    const sender = await open('sender');
    const id = await recordBetweenCases(sender);
    expect(await gradeAt(sender, id)).toMatchObject({ grade: 'A' });

    release.newer = false;
    await sender.api.sync.now();
    expect(await waitingAt(sender)).toBe(0);
    expect(await statusesOf(sender)).toEqual(['accepted', 'unknown', 'accepted']);
    expect(await gradeAt(sender, id)).toBeNull();
    const receiver = await open('receiver');
    await receiver.api.sync.now();
    expect(await logOf(receiver)).toEqual([
      { kind: 'case', status: 'accepted', refusal: null },
      { kind: 'grade', status: 'unknown', refusal: '{"rule":"unknown-at-centre"}' },
      { kind: 'case', status: 'accepted', refusal: null },
    ]);
    expect(await receiver.api.sync.attention()).toMatchObject([
      { stream: { kind: 'grade', id }, status: 'unknown', refusal: { rule: 'unknown-at-centre' } },
    ]);
    // A newer release alone does not apply what the centre has not judged.
    release.newer = true;
    const { store, directory } = receiver.running.parts;
    await retryAfterUpgrade(store, directory, 'a newer release');
    expect(await statusesOf(receiver)).toEqual(['accepted', 'unknown', 'accepted']);
    release.newer = false;
    const above = await open('above', '/HS/C1', 'supervisor-circle');
    await above.api.sync.now();
    expect(await logOf(above)).toEqual([]);
    expect(await counted('/HS')).toBe(0);
    expect(await problemsOf()).toEqual([]);

    await upgradeCentre();
    for (const workstation of [sender, receiver]) {
      await learned(workstation);
      expect(await gradeAt(workstation, id)).toMatchObject({ grade: 'A', revision: 1 });
      expect(await workstation.api.sync.attention()).toEqual([]);
    }
    // It is seen where its kind is seen, and counted at every level.
    await above.api.sync.now();
    expect(await logOf(above)).toEqual([{ kind: 'grade', status: 'accepted', refusal: null }]);
    expect([await counted(MALL), await counted('/HS/C1'), await counted('/HS')]).toEqual([1, 1, 1]);
    expect(await problemsOf()).toEqual([]);
  }, 120_000);

  it('that the centre knows is kept by an older workstation, and applied after its upgrade', async () => {
    release.newer = true;
    const device = await enrolTestDevice({
      url: workstations.centre.url,
      code: await codeFor(workstations.centre, MALL),
    });
    const given = device.event({
      stream: { kind: 'grade', id: 'grade-1' },
      type: 'grade-given',
      payload: { grade: 'B' },
      actor: MEDIATOR,
    });
    expect((await device.push([given])).receipts).toMatchObject([{ status: 'accepted' }]);
    const page = await device.feed();

    release.newer = false;
    const workstation = await open('older');
    const { store, directory } = workstation.running.parts;
    await store.write((writer) => applyFeedPage(writer, page, directory));
    expect(await logOf(workstation)).toEqual([{ kind: 'grade', status: 'unknown', refusal: null }]);
    release.newer = true;
    await retryAfterUpgrade(store, directory, 'a newer release');
    expect(await logOf(workstation)).toEqual([{ kind: 'grade', status: 'accepted', refusal: null }]);
    expect(await gradeAt(workstation, 'grade-1')).toMatchObject({ grade: 'B' });
  }, 60_000);

  it('keeps the state that a newer centre process gave it when an older one beside it takes more', async () => {
    const device = await enrolTestDevice({
      url: workstations.centre.url,
      code: await codeFor(workstations.centre, MALL),
    });
    const give = (grade: string) =>
      device.event({
        stream: { kind: 'grade', id: 'grade-1' },
        type: 'grade-given',
        payload: { grade },
        actor: MEDIATOR,
      });
    const stateOf = async (): Promise<unknown> => {
      const { rows } = await sql<{ state: string | null }>`
        SELECT state FROM stream WHERE kind = 'grade'`.execute(workstations.centre.centre.database);
      return JSON.parse(rows[0]?.state ?? 'null') as unknown;
    };
    release.newer = true;
    await device.push([give('A')]);
    release.newer = false;
    expect((await device.push([give('B')])).receipts).toMatchObject([{ status: 'unknown' }]);
    expect(await stateOf()).toMatchObject({ grade: 'A' });
    await upgradeCentre();
    expect(await stateOf()).toMatchObject({ grade: 'B', revision: 2 });
    expect(await counted('/HS')).toBe(1);
    expect(await problemsOf()).toEqual([]);
  }, 60_000);
});

describe('a role that only a newer release knows', () => {
  const inRole = (device: TestDevice, role: string, over: object = {}) =>
    device.event({
      stream: { kind: 'case', id: 'case-1' },
      type: 'case-accepted',
      payload: {},
      actor: { ...MEDIATOR, role, ...over },
    });

  it('is kept and passed on, and lets nobody do anything, also after the next upgrade', async () => {
    const device = await enrolTestDevice({
      url: workstations.centre.url,
      code: await codeFor(workstations.centre, MALL),
    });
    const registered = device.event({
      stream: { kind: 'case', id: 'case-1' },
      type: 'case-registered',
      payload: registration(),
      actor: MEDIATOR,
    });
    const { receipts } = await device.push([
      registered,
      inRole(device, 'department-clerk'),
      // Nobody at all, in whatever role.
      inRole(device, 'department-clerk', { staffId: 'nobody' }),
      inRole(device, 'department-clerk', { unitPath: '/HS' }),
    ]);
    expect(receipts.map(({ status, refusal }) => [status, refusal?.rule])).toEqual([
      ['accepted', undefined],
      ['unknown', undefined],
      ['rejected', 'actor-unknown'],
      ['rejected', 'actor-unknown'],
    ]);
    const workstation = await open('workstation');
    await workstation.api.sync.now();
    expect(await statusesOf(workstation)).toEqual(['accepted', 'unknown']);
    expect((await workstation.api.cases.get({ id: 'case-1' })).state.status).toBe('registered');
    const { items } = await device.feed();
    expect(items.map(({ status, event }) => [status, event.actor.role])).toContainEqual([
      'unknown',
      'department-clerk',
    ]);
    await workstations.centre.halt();
    release.newer = true;
    await workstations.centre.resume();
    await expect.poll(async () => (await device.feed()).knows, { timeout: 20_000 }).toBeTypeOf('string');
    await workstation.api.sync.now();
    expect(await statusesOf(workstation)).toEqual(['accepted', 'unknown']);
    expect((await workstation.api.cases.get({ id: 'case-1' })).state.status).toBe('registered');
    expect(await problemsOf()).toEqual([]);
  }, 60_000);
});
