import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import type { EventEnvelope, Role } from '../../src/domain/kernel/event/event.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { createRandom } from '../../tools/world/random.ts';
import { actorAt } from '../support/facts.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  PASSWORD,
  type TestWorkstation,
} from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
let now: Date;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  now = new Date('2026-03-10T02:00:00Z');
  workstation = await openTestWorkstation(folder, { role: 'supervisor', clock: () => now });
  await receive([staff('wang', '王调解'), staff('li', '李调解')]);
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

function staff(id: string, name: string, unitPath = MALL, role: Role = 'mediator'): EventEnvelope {
  const passwordHash =
    '$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g';
  return foreignEvent('staff', id, 'staff-added', { name, role, unitPath, passwordHash });
}

async function receive(events: EventEnvelope[]): Promise<void> {
  const { running, feed } = workstation;
  const page = {
    items: events.map((event) => feed.item(event)),
    head: feed.head(),
    centreTime: now.toISOString(),
  };
  await running.parts.store.write((writer) => applyFeedPage(writer, page, running.parts.directory));
}

async function act(id: string, action: CaseAction) {
  const { state } = await workstation.api.cases.get({ id });
  return workstation.api.cases.act({ id, revision: state.revision, action });
}
const assign = (id: string, staffId: string | null, name: string | null) =>
  act(id, { step: 'case-assigned', payload: { staffId, name } });

async function register(at = '2026-03-10T02:00:00Z'): Promise<string> {
  const before = now;
  now = new Date(at);
  const { id } = await workstation.api.cases.register(
    caseInput({ facts: { text: '【虚构示例】掉色。', occurredOn: '2026-01-10' } }),
  );
  now = before;
  return id;
}
async function close(id: string): Promise<void> {
  await act(id, { step: 'case-withdrawn', payload: { reason: '撤回' } });
  await act(id, { step: 'case-closed', payload: { satisfaction: 'unknown' } });
}

/** A case of the shop's, as it comes down the mall's feed; overdue, or gone up to the mall. */
async function fromShop(escalated: boolean): Promise<string> {
  const { caseId, ...payload } = caseInput();
  const over = { actor: actorAt(SHOP, 'shop-manager'), device: 'device-S001', unitPath: SHOP };
  const registered = { ...payload, number: `S001-${caseId.slice(0, 8)}` };
  const at = '2026-03-08T01:00:00.000Z';
  const toMall = { toPath: MALL, reason: '未成' };
  await receive([
    foreignEvent('case', caseId, 'case-registered', registered, { ...over, at }),
    ...(escalated ? [foreignEvent('case', caseId, 'case-escalated', toMall, { ...over, at })] : []),
  ]);
  return caseId;
}

const LATE = '2026-02-02T02:00:00Z';

/** What the triggers keep must be what counting anew finds. */
async function expectCounted(): Promise<void> {
  const { read } = workstation.running.parts.store;
  const open = await sql<{ due_order: string }>`SELECT * FROM open_load ORDER BY 1, 2, 3`.execute(read);
  const openAnew = await sql`
    SELECT handling_path, coalesce(assigned_to, '') AS assigned_to, due_order, count(*) AS count
    FROM case_row WHERE open = 1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(read);
  expect(open.rows).toEqual(openAnew.rows);
  // What the queue reads of the list is what the tasks say, and the load counts the same.
  const tasks = await sql`
    SELECT stream_id AS id, owner_path AS path, staff_id AS holder, due_order FROM task
    WHERE stream_kind = 'case' AND kind = 'deadline' ORDER BY 1`.execute(read);
  const due = await sql`
    SELECT id, handling_path AS path, assigned_to AS holder, due_order FROM case_row
    WHERE open = 1 AND due_at IS NOT NULL ORDER BY 1`.execute(read);
  expect(tasks.rows).toEqual(due.rows);
  const counted = await sql`
    SELECT owner_path AS handling_path, coalesce(staff_id, '') AS assigned_to, due_order, count(*) AS count FROM task
    WHERE stream_kind = 'case' AND kind = 'deadline' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(read);
  expect(open.rows.filter((one) => one.due_order !== '9999')).toEqual(counted.rows);
  const closed = await sql`SELECT * FROM closed_load ORDER BY 1, 2, 3, 4`.execute(read);
  const closedAnew = await sql`
    SELECT closed_day, handling_path, coalesce(assigned_to, '') AS assigned_to, handled_bucket AS bucket, count(*) AS count
    FROM case_row WHERE closed_day IS NOT NULL AND historical = 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`.execute(
    read,
  );
  expect(closed.rows).toEqual(closedAnew.rows);
}

