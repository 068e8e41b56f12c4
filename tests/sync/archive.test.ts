import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { useWorkstations, type LiveWorkstation } from '../support/live-workstations.ts';
import { enrolTestDevice } from '../support/device.ts';
import { actorAt } from '../support/facts.ts';
import { codeFor } from '../support/postgres.ts';
import { caseInput } from '../support/workstation.ts';

const SHOP = '/HS/C1/M01/S001';
const MALL = '/HS/C1/M01';
const DAY = 86_400_000;
const workstations = useWorkstations();

let days = 0;
beforeEach(() => {
  days = 0;
});

/** Lets years pass at the centre, and its job run. */
async function later(by = 1100): Promise<number> {
  days += by;
  const now = new Date(Date.now() + days * DAY);
  workstations.centre.setNow(now);
  return archiveClosed(workstations.centre.centre.database, createUnitCache(), now);
}

async function green(...all: LiveWorkstation[]): Promise<void> {
  for (const workstation of all) {
    const status = await workstation.api.sync.now();
    expect({ sign: status.sign, reason: status.reason, attention: status.attention }).toEqual({
      sign: 'proved',
      reason: null,
      attention: 0,
    });
  }
}

async function closedCase({ api }: LiveWorkstation): Promise<string> {
  const input = caseInput();
  const { id } = await api.cases.register(input);
  const steps = [
    { step: 'case-withdrawn', payload: { reason: '撤回' } },
    { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
  ] as const;
  for (const [index, action] of steps.entries()) await api.cases.act({ id, revision: index + 1, action });
  return id;
}

/** What a workstation has of a case: state, row, words to be found by, and events. */
async function held({ running: workstation }: LiveWorkstation, id: string) {
  const { rows } = await sql<{ states: number; rows: number; events: number; own: number }>`
    SELECT (SELECT count(*) FROM stream WHERE id = ${id}) AS states,
      (SELECT count(*) FROM case_row WHERE id = ${id}) AS rows,
      (SELECT count(*) FROM event WHERE stream_id = ${id} AND origin = 'feed') AS events,
      (SELECT count(*) FROM event WHERE stream_id = ${id} AND origin = 'local') AS own`.execute(
    workstation.parts.store.read,
  );
  return rows[0];
}
const NOTHING = { states: 0, rows: 0, events: 0, own: 0 };
const searchable = async ({ running: workstation }: LiveWorkstation): Promise<number> => {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM case_search`.execute(
    workstation.parts.store.read,
  );
  return rows[0]?.count ?? -1;
};

const openShop = () => workstations.open('shop', SHOP, 'manager-shop');
const openMall = () => workstations.open('mall', MALL, 'mediator-mall');

/** A step by somebody who has the case, straight to the centre. */
async function noteFrom(path: string, staffId: string, id: string): Promise<void> {
  const device = await enrolTestDevice({
    url: workstations.centre.url,
    code: await codeFor(workstations.centre, path),
  });
  const event = device.event({
    stream: { kind: 'case', id },
    type: 'note-added',
    payload: { text: '【虚构示例】多年后的来信' },
    actor: { ...actorAt(path), staffId },
  });
  const { receipts } = await device.push([event]);
  expect(receipts).toMatchObject([{ status: 'accepted' }]);
}

describe('a case whose period is over', () => {
  it('leaves every workstation that saw it, and all of them stay proved', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const id = await closedCase(shop);
    const open = await shop.api.cases.register(caseInput());
    await green(shop, mall);
    expect(await held(mall, id)).toEqual({ states: 1, rows: 1, events: 3, own: 0 });
    expect(await later()).toBe(1);
    await green(shop, mall);
    expect(await held(mall, id)).toEqual(NOTHING);
    // The device's own log has no gaps.
    expect(await held(shop, id)).toEqual({ ...NOTHING, own: 3 });
    for (const workstation of [shop, mall]) {
      expect(await searchable(workstation)).toBe(1);
      await expect(workstation.api.cases.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await workstation.api.cases.get({ id: open.id })).state.id).toBe(open.id);
    }
    // Nothing brings it back by mistake: neither another round, nor a start, nor a comparison with the whole feed.
    await workstations.centre.admin.admin.resync({ deviceId: shop.deviceId, reason: '核对' });
    await green(shop);
    await workstations.close(shop);
    const again = await openShop();
    await green(again);
    expect(await held(again, id)).toEqual({ ...NOTHING, own: 3 });
    const { stations } = await workstations.centre.admin.admin.fleet({});
    const asked = stations.find((one) => one.deviceId === shop.deviceId);
    expect(asked?.resync?.result).toMatchObject({ missing: 0, different: 0, extra: 0, mended: 0 });
  });

  it('leaves a workstation that was away while it was closed and archived', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const input = caseInput();
    const { id } = await shop.api.cases.register(input);
    await green(shop, mall);
    await workstations.close(mall);
    await shop.api.cases.act({
      id,
      revision: 1,
      action: { step: 'case-withdrawn', payload: { reason: '撤回' } },
    });
    await shop.api.cases.act({
      id,
      revision: 2,
      action: { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
    });
    await green(shop);
    expect(await later()).toBe(1);
    const back = await openMall();
    await green(back);
    expect(await held(back, id)).toEqual(NOTHING);
  });

  it('stays while a form about it is not saved, and leaves when that is done', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const id = await closedCase(shop);
    await green(shop, mall);
    const key = `note-added:${id}`;
    await mall.api.drafts.save({ key, title: '备注', values: { text: '写到一半' } });
    expect(await later()).toBe(1);
    await green(shop, mall);
    expect(await held(mall, id)).toMatchObject({ states: 1, rows: 1 });
    await mall.api.drafts.discard({ key });
    await green(mall);
    expect(await held(mall, id)).toEqual(NOTHING);
  });

  it('stays while a fact about it needs a person, and leaves when somebody has looked', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const id = await closedCase(shop);
    await green(shop, mall);
    await mall.running.parts.store.write((writer) =>
      sql`UPDATE event SET status = 'quarantined', refusal = '{"rule":"case-missing"}'
        WHERE stream_id = ${id} AND type = 'case-closed'`.execute(writer),
    );
    expect(await later()).toBe(1);
    expect((await mall.api.sync.now()).attention).toBe(1);
    expect(await held(mall, id)).toMatchObject({ states: 1 });
    const { rows } = await sql<{ id: string }>`SELECT id FROM event WHERE status = 'quarantined'`.execute(
      mall.running.parts.store.read,
    );
    await mall.api.sync.dismiss({ eventId: rows[0]?.id ?? '' });
    await green(mall);
    expect(await held(mall, id)).toEqual(NOTHING);
  });
});

describe('a late fact', () => {
  it('brings the case back with its whole history, wherever it had left', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const id = await closedCase(shop);
    await green(shop, mall);
    const before = (await mall.api.cases.get({ id })).state;
    expect(await later()).toBe(1);
    await green(shop, mall);
    await noteFrom(MALL, 'mediator-mall', id);
    await green(shop, mall);
    for (const workstation of [shop, mall]) {
      const { state, timeline } = await workstation.api.cases.get({ id });
      expect(state).toEqual({ ...before, revision: before.revision + 1 });
      expect(timeline.map((one) => one.type)).toEqual([
        'case-registered',
        'case-withdrawn',
        'case-closed',
        'note-added',
      ]);
      expect(await searchable(workstation)).toBe(1);
    }
    expect(await later(1000)).toBe(0);
    expect(await later(100)).toBe(1);
    await green(shop, mall);
    expect(await held(mall, id)).toEqual(NOTHING);
  });

  it('recorded here, unsent while the centre archived, brings it back everywhere', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const id = await closedCase(shop);
    await green(shop, mall);
    await mall.api.cases.act({
      id,
      revision: 3,
      action: { step: 'note-added', payload: { text: '【虚构示例】迟来的说明' } },
    });
    expect(await later()).toBe(1);
    await green(shop);
    expect(await held(shop, id)).toMatchObject({ states: 0 });
    await green(mall, shop);
    for (const workstation of [shop, mall])
      expect((await workstation.api.cases.get({ id })).timeline).toHaveLength(4);
    const marks = await sql`SELECT * FROM left_stream`.execute(mall.running.parts.store.read);
    expect(marks.rows).toEqual([]);
  });

  it('that the centre refuses leaves the case in the archive', async () => {
    const [shop, mall] = [await openShop(), await openMall()];
    await green(shop, mall);
    const id = await closedCase(mall);
    await green(mall);
    await mall.api.cases.act({
      id,
      revision: 3,
      action: { step: 'note-added', payload: { text: '【虚构示例】将被拒绝' } },
    });
    // Refused for what only the centre knows: whoever recorded it never had such an account.
    await sql`UPDATE stream SET state = replace(state, '"mediator"', '"shop-manager"') WHERE kind = 'staff'
      AND id = 'mediator-mall'`.execute(workstations.centre.centre.database);
    expect(await later()).toBe(1);
    const status = await mall.api.sync.now();
    expect(status.attention).toBe(1);
    expect(await held(mall, id)).toMatchObject({ states: 1 });
    const { rows } = await sql<{ id: string }>`SELECT id FROM event WHERE status = 'rejected'`.execute(
      mall.running.parts.store.read,
    );
    await mall.api.sync.dismiss({ eventId: rows[0]?.id ?? '' });
    await green(mall);
    expect(await held(mall, id)).toMatchObject({ states: 0, rows: 0 });
  });
});

describe('a new workstation', () => {
  it('reads only what is in no archive, and is proved', async () => {
    const shop = await openShop();
    await green(shop);
    const gone = await closedCase(shop);
    await green(shop);
    expect(await later()).toBe(1);
    const { id } = await shop.api.cases.register(caseInput());
    await green(shop);
    const mall = await openMall();
    await green(mall);
    expect(await held(mall, gone)).toEqual(NOTHING);
    expect((await mall.api.cases.get({ id })).state.id).toBe(id);
  });
});
