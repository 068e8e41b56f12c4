import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { archiveClosed } from '../../src/central/archive/archive.ts';
import { createFollowers } from '../../src/central/followers.ts';
import { codeOf } from '../../src/central/kernel/db/retry.ts';
import type { Follower, Followers } from '../../src/central/kernel/ingest/follower.ts';
import { acceptPush } from '../../src/central/kernel/ingest/push.ts';
import { retryUnknown } from '../../src/central/kernel/ingest/retry.ts';
import { createUnitCache } from '../../src/central/kernel/units.ts';
import { createConsumerMarks } from '../../src/central/repeats/index.ts';
import { verifyInvariants } from '../../src/central/verify/index.ts';
import type { PushedEvent, PushResult } from '../../src/contract/centre/index.ts';
import type { TestDevice } from '../support/device.ts';
import { MALL, mallMediator, newCase, steps, useCentre } from './setting.ts';
import { CENTRE_KEY } from '../support/postgres.ts';

const setting = useCentre();
const database = () => setting.centre.centre.database;
/** A case that was closed then has left the workstations by the later day. */
const AT = '2026-03-03T02:00:00.000Z';
const LATER = new Date('2030-06-01T02:00:00.000Z');
const MOMENTS = ['behindRecords', 'withFeeds', 'atEnd'] as const satisfies (keyof Followers)[];

const ISSUED = {
  type: 'document-issued',
  payload: {
    documentId: crypto.randomUUID(),
    kind: 'receipt',
    number: '甬海消调（M01）〔2026〕第0001号',
    year: 2026,
    sequence: 1,
    issuedOn: '2026-03-05',
    copies: 1,
    sha256: 'a'.repeat(64),
    byteLength: 1000,
    code: 'AAAA-BBBB-CCCC',
  },
};

let device: TestDevice;
/** One that all have something to follow in: a fact of an archived case, a new consumer and another number, a paper, figures. */
let batch: PushedEvent[];

beforeEach(async () => {
  device = await setting.device(MALL);
  const by = { stream: newCase(), actor: mallMediator, at: AT };
  const merchant = { merchant: { merchantId: 'm-1', name: '虚构商户' } };
  const story = [steps.register(merchant), steps.accept(), steps.settle(), steps.close()];
  const known = { ...by, stream: newCase() };
  await device.push([
    ...story.map((step) => device.event({ ...by, ...step })),
    device.event({ ...known, ...steps.register() }),
  ]);
  const archived = await archiveClosed(database(), createUnitCache(), LATER);
  if (archived !== 1) throw new Error('The closed case is not in the archive');
  const fresh = { ...by, stream: newCase() };
  batch = [
    device.event({ ...by, ...steps.note() }),
    device.event({ ...fresh, ...steps.register(merchant) }),
    device.event({ ...fresh, ...ISSUED }),
    device.event({
      ...known,
      type: 'case-corrected',
      payload: { reason: '听错', consumerPhone: '13700001111' },
    }),
  ];
});

/** Takes the batch as a centre would that has these followers beside its own. */
async function take(more: Partial<Followers>): Promise<PushResult> {
  const own = createFollowers(await createConsumerMarks(database()));
  const units = createUnitCache();
  await units.reload(database());
  const followers: Followers = {
    behindRecords: [...own.behindRecords, ...(more.behindRecords ?? [])],
    withFeeds: [...own.withFeeds, ...(more.withFeeds ?? [])],
    atEnd: [...own.atEnd, ...(more.atEnd ?? [])],
  };
  const pushed = { events: batch, signature: device.sign(batch) };
  return acceptPush(
    { database: database(), key: CENTRE_KEY, units, followers },
    device.deviceId,
    pushed,
    LATER,
  );
}

