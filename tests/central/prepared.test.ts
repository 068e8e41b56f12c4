import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/central/kernel/db/database.ts';
import { pipelined } from '../../src/central/kernel/db/pipeline.ts';
import { codeOf } from '../../src/central/kernel/db/retry.ts';
import { preparing } from '../../src/central/kernel/db/prepared.ts';
import { startTestServer, type TestServer } from '../support/postgres.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  ({ database } = openDatabase(await server.server.createDatabase()));
});
afterAll(async () => {
  await database.destroy();
  await server.stop();
});

/** What the connection that is used next keeps; one after the other, all use the same. */
async function kept(like: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE ${`%${like}%`}`.execute(
    database,
  );
  return rows[0]?.count ?? Number.NaN;
}

describe('a statement that comes often', () => {
  it('is kept from the third time, and answers by its values', async () => {
    for (let round = 1; round <= 6; round += 1) {
      const { rows } = await sql<{ twice: number }>`SELECT ${round}::int * 2 AS twice`.execute(
        preparing(database),
      );
      expect(rows).toEqual([{ twice: round * 2 }]);
      expect(await kept('AS twice')).toBe(round < 3 ? 0 : 1);
    }
  });

  it('is not kept where nobody says so', async () => {
    for (let round = 0; round < 6; round += 1) await sql`SELECT ${round}::int AS unsaid`.execute(database);
    expect(await kept('AS unsaid')).toBe(0);
  });

  it('works again after it failed, and after its table has changed', async () => {
    await sql`CREATE TABLE thing (id int PRIMARY KEY, size int)`.execute(database);
    const add = (id: number) =>
      database.transaction().execute((work) =>
        pipelined(work, async (executor) => {
          await sql`INSERT INTO thing (id, size) VALUES (${id}::int, ${id}::int)`.execute(executor);
        }),
      );
    for (let id = 0; id < 4; id += 1) await add(id);
    expect(await add(3).then(String, codeOf)).toBe('23505');
    await add(4);
    await sql`ALTER TABLE thing ADD COLUMN colour text NOT NULL DEFAULT 'blue'`.execute(database);
    await add(5);
    expect((await sql`SELECT * FROM thing`.execute(database)).rows).toHaveLength(6);
    expect(await kept('INSERT INTO thing')).toBe(1);
  });

  it('leaves room: not more than a hundred texts are kept, and what came once is none of them', async () => {
    const say = (word: string) => sql`SELECT ${1}::int AS ${sql.ref(word)}`.execute(preparing(database));
    for (let word = 0; word < 150; word += 1) await say(`once_${word}`);
    expect(await kept('AS "once_')).toBe(0);
    for (let word = 0; word < 150; word += 1)
      for (let time = 0; time < 3; time += 1) await say(`often_${word}`);
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM pg_prepared_statements WHERE name LIKE 'kept\\_%'`.execute(database);
    expect(rows).toEqual([{ count: 100 }]);
  });
});
