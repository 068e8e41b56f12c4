import { sql } from 'kysely';
import { HANDLING_KINDS, METRICS } from '../../domain/rollup/metrics.ts';
import { numberArray, textArray } from '../kernel/db/arrays.ts';
import type { Database } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { packDurations, type FamilyDurations } from './durations.ts';
import { packFigures, packKeyed, type Figures, type FiguresByKey, type Key } from './figures.ts';
import type { CellGrain } from './periods.ts';

/** A unit's day, month, or month up to a day. `version` is that of its counters: another whenever anything was added to them. */
export type Cell = { path: string; grain: CellGrain; day: string; version: string };
export type CellKey = Pick<Cell, 'grain' | 'day'>;

export const nameOf = ({ grain, day }: CellKey): string => `${grain} ${day}`;

/**
 * The packs' own form, and of how many metrics and kinds of handling time: a release with one more must neither read the figures of
 * one with fewer, whose words may be fewer, nor take what that one could not count for nothing.
 */
const FORM = `3.${METRICS.length}.${HANDLING_KINDS.length}`;

/**
 * A row's version. Everything that is added to a unit's day, or to that of a unit below it, adds to this row in the same
 * transaction, which leaves its number in `xmin`; the counters beside it guard against a dump that was put back, where such
 * numbers begin anew. In front is the packs' form: of a centre's whose form is another, nothing is made.
 */
export const VERSION = sql`concat_ws('-', ${sql.lit(FORM)}, kept.xmin, kept.registered, kept.concluded, kept.closed, kept.refused,
  kept.returns_requested, kept.returns_granted, kept.returns_refused)`;

/** Of a month up to a day: of all its days together. */
export const VERSION_OF_DAYS = sql`md5(string_agg(concat(kept.day, ' ', ${VERSION}), ' ' ORDER BY kept.day))`;

/** All that is shown of a cell. */
export type Content = {
  /** Of the unit and all below it, and of the unit itself. */
  total: Figures;
  own: Figures;
  /** Children by their paths, breakdowns by `object:…` and `problem:…`. */
  parts: FiguresByKey;
  durations: FamilyDurations;
  /** Of everything from the unit down, by their ids. */
  merchants: FiguresByKey;
};

export type Pack = { cell: Cell; content: Content };

/** Numbers for keys, given once and for ever. */
async function numberKeys(executor: QueryExecutor, packs: readonly Pack[]): Promise<(key: Key) => number> {
  const all = packs.flatMap(({ content: { parts, durations, merchants } }) => [
    ...parts.keys(),
    ...durations.children.keys(),
    ...merchants.keys(),
  ]);
  const names = [...new Set(all.filter((key) => typeof key === 'string'))].toSorted();
  await sql`
    INSERT INTO rollup_key (key)
    SELECT name FROM unnest(${textArray(names)}::text[]) AS name
    WHERE NOT EXISTS (SELECT FROM rollup_key AS known WHERE known.key = name)
    ON CONFLICT DO NOTHING`.execute(executor);
  const { rows } = await sql<{ id: number; key: string }>`
    SELECT id, key FROM rollup_key WHERE key = ANY(${textArray(names)}::text[])`.execute(executor);
  const numbers = new Map(rows.map((row) => [row.key, row.id]));
  return (key) => {
    const number = typeof key === 'number' ? key : numbers.get(key);
    if (number === undefined) throw new Error(`No number for ${key}`);
    return number;
  };
}

const placeOf = ({ cell }: Pack): string => `${cell.path} ${nameOf(cell)}`;

/** Keeps packs; each says of which version of the counters it was made, so that a late one does no harm. One of a cell is enough. */
export async function storePacks(executor: QueryExecutor, packs: readonly Pack[]): Promise<void> {
  const numberOf = await numberKeys(executor, packs);
  const numbered = <Value>(all: ReadonlyMap<Key, Value>): Map<number, Value> =>
    new Map([...all].map(([key, value]) => [numberOf(key), value]));
  const byPlace = new Map(packs.map((pack) => [placeOf(pack), pack]));
  const inOrder = [...byPlace.values()].toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const column = (bytes: (content: Content) => Buffer): string =>
    textArray(inOrder.map(({ content }) => `\\x${bytes(content).toString('hex')}`));
  await sql`
    INSERT INTO rollup_pack (circle, unit_path, grain, day, version, totals, parts, handling, merchants)
    SELECT * FROM unnest(
      ${textArray(inOrder.map(({ cell }) => circleOf(cell.path)))}::text[],
      ${textArray(inOrder.map(({ cell }) => cell.path))}::text[],
      ${textArray(inOrder.map(({ cell }) => cell.grain))}::text[],
      ${textArray(inOrder.map(({ cell }) => cell.day))}::date[],
      ${textArray(inOrder.map(({ cell }) => cell.version))}::text[],
      ${column(({ total, own }) => packFigures([total, own]))}::bytea[],
      ${column(({ parts }) => packKeyed(numbered(parts)))}::bytea[],
      ${column(({ durations }) => packDurations(durations.all, numbered(durations.children)))}::bytea[],
      ${column(({ merchants }) => packKeyed(numbered(merchants)))}::bytea[])
    ON CONFLICT (circle, unit_path, grain, day) DO UPDATE
    SET version = excluded.version, totals = excluded.totals, parts = excluded.parts, handling = excluded.handling,
      merchants = excluded.merchants`.execute(executor);
}

/** Keys by their numbers, which never change. */
export type KnownKeys = Map<number, string>;

const knownKeys = new WeakMap<Database, KnownKeys>();

/** Those that this process has met in a database. */
export function keysKnownTo(database: Database): KnownKeys {
  let known = knownKeys.get(database);
  if (!known) knownKeys.set(database, (known = new Map()));
  return known;
}

/** Tells keys by their numbers; reads those that are not known yet, and keeps them. */
export async function namesOfKeys(
  executor: QueryExecutor,
  known: KnownKeys,
  keys: readonly Key[],
): Promise<(key: Key) => string> {
  const unknown = keys.filter((key): key is number => typeof key === 'number' && !known.has(key));
  if (unknown.length > 0) {
    const { rows } = await sql<{ id: number; key: string }>`
      SELECT id, key FROM rollup_key WHERE id = ANY(${numberArray(unknown)}::int[])`.execute(executor);
    for (const { id, key } of rows) known.set(id, key);
  }
  return (key) => (typeof key === 'string' ? key : (known.get(key) ?? ''));
}
