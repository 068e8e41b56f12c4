import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReceivePrivacy } from '../../src/contract/workstation/privacy.ts';
import {
  addWorkingDays,
  businessDay,
  dayStart,
  defaultCalendar,
  shiftDay,
} from '../../src/domain/kernel/calendar/index.ts';
import { ANSWER_DAYS } from '../../src/domain/privacy/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { plainTextOf } from '../support/poppler.ts';
import { caseInput, openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
let now = new Date('2026-03-10T02:00:00.000Z');

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  now = new Date('2026-03-10T02:00:00.000Z');
  workstation = await openTestWorkstation(folder, { clock: () => now });
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

const closeCase = async (): Promise<string> => {
  const { cases } = workstation.api;
  const { id } = await cases.register(caseInput());
  await cases.act({ id, revision: 1, action: { step: 'case-withdrawn', payload: { reason: '撤回' } } });
  await cases.act({
    id,
    revision: 2,
    action: { step: 'case-closed', payload: { satisfaction: 'satisfied' } },
  });
  return id;
};
const ask = (caseId: string, over: Partial<ReceivePrivacy> = {}): ReceivePrivacy => ({
  privacyId: crypto.randomUUID(),
  what: 'access',
  requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
  identity: 'id-seen',
  records: [{ kind: 'case', id: caseId }],
  wish: '',
  ...over,
});
const grant = (id: string) => ({
  kind: 'case' as const,
  id,
  verdict: 'granted' as const,
  correctionId: null,
  text: '',
});
const seen = ({ state }: { state: { id: string; revision: number } }) => ({
  id: state.id,
  revision: state.revision,
  eventId: uuidv7(),
});

it('lists what is overdue, and what will be by the end of the week, as its own day says, in that order', async () => {
  const { privacy } = workstation.api;
  const caseId = await closeCase();
  // One on each day of three weeks, whatever holidays lie in them.
  const dueOf = new Map<string, string>();
  for (let day = 0; day < 21; day += 1) {
    const received = shiftDay('2026-03-10', day);
    now = new Date(dayStart(received));
    const { state } = await privacy.receive(ask(caseId));
    dueOf.set(state.id, addWorkingDays(defaultCalendar, received, ANSWER_DAYS).day);
  }
  const idsDue = async (due: 'overdue' | 'week'): Promise<string[]> =>
    (await privacy.list({ filter: { due }, limit: 100 })).items.map(({ id }) => id);
  // A Monday in the middle, the day on which the first is due, and the day behind it.
  const first = [...dueOf.values()][0] ?? '';
  for (const today of [first, shiftDay(first, 1), '2026-04-06', '2026-04-13', '2026-06-01']) {
    now = new Date(dayStart(today));
    const sunday = shiftDay(today, (7 - now.getUTCDay() - 1 + 7) % 7);
    const until = (last: string): string[] => [...dueOf].filter(([, due]) => due <= last).map(([id]) => id);
    expect(businessDay(now.toISOString())).toBe(today);
    expect(await idsDue('overdue'), today).toEqual(until(shiftDay(today, -1)));
    expect(await idsDue('week'), today).toEqual(until(sunday));
    const { items } = await privacy.list({ limit: 100 });
    for (const { id, due } of items) expect(due?.late).toBe((dueOf.get(id) ?? '') < today);
  }
  // What was withdrawn is not due any more.
  const [one = ''] = dueOf.keys();
  const withdrawn = await privacy.withdraw({ ...seen(await privacy.get({ id: one })), reason: '不再需要' });
  expect(withdrawn.summary.due).toBeNull();
  expect(await idsDue('overdue')).not.toContain(one);
});

it('is found by name, pinyin, telephone, its own number and that of its record', async () => {
  const { privacy, cases } = workstation.api;
  const caseId = await closeCase();
  const { number } = (await cases.get({ id: caseId })).state;
  const { state } = await privacy.receive(ask(caseId));
  for (const search of ['张三', 'zs', '5678', state.number, number])
    expect((await privacy.list({ filter: { search } })).items, search).toMatchObject([{ id: state.id }]);
  for (const filter of [{ search: '李四' }, { what: 'deletion' as const }, { status: ['answered' as const] }])
    expect((await privacy.list({ filter })).total).toBe(0);
});

it('says of a record that it was erased once its state does, on the page and on paper', async () => {
  const { privacy } = workstation.api;
  const caseId = await closeCase();
  const asked = await privacy.receive(ask(caseId, { what: 'deletion', wish: '不再需要' }));
  const decided = await privacy.decide({ ...seen(asked), outcomes: [grant(caseId)] });
  expect(decided.records).toMatchObject([{ erasure: 'waiting' }]);
  const { id } = asked.state;
  const said = async (): Promise<string> =>
    (await plainTextOf(Buffer.from((await privacy.print({ id })).base64, 'base64'))).replaceAll(/\s/g, '');
  expect(await said()).toContain('删除正在进行，尚未完成');
  // As a state is that the centre has had erased.
  const at = '2026-03-11T01:00:00.000Z';
  await workstation.running.parts.store.write((writer) =>
    sql`UPDATE stream SET state = json_set(state, '$.erased', json(${JSON.stringify({ at, cause: 'request' })}))
      WHERE kind = 'case' AND id = ${caseId}`.execute(writer),
  );
  expect((await privacy.get({ id })).records).toMatchObject([{ erasure: { at } }]);
  expect(await said()).toContain('个人信息已于2026年3月11日删除');
});

it('tells all who looked until the decision, and nobody after it', async () => {
  const { privacy, cases } = workstation.api;
  const caseId = await closeCase();
  const reveal = (reason: string) => cases.reveal({ id: caseId, reason });
  await reveal('电话通知');
  const asked = await privacy.receive(ask(caseId));
  const decided = await privacy.decide({ ...seen(asked), outcomes: [grant(caseId)] });
  const { id } = asked.state;
  const print = async (): Promise<Buffer> => Buffer.from((await privacy.print({ id })).base64, 'base64');
  const first = await print();
  const looks = async (bytes: Uint8Array): Promise<number> =>
    (await plainTextOf(bytes)).replaceAll(/\s/g, '').split('查看完整信息').length - 1;
  expect(await looks(first)).toBe(1);
  now = new Date(now.getTime() + 86_400_000);
  await reveal('再次电话通知');
  expect((await print()).equals(first)).toBe(true);
  // Each print is on record, as a look at the request.
  const { rows } = await sql<{ what: string }>`
    SELECT what FROM access_row WHERE record_kind = 'privacy' AND record_id = ${id}`.execute(
    workstation.running.parts.store.read,
  );
  expect(rows).toEqual([{ what: 'answer' }, { what: 'answer' }]);
  // The same answer recorded twice, after a lost answer, is one.
  const given = { ...seen(decided), manner: 'posted' as const, answeredOn: '2026-03-11' };
  const answered = await privacy.answer(given);
  expect(await privacy.answer(given)).toEqual(answered);
  await expect(privacy.answer({ ...given, answeredOn: '2026-03-10' })).rejects.toMatchObject({
    code: 'RULE',
    data: { rule: 'saved-already' },
  });
});

it('refuses a record that is not here, and keeps its number for the next', async () => {
  const { privacy } = workstation.api;
  const caseId = await closeCase();
  await expect(privacy.receive(ask('nowhere'))).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    data: { issues: [{ field: 'records.0', rule: 'privacy-record-unknown' }] },
  });
  expect((await privacy.receive(ask(caseId))).state.number).toBe('M01-P2026-1-0001');
  expect(
    await privacy.chosen({
      records: [
        { kind: 'case', id: 'nowhere' },
        { kind: 'case', id: caseId },
      ],
    }),
  ).toMatchObject([{ id: caseId }]);
});
