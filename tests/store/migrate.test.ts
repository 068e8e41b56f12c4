import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { up as initial } from '../../migrations/workstation/0001-initial.ts';
import { connect, execute } from '../../src/main/store/connection.ts';
import { openStore } from '../../src/main/store/index.ts';

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
    await old.kysely.destroy();

    const store = await openStore(folder);
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

  it('of a newer release is left alone', async () => {
    const newer = await connect(join(folder, 'heshi.sqlite'));
    await execute(newer.handle, 'PRAGMA user_version = 999');
    await newer.kysely.destroy();
    await expect(openStore(folder)).rejects.toThrow('newer release');
  });
});
