import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { keepPrepared } from './prepared.ts';
import type { CentralSchema } from './schema.ts';

export type Database = Kysely<CentralSchema>;
export type Work = Transaction<CentralSchema>;

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
  return { database: new Kysely<CentralSchema>({ dialect: new PostgresDialect({ pool }) }), pool };
}
