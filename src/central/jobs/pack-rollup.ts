import { sql } from 'kysely';
import { businessDay, shiftDay } from '../../domain/calendar/index.ts';
import { covers, parentPath } from '../../domain/org/unit.ts';
import type { Database, Work } from '../db/database.ts';
import { circleOf } from '../db/schema.ts';
import { cellsOf, isOver, type CellRow } from '../rollup/gather.ts';
import {
  addMerchants,
  countDurations,
  countMerchants,
  storePacks,
  sumMerchants,
  type MerchantFigures,
  type Pack,
} from '../rollup/packs.ts';
import { periodsBetween, type Range } from '../rollup/periods.ts';
import type { UnitCache } from '../units.ts';

/** Months of a unit packed in one go: few where much is below it, so that no view of the database is held for long. */
const MONTHS_AT_ONCE = { alone: 12, above: 1 };

export type PackOptions = {
  /** Only these units; all unless told. */
  only?: readonly string[];
  stopped?: () => boolean;
};

/**
 * Packs every day and month that is over, and those again to which something was added since; from the shops up, so that a unit
 * adds up what was packed below it. Returns how many were packed. Safe to be cut at any point.
 */
export async function packRollup(
  database: Database,
  units: UnitCache,
  now: Date,
  { only, stopped = () => false }: PackOptions = {},
): Promise<number> {
  await units.reload(database);
  const all = units.all().map((unit) => unit.path);
  const wanted = only ?? all;
  const today = businessDay(now.toISOString());
  let packed = 0;
  for (const path of wanted.toSorted((a, b) => b.split('/').length - a.split('/').length)) {
    const children = all.filter((one) => parentPath(one) === path);
    const family = { path, children, below: all.filter((one) => covers(path, one)) };
    const months = await monthsOf(database, path);
    const step = children.length === 0 ? MONTHS_AT_ONCE.alone : MONTHS_AT_ONCE.above;
    for (let start = 0; start < months.length; start += step) {
      if (stopped()) return packed;
      const [first, last] = [months[start] ?? '', months[Math.min(months.length, start + step) - 1] ?? ''];
      const ranges: Range[] = [
        { grain: 'month', from: first, to: last },
        { grain: 'day', from: first, to: shiftDay(last, 30) },
      ];
      const packs = await database
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((work) => packsOf(work, family, ranges, today));
      if (packs.length > 0) await database.transaction().execute((work) => storePacks(work, packs));
      packed += packs.length;
    }
  }
  return packed;
}

async function monthsOf(database: Database, path: string): Promise<string[]> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    SELECT min(day) AS first, max(day) AS last FROM rollup_counter
    WHERE circle = ${circleOf(path)} AND unit_path = ${path} AND grain = 'month' AND facet = ''`.execute(
    database,
  );
  const [range] = rows;
  return range?.first && range.last ? periodsBetween(range.first, range.last, 'month') : [];
}

const nameOf = ({ grain, day }: Pick<CellRow, 'grain' | 'day'>): string => `${grain} ${day}`;

async function packsOf(
  work: Work,
  { path, children, below }: { path: string; children: readonly string[]; below: readonly string[] },
  ranges: readonly Range[],
  today: string,
): Promise<Pack[]> {
  const cells = (await cellsOf(work, [path], ranges, [])).filter(
    (cell) => cell.handling === null && isOver(cell, today),
  );
  if (cells.length === 0) return [];
  const packedBelow = new Map<string, CellRow[]>();
  for (const cell of await cellsOf(work, children, ranges, children)) {
    const list = packedBelow.get(nameOf(cell));
    if (list) list.push(cell);
    else packedBelow.set(nameOf(cell), [cell]);
  }
  const whole = (cell: CellRow): boolean =>
    (packedBelow.get(nameOf(cell)) ?? []).every((one) => one.merchants !== null);
  const durationsOf = await countDurations(work, cells);
  const ownOf = await countMerchants(work, [path], cells.filter(whole));
  const allOf = await countMerchants(
    work,
    below,
    cells.filter((cell) => !whole(cell)),
  );
  return cells.map((cell) => {
    const merchants: MerchantFigures = new Map();
    if (whole(cell)) {
      sumMerchants(ownOf(cell), merchants);
      for (const one of packedBelow.get(nameOf(cell)) ?? [])
        if (one.merchants !== null) addMerchants(one.merchants, merchants);
    } else {
      sumMerchants(allOf(cell), merchants);
    }
    return { cell, durations: durationsOf(cell), merchants };
  });
}
