import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/contract/centre/index.ts';
import { applyFeedPage } from '../../src/main/kernel/store/index.ts';
import { EVICTED_AT_ONCE, evict, markForEviction, placesOf } from '../../src/main/kernel/store/evict.ts';
import type { Writer } from '../../src/main/kernel/store/store.ts';
import { actorAt, registration } from '../support/facts.ts';
import { foreignEvent, openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

const NOW = '2030-01-01T00:00:00.000Z';
const SHOP = '/HS/C1/M01/S001';
const AT_SHOP = {
  actor: actorAt(SHOP, 'shop-manager'),
  unitPath: SHOP,
  at: '2026-03-10T02:00:00.000Z',
};

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  workstation = await openTestWorkstation(folder);
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

const write = <Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> =>
  workstation.running.parts.store.write(work);

async function take(items: FeedItem[], back: FeedItem[] = []): Promise<void> {
  const head = workstation.feed.head();
  await write((writer) =>
    applyFeedPage(writer, { items, back, head, centreTime: NOW }, workstation.running.parts.directory),
  );
}

/** A case of the shop below, closed there, as it comes by the feed. */
function closedCase(id: string, satisfaction = 'satisfied'): FeedItem[] {
  const steps: [string, unknown][] = [
    ['case-registered', registration({ number: id })],
    ['case-withdrawn', { reason: '撤回' }],
    ['case-closed', { satisfaction }],
  ];
  return steps.map(([type, payload]) =>
    workstation.feed.item(foreignEvent('case', id, type, payload, AT_SHOP)),
  );
}

type Counts = { states: number; rows: number; terms: number; events: number; marked: number; left: number };

async function counts(): Promise<Counts> {
  const { rows } = await sql<Counts>`
    SELECT (SELECT count(*) FROM stream WHERE kind = 'case') AS states, (SELECT count(*) FROM case_row) AS rows,
      (SELECT count(*) FROM case_search) AS terms,
      (SELECT count(*) FROM event WHERE stream_kind = 'case') AS events,
      (SELECT count(*) FROM left_stream WHERE left_at IS NULL) AS marked,
      (SELECT count(*) FROM left_stream WHERE left_at IS NOT NULL) AS left`.execute(
    workstation.running.parts.store.read,
  );
  const [found] = rows;
  if (!found) throw new Error('No counts');
  return found;
}

const mark = (...ids: string[]): Promise<void> =>
  write((writer) =>
    markForEviction(
      writer,
      ids.map((id) => ({ kind: 'case' as const, id })),
    ),
  );
const go = (): Promise<number> => write((writer) => evict(writer, NOW));

/** Something about a case that is still to be done. */
const runningTask = (id: string, kind: string) => sql`
  INSERT INTO task (stream_kind, stream_id, kind, part, owner_path, since, due_at, calendar, stands, provisional)
  VALUES ('case', ${id}, ${kind}, '', '/HS', '2026-01-01T00:00:00.000Z', '2030-01-02T15:59:59.999Z', 'days', 0, 0)`;

describe('letting go', () => {
  it('takes a few at a time, each whole, and a cut in the middle of a batch takes none of it', async () => {
    const ids = Array.from({ length: EVICTED_AT_ONCE * 2 + 7 }, (_, index) => `case-${1000 + index}`);
    await take(ids.flatMap((id) => closedCase(id)));
    const all = ids.length;
    await mark(...ids);
    await mark(...ids);
    expect(await go()).toBe(EVICTED_AT_ONCE);
    const rest = all - EVICTED_AT_ONCE;
    const halfWay = {
      states: rest,
      rows: rest,
      terms: rest,
      events: rest * 3,
      marked: rest,
      left: EVICTED_AT_ONCE,
    };
    expect(await counts()).toEqual(halfWay);
    // It dies at the last of the batch's writes.
    await write((writer) =>
      sql`CREATE TRIGGER dies BEFORE UPDATE ON left_stream BEGIN SELECT RAISE(ABORT, 'dies'); END`.execute(
        writer,
      ),
    );
    await expect(go()).rejects.toThrow();
    expect(await counts()).toEqual(halfWay);
    await write((writer) => sql`DROP TRIGGER dies`.execute(writer));
    await workstation.running.close();
    workstation = Object.assign(await openTestWorkstation(folder), { feed: workstation.feed });
    expect(await counts()).toEqual(halfWay);
    expect([await go(), await go(), await go()]).toEqual([EVICTED_AT_ONCE, 7, 0]);
    expect(await counts()).toEqual({ states: 0, rows: 0, terms: 0, events: 0, marked: 0, left: all });
    const { rows } = await sql`SELECT * FROM closed_load`.execute(workstation.running.parts.store.read);
    expect(rows).toEqual([]);
  });

  it('marks only what is here', async () => {
    await take(closedCase('here'));
    await mark('here', 'elsewhere');
    expect((await counts()).marked).toBe(1);
  });

  const KEEPING: [string, (id: string) => Promise<unknown>][] = [
    [
      'a fact that is not sent',
      async (id) => {
        const { revision } = (await workstation.api.cases.get({ id })).state;
        return workstation.api.cases.act({
          id,
          revision,
          action: { step: 'note-added', payload: { text: '【虚构示例】补充' } },
        });
      },
    ],
    [
      'a form that is not saved',
      (id) => workstation.api.drafts.save({ key: `note-added:${id}`, title: '备注', values: {} }),
    ],
    [
      'an accepted fact of its own that the feed has not shown',
      (id) =>
        write((writer) =>
          sql`UPDATE event SET origin = 'local', feed_position = NULL WHERE stream_id = ${id} AND type = 'case-closed'`.execute(
            writer,
          ),
        ),
    ],
    [
      'a fact that needs a person',
      (id) =>
        write((writer) =>
          sql`UPDATE event SET status = 'rejected', refusal = '{"rule":"x"}' WHERE stream_id = ${id}
            AND type = 'case-closed'`.execute(writer),
        ),
    ],
    [
      'a fact carried over that nobody has looked at',
      (id) =>
        write((writer) =>
          sql`INSERT INTO salvaged_event SELECT id, device, device_sequence, at, NULL FROM event
            WHERE stream_id = ${id} AND type = 'case-closed'`.execute(writer),
        ),
    ],
    [
      'a file that the centre lacks',
      (id) =>
        write((writer) =>
          sql`INSERT INTO evidence_link (sha256, case_id, waiting) VALUES ('aa', ${id}, 1)`.execute(writer),
        ),
    ],
    ['a call whose time runs', (id) => write((writer) => runningTask(id, 'satisfaction').execute(writer))],
    [
      'a countdown of judicial confirmation that runs',
      (id) => write((writer) => runningTask(id, 'confirmation').execute(writer)),
    ],
  ];

  it.each(KEEPING)('is kept from by %s', async (_what, keep) => {
    const id = '01990000-0000-7000-8000-0000000000aa';
    await take([...closedCase(id), ...closedCase('other')]);
    await keep(id);
    await mark(id, 'other');
    expect(await go()).toBe(1);
    expect(await counts()).toMatchObject({ states: 1, rows: 1, terms: 1, marked: 1, left: 1 });
    expect((await workstation.api.cases.get({ id })).state.id).toBe(id);
  });

  it('is not kept from by a call whose time is over, nor by what somebody has looked at', async () => {
    await take(closedCase('uncalled', 'unknown'));
    await write((writer) =>
      sql`UPDATE event SET status = 'rejected', dismissed_at = ${NOW} WHERE type = 'case-withdrawn'`.execute(
        writer,
      ),
    );
    await mark('uncalled');
    expect(await go()).toBe(1);
    // What was entered stays, as everywhere.
    expect(await counts()).toMatchObject({ states: 0, rows: 0, events: 1 });
  });

  it('keeps what papers are verified by', async () => {
    const items = closedCase('papers');
    const issued = workstation.feed.item(
      foreignEvent(
        'case',
        'papers',
        'document-issued',
        {
          documentId: 'paper-1',
          kind: 'settlement-agreement',
          number: '甬海市监调〔2026〕第0001号',
          year: 2026,
          sequence: 1,
          issuedOn: '2026-01-02',
          copies: 1,
          sha256: 'a'.repeat(64),
          byteLength: 1,
          code: 'AAAA-BBBB-CCCC',
        },
        AT_SHOP,
      ),
    );
    await take([...items, issued]);
    await mark('papers');
    expect(await go()).toBe(1);
    expect(await counts()).toMatchObject({ states: 0, events: 1 });
    const verified = await workstation.api.documents.verify({ number: '甬海市监调〔2026〕第0001号' });
    expect(verified).toMatchObject({ verdict: 'code-not-given' });
  });
});

describe('what comes back', () => {
  it('is made of the history that came with it, and is found again', async () => {
    const items = closedCase('returning');
    await take(items);
    const { rows: before } = await sql<{
      state: string;
    }>`SELECT state FROM stream WHERE id = 'returning'`.execute(workstation.running.parts.store.read);
    await mark('returning');
    expect(await go()).toBe(1);
    const note = workstation.feed.item(
      foreignEvent('case', 'returning', 'note-added', { text: '迟来' }, AT_SHOP),
    );
    await take([note], items);
    expect(await counts()).toEqual({ states: 1, rows: 1, terms: 1, events: 4, marked: 0, left: 0 });
    const { state } = await workstation.api.cases.get({ id: 'returning' });
    const old = JSON.parse(before[0]?.state ?? '{}') as { revision: number };
    expect(state.revision).toBe(old.revision + 1);
    const { items: found } = await workstation.api.cases.list({ filter: { search: '张三' }, limit: 5 });
    expect(found.map((one) => one.id)).toEqual(['returning']);
    // And once more, the same history: nothing is doubled.
    const again = workstation.feed.item(
      foreignEvent('case', 'returning', 'note-added', { text: '又来' }, AT_SHOP),
    );
    await take([again], [...items, note]);
    expect(await counts()).toMatchObject({ events: 5, rows: 1, terms: 1 });
  });
});

it('a page’s places are in order, whole or bare', () => {
  const [first, second, third] = closedCase('one');
  if (!first || !second || !third) throw new Error('No items');
  const { event, position, hash } = second;
  const bare = [{ position, hash, id: event.id, stream: event.stream }];
  expect(placesOf({ items: [first, third], bare }).map((one) => one.position)).toEqual([
    first.position,
    second.position,
    third.position,
  ]);
});
