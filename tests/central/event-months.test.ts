import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { up as eventMonths } from '../../migrations/central/0009-event-months.ts';
import { up as requestRole } from '../../migrations/central/0013-request-role.ts';
import { codeOf } from '../../src/central/kernel/db/retry.ts';
import { keepEventMonths } from '../../src/central/kernel/jobs/event-months.ts';
import { createConsumerMarks } from '../../src/central/repeats/keys.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { verifyInvariants } from '../../src/central/verify/index.ts';
import type { TestDevice } from '../support/device.ts';
import { MALL, mallMediator, newCase, steps, useCentre } from './setting.ts';

const setting = useCentre();
const database = () => setting.centre.centre.database;

/** A UUIDv7 of that instant. */
function idOf(at: string): string {
  const time = Date.parse(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${uuidv7().slice(13)}`;
}

/** One new case for each instant, its event's id being of that instant. */
async function pushAt(device: TestDevice, ...instants: string[]): Promise<void> {
  const events = instants.map((at) =>
    device.event({ stream: newCase(), actor: mallMediator, ...steps.register(), id: idOf(at) }),
  );
  const { receipts } = await device.push(events);
  expect(receipts.map((one) => one.status)).toEqual(instants.map(() => 'accepted'));
}

/** Where the cases' events lie: how many in which partition. */
async function lying(): Promise<Record<string, number>> {
  const { rows } = await sql<{ part: string; count: number }>`
    SELECT tableoid::regclass::text AS part, count(*)::int AS count FROM event
    WHERE stream_kind = 'case' GROUP BY 1 ORDER BY 1`.execute(database());
  return Object.fromEntries(rows.map((row) => [row.part, row.count]));
}

async function broken(): Promise<string[]> {
  const marks = await createConsumerMarks(database());
  const invariants = await verifyInvariants(database(), createUnitCache(), marks);
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

/** What a later step says of the log, which the table that is made here anew has not heard. */
const SAID_OF_THE_LOG = requestRole.filter((statement) => /\bevent (ENABLE|TO|FOR)\b/.test(statement));

/** The log as the release before had it, with what is in it. */
async function before(): Promise<void> {
  await database()
    .transaction()
    .execute(async (work) => {
      // The centre’s own job may be at its months.
      await sql`LOCK TABLE event IN ACCESS EXCLUSIVE MODE`.execute(work);
      await sql`CREATE TABLE whole (LIKE event INCLUDING DEFAULTS)`.execute(work);
      await sql`INSERT INTO whole SELECT * FROM event`.execute(work);
      await sql`DROP TABLE event`.execute(work);
      await sql`DROP SEQUENCE event_order CASCADE`.execute(work);
      await sql`DROP FUNCTION first_id_of, add_event_month`.execute(work);
      await sql`ALTER TABLE whole RENAME TO event`.execute(work);
      const last = await sql<{ last: number }>`SELECT max(position) + 1 AS last FROM event`.execute(work);
      await sql`ALTER TABLE event ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START ${sql.lit(last.rows[0]?.last ?? 1)})`.execute(
        work,
      );
      await sql`ALTER TABLE event ADD CONSTRAINT event_pkey PRIMARY KEY (circle, device, device_sequence)`.execute(
        work,
      );
      await sql`CREATE UNIQUE INDEX event_id ON event (id) WHERE status <> 'rejected'`.execute(work);
      await sql`CREATE INDEX event_stream ON event (stream_kind, stream_id, position)`.execute(work);
      for (const statement of SAID_OF_THE_LOG) await sql.raw(statement).execute(work);
    });
}

describe('the log by months', () => {
  it('takes over a log that was in one piece, whole, and goes on from it', async () => {
    const device = await setting.device(MALL);
    await before();
    expect(SAID_OF_THE_LOG).toHaveLength(3);
    // Received today, though two clocks were wrong.
    await pushAt(device, new Date().toISOString(), '2019-05-05T00:00:00Z', '2099-01-05T00:00:00Z');
    const feed = await device.feed();
    await database()
      .transaction()
      .execute(async (work) => {
        for (const statement of [...eventMonths, ...SAID_OF_THE_LOG]) await sql.raw(statement).execute(work);
      });
    expect(await device.feed()).toMatchObject({ items: feed.items, head: feed.head });
    const month = `event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    expect(await lying()).toEqual({ [month]: 1, event_other: 2 });
    await pushAt(device, new Date().toISOString());
    expect(await lying()).toEqual({ [month]: 2, event_other: 2 });
    const after = await device.feed(feed.head.position);
    expect(after.items).toHaveLength(1);
    expect(await broken()).toEqual([]);
  });

  it('refuses nothing for its month, and puts it where it belongs once that month is there', async () => {
    const device = await setting.device(MALL);
    await pushAt(device, '2098-12-31T23:59:59.999Z', '2099-01-01T00:00:00Z', '2099-02-28T12:00:00Z');
    expect(await lying()).toEqual({ event_other: 3 });
    expect(await keepEventMonths(database(), new Date('2099-01-10T00:00:00Z'))).toBe(3);
    expect(await keepEventMonths(database(), new Date('2099-01-10T00:00:00Z'))).toBe(0);
    expect(await lying()).toEqual({ event_2099_01: 1, event_2099_02: 1, event_other: 1 });
    expect((await device.feed()).items.filter((one) => one.event.stream.kind === 'case')).toHaveLength(3);
    expect(await broken()).toEqual([]);
  });

  it('is made once by several at a time, who take turns', async () => {
    const device = await setting.device(MALL);
    await pushAt(device, '2098-01-01T00:00:00Z');
    const made = await Promise.all(
      Array.from({ length: 4 }, () => keepEventMonths(database(), new Date('2098-01-10T00:00:00Z'))),
    );
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(await lying()).toEqual({ event_2098_01: 1 });
  });

  it('lets an id stand once, whatever the month and the way in', async () => {
    const device = await setting.device(MALL);
    const other = await setting.device(MALL);
    const event = device.event({ stream: newCase(), actor: mallMediator, ...steps.register() });
    await device.push([event]);
    const again = other.event({ ...event, id: event.id, stream: newCase() });
    expect((await other.push([again])).receipts).toMatchObject([
      { status: 'rejected', refusal: { rule: 'event-repeated' } },
    ]);
    const copied = sql`
      INSERT INTO event SELECT * FROM jsonb_populate_record(NULL::event, (
        SELECT to_jsonb(one) || '{"device": "another", "device_sequence": 1}' FROM event AS one
        WHERE id = ${event.id} AND status = 'accepted'))`.execute(database());
    expect(await copied.then(String, codeOf)).toBe('23505');
  });

  it('looks for a page of a feed in the months it is of, and in no other', async () => {
    await keepEventMonths(database(), new Date('2030-01-10T00:00:00Z'));
    const [first, last] = [idOf('2030-01-02T00:00:00Z'), idOf('2030-01-03T00:00:00Z')];
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      EXPLAIN SELECT * FROM event WHERE id = ANY(${[first, last]}::uuid[])
        AND id BETWEEN ${first}::uuid AND ${last}::uuid AND status <> 'rejected'`.execute(database());
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('event_2030_01');
    expect(plan).not.toContain('event_2030_02');
    expect(plan).not.toContain('event_other');
  });
});
