import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import { createNodeHost } from '../../src/main/hosts/node.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { actorAt } from '../support/facts.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  type TestWorkstation,
} from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';
const SHOP = '/HS/C1/M01/S001';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation | undefined;
let now: Date;
let notified: [string, string][];
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  now = new Date('2026-03-10T02:00:00Z');
  notified = [];
});
afterEach(async () => {
  await workstation?.running.close();
  workstation = undefined;
  await remove();
});

async function open(): Promise<TestWorkstation> {
  workstation = await openTestWorkstation(folder, {
    clock: () => now,
    host: { ...createNodeHost(folder), notify: (title, body) => notified.push([title, body]) },
  });
  return workstation;
}

async function act(id: string, action: CaseAction): Promise<void> {
  const { state } = await workstation!.api.cases.get({ id });
  await workstation!.api.cases.act({ id, revision: state.revision, action });
}

/** A case of the shop's, as it comes down the mall's feed; escalated to the mall when asked. */
async function fromShop(escalated: boolean): Promise<string> {
  const { running, feed } = workstation!;
  const { caseId, ...payload } = caseInput();
  const over = { actor: actorAt(SHOP, 'shop-manager'), device: 'device-S001', unitPath: SHOP };
  const events = [
    foreignEvent(
      'case',
      caseId,
      'case-registered',
      { ...payload, number: `S001-${caseId.slice(0, 8)}` },
      {
        ...over,
        at: '2026-03-08T01:00:00.000Z',
      },
    ),
    ...(escalated
      ? [
          foreignEvent(
            'case',
            caseId,
            'case-escalated',
            { toPath: MALL, reason: '本店未成' },
            {
              ...over,
              at: '2026-03-09T01:00:00.000Z',
            },
          ),
        ]
      : []),
  ];
  const page = {
    items: events.map((event) => feed.item(event)),
    head: feed.head(),
    centreTime: now.toISOString(),
  };
  await running.parts.store.write((writer) => applyFeedPage(writer, page, running.parts.directory));
  return caseId;
}

