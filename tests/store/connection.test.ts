import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '../../src/main/kernel/store/connection.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder('heshi-connection-');
});
afterEach(() => folder.remove());

/** Counts slowly enough that it is still under way when the next line runs. */
const counting = (to: number) => sql<{ counted: number }>`
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${to}) SELECT max(i) AS counted FROM n`;

it('a connection that closes waits for the statement under way, and takes no more', async () => {
  const file = join(folder.folder, 'store.sqlite');
  const { kysely, handle } = await connect(file);
  // Handed over, and not prepared yet: SQLite does not close while a statement is not finalized.
  const preparing = Promise.withResolvers<void>();
  const prepare = handle.prepare.bind(handle);
  handle.prepare = ((...given: Parameters<typeof prepare>) => {
    preparing.resolve();
    return prepare(...given);
  }) as typeof handle.prepare;
  const counted = counting(100_000).execute(kysely);
  await preparing.promise;
  const closing = kysely.destroy();
  await expect(counting(1).execute(kysely)).rejects.toThrow();
  expect((await counted).rows).toEqual([{ counted: 100_000 }]);
  await closing;

  const again = await connect(file);
  expect((await counting(3).execute(again.kysely)).rows).toEqual([{ counted: 3 }]);
  await again.kysely.destroy();
});
