import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { up as initial } from '../../migrations/workstation/0001-initial.ts';
import { up as deadlineOrder } from '../../migrations/workstation/0002-deadline-order.ts';
import { up as evidence } from '../../migrations/workstation/0003-evidence.ts';
import { up as deadlineBoard } from '../../migrations/workstation/0004-deadline-board.ts';
import { up as documents } from '../../migrations/workstation/0005-documents.ts';
import { up as savedFilters } from '../../migrations/workstation/0006-saved-filters.ts';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import { connect, execute } from '../../src/main/kernel/store/connection.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { actorAt, factOf, registration } from '../support/facts.ts';
import { leaseTo } from '../support/numbers.ts';
import { YEAR_2027 } from '../support/procedures.ts';
import { connectTo } from '../support/vault.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  type TestWorkstation,
} from '../support/workstation.ts';
import { applyCase } from '../support/shipped.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation | undefined;
let now: Date;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  now = new Date('2026-03-10T02:00:00Z');
});
afterEach(async () => {
  await workstation?.running.close();
  workstation = undefined;
  await remove();
});

const open = async (): Promise<TestWorkstation> =>
  (workstation = await openTestWorkstation(folder, { clock: () => now }));

async function act(id: string, action: CaseAction): Promise<void> {
  const { state } = await workstation!.api.cases.get({ id });
  await workstation!.api.cases.act({ id, revision: state.revision, action });
}
const kinds = async () => (await workstation!.running.reminders.run()).map(({ kind }) => kind);
const ids = (column: { cases: { id: string }[] }): string[] => column.cases.map(({ id }) => id);

const issued = {
  documentId: 'd1',
  kind: 'peoples-mediation-agreement',
  number: '甬海消调〔2026〕第0001号',
  year: 2026,
  sequence: 1,
  issuedOn: '2026-03-10',
  copies: 3,
  sha256: 'a'.repeat(64),
  byteLength: 10,
  code: '0000-1111-2222',
};
const signed = {
  documentId: 'd1',
  manner: 'on-paper',
  signers: ['consumer', 'merchant'],
  signedOn: '2026-03-10',
  sha256: null,
};
const settlement = {
  instrument: 'settlement-agreement' as const,
  terms: '分两期退款',
  amountFen: 20_000,
  performance: {
    kind: 'by' as const,
    dueOn: '2026-03-25',
    manner: '转账',
    instalments: [
      { dueOn: '2026-03-15', amountFen: 10_000 },
      { dueOn: '2026-03-25', amountFen: 10_000 },
    ],
  },
};

