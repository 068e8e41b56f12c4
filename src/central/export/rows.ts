import { sql } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { METRICS } from '../../domain/rollup/index.ts';
import type { Database } from '../kernel/db/database.ts';
import { JOIN_KEY } from '../kernel/keys/record-keys.ts';
import { EVENT_COLUMNS, EVENT_TEXTS, openedOf, type LoggedEvent } from '../kernel/db/logged-event.ts';
import { columnOf } from '../kernel/db/metric-columns.ts';

/** What to take out: of a unit and all below it, on days of Asia/Shanghai from and to, both included. */
export type ExportScope = { unitPath: string; from: string | null; to: string | null };

/** One line of an export: a flat row, so that it is the same as NDJSON and as a sheet. */
export type ExportRow = Record<string, string | number | null>;

const PAGE = 2_000;

type LogRow = LoggedEvent & {
  position: number;
  status: string;
  refusal: string | null;
  received_at: Date;
};

export const FACT_COLUMNS = [
  'position',
  'receivedAt',
  'day',
  'at',
  'unitPath',
  'streamKind',
  'streamId',
  'type',
  'version',
  'status',
  'rule',
  'staffId',
  'staffName',
  'role',
  'device',
  'deviceSequence',
  'id',
  'payload',
] as const;

/** Codes, days, instants, paths, ids and hashes: nothing that a person typed or is called. */
const SAFE = [
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/,
  /^(\/[A-Za-z0-9._-]{1,40}){1,12}$/,
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^[0-9a-f]{64}$/,
];

/** A copy with `…` for every text that is not surely a code: numbers, days and codes are what figures are made of. */
function codesOnly(value: unknown): unknown {
  if (typeof value === 'string') return SAFE.some((form) => form.test(value)) ? value : '…';
  if (Array.isArray(value)) return value.map(codesOnly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, codesOnly(one)]));
}

/** A row's content; password hashes leave the centre for their own workstations only, whoever asks. */
function payloadOf(row: LogRow, masked: boolean): string {
  const { payload } = openedOf(row);
  const kept =
    typeof payload === 'object' && payload !== null && 'passwordHash' in payload
      ? { ...payload, passwordHash: undefined }
      : payload;
  return JSON.stringify(masked ? codesOnly(kept) : kept);
}

/** Facts by the centre's order, page by page; texts and names left out where `masked`. */
export async function* factRows(
  database: Database,
  { unitPath, from, to }: ExportScope,
  masked: boolean,
): AsyncGenerator<ExportRow> {
  let after = 0;
  for (;;) {
    const { rows } = await sql<LogRow>`
      SELECT ${EVENT_COLUMNS}, ${EVENT_TEXTS}, event.position, event.status, event.refusal, event.received_at FROM event ${JOIN_KEY}
      WHERE position > ${after} AND (event.unit_path = ${unitPath} OR starts_with(event.unit_path, ${`${unitPath}/`}))
        AND (${from}::date IS NULL OR (received_at AT TIME ZONE 'Asia/Shanghai')::date >= ${from}::date)
        AND (${to}::date IS NULL OR (received_at AT TIME ZONE 'Asia/Shanghai')::date <= ${to}::date)
      ORDER BY position LIMIT ${PAGE}`.execute(database);
    for (const row of rows) {
      const actor = JSON.parse(row.actor) as { staffId: string; name: string; role: string };
      yield {
        position: row.position,
        receivedAt: row.received_at.toISOString(),
        day: businessDay(row.received_at.toISOString()),
        at: row.at,
        unitPath: row.unit_path,
        streamKind: row.stream_kind,
        streamId: row.stream_id,
        type: row.type,
        version: row.version,
        status: row.status,
        rule: row.refusal === null ? null : (JSON.parse(row.refusal) as { rule: string }).rule,
        staffId: actor.staffId,
        staffName: masked ? '…' : actor.name,
        role: actor.role,
        device: row.device,
        deviceSequence: row.device_sequence,
        id: row.id,
        payload: payloadOf(row, masked),
      };
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
  }
}

export const ROLLUP_COLUMNS = [
  'unitPath',
  'unitName',
  'level',
  'day',
  ...METRICS.flatMap((metric) => [metric, `own-${metric}`]),
] as const;

const COUNTERS = sql.join(
  METRICS.flatMap((metric) => [columnOf(metric), `own_${columnOf(metric)}`]).map((name) =>
    sql.ref(`counter.${name}`),
  ),
);

/** The roll-up by unit and day: each metric of the unit with all below it, and of the unit alone. */
export async function* rollupRows(
  database: Database,
  { unitPath, from, to }: ExportScope,
): AsyncGenerator<ExportRow> {
  type Row = { unit_path: string; name: string; level: number; day: string } & Record<string, number | null>;
  let after: [string, string] = ['', '0001-01-01'];
  for (;;) {
    const { rows } = await sql<Row>`
      SELECT counter.unit_path, counter.day, unit.name, unit.level, ${COUNTERS} FROM rollup_counter AS counter
      JOIN unit ON unit.path = counter.unit_path
      WHERE grain = 'day' AND facet = '' AND (unit_path, day) > (${after[0]}, ${after[1]}::date)
        AND (unit_path = ${unitPath} OR starts_with(unit_path, ${`${unitPath}/`}))
        AND (${from}::date IS NULL OR day >= ${from}::date) AND (${to}::date IS NULL OR day <= ${to}::date)
      ORDER BY unit_path, day LIMIT ${PAGE}`.execute(database);
    for (const row of rows) {
      const line: ExportRow = {
        unitPath: row.unit_path,
        unitName: row.name,
        level: row.level,
        day: row.day,
      };
      for (const metric of METRICS) {
        line[metric] = row[columnOf(metric)] ?? 0;
        line[`own-${metric}`] = row[`own_${columnOf(metric)}`] ?? 0;
      }
      yield line;
    }
    const last = rows.at(-1);
    if (!last) return;
    after = [last.unit_path, last.day];
  }
}