const earlier = () =>
  caseInput({ facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2026-02-01' } });
const ids = (column: { cases: { id: string }[] }): string[] => column.cases.map(({ id }) => id);

describe('the deadline board', () => {
  it('sorts cases by when they are due, and proposes what a breach asks for', async () => {
    const { api } = await open();
    // Ten working days from 2026-02-10 ended on 2026-03-03, over the Spring Festival.
    now = new Date('2026-02-10T02:00:00Z');
    const { id: late } = await api.cases.register(earlier());
    // From 2026-02-24 they end on 2026-03-09, from 02-25 on 03-10, from 02-26 on 03-11.
    now = new Date('2026-02-25T02:00:00Z');
    const { id: today } = await api.cases.register(earlier());
    now = new Date('2026-02-26T02:00:00Z');
    const { id: week } = await api.cases.register(earlier());
    now = new Date('2026-03-10T02:00:00Z');
    const { id: later } = await api.cases.register(earlier());
    const board = await api.deadlines.board({});
    expect(board).toMatchObject({ day: '2026-03-10', weekEnd: '2026-03-15', stopped: 0, provisional: 0 });
    expect(ids(board.overdue)).toEqual([late]);
    expect(ids(board.today)).toEqual([today]);
    expect(ids(board.week)).toEqual([week]);
    expect(board.overdue.cases[0]?.proposal).toBe('case-escalated');
    expect(board.today.cases[0]?.proposal).toBeNull();
    expect([...ids(board.overdue), ...ids(board.today), ...ids(board.week)]).not.toContain(later);
  });

  it('shows what has come from another unit until it is accepted, and what may be taken over', async () => {
    const { api } = await open();
    const arrived = await fromShop(true);
    const below = await fromShop(false);
    const mine = await api.deadlines.board({ scope: 'unit' });
    expect(ids(mine.arrived)).toEqual([arrived]);
    expect(ids(mine.overdue)).toEqual([]);
    const sight = await api.deadlines.board({ scope: 'sight' });
    expect(sight.overdue.cases.find(({ id }) => id === below)?.proposal).toBe('case-taken-over');
    await act(arrived, { step: 'case-accepted', payload: {} });
    expect((await api.deadlines.board({})).arrived.total).toBe(0);
  });

  it('lets nothing be due while the clock stands, and counts it', async () => {
    const { api } = await open();
    const { id } = await api.cases.register(earlier());
    await act(id, { step: 'clock-stopped', payload: { cause: 'testing', reason: '送检' } });
    now = new Date('2026-06-10T02:00:00Z');
    const board = await api.deadlines.board({});
    expect(board).toMatchObject({ stopped: 1, overdue: { total: 0 } });
    await act(id, { step: 'clock-resumed', payload: {} });
    expect(await api.deadlines.board({})).toMatchObject({ stopped: 0, overdue: { total: 0 } });
    const { summary } = await api.cases.get({ id });
    // All ten working days are left, from the day the clock runs again; Dragon Boat falls into them.
    expect(summary.deadline?.dueAt).toBe('2026-06-25T23:59:59.999+08:00');
  });

  it('has what is to be done in records of every other kind, until it is done', async () => {
    const { api } = await open();
    const { id: caseId } = await api.cases.register(earlier());
    const privacyId = crypto.randomUUID();
    const { state } = await api.privacy.receive({
      privacyId,
      what: 'access',
      requester: { name: '张三', phone: '10012345678', as: 'self', authority: null },
      identity: 'id-seen',
      records: [{ kind: 'case', id: caseId }],
      wish: '【虚构示例】想知道保存了什么',
    });
    const { others } = await api.deadlines.board({});
    expect(others).toEqual({
      total: 1,
      cases: [
        {
          task: 'privacy.answer',
          id: `${privacyId}#`,
          record: { kind: 'privacy', id: privacyId },
          title: state.number,
          unitName: expect.any(String),
          // Fifteen working days from 2026-03-10.
          dueAt: '2026-03-31T15:59:59.999Z',
          late: false,
          provisional: false,
        },
      ],
    });
    now = new Date('2026-04-01T02:00:00Z');
    expect((await api.deadlines.board({ scope: 'sight' })).others.cases[0]).toMatchObject({ late: true });
    const given = await workstation!.running.reminders.run();
    expect(given.map(({ kind, number }) => [kind, number])).toContainEqual(['privacy.answer', state.number]);
    expect(JSON.stringify([given, notified])).not.toContain('张三');
    expect(await workstation!.running.reminders.run()).toEqual([]);
    await api.privacy.withdraw({
      id: privacyId,
      revision: state.revision,
      eventId: uuidv7(),
      reason: '【虚构示例】不需要了',
    });
    expect((await api.deadlines.board({})).others).toEqual({ total: 0, cases: [] });
  });

  it('counts provisional deadlines', async () => {
    now = new Date('2026-12-28T02:00:00Z');
    const { api } = await open();
    await api.cases.register(earlier());
    expect(await api.deadlines.board({})).toMatchObject({ provisional: 1 });
  });
});

describe('reminders', () => {
  it('are given once for each deadline and each arrival, also after a restart, and name no person', async () => {
    const first = await open();
    const { id } = await first.api.cases.register(earlier());
    await fromShop(true);
    expect((await first.running.reminders.run()).map(({ kind }) => kind)).toEqual(['arrived']);
    expect(await first.running.reminders.run()).toEqual([]);
    const { summary } = await first.api.cases.get({ id });
    now = new Date(Date.parse(summary.deadline!.dueAt) - 1_800_000);
    expect((await first.running.reminders.run()).map(({ kind }) => kind)).toContain('soon');
    await first.running.close();
    const again = await open();
    expect(await again.running.reminders.run()).toEqual([]);
    now = new Date(Date.parse(summary.deadline!.dueAt) + 60_000);
    const kinds = (await again.running.reminders.run()).map(({ kind }) => kind);
    expect(kinds).toContain('overdue');
    expect(notified.flat().join()).not.toContain('张三');
    expect(notified.flat().join()).toContain(summary.number);
  });

  it('become one when there are many, in the language of the workstation', async () => {
    const { api, running } = await open();
    await api.settings.set({ language: 'en' });
    for (let count = 0; count < 5; count += 1) await fromShop(true);
    await running.reminders.run();
    expect(notified).toEqual([['5 things need attention', 'Open Deadlines to see them.']]);
  });
});
