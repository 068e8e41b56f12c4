import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseAction } from '../../src/contract/workstation/case.ts';
import type { EventEnvelope } from '../../src/domain/kernel/event/event.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { actorAt } from '../support/facts.ts';
import { procedureFrom, settleWithin, YEAR_2027 } from '../support/procedures.ts';
import {
  caseInput,
  foreignEvent,
  openTestWorkstation,
  type TestWorkstation,
} from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const MALL = '/HS/C1/M01';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
let now: Date;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  now = new Date('2026-12-21T02:00:00Z');
  workstation = await openTestWorkstation(folder, { clock: () => now });
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

/** One page of the feed with these events. */
async function receive(...events: EventEnvelope[]): Promise<void> {
  const { store, directory } = workstation.running.parts;
  const page = {
    items: events.map((event) => workstation.feed.item(event)),
    head: workstation.feed.head(),
    centreTime: now.toISOString(),
  };
  await store.write((writer) => applyFeedPage(writer, page, directory));
}

const publication = (version: number, from: string, days: number, at = '2026-12-20T01:00:00.000Z') =>
  foreignEvent(
    'procedure',
    'HS',
    'procedure-published',
    { version, procedure: procedureFrom(from, (one) => settleWithin(one, 2, days)) },
    { at },
  );
const year = (file: unknown, source = '国务院办公厅通知（虚构）') =>
  foreignEvent('calendar', 'HS', 'calendar-year-imported', { file, source });

async function register(): Promise<string> {
  const { id } = await workstation.api.cases.register(caseInput());
  return id;
}

async function act(id: string, action: CaseAction): Promise<void> {
  const { state } = await workstation.api.cases.get({ id });
  await workstation.api.cases.act({ id, revision: state.revision, action });
}

/** The day a case is due, and whether that may move. */
async function due(id: string): Promise<string> {
  const { deadline } = (await workstation.api.cases.get({ id })).summary;
  return `${deadline?.dueAt.slice(0, 10)}${deadline?.provisional ? ' provisional' : ''}`;
}

describe('the year whose holidays are not announced', () => {
  it('makes deadlines provisional, and its import works out every open one anew, at once', async () => {
    const [open, accepted, closed] = [await register(), await register(), await register()];
    await act(accepted, { step: 'case-accepted', payload: {} });
    await act(closed, {
      step: 'case-refused',
      payload: { ground: 'outside-remit', text: '不属于本单位职责' },
    });
    now = new Date('2026-12-01T02:00:00Z');
    const early = await register();
    expect(await Promise.all([open, accepted, early].map(due))).toEqual([
      '2027-01-05 provisional',
      '2027-01-05 provisional',
      '2026-12-15',
    ]);
    expect((await workstation.api.deadlines.board({})).provisional).toBe(2);
    expect(await workstation.api.procedures.provisional()).toMatchObject({ total: 2 });

    await receive(year(YEAR_2027));
    expect(await Promise.all([open, accepted, early].map(due))).toEqual([
      '2027-01-06',
      '2027-01-06',
      '2026-12-15',
    ]);
    expect((await workstation.api.deadlines.board({})).provisional).toBe(0);
    expect((await workstation.api.procedures.provisional()).cases).toEqual([]);
    expect((await workstation.api.settings.diagnostics()).calendarYears.at(-1)).toBe(2027);
  });

  it('goes by the later of two imports, and moves what the first had settled', async () => {
    const id = await register();
    await receive(year(YEAR_2027));
    await receive(year({ ...YEAR_2027, days: YEAR_2027.days.slice(0, 3) }, '更正通知（虚构）'));
    expect(await due(id)).toBe('2027-01-05');
    const { calendar } = await workstation.api.procedures.get();
    expect(calendar?.imports.map(({ source }) => source)).toEqual([
      '国务院办公厅通知（虚构）',
      '更正通知（虚构）',
    ]);
  });

  it('keeps imports over a restart, for cases registered then', async () => {
    await receive(year(YEAR_2027));
    await workstation.running.close();
    workstation = await openTestWorkstation(folder, { clock: () => now });
    expect(await due(await register())).toBe('2027-01-06');
  });

  it('takes cases and the year they wait for in one page, whatever their order', async () => {
    const { caseId, ...payload } = caseInput();
    const over = {
      actor: actorAt(MALL),
      device: 'device-other',
      unitPath: MALL,
      at: '2026-12-21T01:00:00.000Z',
    };
    const registered = foreignEvent('case', caseId, 'case-registered', { ...payload, number: 'M01-2' }, over);
    await receive(registered, year(YEAR_2027));
    expect(await due(caseId)).toBe('2027-01-06');
  });
});

