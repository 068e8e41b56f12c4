import { sql } from 'kysely';
import type { Writer } from './store.ts';

/** Rows for each table that facts are written to, under the names that the trigger below reads. */
export type FactRows = {
  events: readonly object[];
  streams: readonly object[];
  cases: readonly object[];
  returns: readonly object[];
  merchants: readonly object[];
  terms: Record<'case' | 'return' | 'merchant', readonly Terms[]>;
};

/** A record's search terms; `known` when older ones may be there. */
export type Terms = { id: string; terms: string; known: boolean };

/** Nothing to write, to begin from. */
export const NO_ROWS: FactRows = {
  events: [],
  streams: [],
  cases: [],
  returns: [],
  merchants: [],
  terms: { case: [], return: [], merchant: [] },
};

type Column = { name: string; field: string };

/** `fields` as `column` or `column=field of the JSON`. */
function columnsOf(fields: string): Column[] {
  return fields.split(/\s+/).map((text) => {
    const [name = text, field = name] = text.split('=');
    return { name, field };
  });
}

function insertFrom(source: string, table: string, columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ field }) => `value ->> '${field}'`).join(', ');
  return `INSERT INTO ${table} (${names}) SELECT ${values} FROM json_each(new.${source}) WHERE true`;
}

function upsertFrom(
  source: string,
  table: string,
  columns: readonly Column[],
  { key, kept = '' }: { key: string; kept?: string },
): string {
  const fixed = new Set([...key.split(' '), ...kept.split(' ')]);
  const changed = columns.filter(({ name }) => !fixed.has(name));
  const set = changed.map(({ name }) => `${name} = excluded.${name}`).join(', ');
  return `${insertFrom(source, table, columns)} ON CONFLICT (${key.replaceAll(' ', ', ')}) DO UPDATE SET ${set}`;
}

/** Search tables keep no text of their own: older terms go by row, new ones come. */
function searchFrom(kind: keyof FactRows['terms']): string[] {
  const [source, search, rows] = [`${kind}_terms`, `${kind}_search`, `${kind}_row`];
  const joined = `FROM json_each(new.${source}) AS t JOIN ${rows} AS r ON r.id = t.value ->> 'id'`;
  return [
    `DELETE FROM ${search} WHERE rowid IN (SELECT r.row ${joined} WHERE t.value ->> 'known')`,
    `INSERT INTO ${search} (rowid, terms) SELECT r.row, t.value ->> 'terms' ${joined}`,
  ];
}

const EVENT = columnsOf(
  `id stream_kind=kind stream_id=streamId type version payload actor device device_sequence=deviceSequence at
   unit_path=unitPath previous_hash=previousHash hash origin status feed_position=feedPosition
   received_at=receivedAt refusal`,
);
const STREAM = columnsOf('kind id state');
const CASE = columnsOf(
  `id number status open historical consumer_name=consumerName consumer_phone_masked=phone merchant_id=merchantId
   merchant_name=merchantName object problem amount_fen=amountFen handling_path=handlingPath
   registered_at=registeredAt registered_day=registeredDay updated_at=updatedAt due_at=dueAt deadline source
   clock_stands=clockStands assigned_to=assignedTo assigned_name=assignedName escalated closed_day=closedDay
   handled_bucket=handledBucket review call_due_at=callDueAt confirm_due_at=confirmDueAt
   notice_due_at=noticeDueAt`,
);
const RETURN = columnsOf(
  `id number status merchant_id=merchantId merchant_name=merchantName goods_name=goodsName amount_fen=amountFen
   consumer_name=consumerName verdict requested_at=requestedAt requested_day=requestedDay unit_path=unitPath
   case_id=caseId`,
);
const MERCHANT = columnsOf(
  'id name credit_code=creditCode category unit_path=unitPath phone commitments committed invented',
);

/** What a write of each kind of record does; a kind without rows costs nothing. */
const TRIGGERS: Record<string, readonly string[]> = {
  events: [insertFrom('events', 'event', EVENT)],
  streams: [upsertFrom('streams', 'stream', STREAM, { key: 'kind id' })],
  cases: [
    upsertFrom('cases', 'case_row', CASE, {
      key: 'id',
      kept: 'historical registered_at registered_day source',
    }),
    ...searchFrom('case'),
  ],
  returns: [
    upsertFrom('returns', 'return_row', RETURN, {
      key: 'id',
      kept: 'number merchant_id merchant_name goods_name amount_fen consumer_name verdict requested_at requested_day unit_path',
    }),
    ...searchFrom('return'),
  ],
  merchants: [
    upsertFrom('merchants', 'merchant_row', MERCHANT, { key: 'id', kept: 'invented' }),
    ...searchFrom('merchant'),
  ],
};

/** Terms may also be written alone, when a release finds records by more words than before. */
const TERMS: Record<string, readonly string[]> = {
  cases: ['case_terms'],
  returns: ['return_terms'],
  merchants: ['merchant_terms'],
};

/**
 * What a writing connection needs before facts can be written on it: a view whose one insert writes every table.
 * Each statement through `sqlite3` is a trip to a thread and back, which for one command costs more than the
 * statement itself; so all tables share one. Temporary, so that the tables' columns are named in one place only.
 */
export const FACT_WRITE_SCHEMA = `
  CREATE TEMP VIEW fact_write AS SELECT NULL AS events, NULL AS streams, NULL AS cases, NULL AS case_terms,
    NULL AS returns, NULL AS return_terms, NULL AS merchants, NULL AS merchant_terms;
  ${Object.entries(TRIGGERS)
    .map(
      ([source, statements]) => `CREATE TEMP TRIGGER fact_write_${source} INSTEAD OF INSERT ON fact_write
        WHEN ${[source, ...(TERMS[source] ?? [])].map((one) => `new.${one} IS NOT NULL`).join(' OR ')} BEGIN ${statements.join('; ')}; END;`,
    )
    .join('\n')}`;

/** Writes all rows in one statement; tables without rows cost next to nothing. */
export async function writeFacts(writer: Writer, rows: FactRows): Promise<void> {
  const json = (list: readonly object[]): string | null => (list.length === 0 ? null : JSON.stringify(list));
  await sql`
    INSERT INTO fact_write (events, streams, cases, case_terms, returns, return_terms, merchants, merchant_terms)
    VALUES (${json(rows.events)}, ${json(rows.streams)}, ${json(rows.cases)}, ${json(rows.terms.case)},
      ${json(rows.returns)}, ${json(rows.terms.return)}, ${json(rows.merchants)},
      ${json(rows.terms.merchant)})`.execute(writer);
}
