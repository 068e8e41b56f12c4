import { Kysely, PostgresDialect, type Transaction as KyselyTransaction } from 'kysely';
import pg from 'pg';
import { keepPrepared } from './prepared.ts';

/** No table is read through Kysely's builder: statements are SQL, whose rows `tests/central/statements.test.ts` compares with the schema. */
type NoTables = Record<never, never>;

export type Database = Kysely<NoTables>;
export type Transaction = KyselyTransaction<NoTables>;

// Counters stay far below 2^53; a number is what the contract promises.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
// Days are days, not instants in the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Opens a pool on a PostgreSQL server. */
export function openDatabase(url: string): { database: Database; pool: pg.Pool } {
  // A few stay open however long nobody asks: a new one has to learn the tables and plan every statement anew.
  const pool = new pg.Pool({ connectionString: url, max: 12, min: 4, pipeline: true });
  // A broken idle connection is replaced by the pool; unheard, it would end the process.
  pool.on('error', () => undefined);
  // A connection that breaks in a transaction between two statements tells nobody else: the next statement fails.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    keepPrepared(client);
  });
  return { database: new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) }), pool };
}
