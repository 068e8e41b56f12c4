import { sql, type RawBuilder } from 'kysely';
import type pg from 'pg';

/** Begins the text of a statement that a connection is to keep prepared; a comment, which means nothing to the server. */
const MARK = '/* kept */ ';
/** Texts that connections keep, each under its name. A kept one takes a connection about 100 kB. */
const names = new Map<string, string>();
const MOST_NAMES = 100;
/** How often texts came that are not kept yet: what is made up of parts has many, and most of them come once. */
const met = new Map<string, number>();
const MOST_MET = 1_000;
const OFTEN = 3;

/**
 * A statement that is the same text each time and comes often: PostgreSQL reads and plans it once for each connection, which for short
 * ones is most of its work. Not for those whose best plan depends on their values.
 */
export function prepared<Row>(statement: RawBuilder<Row>): RawBuilder<Row> {
  return sql<Row>`${sql.raw(MARK)}${statement}`;
}

/** The same of a text. */
export function preparedText(text: string): string {
  return text.startsWith(MARK) ? text : MARK + text;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const times = (met.get(text) ?? 0) + 1;
  if (times < OFTEN) {
    if (met.size >= MOST_MET) met.clear();
    met.set(text, times);
    return undefined;
  }
  met.delete(text);
  const name = `kept_${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** Has a new connection keep what is marked, under a name, which is how the protocol and `pg` keep a statement. */
export function keepPrepared(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const keeping = (...given: unknown[]): unknown => {
    const [text, values] = given;
    if (typeof text !== 'string' || !text.startsWith(MARK)) return query(...given);
    const name = nameOf(text);
    return name === undefined ? query(...given) : query({ name, text, values });
  };
  client.query = keeping as typeof client.query;
}