describe('assigning a case', () => {
  it('offers the people of the unit with what they hold, and shows who has it', async () => {
    const id = await register();
    await assign(id, 'wang', '王调解');
    const detail = await workstation.api.cases.get({ id });
    expect(detail.summary.assigned).toEqual({ staffId: 'wang', name: '王调解' });
    expect(detail.assignees.map(({ staffId, open }) => [staffId, open])).toEqual(
      expect.arrayContaining([
        ['wang', 1],
        ['li', 0],
      ]),
    );
    const of = (assignedTo: string) => workstation.api.cases.list({ filter: { assignedTo } });
    expect((await of('wang')).items.map((item) => item.id)).toEqual([id]);
    expect((await of('li')).total).toBe(0);
    expect((await of('me')).total).toBe(0);
    await assign(id, null, null);
    expect((await of('nobody')).total).toBe(1);
  });

  it('refuses somebody of another unit, somebody who has left, and a name that is not theirs', async () => {
    const id = await register();
    await receive([
      staff('shop', '店长', SHOP, 'shop-manager'),
      foreignEvent('staff', 'li', 'staff-deactivated', { on: now.toISOString() }),
    ]);
    for (const [staffId, name, field] of [
      ['shop', '店长', 'staffId'],
      ['li', '李调解', 'staffId'],
      ['wang', '别的名字', 'name'],
    ] as const) {
      await expect(assign(id, staffId, name)).rejects.toMatchObject({
        code: 'RULE',
        data: { rule: 'assignee-not-here', field },
      });
    }
    expect((await workstation.api.cases.get({ id })).state.assignee).toBeUndefined();
  });

  it('is undone like any step, and what one holds is shown on today', async () => {
    const id = await register();
    await assign(id, workstation.staffId, '测试员');
    expect(await workstation.api.today.get()).toMatchObject({ assignedCases: 1, assigned: [{ id }] });
    await workstation.api.cases.undo({ id });
    expect(await workstation.api.today.get()).toMatchObject({ assignedCases: 0, assigned: [] });
  });
});

