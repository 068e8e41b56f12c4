import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { envelopeOf } from '../../src/main/kernel/store/index.ts';
import type { EventTable } from '../../src/main/kernel/store/schema.ts';
import { CHAIN_START, eventHash } from '../../src/protocol/chain.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { caseInput, openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';

let workstation: TestWorkstation;
let remove: () => Promise<void>;
beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  workstation = await openTestWorkstation(made.folder, { role: 'supervisor', unitPath: '/HS/C1' });
});
afterAll(async () => {
  await workstation.running.close();
  await remove();
});

const register = (from: number): string =>
  [
    '投诉编号,被投诉商户,投诉时间,办结时间,处理结果',
    ...Array.from({ length: 300 }, (_, index) => `${from + index},虚构甲店,2026-03-01,2026-03-02,调解成功`),
  ].join('\n');
const ROSTER = '商户名称,承诺退货天数\n虚构鞋店,七天\n虚构帽店,\n';

async function imported(content: string): Promise<void> {
  const { api, unitPath } = workstation;
  const base64 = Buffer.from(content).toString('base64');
  const { importId } = await api.imports.open({ fileName: '名录.csv', base64 });
  for await (const progress of await api.imports.commit({ importId, unitPath })) void progress;
}

async function log(): Promise<EventTable[]> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE origin = 'local' ORDER BY device_sequence`.execute(
    workstation.running.parts.store.read,
  );
  return rows;
}

/** The device's log has no gap, each fact is chained to the one before, and what waits is what is in the outbox. */
async function expectWholeLog(): Promise<void> {
  const rows = await log();
  let hash = CHAIN_START;
  rows.forEach((row, index) => {
    expect(row.device_sequence).toBe(index + 1);
    expect(row.previous_hash).toBe(hash);
    hash = eventHash(envelopeOf(row), hash);
    expect(row.hash).toBe(hash);
  });
  const { rows: outbox } = await sql<{ event_id: string }>`
    SELECT event_id FROM outbox ORDER BY device_sequence`.execute(workstation.running.parts.store.read);
  expect(outbox.map((row) => row.event_id)).toEqual(rows.map((row) => row.id));
}

test('an import is taken back as a whole, with what others recorded between and after it left as it was', async () => {
  const { api } = workstation;
  const first = await api.cases.register(caseInput());
  await imported(register(1));
  const second = await api.cases.register(caseInput());
  expect(await api.imports.undoable()).toEqual({ fileName: '名录.csv', imported: 300, leavesInMs: null });
  expect(await api.imports.undo()).toEqual({ undone: 300 });
  const { items, total } = await api.cases.list({ limit: 10 });
  expect({ total, ids: items.map((one) => one.id).toSorted() }).toEqual({
    total: 2,
    ids: [first.id, second.id].toSorted(),
  });
  expect((await api.cases.list({ filter: { search: '甲店' }, limit: 10 })).total).toBe(0);
  await expectWholeLog();
  expect(await api.imports.undoable()).toBeNull();
  await expect(api.imports.undo()).rejects.toMatchObject({ data: { rule: 'import-undo-too-late' } });
  // As if it had never been: the same file is imported again.
  await imported(register(1));
  expect(await api.imports.undo()).toEqual({ undone: 300 });
  await expectWholeLog();
});

test('a roster goes with its commitments; once work rests on one of its merchants it stays', async () => {
  const { api } = workstation;
  await imported(ROSTER);
  expect(await api.imports.undo()).toEqual({ undone: 2 });
  expect((await api.merchants.list({ limit: 10 })).total).toBe(0);
  await imported(ROSTER);
  const { items } = await api.merchants.list({ limit: 10 });
  const merchant = items.find((one) => one.name === '虚构鞋店');
  await api.cases.register(caseInput({ merchant: { merchantId: merchant?.id, name: '虚构鞋店' } }));
  expect(await api.imports.undoable()).toBeNull();
  await expect(api.imports.undo()).rejects.toMatchObject({ data: { rule: 'import-undo-too-late' } });
  expect((await api.merchants.list({ limit: 10 })).total).toBe(2);
  await expectWholeLog();
});

test('what may have left is not taken back', async () => {
  const { api, running } = workstation;
  await imported(register(1000));
  const { store } = running.parts;
  await store.write((writer) =>
    sql`UPDATE event SET status = 'accepted' WHERE device_sequence = (SELECT max(device_sequence) FROM event WHERE origin = 'local') AND origin = 'local'`.execute(
      writer,
    ),
  );
  await expect(api.imports.undo()).rejects.toMatchObject({ data: { rule: 'import-undo-too-late' } });
  expect((await log()).length).toBeGreaterThan(300);
});

test('a roster that changes merchants on record says so row by row, changes those that are taken, and is undone as a whole', async () => {
  const { api, unitPath } = workstation;
  const registered = (name: string, over: object = {}) =>
    api.merchants.register({
      merchantId: crypto.randomUUID(),
      name,
      unitPath,
      creditCode: null,
      category: 'enterprise',
      address: null,
      contactName: null,
      phone: null,
      ...over,
    });
  const byCode = (
    await registered('虚构旧名店', { creditCode: '91330203MA2JKLMN2F', category: 'social-organisation' })
  ).state;
  const byAlias = (await registered('虚构更名店', { aliases: ['330203000012343'] })).state;
  const byName = (await registered('虚构同名店', { phone: '057400000001' })).state;
  const merged = (await registered('虚构并入店')).state;
  await api.merchants.merge({ id: merged.id, revision: 1, intoId: byName.id });
  const content = [
    '商户名称,统一社会信用代码,联系电话,经营地址',
    '虚构新名店,91330203MA2JKLMN2F,,一楼',
    '虚构更名店,330203000012343,0574-1111111,',
    '虚构同名店,,,',
    '虚构并入店,,0574-2222222,',
    '虚构新开店,,,',
  ].join('\n');
  const base64 = Buffer.from(content).toString('base64');
  const { importId } = await api.imports.open({ fileName: '名册.csv', base64 });
  const { changes, total } = await api.imports.rosterChanges({ importId, unitPath });
  expect(
    changes.map(({ place, row, merchantId, changes: fields }) => [place, row, merchantId, fields]),
  ).toEqual([
    [
      0,
      2,
      byCode.id,
      [
        { field: 'name', before: '虚构旧名店', after: '虚构新名店' },
        { field: 'address', before: null, after: '一楼' },
      ],
    ],
    [1, 3, byAlias.id, [{ field: 'phone', before: null, after: expect.any(String) }]],
  ]);
  expect(total).toBe(2);

  const contents = async () => ({
    ...(await api.merchants.list({ limit: 50 })),
    facts: (await log()).map(({ id }) => id),
  });
  const before = await contents();
  let finished: unknown;
  for await (const progress of await api.imports.commit({ importId, unitPath, update: [0] }))
    finished = progress;
  expect(finished).toMatchObject({ imported: 1, updated: 1, existing: 3 });
  const named = async (id: string) => (await api.merchants.get({ id })).state;
  expect([(await named(byCode.id)).name, (await named(byAlias.id)).phone]).toEqual(['虚构新名店', null]);
  expect(await api.imports.undo()).toEqual({ undone: 2 });
  expect(await contents()).toEqual(before);
  expect((await named(byCode.id)).name).toBe('虚构旧名店');

  // What somebody has recorded of one of them since would rest on nothing.
  const again = (await api.imports.open({ fileName: '名册.csv', base64 })).importId;
  for await (const progress of await api.imports.commit({ importId: again, unitPath, update: [0] }))
    void progress;
  const { state } = await api.merchants.get({ id: byCode.id });
  const { id, revision, name, creditCode, category, address, contactName } = state;
  const fields = { name, creditCode, category, address, contactName, phone: '0574-3' };
  await api.merchants.update({ id, revision, fields });
  await expect(api.imports.undo()).rejects.toMatchObject({ data: { rule: 'import-undo-too-late' } });
});
