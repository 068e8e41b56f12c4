import type { DatabaseConnection } from 'kysely';
import type pg from 'pg';
import type { QueryExecutor } from './pipeline.ts';

/** Texts that connections keep, each under its name. A kept one takes a connection about 100 kB. */
const names = new Map<string, string>();
const MOST_NAMES = 100;
/** How often texts came that are not kept yet: what is made up of parts has many, and most of them come once. */
const met = new Map<string, number>();
const MOST_MET = 1_000;
const OFTEN = 3;

/** Counts a text that is to be kept once it comes often, and then names it. */
function meet(text: string): void {
  if (names.has(text) || names.size >= MOST_NAMES) return;
  const times = (met.get(text) ?? 0) + 1;
  if (times < OFTEN) {
    if (met.size >= MOST_MET) met.clear();
    met.set(text, times);
    return;
  }
  met.delete(text);
  names.set(text, `kept_${names.size + 1}`);
}

/** A connection whose statements are kept prepared once they come often. */
export function keepingOn(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: (query) => {
      meet(query.sql);
      return connection.executeQuery(query);
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

/**
 * For statements that are the same text each time and come often: PostgreSQL reads and plans them once for each connection, which for
 * short ones is most of its work. Not for those whose best plan depends on their values.
 */
export function preparing(executor: QueryExecutor): QueryExecutor {
  const unprepared = executor.getExecutor();
  const own = unprepared.withConnectionProvider({
    provideConnection: (consumer) =>
      unprepared.provideConnection((connection) => consumer(keepingOn(connection))),
  });
  return { getExecutor: () => own };
}

/** Has a new connection keep what is named, which is how the protocol and `pg` keep a statement. */
export function keepPrepared(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const keeping = (...given: unknown[]): unknown => {
    const [text, values] = given;
    const name = typeof text === 'string' ? names.get(text) : undefined;
    return name === undefined ? query(...given) : query({ name, text, values });
  };
  client.query = keeping as typeof client.query;
}