describe('follow-up', () => {
  it('reminds of each instalment on its day', async () => {
    const { api } = await open();
    const { id } = await api.cases.register(caseInput());
    await act(id, { step: 'case-accepted', payload: {} });
    await act(id, { step: 'case-settled', payload: settlement });
    expect(await kinds()).toEqual([]);
    const instalments = async () =>
      (await api.deadlines.board({})).instalments.cases.map(({ followUp }) => followUp.dueAt.slice(0, 10));
    expect(await instalments()).toEqual(['2026-03-15']);
    now = new Date('2026-03-15T01:00:00Z');
    expect(await kinds()).toEqual(['performance']);
    expect(await kinds()).toEqual([]);
    await act(id, { step: 'instalment-recorded', payload: { index: 0, result: 'kept', on: '2026-03-15' } });
    expect(await instalments()).toEqual(['2026-03-25']);
    now = new Date('2026-03-25T01:00:00Z');
    expect(await kinds()).toEqual(['performance']);
    expect(ids((await api.deadlines.board({})).today)).toEqual([id]);
  });

  it('has the consumer called a week after closing: on the case, on the board, among the reminders', async () => {
    const { api } = await open();
    const { id } = await api.cases.register(caseInput());
    await act(id, { step: 'case-withdrawn', payload: { reason: '撤回' } });
    await act(id, { step: 'case-closed', payload: { satisfaction: 'unknown' } });
    expect((await api.cases.get({ id })).followUps).toEqual([
      { kind: 'satisfaction', dueAt: '2026-03-17T23:59:59.999+08:00', provisional: false },
    ]);
    // Next week's calls are not this week's work.
    expect((await api.deadlines.board({})).calls.total).toBe(0);
    now = new Date('2026-03-17T01:00:00Z');
    const board = await api.deadlines.board({});
    expect(board.calls.cases.map(({ followUp }) => followUp.kind)).toEqual(['satisfaction']);
    expect(await kinds()).toEqual(['call']);
    // An overdue call stays until it is made, but not for ever.
    now = new Date('2026-03-30T01:00:00Z');
    expect(ids((await api.deadlines.board({})).calls)).toEqual([id]);
    now = new Date('2026-06-30T01:00:00Z');
    expect((await api.deadlines.board({})).calls.total).toBe(0);
    now = new Date('2026-03-30T01:00:00Z');
    await act(id, {
      step: 'satisfaction-recorded',
      payload: { satisfaction: 'satisfied', on: '2026-03-30' },
    });
    expect((await api.deadlines.board({})).calls.total).toBe(0);
  });

  it('counts down to the end of the time for judicial confirmation, and reminds a week ahead', async () => {
    const { api, running, feed } = await open();
    const { id } = await api.cases.register(caseInput());
    await act(id, { step: 'case-accepted', payload: {} });
    await act(id, { step: 'case-settled', payload: settlement });
    const over = { actor: actorAt(MALL), device: 'device-other', unitPath: MALL, at: now.toISOString() };
    // Signed at another workstation of the unit; the rest of the case is still only here.
    const items = [
      feed.item(foreignEvent('case', id, 'document-issued', issued, over)),
      feed.item(foreignEvent('case', id, 'document-signed', signed, over)),
    ];
    const { store, directory } = running.parts;
    const { rows } = await sql<{ id: string }>`SELECT id FROM event WHERE origin = 'local'`.execute(
      store.read,
    );
    await sql`UPDATE event SET status = 'accepted', feed_position = 0 WHERE origin = 'local'`.execute(
      (await connectTo(folder)).kysely,
    );
    expect(rows).toHaveLength(3);
    await store.write((writer) =>
      applyFeedPage(writer, { items, head: feed.head(), centreTime: now.toISOString() }, directory),
    );
    const board = await api.deadlines.board({});
    expect(board.confirmations.cases.map(({ followUp }) => followUp)).toEqual([
      { kind: 'confirmation', dueAt: '2026-04-09T23:59:59.999+08:00', provisional: false },
    ]);
    expect((await api.cases.get({ id })).followUps.map(({ kind }) => kind)).toEqual(['confirmation']);
    now = new Date('2026-04-01T02:00:00Z');
    expect(await kinds()).not.toContain('confirmation');
    now = new Date('2026-04-04T02:00:00Z');
    expect(await kinds()).toContain('confirmation');
    await act(id, { step: 'confirmation-applied', payload: { court: '海曙区人民法院', on: '2026-04-04' } });
    expect((await api.deadlines.board({})).confirmations.total).toBe(0);
  });

  it('reminds the regulator of the notice it owes until it is issued, and moves its day with the calendar', async () => {
    now = new Date('2026-12-24T02:00:00Z');
    workstation = await openTestWorkstation(folder, { clock: () => now, unitPath: '/HS' });
    const { api, feed, running } = workstation;
    const { id } = await api.cases.register(caseInput());
    expect((await api.deadlines.board({})).notices.total).toBe(0);
    await act(id, { step: 'case-accepted', payload: {} });
    const notices = async () => {
      const { cases } = (await api.deadlines.board({})).notices;
      return cases.map(({ followUp }) => followUp);
    };
    expect(await notices()).toEqual([
      {
        kind: 'notice',
        document: 'acceptance-notice',
        dueAt: '2027-01-05T23:59:59.999+08:00',
        provisional: true,
      },
    ]);
    const year = foreignEvent('calendar', 'HS', 'calendar-year-imported', {
      file: YEAR_2027,
      source: '国务院办公厅通知（虚构）',
    });
    const { store, directory } = running.parts;
    await store.write((writer) =>
      applyFeedPage(
        writer,
        { items: [feed.item(year)], head: feed.head(), centreTime: now.toISOString() },
        directory,
      ),
    );
    expect((await notices()).map(({ dueAt, provisional }) => [dueAt, provisional])).toEqual([
      ['2027-01-06T23:59:59.999+08:00', false],
    ]);
    const { rows } = await sql<{ day: string }>`
      SELECT due_at AS day FROM task WHERE stream_kind = 'case' AND kind = 'notice'`.execute(store.read);
    expect(rows).toEqual([{ day: '2027-01-06T15:59:59.999Z' }]);
    now = new Date('2027-01-06T01:00:00Z');
    expect(await kinds()).toContain('notice');
    await leaseTo(workstation, 5, 2027);
    await api.documents.issue({
      caseId: id,
      documentId: crypto.randomUUID(),
      kind: 'acceptance-notice',
      fields: {},
    });
    expect((await api.deadlines.board({})).notices.total).toBe(0);
    expect((await api.cases.get({ id })).followUps).toEqual([]);
  });
});