/** A digest of every row of each table. */
async function contents(): Promise<Record<string, string | null>> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'p') ORDER BY relname`.execute(database());
  const found: Record<string, string | null> = {};
  for (const { name } of rows) {
    const { rows: digests } = await sql<{ digest: string | null }>`
      SELECT md5(string_agg(one::text, ',' ORDER BY one::text)) AS digest FROM ${sql.table(name)} AS one`.execute(
      database(),
    );
    found[name] = digests[0]?.digest ?? null;
  }
  return found;
}

/** What the centre's own followers have written of the batch. */
async function followed(): Promise<unknown> {
  const { rows } = await sql`
    SELECT (SELECT count(returned_at)::int FROM archived_stream) AS back,
      (SELECT count(*)::int FROM number_issued WHERE status = 'accepted') AS numbers,
      (SELECT count(*)::int FROM consumer_mark) AS consumers,
      (SELECT count(DISTINCT mark)::int FROM consumer_mark) AS marks,
      (SELECT sum(own_registered)::int FROM rollup_counter WHERE grain = 'day' AND facet = '') AS registered`.execute(
    database(),
  );
  return rows[0];
}

async function broken(): Promise<string[]> {
  const marks = await createConsumerMarks(database());
  const invariants = await verifyInvariants(database(), createUnitCache(), marks);
  return invariants.filter((one) => one.broken > 0).map((one) => one.name);
}

describe('those who follow a batch', () => {
  it('make and write what they keep in the declared order', async () => {
    await sql`CREATE TABLE followed (place serial, name text NOT NULL)`.execute(database());
    const made: string[] = [];
    const probe = (name: string): Follower => ({
      name,
      follow: ({ changes, newFacts }) => {
        made.push(name);
        expect(changes.map(({ event }) => event.id)).toEqual(batch.map(({ id }) => id));
        expect(newFacts?.receipts.map(({ status }) => status)).toEqual(batch.map(() => 'accepted'));
        return [sql`INSERT INTO followed (name) VALUES (${name})`];
      },
    });
    await take({
      atEnd: [probe('last')],
      withFeeds: [probe('with feeds')],
      behindRecords: [probe('first'), probe('second')],
    });
    const { rows } = await sql<{ name: string }>`SELECT name FROM followed ORDER BY place`.execute(
      database(),
    );
    const declared = ['first', 'second', 'with feeds', 'last'];
    expect(made).toEqual(declared);
    expect(rows.map(({ name }) => name)).toEqual(declared);
  });

  it('are the archive, numbers, marks and figures at the centre', async () => {
    expect(await followed()).toEqual({ back: 0, numbers: 0, consumers: 2, marks: 1, registered: 2 });
    await device.push(batch);
    expect(await followed()).toEqual({ back: 1, numbers: 1, consumers: 3, marks: 2, registered: 3 });
    expect(await broken()).toEqual([]);
  });

  it('see what each fact has changed, and the records as they were before', async () => {
    let seen: unknown;
    const look: Follower = {
      name: 'looking',
      follow: ({ changes, streams }) => {
        const [note, registered] = changes;
        seen = {
          archived: streams.get(`case:${note?.event.stream.id}`)?.stored,
          before: registered?.before,
          after: registered?.after.kind,
        };
        return [];
      },
    };
    await take({ withFeeds: [look] });
    expect(seen).toMatchObject({ archived: { state: { status: 'closed' } }, after: 'case' });
    expect(seen).toHaveProperty('before', undefined);
  });

  describe.each(MOMENTS)('%s', (moment) => {
    it.each<[string, Follower, (error: unknown) => void]>([
      [
        'throws',
        {
          name: 'the faulty one',
          follow: () => {
            throw new RangeError('planted');
          },
        },
        (error) => {
          expect(error).toMatchObject({ message: 'the faulty one cannot follow a batch' });
          expect((error as Error).cause).toBeInstanceOf(RangeError);
        },
      ],
      [
        'is refused by the database',
        { name: 'the faulty one', follow: () => [sql`DELETE FROM setting WHERE 1 / 0 > 0`] },
        (error) => expect(codeOf(error)).toBe('22012'),
      ],
    ])('leave nothing of a batch in which one of them %s', async (_what, faulty, isRight) => {
      const before = await contents();
      isRight(
        await take({ [moment]: [faulty] }).then(
          () => null,
          (error: unknown) => error,
        ),
      );
      expect(await contents()).toEqual(before);
      // The workstation sends it again, and it is as if it came for the first time.
      const { receipts } = await device.push(batch);
      expect(receipts.map(({ status }) => status)).toEqual(batch.map(() => 'accepted'));
      expect(await followed()).toEqual({ back: 1, numbers: 1, consumers: 3, marks: 2, registered: 3 });
      expect(await broken()).toEqual([]);
    });
  });

  it('learn of facts that are accepted later, which are not new in the log', async () => {
    await device.push(batch);
    const paper = batch[2]?.id ?? '';
    await sql`UPDATE event SET status = 'unknown' WHERE id = ${paper}`.execute(database());
    await sql`UPDATE number_issued SET status = 'unknown' WHERE event_id = ${paper}`.execute(database());
    await sql`DELETE FROM setting WHERE key = 'unknown-tried-by'`.execute(database());
    const units = createUnitCache();
    await units.reload(database());
    const own = createFollowers(await createConsumerMarks(database()));
    const seen: unknown[] = [];
    const look: Follower = {
      name: 'looking',
      follow: ({ changes, newFacts }) => {
        seen.push([changes.map(({ event }) => event.id), newFacts]);
        return [];
      },
    };
    const followers: Followers = { ...own, withFeeds: [...own.withFeeds, look] };
    expect(await retryUnknown({ database: database(), key: CENTRE_KEY, units, followers })).toBe(1);
    expect(seen).toEqual([[[paper], null]]);
    expect(await followed()).toMatchObject({ numbers: 1 });
  });
});
