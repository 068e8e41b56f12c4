import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Writer } from '../../src/main/kernel/store/index.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { openTestWorkstation, type TestWorkstation } from '../support/workstation.ts';

const MALL = '/HS/C1/M01';

let folder: string;
let remove: () => Promise<void>;
let workstation: TestWorkstation;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  workstation = await openTestWorkstation(folder, {
    role: 'supervisor',
    durability: 'relaxed',
    clock: () => new Date('2026-03-10T02:00:00Z'),
  });
});
afterEach(async () => {
  await workstation.running.close();
  await remove();
});

type Page = { items: { id: string }[]; cursor: string | null };
type Asked = { limit: number; cursor?: string | undefined };

/** A list in one order: its table, the column that sorts it, and how it is asked for. */
type List = {
  table: 'case_row' | 'return_row' | 'merchant_row';
  column: 'due_at' | 'closed_day' | 'updated_at' | 'registered_at' | 'requested_at' | 'name';
  descending: boolean;
  read: (asked: Asked) => Promise<Page>;
};

// Few places, so that many rows stand at the same one; some are overdue on the day of the test and some are not.
const DAYS = ['2026-03-01', '2026-03-05', '2026-03-09', '2026-03-12', '2026-03-20'];
const placeOf = ({ column }: List, day: number): string => {
  const text = DAYS[day] ?? '';
  if (column === 'name') return `商户 ${text}`;
  return column === 'closed_day' ? text : `${text}T01:00:00.000Z`;
};

const lists: Record<string, List> = {
  'open cases by deadline': {
    table: 'case_row',
    column: 'due_at',
    descending: false,
    read: (asked) => workstation.api.cases.list({ filter: { open: true }, sort: 'deadline', ...asked }),
  },
  'closed cases, newest first': {
    table: 'case_row',
    column: 'closed_day',
    descending: true,
    read: (asked) =>
      workstation.api.cases.list({ filter: { closedFrom: '2026-01-01' }, sort: 'deadline', ...asked }),
  },
  'cases by change': {
    table: 'case_row',
    column: 'updated_at',
    descending: true,
    read: (asked) => workstation.api.cases.list({ filter: {}, sort: 'updated', ...asked }),
  },
  'cases by registration': {
    table: 'case_row',
    column: 'registered_at',
    descending: true,
    read: (asked) => workstation.api.cases.list({ filter: { mine: true }, sort: 'registered', ...asked }),
  },
  returns: {
    table: 'return_row',
    column: 'requested_at',
    descending: true,
    read: (asked) => workstation.api.returns.list({ filter: {}, ...asked }),
  },
  merchants: {
    table: 'merchant_row',
    column: 'name',
    descending: false,
    read: (asked) => workstation.api.merchants.list(asked),
  },
  'the queue to supervise': {
    table: 'case_row',
    column: 'due_at',
    descending: false,
    read: (asked) => workstation.api.supervision.queue({ filter: { show: 'all' }, ...asked }),
  },
};

const CASE = {
  number: '1',
  status: 'accepted',
  open: 1,
  historical: 0,
  consumer_name: '张三',
  consumer_phone_masked: '100****5678',
  merchant_name: '虚构服饰店',
  object: 'clothing',
  problem: 'quality',
  handling_path: MALL,
  registered_at: '2026-03-01T01:00:00.000Z',
  registered_day: '2026-03-01',
  updated_at: '2026-03-01T01:00:00.000Z',
  handled_bucket: 1,
  escalated: 1,
  source: 'walk-in',
};
const RETURN = {
  number: '1',
  status: 'requested',
  merchant_id: 'm',
  merchant_name: '虚构服饰店',
  goods_name: '大衣',
  amount_fen: 100,
  consumer_name: '张三',
  verdict: 'eligible',
  requested_day: '2026-03-01',
  unit_path: MALL,
};
const MERCHANT = { category: 'company', unit_path: MALL, commitments: '[]', committed: 0, invented: 1 };

async function insert(writer: Writer, list: List, id: string, day: number): Promise<void> {
  const place = { id, [list.column]: placeOf(list, day) };
  if (list.table === 'case_row')
    await writer
      .insertInto('case_row')
      .values({ ...CASE, ...place })
      .execute();
  else if (list.table === 'return_row')
    await writer
      .insertInto('return_row')
      .values({ requested_at: '', ...RETURN, ...place })
      .execute();
  else
    await writer
      .insertInto('merchant_row')
      .values({ name: '', ...MERCHANT, ...place })
      .execute();
}