describe('a procedure that arrives', () => {
  it('holds for cases registered from its day on; open ones keep what they began under', async () => {
    const before = await register();
    await receive(publication(2, '2026-12-21', 3));
    const after = await register();
    expect(await Promise.all([before, after].map(due))).toEqual(['2027-01-05 provisional', '2026-12-24']);
    const states = await Promise.all([before, after].map((id) => workstation.api.cases.get({ id })));
    expect(states.map(({ state }) => state.procedure)).toEqual([undefined, 2]);
  });

  it('waits for its day', async () => {
    await receive(publication(2, '2026-12-22', 3));
    expect(await due(await register())).toBe('2027-01-05 provisional');
    now = new Date('2026-12-22T02:00:00Z');
    expect(await due(await register())).toBe('2026-12-25');
  });

  it('comes with the first cases under it in one page', async () => {
    const { caseId, ...payload } = caseInput();
    await receive(
      publication(2, '2026-12-21', 3),
      foreignEvent(
        'case',
        caseId,
        'case-registered',
        { ...payload, number: 'M01-3', procedure: 2 },
        { actor: actorAt(MALL), device: 'device-other', unitPath: MALL, at: '2026-12-21T01:00:00.000Z' },
      ),
    );
    expect(await due(caseId)).toBe('2026-12-24');
  });

  it('says by whom an instrument may be used, and refuses it elsewhere with nothing recorded', async () => {
    const id = await register();
    await act(id, { step: 'case-accepted', payload: {} });
    const { instruments, state } = await workstation.api.cases.get({ id });
    expect(instruments).toEqual(['settlement-agreement', 'mediation-record']);
    const settle = workstation.api.cases.act({
      id,
      revision: state.revision,
      action: {
        step: 'case-settled',
        payload: {
          instrument: 'administrative-mediation',
          terms: '退款',
          amountFen: 1,
          performance: { kind: 'at-once' },
        },
      },
    });
    await expect(settle).rejects.toMatchObject({
      data: { rule: 'instrument-not-here', field: 'instrument' },
    });
    expect((await workstation.api.cases.get({ id })).state.status).toBe('accepted');
  });

  it('offers a people’s mediation agreement only where a committee is named', async () => {
    const settled = async (): Promise<string> => {
      const id = await register();
      await act(id, { step: 'case-accepted', payload: {} });
      await act(id, {
        step: 'case-settled',
        payload: {
          instrument: 'settlement-agreement',
          terms: '退款',
          amountFen: 1,
          performance: { kind: 'at-once' },
        },
      });
      return id;
    };
    const offered = async (caseId: string) =>
      (await workstation.api.documents.forCase({ caseId })).issuable.map(({ kind }) => kind);
    expect(await offered(await settled())).toContain('peoples-mediation-agreement');
    const committee = async (version: number, path: string, from: string): Promise<string> => {
      const procedure = procedureFrom(from, (one) => {
        one.instruments[3]!.units = [{ path, body: '天一商圈人民调解委员会' }];
      });
      await receive(
        foreignEvent(
          'procedure',
          'HS',
          'procedure-published',
          { version, procedure },
          { at: '2026-12-20T01:00:00.000Z' },
        ),
      );
      return settled();
    };
    const elsewhere = await committee(2, '/HS/C1', '2026-12-21');
    expect(await offered(elsewhere)).not.toContain('peoples-mediation-agreement');
    now = new Date('2026-12-22T02:00:00Z');
    const here = await committee(3, MALL, '2026-12-22');
    expect(await offered(here)).toContain('peoples-mediation-agreement');
    expect((await workstation.api.documents.forCase({ caseId: here })).committee).toBe(
      '天一商圈人民调解委员会',
    );
    expect(await offered(elsewhere)).not.toContain('peoples-mediation-agreement');
  });
});
