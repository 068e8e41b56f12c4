import { sql } from 'kysely';
import { businessDay, monthOf, nextMonth, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { covers, parentPath } from '../../domain/organisation/index.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { circleOf } from '../kernel/db/circle.ts';
import { countContent } from './count.ts';
import { createFigureSums } from './figures.ts';
import { isOver, readCells, type CellProbe, type CellRow } from './cells.ts';
import { contentOf, createSum } from './gather.ts';
import { nameOf, storePacks, type Pack } from './packs.ts';
import { periodsBetween, type Range } from './periods.ts';
import type { UnitCache } from '../kernel/units.ts';

/** Months of a unit packed in one go: few where much is below it, so that no view of the database is held for long. */
const MONTHS_AT_ONCE = { alone: 12, above: 1 };

export type PackOptions = {
  /** Only these units; all unless told. */
  only?: readonly string[];
  stopped?: () => boolean;
};

/**
 * Packs every day and month that is over, and those again to which something was added since; from the shops up, so that a unit
 * adds up what was packed below it. Of a unit with others below it also each month up to each of its days. Returns how many were
 * packed. Safe to be cut at any point.
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
    const months = await monthsOf(database, path);
    const alone = !all.some((one) => parentPath(one) === path);
    const step = alone ? MONTHS_AT_ONCE.alone : MONTHS_AT_ONCE.above;
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
        .execute((transaction) => packsOf(transaction, units, { path, ranges, today }));
      if (packs.length > 0)
        await database.transaction().execute((transaction) => storePacks(transaction, packs));
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

async function packsOf(
  transaction: Transaction,
  units: UnitCache,
  { path, ranges, today }: { path: string; ranges: readonly Range[]; today: string },
): Promise<Pack[]> {
  const probesOf = (use: CellProbe['use'], of: string): CellProbe[] =>
    ranges.map((range) => ({ use, path: of, share: { ...range, sign: 1 } }));
  // Mostly nothing is missing, which what is packed of totals tells already.
  const seen = await readCells(transaction, probesOf('before', path));
  const hasBelow = units.all().some((one) => parentPath(one.path) === path);
  const toDate = hasBelow ? await missingToDate(transaction, path, seen.cells, today) : [];
  const isMissing = (cell: CellRow): boolean => cell.totals === null && isOver(cell, today);
  if (toDate.length === 0 && !seen.cells.some(isMissing)) return [];
  const { revision, cells } = await readCells(transaction, probesOf('here', path));
  const wanted = cells.filter(isMissing);
  // A unit that came meanwhile and is not known here would be missing in the packs.
  await units.keepUnits(revision, transaction);
  const below = units.all().flatMap((one) => (covers(path, one.path) ? [one.path] : []));
  const children = below.filter((one) => parentPath(one) === path);
  const packedBelow = new Map<string, CellRow[]>();
  const belowCells =
    children.length > 0 && wanted.length > 0
      ? (
          await readCells(
            transaction,
            children.flatMap((child) => probesOf('below', child)),
          )
        ).cells
      : [];
  for (const cell of belowCells) {
    const list = packedBelow.get(nameOf(cell));
    if (list) list.push(cell);
    else packedBelow.set(nameOf(cell), [cell]);
  }
  const rowsBelow = (cell: CellRow): CellRow[] => packedBelow.get(nameOf(cell)) ?? [];
  const whole = (cell: CellRow): boolean => rowsBelow(cell).every((one) => one.merchants !== null);
  const ownOf = await countContent(transaction, { path, children, below: [path] }, wanted.filter(whole));
  const allOf = await countContent(
    transaction,
    { path, children, below },
    wanted.filter((cell) => !whole(cell)),
  );
  const packs = wanted.map((cell): Pack => {
    if (!whole(cell)) return { cell, content: allOf(cell) };
    const content = ownOf(cell);
    const merchants = createFigureSums();
    for (const [key, figures] of content.merchants) merchants.add(key, figures);
    for (const { merchants: packed } of rowsBelow(cell)) if (packed !== null) merchants.addPacked(packed);
    return { cell, content: { ...content, merchants: merchants.all() } };
  });
  return [...packs, ...packToDate(toDate, cells, packs)];
}

/** Months up to each day that is over and not the month's last, from the first on which anything was counted, as far as they are not packed. */
async function missingToDate(
  transaction: Transaction,
  path: string,
  cells: readonly CellRow[],
  today: string,
): Promise<CellRow[]> {
  const months = new Set(cells.flatMap((cell) => (cell.grain === 'month' ? [cell.day] : [])));
  const probes = [...months].flatMap((month) => {
    const end = shiftDay(nextMonth(month), -2);
    const last = end < today ? end : shiftDay(today, -1);
    if (last < month) return [];
    return periodsBetween(month, last, 'day').map((day): CellProbe => ({
      // Only whether it is packed: that is told by its totals.
      use: 'before',
      path,
      share: { grain: 'to-date', from: month, to: day, sign: 1 },
    }));
  });
  const { cells: found } = await readCells(transaction, probes);
  return found.filter((cell) => cell.totals === null);
}

/** Each is the one of the day before and that day, of which every one is in `cells`, packed, or in `packs`. */
function packToDate(wanted: readonly CellRow[], cells: readonly CellRow[], packs: readonly Pack[]): Pack[] {
  const madeOf = new Map(packs.map((pack) => [nameOf(pack.cell), pack.content]));
  const made: Pack[] = [];
  for (const [month, ofMonth] of Map.groupBy(wanted, (cell) => monthOf(cell.day))) {
    const days = cells
      .filter((cell) => cell.grain === 'day' && monthOf(cell.day) === month)
      .toSorted((a, b) => (a.day < b.day ? -1 : 1));
    const sum = createSum('day');
    let added = 0;
    for (const cell of ofMonth.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
      for (let day = days[added]; day !== undefined && day.day <= cell.day; day = days[added]) {
        const content = madeOf.get(nameOf(day));
        if (content) sum.addContent(day, content);
        else sum.addPacked(day);
        added += 1;
      }
      made.push({ cell, content: contentOf(sum.gathered) });
    }
  }
  return made;
}