const place = fc.nat({ max: DAYS.length - 1 });
const which = fc.nat({ max: 59 });
const write = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), day: place }),
  fc.record({ kind: fc.constant('remove' as const), which }),
  fc.record({ kind: fc.constant('move' as const), which, day: place }),
);
type Write = typeof write extends fc.Arbitrary<infer Value> ? Value : never;

describe('pages of', () => {
  it.each(Object.entries(lists))(
    '%s hold each record that stands still once, whatever is written between them',
    async (_name, list) => {
      const { store } = workstation.running.parts;
      await fc.assert(
        fc.asyncProperty(
          fc.array(place, { maxLength: 30 }),
          fc.integer({ min: 1, max: 7 }),
          fc.array(fc.array(write, { maxLength: 5 }), { maxLength: 8 }),
          async (days, limit, between) => {
            /** Where each record stands now, and those that a write touched or brought. */
            const standing = new Map<string, number>(days.map((day, index) => [`r${index}`, day]));
            const touched = new Set<string>();
            const apply = (writer: Writer, one: Write): Promise<unknown> => {
              if (one.kind === 'insert') {
                const id = `n${touched.size}-${standing.size}-${one.day}`;
                if (standing.has(id)) return Promise.resolve();
                standing.set(id, one.day);
                touched.add(id);
                return insert(writer, list, id, one.day);
              }
              const id = [...standing.keys()][one.which];
              if (id === undefined) return Promise.resolve();
              touched.add(id);
              if (one.kind === 'remove') {
                standing.delete(id);
                return writer.deleteFrom(list.table).where('id', '=', id).execute();
              }
              standing.set(id, one.day);
              return writer
                .updateTable(list.table)
                .set({ [list.column]: placeOf(list, one.day) })
                .where('id', '=', id)
                .execute();
            };

            await store.write(async (writer) => {
              await writer.deleteFrom(list.table).execute();
              for (const [id, day] of standing) await insert(writer, list, id, day);
            });
            const still = new Map(standing);
            const read: string[] = [];
            const places: number[] = [];
            let cursor: string | undefined;
            for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
              expect(page).toBeLessThan(100);
              const found = await list.read({ limit, cursor });
              expect(found.items.length).toBeLessThanOrEqual(limit);
              read.push(...found.items.map(({ id }) => id));
              places.push(...found.items.map(({ id }) => standing.get(id) ?? -1));
              cursor = found.cursor ?? undefined;
              await store.write(async (writer) => {
                for (const one of between[page] ?? []) await apply(writer, one);
              });
            }
            const stoodStill = [...still.keys()].filter((id) => !touched.has(id));
            expect(read.filter((id) => stoodStill.includes(id)).toSorted()).toEqual(stoodStill.toSorted());
            // Each row was read where the order then had it, behind all that was read before.
            expect(places).toEqual(places.toSorted((a, b) => (list.descending ? b - a : a - b)));
          },
        ),
        { numRuns: 40 },
      );
    },
  );
});

describe('a cursor that no page of the list gave', () => {
  const refused = { code: 'INPUT_INVALID', data: { issues: [{ field: 'cursor', rule: 'invalid_format' }] } };

  it('is an error that names it, and never the first page', async () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.constantFrom('', '0', '50', '-1', 'null', '[]'),
      fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text).toString('base64url').slice(0, 2000)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.values(lists)), junk, async (list, cursor) => {
        await expect(list.read({ limit: 5, cursor })).rejects.toMatchObject(refused);
      }),
      { numRuns: 150 },
    );
  });

  it('is that of another order too', async () => {
    const { store } = workstation.running.parts;
    const byChange = lists['cases by change'];
    const byRegistration = lists['cases by registration'];
    if (byChange === undefined || byRegistration === undefined) throw new Error('the lists are named above');
    await store.write(async (writer) => {
      for (const id of ['a', 'b', 'c']) await insert(writer, byChange, id, 1);
    });
    const { cursor } = await byChange.read({ limit: 1 });
    if (cursor === null) throw new Error('three cases are more than one page of one');
    expect((await byChange.read({ limit: 1, cursor })).items).toHaveLength(1);
    await expect(byRegistration.read({ limit: 1, cursor })).rejects.toMatchObject(refused);
  });
});
