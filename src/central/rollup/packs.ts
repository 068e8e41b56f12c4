import { sql } from 'kysely';
import { METRICS, type HandlingKind } from '../../domain/rollup/metrics.ts';
import { numberArray, textArray } from '../db/arrays.ts';
import type { Work } from '../db/database.ts';
import { circleOf } from '../db/schema.ts';
import { KEPT_WHERE_IT_HAPPENED, type Grain } from './sum.ts';
import { eachNumber, packNumbers } from './varint.ts';
import { columnOf } from './write.ts';

/** A unit's day or month. `version` is that of its counters: another whenever anything was added to them. */
export type Cell = { path: string; grain: Grain; day: string; version: string };

const KINDS: readonly HandlingKind[] = ['case', 'return'];

/** Counts by kind and bucket. */
export type Durations = Record<HandlingKind, Map<number, number>>;

export function noDurations(): Durations {
  return { case: new Map(), return: new Map() };
}

/**
 * A row's version. Everything that is added to a unit's day adds to this row in the same transaction, which leaves its number
 * in `xmin`; the counters beside it guard against a dump that was put back, where such numbers begin anew.
 */
export const VERSION = sql`concat_ws('-', kept.xmin, kept.registered, kept.concluded, kept.closed, kept.refused,
  kept.returns_requested, kept.returns_granted, kept.returns_refused)`;

/** Figures of one merchant, in the order of `METRICS`. */
export type Figures = Float64Array;

/** Figures by the merchant's number, or by its own id while it has none. */
export type MerchantFigures = Map<number | string, Figures>;

function figuresIn(all: MerchantFigures, key: number | string): Figures {
  let figures = all.get(key);
  if (!figures) all.set(key, (figures = new Float64Array(METRICS.length)));
  return figures;
}

export function packDurations(durations: Durations): Buffer {
  return packNumbers(
    KINDS.flatMap((kind) => [
      durations[kind].size,
      ...[...durations[kind]].flatMap(([bucket, count]) => [bucket, count]),
    ]),
  );
}

/** Adds what a pack holds. */
export function addDurations(bytes: Uint8Array, to: Durations): void {
  const numbers: number[] = [];
  eachNumber(bytes, (value) => numbers.push(value));
  let at = 0;
  for (const kind of KINDS) {
    const end = at + 1 + 2 * (numbers[at] ?? 0);
    for (at += 1; at < end; at += 2) {
      const bucket = numbers[at] ?? 0;
      to[kind].set(bucket, (to[kind].get(bucket) ?? 0) + (numbers[at + 1] ?? 0));
    }
  }
}

/** Each merchant: its number, which metrics follow as a bit mask, their values. */
export function packMerchants(all: ReadonlyMap<number, Figures>): Buffer {
  const numbers: number[] = [];
  for (const [id, figures] of all) {
    let mask = 0;
    for (let index = METRICS.length - 1; index >= 0; index -= 1)
      mask = mask * 2 + ((figures[index] ?? 0) > 0 ? 1 : 0);
    numbers.push(id, mask, ...figures.filter((value) => value > 0));
  }
  return packNumbers(numbers);
}

/** Adds what a pack holds. */
export function addMerchants(bytes: Uint8Array, to: MerchantFigures): void {
  let id: number | null = null;
  let mask = 0;
  let index = 0;
  let figures: Figures | null = null;
  eachNumber(bytes, (value) => {
    if (id === null) {
      id = value;
      return;
    }
    if (figures === null) {
      figures = figuresIn(to, id);
      mask = value;
      index = 0;
    } else {
      figures[index] = (figures[index] ?? 0) + value;
      index += 1;
      mask >>>= 1;
    }
    while (mask !== 0 && (mask & 1) === 0) {
      mask >>>= 1;
      index += 1;
    }
    if (mask === 0) {
      id = null;
      figures = null;
    }
  });
}

type CellKey = Pick<Cell, 'grain' | 'day'>;
const nameOf = ({ grain, day }: CellKey): string => `${grain} ${day}`;

function cellTable(cells: readonly CellKey[]) {
  return sql`unnest(${textArray(cells.map((cell) => cell.grain))}::text[],
    ${textArray(cells.map((cell) => cell.day))}::date[]) AS cell (grain, day)`;
}

/** Durations of cells straight from the counters, by path and cell. */
export async function countDurations(work: Work, cells: readonly Cell[]): Promise<(cell: Cell) => Durations> {
  const found = new Map<string, Durations>();
  if (cells.length > 0) {
    type Row = { path: string; grain: Grain; day: string; kind: HandlingKind; bucket: number; total: number };
    const { rows } = await sql<Row>`
      SELECT kept.unit_path AS path, kept.grain, kept.day, kept.kind, kept.bucket, kept.total
      FROM unnest(${textArray(cells.map((cell) => circleOf(cell.path)))}::text[],
        ${textArray(cells.map((cell) => cell.path))}::text[], ${textArray(cells.map((cell) => cell.grain))}::text[],
        ${textArray(cells.map((cell) => cell.day))}::date[]) AS cell (circle, path, grain, day)
      CROSS JOIN LATERAL (
        SELECT * FROM rollup_handling AS one WHERE one.circle = cell.circle AND one.unit_path = cell.path
          AND one.grain = cell.grain AND one.kind = ANY(ARRAY['case', 'return']) AND one.day = cell.day OFFSET 0) AS kept`.execute(
      work,
    );
    for (const row of rows) {
      const name = `${row.path} ${nameOf(row)}`;
      let durations = found.get(name);
      if (!durations) found.set(name, (durations = noDurations()));
      durations[row.kind].set(row.bucket, (durations[row.kind].get(row.bucket) ?? 0) + row.total);
    }
  }
  return (cell) => found.get(`${cell.path} ${nameOf(cell)}`) ?? noDurations();
}

