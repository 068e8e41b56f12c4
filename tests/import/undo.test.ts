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