describe("the supervisor's desk", () => {
  it('is closed to other roles and to units outside the scope, call by call', async () => {
    const period = { from: '2026-03-01', to: '2026-03-31' };
    const calls = (api: TestWorkstation['api'], path?: string) => [
      api.supervision.queue({ filter: { path } }),
      api.supervision.load({ path, period }),
      api.supervision.draw({ sampleId: crypto.randomUUID(), path, period, count: 5, seed: '1' }),
      api.supervision.compare({ path, first: period, second: period }),
      api.supervision.drill({ path: path ?? MALL, metric: 'registered', period }),
      api.supervision.export({ format: 'xlsx', of: { view: 'queue', filter: { show: 'all', path } } }),
      api.supervision.export({ format: 'pdf', of: { view: 'load', query: { path, period } } }),
      api.supervision.export({ format: 'pdf', of: { view: 'rollup', path: path ?? MALL, period } }),
    ];
    for (const path of ['/HS/C1', '/HS/C1/M02', '/HS/C1/M010', '/HS'])
      for (const call of calls(workstation.api, path))
        await expect(call, path).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await workstation.running.close();
    for (const role of ['mediator', 'administrator'] as const) {
      const other = await temporaryFolder();
      const mine = await openTestWorkstation(other.folder, { role });
      for (const call of [...calls(mine.api), mine.api.supervision.samples()])
        await expect(call, role).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
      await mine.api.session.signOut();
      await expect(mine.api.supervision.queue({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
      await mine.running.close();
      await other.remove();
    }
    workstation = await openTestWorkstation(folder, { role: 'supervisor', clock: () => now });
  });

  it('queues what is overdue or came up, nearest deadline first, and says what may be done about it', async () => {
    await register();
    const late = await register(LATE);
    const up = await fromShop(true);
    const below = await fromShop(false);
    const gone = await register(LATE);
    await act(gone, { step: 'case-escalated', payload: { toPath: '/HS/C1', reason: '未成' } });
    const { items, ...counts } = await workstation.api.supervision.queue({});
    expect(items.map(({ id }) => id)).toEqual([late, below, up]);
    expect(counts).toMatchObject({ total: 3, overdue: 2, escalated: 1, nobody: 3 });
    expect(counts.units.map(({ path }) => path)).toEqual([MALL, SHOP]);
    expect(items.map(({ proposal, mayAssign, level }) => [proposal, mayAssign, level])).toEqual([
      ['case-escalated', true, 2],
      ['case-taken-over', false, 1],
      [null, true, 2],
    ]);
    const ids = async (filter: object) =>
      (await workstation.api.supervision.queue({ filter })).items.map(({ id }) => id);
    expect(await ids({ show: 'overdue' })).toEqual([late, below]);
    expect(await ids({ show: 'escalated' })).toEqual([up]);
    expect(await ids({ path: SHOP })).toEqual([below]);
    await assign(up, 'wang', '王调解');
    expect(await ids({ holder: 'wang' })).toEqual([up]);
    expect(await ids({ holder: 'nobody' })).toEqual([late, below]);
    // Pages follow on.
    const first = await workstation.api.supervision.queue({ limit: 2 });
    const second = await workstation.api.supervision.queue({ limit: 2, cursor: first.cursor ?? undefined });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([late, below, up]);
    expect(second.cursor).toBeNull();
  });

  it('weighs the load, and each figure opens exactly the cases that it counts', async () => {
    const late = await register(LATE);
    await assign(late, 'wang', '王调解');
    // Ten working days from 2026-02-26 end on 2026-03-12, this week.
    const week = await register('2026-02-26T02:00:00Z');
    await assign(week, 'wang', '王调解');
    await register();
    await fromShop(false);
    const done = await register('2026-03-04T02:00:00Z');
    await assign(done, 'li', '李调解');
    await close(done);
    const period = { from: '2026-03-01', to: '2026-03-31' };
    const load = await workstation.api.supervision.load({ period });
    expect(
      load.rows.map(({ unitPath, name, open, overdue, dueThisWeek, closed, medianDays }) => [
        unitPath,
        name,
        open,
        overdue,
        dueThisWeek,
        closed,
        medianDays,
      ]),
    ).toEqual([
      [MALL, '王调解', 2, 1, 1, 0, null],
      [MALL, '测试员', 0, 0, 0, 0, null],
      [MALL, '李调解', 0, 0, 0, 1, 6],
      [MALL, null, 1, 0, 0, 0, null],
      [SHOP, null, 1, 1, 0, 0, null],
    ]);
    expect(load.total).toEqual({ open: 4, overdue: 2, dueThisWeek: 1, closed: 1, medianDays: 6 });
    for (const row of load.rows) {
      const who = { handlingPath: row.unitPath, assignedTo: row.staffId ?? 'nobody' };
      const total = async (filter: object) =>
        (await workstation.api.cases.list({ filter: { ...who, ...filter } })).total;
      expect(await total({ open: true })).toBe(row.open);
      expect(await total({ overdue: true })).toBe(row.overdue);
      expect(await total({ dueThisWeek: true })).toBe(row.dueThisWeek);
      expect(await total({ closedFrom: period.from, closedTo: period.to })).toBe(row.closed);
    }
    expect((await workstation.api.supervision.load({ path: SHOP, period })).total.open).toBe(1);
    expect(
      (await workstation.api.supervision.load({ period: { from: '2026-04-01', to: '2026-04-30' } })).total
        .closed,
    ).toBe(0);
  });

  it('keeps its counts through whatever happens to cases', async () => {
    const random = createRandom(11);
    const ids: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      now = new Date(now.getTime() + 7 * 3_600_000);
      if (ids.length < 4 || random.chance(0.3)) ids.push(await register(now.toISOString()));
      const id = random.pick(ids);
      const { state } = await workstation.api.cases.get({ id });
      const own = state.handlingPath === MALL;
      const attempt = random.pick<() => Promise<unknown>>([
        () => assign(id, 'wang', '王调解'),
        () => assign(id, 'li', '李调解'),
        () => assign(id, null, null),
        () => close(id),
        () => act(id, { step: 'clock-stopped', payload: { cause: 'testing', reason: '送检' } }),
        () => act(id, { step: 'clock-resumed', payload: {} }),
        () => act(id, { step: 'case-escalated', payload: { toPath: '/HS/C1', reason: '未成' } }),
        () => workstation.api.cases.undo({ id }),
      ]);
      // What does not fit where the case stands is refused, and changes nothing.
      if (own) await attempt().catch((error: unknown) => expect(error).toMatchObject({ code: 'RULE' }));
      await expectCounted();
    }
    const { rows } = await sql<{ open: number; closed: number }>`
      SELECT (SELECT sum(count) FROM open_load) AS open, (SELECT sum(count) FROM closed_load) AS closed`.execute(
      workstation.running.parts.store.read,
    );
    expect(rows[0]?.open).toBeGreaterThan(3);
    expect(rows[0]?.closed).toBeGreaterThan(2);
  });
});

describe('sampling review', () => {
  const period = { from: '2026-03-01', to: '2026-03-31' };
  const draw = (over: object = {}) => ({
    sampleId: crypto.randomUUID(),
    period,
    count: 3,
    seed: '20260310',
    ...over,
  });

  it('draws closed cases by lot, the same again by the same seed, and lists what is left to review', async () => {
    for (let count = 0; count < 8; count += 1) await close(await register());
    await register();
    const input = draw();
    const { sample, cases } = await workstation.api.supervision.draw(input);
    expect(sample).toMatchObject({ population: 8, wanted: 3, drawn: 3, reviewed: 0, seed: '20260310' });
    // Sent twice it is one sample; drawn again by the same seed it holds the same cases.
    expect((await workstation.api.supervision.draw(input)).cases.map(({ id }) => id)).toEqual(
      cases.map(({ id }) => id),
    );
    expect(await workstation.api.supervision.samples()).toHaveLength(1);
    const again = await workstation.api.supervision.draw(draw());
    expect(again.cases.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
    const other = await workstation.api.supervision.draw(draw({ seed: 'x' }));
    expect(other.cases.map(({ id }) => id)).not.toEqual(cases.map(({ id }) => id));

    const [first] = cases;
    const review = { result: 'remarks' as const, text: '笔录过简', sampleId: sample.id };
    const detail = await act(first!.id, { step: 'case-reviewed', payload: review });
    expect(detail.state.status).toBe('closed');
    expect(detail.summary.review).toBe('remarks');
    const after = await workstation.api.supervision.sample({ id: sample.id });
    expect(after.sample.reviewed).toBe(1);
    expect(after.cases[0]?.done).toMatchObject({ result: 'remarks', text: '笔录过简' });
    await expect(act(first!.id, { step: 'case-reviewed', payload: review })).rejects.toMatchObject({
      data: { rule: 'reviewed-already' },
    });
    // The unit's people hear of it.
    expect(await workstation.api.today.get()).toMatchObject({ remarks: 1 });
    expect((await workstation.api.cases.list({ filter: { review: 'remarks' } })).total).toBe(1);
    expect((await workstation.running.reminders.run()).map(({ kind }) => kind)).toContain('remarks');
  });

  it('leaves out what is open, what was closed at other times and what is not of the scope', async () => {
    await register();
    await expect(workstation.api.supervision.draw(draw())).rejects.toMatchObject({
      data: { rule: 'sample-empty', field: 'period' },
    });
    await close(await register());
    await expect(
      workstation.api.supervision.draw(draw({ period: { from: '2026-02-01', to: '2026-02-28' } })),
    ).rejects.toMatchObject({ data: { rule: 'sample-empty' } });
    await expect(workstation.api.supervision.draw(draw({ path: SHOP }))).rejects.toMatchObject({
      data: { rule: 'sample-empty' },
    });
  });

  it('says which of the drawn cases somebody else has to review', async () => {
    const id = await register();
    await assign(id, workstation.staffId, '测试员');
    await close(id);
    const { cases } = await workstation.api.supervision.draw(draw());
    expect(cases.map(({ blocked }) => blocked)).toEqual(['review-own-case']);
  });

  it('survives a restart, and asks for the password again', async () => {
    await close(await register());
    const { sample } = await workstation.api.supervision.draw(draw());
    await workstation.running.close();
    workstation = await openTestWorkstation(folder, { role: 'supervisor', clock: () => now, signIn: false });
    await expect(workstation.api.supervision.sample({ id: sample.id })).rejects.toMatchObject({
      code: 'NOT_SIGNED_IN',
    });
    await workstation.api.session.signIn({ staffId: workstation.staffId, password: PASSWORD });
    expect((await workstation.api.supervision.sample({ id: sample.id })).cases).toHaveLength(1);
  });
});
