import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { up as initial } from '../../migrations/workstation/0001-initial.ts';
import { up as searchRebuildStep } from '../../migrations/workstation/0009-search-rebuild.ts';
import { connect, execute } from '../../src/main/kernel/store/connection.ts';
import { openStore } from '../../src/main/kernel/store/index.ts';
import { rebuildSearch, searchRebuild } from '../../src/main/kernel/store/search-rebuild.ts';
import { PROJECTIONS } from '../../src/main/capabilities.ts';
import { connectTo, keyOf } from '../support/vault.ts';
import { caseInput, openTestWorkstation } from '../support/workstation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heshi-migrate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const row = (id: string, due: string | null): string =>
  `INSERT INTO case_row (id, number, status, open, historical, consumer_name, consumer_phone_masked, merchant_name,
     object, problem, handling_path, registered_at, registered_day, updated_at, due_at, source)
   VALUES ('${id}', '${id}', 'registered', 1, 0, '张三', '138****5678', '商户', 'food', 'quality', '/HS',
     '2026-03-01T00:00:00.000Z', '2026-03-01', '2026-03-01T00:00:00.000Z', ${due === null ? 'NULL' : `'${due}'`}, 'walk-in')`;

describe('a store of the first schema', () => {
  it('opens in this release with its cases, by deadline, those without one last', async () => {
    const old = await connect(join(folder, 'heshi.sqlite'));
    const cases = [
      row('none', null),
      row('late', '2026-05-01T00:00:00.000Z'),
      row('soon', '2026-04-01T00:00:00.000Z'),
    ];
    await execute(old.handle, [...initial, ...cases, 'PRAGMA user_version = 1'].join(';\n'));
    await old.close();

    const store = await openStore(folder, { projections: PROJECTIONS });
    const { rows } = await sql<{ id: string }>`
      SELECT id FROM case_row WHERE open = 1 ORDER BY due_order, row`.execute(store.read);
    expect(rows.map(({ id }) => id)).toEqual(['soon', 'late', 'none']);
    const plan = await sql<{ detail: string }>`
      EXPLAIN QUERY PLAN SELECT * FROM case_row WHERE open = 1 ORDER BY due_order, row LIMIT 50`.execute(
      store.read,
    );
    expect(plan.rows.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE');
    await store.close();
  });

  it('finds its older cases by amount once they are indexed again, however often that is cut', async () => {
    const workstation = await openTestWorkstation(folder);
    const numbers = ['1280', '999', '55.5'];
    for (const yuan of numbers)
      await workstation.api.cases.register(caseInput({ amountFen: Math.round(Number(yuan) * 100) }));
    await workstation.running.close();
    const key = await keyOf(folder);
    // As an older release left it: terms without amounts; then the step of the upgrade.
    const old = await connectTo(folder);
    await execute(
      old.handle,
      [
        'DELETE FROM case_search',
        `INSERT INTO case_search (rowid, terms) SELECT row, consumer_name FROM case_row`,
        'DROP TABLE search_rebuild',
        ...searchRebuildStep,
      ].join(';\n'),
    );
    await old.close();

    let store = await openStore(folder, { projections: PROJECTIONS, key });
    expect(await searchRebuild(store.read)).toEqual({ done: 0, total: 3 });
    expect(await rebuildSearch(store, 1)).toBe(true);
    // A kill in the middle of the next piece: nothing of it stays, nothing before it is lost.
    const cut = store.write(async (writer) => {
      await sql`DELETE FROM case_search WHERE rowid = 2`.execute(writer);
      throw new Error('cut');
    });
    await expect(cut).rejects.toThrow('cut');
    await store.close();
    store = await openStore(folder, { projections: PROJECTIONS, key });
    expect(await searchRebuild(store.read)).toEqual({ done: 1, total: 3 });
    await store.close();

    const again = await openTestWorkstation(folder);
    await expect.poll(() => again.api.search.rebuild()).toBeNull();
    for (const search of numbers) {
      const { items } = await again.api.cases.list({ filter: { search } });
      expect(items.map((item) => item.amountFen)).toEqual([Math.round(Number(search) * 100)]);
    }
    await again.running.close();
  });

  it('of a newer release is left alone', async () => {
    const newer = await connect(join(folder, 'heshi.sqlite'));
    await execute(newer.handle, 'PRAGMA user_version = 999');
    await newer.close();
    await expect(openStore(folder, { projections: PROJECTIONS })).rejects.toThrow('newer release');
  });
});
