import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { FeedPage } from '../../src/contract/centre/index.ts';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { CHAIN_START, feedDigest } from '../../src/protocol/chain.ts';
import { stateForm } from '../../src/protocol/state-form.ts';
import type { TestDevice } from '../support/device.ts';
import { procedureFrom } from '../support/procedures.ts';
import {
  CIRCLE,
  MALL,
  mallMediator,
  newCase,
  refusal,
  SECOND_MALL,
  secondMediator,
  SHOP,
  shopManager,
  steps,
  useCentre,
} from './setting.ts';
import { businessDay } from '../../src/domain/kernel/calendar/index.ts';

const setting = useCentre();
const DAY = 86_400_000;
const database = () => setting.centre.centre.database;

const inDays = (days: number): Date => new Date(Date.now() + days * DAY);
const archive = (days: number): Promise<number> => archiveClosed(database(), createUnitCache(), inDays(days));

async function broken(): Promise<string[]> {
  const { invariants } = await setting.centre.admin.admin.verify();
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

type Stream = ReturnType<typeof newCase>;

/** A closed case of the mall: four events. */
async function closedCase(mall: TestDevice, satisfaction = 'satisfied'): Promise<Stream> {
  const stream = newCase();
  const story = [steps.register(), steps.accept(), steps.settle(), steps.close(satisfaction)];
  const { receipts } = await mall.push(
    story.map((step) => mall.event({ stream, ...step, actor: mallMediator })),
  );
  expect(receipts.map((one) => one.status)).toEqual(story.map(() => 'accepted'));
  return stream;
}

const bareFeed = async (device: TestDevice, after = 0, limit = 2000): Promise<FeedPage> => {
  await device.signIn();
  return device.client.feed({ after, limit, archived: 'bare' });
};

/** Reads a feed in pages, bare, as a new workstation does: every position stands once, and the digest is the head's. */
async function provedBare(device: TestDevice, limit: number): Promise<{ whole: string[]; bare: string[] }> {
  const read = { position: 0, digest: CHAIN_START };
  const [whole, bare]: string[][] = [[], []];
  for (;;) {
    const page = await bareFeed(device, read.position, limit);
    const places = [...page.items, ...(page.bare ?? [])].toSorted((a, b) => a.position - b.position);
    for (const { position, hash } of places) {
      expect(position).toBe(read.position + 1);
      read.position = position;
      read.digest = feedDigest(read.digest, hash);
    }
    whole?.push(...page.items.map((item) => item.event.stream.id));
    bare?.push(...(page.bare ?? []).map((item) => item.stream.id));
    if (read.position < page.head.position) continue;
    expect(read).toEqual(page.head);
    return { whole: whole ?? [], bare: bare ?? [] };
  }
}

async function snapshotIds(device: TestDevice): Promise<string[]> {
  await device.signIn();
  const form = stateForm();
  const first = await device.client.snapshot({ form });
  const ids: string[] = [];
  for (let next: number | null = first.next; next !== null;) {
    const page: Awaited<ReturnType<typeof device.client.snapshot>> = await device.client.snapshot({
      form,
      after: next,
      until: first.head.position,
    });
    ids.push(...page.streams.filter((one) => one.kind === 'case').map((one) => one.id));
    next = page.next;
  }
  return ids;
}

const listed = async (device: TestDevice, after = 0) => {
  await device.signIn();
  return device.client.archive.list({ after });
};

describe('the archive', () => {
  it('takes a closed case when its period is over, not a day before, and no open one', async () => {
    const mall = await setting.device(MALL);
    const closed = await closedCase(mall);
    const open = newCase();
    await mall.push([mall.event({ stream: open, ...steps.register(), actor: mallMediator })]);
    expect(await archive(1094)).toBe(0);
    expect((await bareFeed(mall)).archive).toBe(0);
    expect(await archive(1097)).toBe(1);
    expect(await archive(1097)).toBe(0);
    expect((await listed(mall)).streams).toEqual([closed]);
    expect(await snapshotIds(mall)).toEqual([open.id]);
    expect(await broken()).toEqual([]);
  });

  it('goes by the procedure in force, whatever the case began under', async () => {
    const mall = await setting.device(MALL);
    await closedCase(mall);
    const today = businessDay(inDays(1).toISOString());
    await setting.centre.admin.admin.publishProcedure({
      procedure: procedureFrom(today, (one) => {
        one.limits.retentionDays = { ...one.limits.confirmationDays, value: 30 };
      }),
    });
    expect(await archive(29)).toBe(0);
    expect(await archive(33)).toBe(1);
  });

  it('counts from the last fact, and keeps what has something left to do', async () => {
    const mall = await setting.device(MALL);
    const spoken = await closedCase(mall);
    setting.centre.setNow(inDays(400));
    await mall.signIn();
    await mall.push([mall.event({ stream: spoken, ...steps.note(), actor: mallMediator })]);
    setting.centre.setNow(new Date());
    await mall.signIn();
    const violating = newCase();
    await mall.push(
      [
        steps.register(),
        { type: 'violation-reported', payload: { text: '【虚构示例】缺斤短两' } },
        { type: 'case-withdrawn', payload: { reason: '撤回' } },
        steps.close(),
      ].map((step) => mall.event({ stream: violating, ...step, actor: mallMediator })),
    );
    const foretold = await closedCase(mall);
    await mall.push([
      mall.event({ stream: foretold, type: 'case-foretold', payload: {}, actor: mallMediator }),
    ]);
    expect(await archive(1200)).toBe(0);
    expect(await archive(1497)).toBe(1);
    expect((await listed(mall)).streams).toEqual([spoken]);
    expect(await archive(9999)).toBe(0);
  });

  it('leaves every feed’s digest as it was: items come as a hash, to who asks for it', async () => {
    const mall = await setting.device(MALL);
    const [gone, other] = [await closedCase(mall), await closedCase(mall)];
    const before = await mall.feed();
    await sql`UPDATE event SET received_at = received_at + interval '900 days' WHERE stream_id = ${other.id}`.execute(
      database(),
    );
    expect(await archive(1097)).toBe(1);
    // A workstation of an older release goes on as ever.
    const after = await mall.feed();
    expect(after.items.map((item) => [item.position, item.hash, item.event])).toEqual(
      before.items.map((item) => [item.position, item.hash, item.event]),
    );
    expect(after.head).toEqual(before.head);
    expect(after.bare).toBeUndefined();
    for (const limit of [3, 2000]) {
      const { whole, bare } = await provedBare(mall, limit);
      expect(bare).toEqual([gone.id, gone.id, gone.id, gone.id]);
      expect(whole).toContain(other.id);
      expect(whole).not.toContain(gone.id);
    }
    const { bare } = await bareFeed(mall);
    expect(Object.keys(bare?.[0] ?? {}).toSorted()).toEqual(['hash', 'id', 'position', 'stream']);
  });

  it('is told to the units that see the case, and to no other', async () => {
    const [shop, mall, second, circle] = [
      await setting.device(SHOP),
      await setting.device(MALL),
      await setting.device(SECOND_MALL),
      await setting.device(CIRCLE),
    ];
    const stream = newCase();
    const story = [steps.register(), steps.accept(), steps.settle(), steps.close()];
    await shop.push(story.map((step) => shop.event({ stream, ...step, actor: shopManager })));
    expect(await archive(1097)).toBe(1);
    expect((await listed(shop)).streams).toEqual([stream]);
    const { streams, next } = await listed(mall);
    expect(streams).toEqual([stream]);
    expect((await listed(mall, next)).streams).toEqual([]);
    expect((await listed(second)).streams).toEqual([]);
    expect((await listed(circle)).streams).toEqual([]);
  });
});

describe('a late fact about an archived case', () => {
  it('brings it back, with all that stood in the feed before it', async () => {
    const mall = await setting.device(MALL);
    const stream = await closedCase(mall);
    const { head } = await mall.feed();
    expect(await archive(1097)).toBe(1);
    setting.centre.setNow(inDays(1098));
    await mall.signIn();
    const late = mall.event({ stream, ...steps.note(), actor: mallMediator });
    const { receipts } = await mall.push([late]);
    expect(receipts).toMatchObject([{ status: 'accepted' }]);
    expect((await listed(mall)).streams).toEqual([]);
    expect(await snapshotIds(mall)).toEqual([stream.id]);
    const page = await mall.feed(head.position);
    expect(page.items.map((item) => item.event.type)).toEqual(['note-added']);
    expect(page.back?.map((item) => item.event.type)).toEqual([
      'case-registered',
      'case-accepted',
      'case-settled',
      'case-closed',
    ]);
    // Where they stand, as in the feed itself.
    expect(page.back).toEqual(
      (await mall.feed()).items.filter(
        (item) => item.event.stream.id === stream.id && item.position <= head.position,
      ),
    );
    expect((await provedBare(mall, 3)).bare).toEqual([]);
    expect(await broken()).toEqual([]);
    // As long again from that fact on, and listed behind what was listed before.
    expect(await archive(2190)).toBe(0);
    expect(await archive(2195)).toBe(1);
    expect(await listed(mall, 1)).toMatchObject({ streams: [stream], next: 2 });
    expect(await broken()).toEqual([]);
  });

  it('that a process of the release before took in is noticed by the next run', async () => {
    const mall = await setting.device(MALL);
    const stream = await closedCase(mall);
    expect(await archive(1097)).toBe(1);
    setting.centre.setNow(inDays(1098));
    await mall.signIn();
    await mall.push([mall.event({ stream, ...steps.note(), actor: mallMediator })]);
    await sql`UPDATE archived_stream SET returned_at = NULL`.execute(database());
    expect(await broken()).toEqual(['the archive holds closed cases only']);
    expect(await archive(1099)).toBe(0);
    expect((await listed(mall)).streams).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it('does not, when the centre refuses it', async () => {
    const mall = await setting.device(MALL);
    const stream = await closedCase(mall);
    expect(await archive(1097)).toBe(1);
    const { receipts } = await mall.push([mall.event({ stream, ...steps.accept(), actor: mallMediator })]);
    expect(receipts).toMatchObject([{ status: 'rejected' }]);
    expect((await listed(mall)).streams).toEqual([stream]);
    expect(await broken()).toEqual([]);
  });

  it('that is being written keeps the case out of the archive, and one behind it finds it there', async () => {
    const mall = await setting.device(MALL);
    const stream = await closedCase(mall);
    // Somebody has the row: the job passes by.
    await database()
      .transaction()
      .execute(async (work) => {
        await sql`SELECT 1 FROM stream WHERE id = ${stream.id} FOR UPDATE`.execute(work);
        expect(await archive(1097)).toBe(0);
      });
    for (let round = 1; round <= 8; round += 1) {
      setting.centre.setNow(inDays(1100 * round));
      await mall.signIn();
      // Its period is over as both begin: whichever comes first, it is there at the end.
      await Promise.all([
        mall.push([mall.event({ stream, ...steps.note(), actor: mallMediator })]),
        archive(1100 * round),
      ]);
      expect((await listed(mall)).streams).toEqual([]);
      expect(await broken()).toEqual([]);
    }
    expect(await archive(1100 * 9)).toBe(1);
  });
});

describe('a search in the archive', () => {
  const staffId = mallMediator.staffId;
  const ids = (found: { cases: { id: string }[] }): string[] => found.cases.map((one) => one.id);

  async function archivedCase(mall: TestDevice): Promise<Stream> {
    const stream = newCase();
    const consumer = { name: '欧阳娜娜', phone: '13812349876', address: '虚构路 1 号' };
    const story = [
      steps.register({ number: 'M01-2026-1-0077', consumer }),
      steps.accept(),
      steps.settle(),
      steps.close(),
    ];
    await mall.push(story.map((step) => mall.event({ stream, ...step, actor: mallMediator })));
    expect(await archive(1097)).toBe(1);
    return stream;
  }

  it('finds by number, merchant, name and the end of the phone, and says no more than it takes to know the case', async () => {
    const mall = await setting.device(MALL);
    const { id } = await archivedCase(mall);
    const { archive: calls } = mall.client;
    expect(ids(await calls.search({ by: 'number', text: 'm01-2026-1-0077', staffId }))).toEqual([id]);
    expect(ids(await calls.search({ by: 'merchant', text: '服饰', staffId }))).toEqual([id]);
    expect(ids(await calls.search({ by: 'phone', text: '9876', staffId }))).toEqual([id]);
    expect(ids(await calls.search({ by: 'phone', text: '9875', staffId }))).toEqual([]);
    const { cases, more } = await calls.search({ by: 'consumer', text: '欧阳', staffId });
    expect({ cases, more }).toMatchObject({ cases: [{ id, consumerName: '欧***' }], more: false });
    expect(JSON.stringify(cases)).not.toContain('1381234');
  });

  it('opens a case with its history, numbers masked and without addresses, and logs it', async () => {
    const mall = await setting.device(MALL);
    const { id } = await archivedCase(mall);
    await mall.client.archive.search({ by: 'phone', text: '9876', staffId });
    const { state, items } = await mall.client.archive.open({ id, staffId });
    expect(items.map((item) => item.event.type)).toEqual([
      'case-registered',
      'case-accepted',
      'case-settled',
      'case-closed',
    ]);
    expect(JSON.parse(state)).toMatchObject({ id, consumer: { name: '欧阳娜娜', phone: '138****9876' } });
    for (const secret of ['13812349876', '虚构路'])
      expect(state + JSON.stringify(items)).not.toContain(secret);
    const { rows } =
      await sql`SELECT action, what, found, staff_id, unit_path FROM archive_access ORDER BY position`.execute(
        database(),
      );
    expect(rows).toEqual([
      { action: 'search', what: 'phone', found: 1, staff_id: staffId, unit_path: MALL },
      { action: 'open', what: id, found: 1, staff_id: staffId, unit_path: MALL },
    ]);
  });

  it('is refused to whoever does not belong there, and sees nothing of other units', async () => {
    const [mall, second] = [await setting.device(MALL), await setting.device(SECOND_MALL)];
    const { id } = await archivedCase(mall);
    await second.signIn();
    const other = secondMediator.staffId;
    const question = { by: 'consumer', text: '欧阳' } as const;
    expect(ids(await second.client.archive.search({ ...question, staffId: other }))).toEqual([]);
    expect(await refusal(second.client.archive.open({ id, staffId: other }))).toMatchObject({
      code: 'ARCHIVED_UNKNOWN',
      status: 404,
    });
    // A person of another unit, somebody nobody knows, and one whose account is closed.
    for (const asking of [other, 'nobody']) {
      expect((await refusal(mall.client.archive.search({ ...question, staffId: asking }))).code).toBe(
        'FORBIDDEN',
      );
      expect((await refusal(mall.client.archive.open({ id, staffId: asking }))).code).toBe('FORBIDDEN');
    }
    await setting.centre.admin.admin.deactivateStaff({ staffId });
    expect((await refusal(mall.client.archive.open({ id, staffId }))).code).toBe('FORBIDDEN');
  });

  it('says nothing of a case that came back, which the workstations have', async () => {
    const mall = await setting.device(MALL);
    const stream = await archivedCase(mall);
    await mall.push([mall.event({ stream, ...steps.note(), actor: mallMediator })]);
    expect(ids(await mall.client.archive.search({ by: 'phone', text: '9876', staffId }))).toEqual([]);
    expect((await refusal(mall.client.archive.open({ id: stream.id, staffId }))).code).toBe(
      'ARCHIVED_UNKNOWN',
    );
  });

  it('is not there to read the archive through', async () => {
    const mall = await setting.device(MALL);
    await archivedCase(mall);
    await sql`INSERT INTO archive_access (circle, device, unit_path, staff_id, action, what, found, asked_at)
      SELECT '/HS/C1', ${mall.deviceId}, ${MALL}, ${staffId}, 'search', 'number', 0, now()
      FROM generate_series(1, 120)`.execute(database());
    expect(await refusal(mall.client.archive.search({ by: 'phone', text: '9876', staffId }))).toMatchObject({
      code: 'TOO_MANY_QUESTIONS',
      status: 429,
    });
  });
});