describe('a store from before the workstation of supervision', () => {
  it('finds what its cases say already: escalated, closed, how long, whom to call, until when to confirm', async () => {
    const actor = actorAt(MALL);
    const state = (id: string, steps: [string, unknown, string][]): CaseState => {
      let current: CaseState | undefined;
      for (const [type, payload, at] of [
        [
          'case-registered',
          registration({ number: `number-${id}`, facts: { text: '掉色', occurredOn: '2026-02-01' } }),
          '2026-02-20T02:00:00.000Z',
        ] as const,
        ...steps,
      ]) {
        const ruling = applyCase(current, factOf('case', id, type, payload, actor, at));
        if (ruling.kind !== 'legal') throw new Error(`${id}: ${type} is not legal`);
        current = ruling.state;
      }
      return current as CaseState;
    };
    const closed: [string, unknown, string][] = [
      ['case-withdrawn', { reason: '撤回' }, '2026-03-02T03:00:00.000Z'],
      ['case-closed', { satisfaction: 'unknown' }, '2026-03-03T17:00:00.000Z'],
    ];
    const states = [
      state('open', []),
      state('up', [['case-escalated', { toPath: '/HS/C1', reason: '未成' }, '2026-03-01T03:00:00.000Z']]),
      state('closed', closed),
      state('hours', [
        ['case-withdrawn', { reason: '撤回' }, '2026-02-20T07:30:00.000Z'],
        ['case-closed', { satisfaction: 'satisfied' }, '2026-02-20T08:00:00.000Z'],
      ]),
      state('confirm', [
        ['case-accepted', {}, '2026-03-10T02:00:00.000Z'],
        ['case-settled', settlement, '2026-03-10T02:00:00.000Z'],
        ['document-issued', issued, '2026-03-10T02:00:00.000Z'],
        ['document-signed', signed, '2026-03-10T02:00:00.000Z'],
      ]),
    ];
    const steps = [initial, deadlineOrder, evidence, deadlineBoard, documents, savedFilters];
    const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    const rows = states.flatMap((one) => [
      `INSERT INTO stream VALUES ('case', '${one.id}', ${quoted(JSON.stringify(one))})`,
      `INSERT INTO case_row (id, number, status, open, historical, consumer_name, consumer_phone_masked, merchant_name,
         object, problem, handling_path, registered_at, registered_day, updated_at, due_at, source)
       VALUES ('${one.id}', '${one.id}', '${one.status}', ${one.status === 'closed' ? 0 : 1}, 0, '张三', '1', '商户',
         'food', 'quality', '${one.handlingPath}', '${one.registeredAt}', '2026-02-20', '${one.registeredAt}', NULL, 'walk-in')`,
    ]);
    const old = await connect(join(folder, 'heshi.sqlite'));
    await execute(old.handle, [...steps.flat(), ...rows, 'PRAGMA user_version = 6'].join(';\n'));
    await old.close();

    const { running } = await open();
    const { read } = running.parts.store;
    const found = await sql<Record<string, unknown>>`
      SELECT id, escalated, closed_day, handled_bucket,
        (SELECT due_at FROM task WHERE stream_id = id AND task.kind = 'satisfaction') AS call_due_at,
        (SELECT due_at FROM task WHERE stream_id = id AND task.kind = 'confirmation') AS confirm_due_at
      FROM case_row ORDER BY row`.execute(read);
    const none = {
      escalated: 0,
      closed_day: null,
      handled_bucket: null,
      call_due_at: null,
      confirm_due_at: null,
    };
    expect(found.rows).toEqual([
      { ...none, id: 'open' },
      { ...none, id: 'up', escalated: 1 },
      // Closed after midnight in Shanghai; ten whole days from registration to withdrawal.
      {
        ...none,
        id: 'closed',
        closed_day: '2026-03-04',
        handled_bucket: 33,
        call_due_at: '2026-03-11T15:59:59.999Z',
      },
      { ...none, id: 'hours', closed_day: '2026-02-20', handled_bucket: 5 },
      { ...none, id: 'confirm', confirm_due_at: '2026-04-09T15:59:59.999Z' },
    ]);
    const counts = await sql<{ open: number; closed: number }>`
      SELECT (SELECT sum(count) FROM open_load) AS open, (SELECT sum(count) FROM closed_load) AS closed`.execute(
      read,
    );
    expect(counts.rows).toEqual([{ open: 3, closed: 2 }]);
    const { rows: tasks } = await sql<{ id: string; kinds: string }>`
      SELECT stream_id AS id, group_concat(kind, ' ' ORDER BY kind) AS kinds FROM task GROUP BY 1 ORDER BY 1`.execute(
      read,
    );
    expect(tasks).toEqual([
      { id: 'closed', kinds: 'satisfaction' },
      { id: 'confirm', kinds: 'confirmation deadline instalment' },
      { id: 'open', kinds: 'deadline' },
      { id: 'up', kinds: 'arrival deadline' },
    ]);
  });
});
