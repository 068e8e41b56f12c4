import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STREAM_KINDS, streamOf } from '../../src/domain/streams.ts';
import { openStore, type Store } from '../../src/main/kernel/store/store.ts';
import { isListed, LISTED_TABLES, PROJECTIONS } from '../../src/main/projections.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let store: Store;
let remove: () => Promise<void>;
beforeEach(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  store = await openStore(made.folder);
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
    const kinds = PROJECTIONS.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const kind of kinds) expect(STREAM_KINDS).toContain(kind);
    expect(STREAM_KINDS.filter(isListed)).toEqual(['merchant', 'case', 'return']);
  });

  it('write only columns that their tables have, and keep only columns that they write', async () => {
    for (const { kind, columns, kept } of LISTED_TABLES) {
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

  it('have a table of search terms exactly where the kind is searched', async () => {
    for (const kind of STREAM_KINDS) {
      const searched = (await columnsOf(`${kind}_search`)).length > 0;
      expect([kind, searched]).toEqual([kind, streamOf(kind).search !== null]);
      expect(LISTED_TABLES.find((table) => table.kind === kind)?.searched ?? false).toBe(searched);
    }
  });
});