const SUMS = sql.join(
  METRICS.map((metric) => sql`coalesce(sum(${sql.ref(`kept.${columnOf(metric)}`)}), 0)::bigint`),
);

/** Merchants' figures of cells straight from the counters of all units below, by cell. */
export async function countMerchants(
  work: Work,
  below: readonly string[],
  cells: readonly CellKey[],
): Promise<(cell: CellKey) => MerchantFigures> {
  const found = new Map<string, MerchantFigures>();
  if (cells.length > 0) {
    type Row = { grain: Grain; day: string; key: string; id: number | null; figures: (number | string)[] };
    const { rows } = await sql<Row>`
      SELECT cell.grain, cell.day, kept.key, min(rollup_key.id) AS id, json_build_array(${SUMS}) AS figures
      FROM unnest(${textArray(below.map(circleOf))}::text[], ${textArray([...below])}::text[]) AS unit (circle, path)
      CROSS JOIN ${cellTable(cells)}
      CROSS JOIN LATERAL (
        SELECT * FROM rollup_counter AS one WHERE one.circle = unit.circle AND one.unit_path = unit.path
          AND one.grain = cell.grain AND one.facet = ${KEPT_WHERE_IT_HAPPENED} AND one.day = cell.day OFFSET 0) AS kept
      LEFT JOIN rollup_key ON rollup_key.key = kept.key
      GROUP BY 1, 2, 3`.execute(work);
    for (const row of rows) {
      let merchants = found.get(nameOf(row));
      if (!merchants) found.set(nameOf(row), (merchants = new Map()));
      merchants.set(row.id ?? row.key, Float64Array.from(row.figures, Number));
    }
  }
  return (cell) => found.get(nameOf(cell)) ?? new Map<number | string, Figures>();
}

/** Adds counts to counts. */
export function sumDurations(from: Durations, to: Durations): void {
  for (const kind of KINDS)
    for (const [bucket, count] of from[kind]) to[kind].set(bucket, (to[kind].get(bucket) ?? 0) + count);
}

/** Adds figures to figures. */
export function sumMerchants(from: MerchantFigures, to: MerchantFigures): void {
  for (const [key, figures] of from) {
    const sum = figuresIn(to, key);
    for (let index = 0; index < figures.length; index += 1)
      sum[index] = (sum[index] ?? 0) + (figures[index] ?? 0);
  }
}

export type Pack = { cell: Cell; durations: Durations; merchants: MerchantFigures };

/** Keeps packs; each says of which version of the counters it was made, so that a late one does no harm. */
export async function storePacks(work: Work, packs: readonly Pack[]): Promise<void> {
  const names = [
    ...new Set(
      packs.flatMap(({ merchants }) => [...merchants.keys()].filter((key) => typeof key === 'string')),
    ),
  ].toSorted();
  await sql`
    INSERT INTO rollup_key (key) SELECT * FROM unnest(${textArray(names)}::text[]) ON CONFLICT DO NOTHING`.execute(
    work,
  );
  const { rows } = await sql<{ id: number; key: string }>`
    SELECT id, key FROM rollup_key WHERE key = ANY(${textArray(names)}::text[])`.execute(work);
  const ids = new Map(rows.map((row) => [row.key, row.id]));
  const numbered = ({ merchants }: Pack): Map<number, Figures> =>
    new Map(
      [...merchants].flatMap(([key, figures]) => {
        const id = typeof key === 'number' ? key : ids.get(key);
        return id === undefined ? [] : [[id, figures]];
      }),
    );
  const inOrder = packs.toSorted((a, b) =>
    `${a.cell.path} ${nameOf(a.cell)}` < `${b.cell.path} ${nameOf(b.cell)}` ? -1 : 1,
  );
  const bytea = (buffer: Buffer): string => `\\x${buffer.toString('hex')}`;
  await sql`
    INSERT INTO rollup_pack (circle, unit_path, grain, day, version, handling, merchants)
    SELECT * FROM unnest(
      ${textArray(inOrder.map(({ cell }) => circleOf(cell.path)))}::text[],
      ${textArray(inOrder.map(({ cell }) => cell.path))}::text[],
      ${textArray(inOrder.map(({ cell }) => cell.grain))}::text[],
      ${textArray(inOrder.map(({ cell }) => cell.day))}::date[],
      ${textArray(inOrder.map(({ cell }) => cell.version))}::text[],
      ${textArray(inOrder.map(({ durations }) => bytea(packDurations(durations))))}::bytea[],
      ${textArray(inOrder.map((pack) => bytea(packMerchants(numbered(pack)))))}::bytea[])
    ON CONFLICT (circle, unit_path, grain, day) DO UPDATE
    SET version = excluded.version, handling = excluded.handling, merchants = excluded.merchants`.execute(
    work,
  );
}

/** Ids of merchants by their numbers. */
export async function namesOfKeys(work: Work, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; key: string }>`
    SELECT id, key FROM rollup_key WHERE id = ANY(${numberArray(ids)}::int[])`.execute(work);
  return new Map(rows.map((row) => [row.id, row.key]));
}
