import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STREAM_KINDS, streamOf } from '../../src/domain/streams.ts';
import { collectProjections } from '../../src/main/kernel/store/projections.ts';
import { openStore, type Store } from '../../src/main/kernel/store/store.ts';
import { merchantProjection } from '../../src/main/merchant/projection.ts';
import { PROJECTIONS } from '../../src/main/capabilities.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let store: Store;
let remove: () => Promise<void>;
beforeEach(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  store = await openStore(made.folder, { projections: PROJECTIONS });
});
afterEach(async () => {
  await store.close();
  await remove();
});

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM pragma_table_info(${table})`.execute(
    store.read,
  );
  return rows.map(({ name }) => name);
}

describe('the projections of a workstation', () => {
  it('are of known kinds, each once', () => {
    const kinds = PROJECTIONS.all.map(({ kind }) => kind);
    expect(() => collectProjections([merchantProjection, merchantProjection])).toThrow('two projections');
    for (const kind of kinds) expect(STREAM_KINDS).toContain(kind);
    expect(PROJECTIONS.listed.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['case', 'merchant', 'return']),
    );
  });

  it('write only columns that their tables have, and keep only columns that they write', async () => {
    for (const { kind, columns, kept } of PROJECTIONS.listed) {
      const there = await columnsOf(`${kind}_row`);
      const written = columns
        .trim()
        .split(/\s+/)
        .map((column) => column.split('=')[0]);
      for (const column of written) expect(there, kind).toContain(column);
      expect(written, kind).toContain('id');
      for (const column of kept.split(/\s+/)) expect(written, kind).toContain(column);
    }
  });

  it('write rows that never change once, however often they come', async () => {
    const { rows } = merchantProjection;
    const names = rows.columns.split(/\s+/).map((column) => column.split('=')[0]);
    const kept = names.filter((name) => name !== 'id').join(' ');
    const fixed = collectProjections([{ ...merchantProjection, rows: { ...rows, kept } }]);
    const { folder, remove: away } = await temporaryFolder();
    const other = await openStore(folder, { projections: fixed });
    const row = (name: string): string =>
      JSON.stringify([
        {
          id: 'one',
          name,
          category: 'enterprise',
          unitPath: '/HS',
          commitments: '[]',
          committed: 0,
          proposed: 0,
          invented: 1,
          aliases: '[]',
        },
      ]);
    try {
      await other.write(async (writer) => {
        for (const name of ['first', 'second'])
          await sql`INSERT INTO fact_write (merchants) VALUES (${row(name)})`.execute(writer);
      });
      const written = await other.read.selectFrom('merchant_row').select('name').execute();
      expect(written).toEqual([{ name: 'first' }]);
    } finally {
      await other.close();
      await away();
    }
  });

  it('have a table of search terms exactly where the kind is searched', async () => {
    for (const kind of STREAM_KINDS) {
      const searched = (await columnsOf(`${kind}_search`)).length > 0;
      expect([kind, searched]).toEqual([kind, streamOf(kind).search !== null]);
      expect(PROJECTIONS.listed.find((table) => table.kind === kind)?.searched ?? false).toBe(searched);
    }
  });
});
