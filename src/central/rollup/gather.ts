import { monthOf } from '../../domain/kernel/calendar/index.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { isOver, readCells, type CellRow } from './cells.ts';
import { countContent, countTotals, type Family } from './count.ts';
import { addDurations, addPackedDurations, noFamilyDurations, type FamilyDurations } from './durations.ts';
import {
  addFigures,
  addTo,
  createFigureSums,
  noFigures,
  type Figures,
  type FigureSums,
  type Sign,
} from './figures.ts';
import type { Content, Pack } from './packs.ts';
import type { Grain } from './sum.ts';

/** A unit's period, added up. */
export type Gathered = {
  total: Figures;
  own: Figures;
  before: Figures;
  /** By month (`2026-03`) or by day; in some of them nothing may be left. */
  trend: Map<string, Figures>;
  parts: FigureSums;
  merchants: FigureSums;
  durations: FamilyDurations;
};

type Added = Pick<CellRow, 'use' | 'sign' | 'day' | 'grain'>;

export type Sum = {
  gathered: Gathered;
  addTotals(cell: Added, total: Figures, own: Figures): void;
  /** What is packed of a cell; nothing where nothing is. */
  addPacked(cell: CellRow): void;
  addContent(cell: Added, content: Content): void;
};

export function createSum(trendGrain: Grain): Sum {
  const gathered: Gathered = {
    total: noFigures(),
    own: noFigures(),
    before: noFigures(),
    trend: new Map(),
    parts: createFigureSums(),
    merchants: createFigureSums(),
    durations: noFamilyDurations(),
  };
  const addToTrend = (day: string, total: Figures, sign: Sign): void => {
    const period = trendGrain === 'month' ? day.slice(0, 7) : day;
    let figures = gathered.trend.get(period);
    if (!figures) gathered.trend.set(period, (figures = noFigures()));
    addTo(figures, total, sign);
  };
  const addTotals: Sum['addTotals'] = ({ use, sign, day, grain }, total, own) => {
    if (use === 'before') return addTo(gathered.before, total, sign);
    // What is read as one row of several days is as many of a daily trend, which have no day that is taken away.
    if (trendGrain === 'month' || (grain === 'day' && sign === 1)) addToTrend(day, total, sign);
    if (use === 'trend') return;
    addTo(gathered.total, total, sign);
    addTo(gathered.own, own, sign);
  };
  const [total, own] = [noFigures(), noFigures()];
  return {
    gathered,
    addTotals,
    addPacked: (cell) => {
      if (cell.totals === null) return;
      total.fill(0);
      own.fill(0);
      addFigures(cell.totals, [total, own]);
      addTotals(cell, total, own);
      if (cell.parts !== null) gathered.parts.addPacked(cell.parts, cell.sign);
      if (cell.handling !== null) addPackedDurations(cell.handling, gathered.durations, cell.sign);
      if (cell.merchants !== null) gathered.merchants.addPacked(cell.merchants, cell.sign);
    },
    addContent: (cell, content) => {
      addTotals(cell, content.total, content.own);
      for (const [key, figures] of content.parts) gathered.parts.add(key, figures, cell.sign);
      for (const [key, figures] of content.merchants) gathered.merchants.add(key, figures, cell.sign);
      addDurations(content.durations, gathered.durations, cell.sign);
    },
  };
}

/** All that was added up, as one cell holds it. */
export function contentOf({ total, own, parts, merchants, durations }: Gathered): Content {
  const copy = noFamilyDurations();
  addDurations(durations, copy, 1);
  return {
    total: total.slice(),
    own: own.slice(),
    parts: parts.all(),
    merchants: merchants.all(),
    durations: copy,
  };
}

/**
 * The sum of cells, of which those that are not packed are counted; and what was counted anew and will not change of itself, to be
 * kept for the next who asks.
 */
export async function sumOf(
  executor: QueryExecutor,
  family: Family,
  cells: readonly CellRow[],
  { trendGrain, today }: { trendGrain: Grain; today: string },
): Promise<{ gathered: Gathered; packs: Pack[] }> {
  const sum = createSum(trendGrain);
  for (const cell of cells) sum.addPacked(cell);
  const missing = cells.filter((cell) => cell.totals === null);
  const counted = missing.filter((cell) => cell.grain !== 'to-date');
  const here = counted.filter((cell) => cell.use === 'here');
  const beside = counted.filter((cell) => cell.use !== 'here');
  const totalsOf = await countTotals(executor, family.path, beside);
  for (const cell of beside) {
    const { total, own } = totalsOf(cell);
    sum.addTotals(cell, total, own);
  }
  const counts = await countContent(executor, family, here);
  const packs: Pack[] = [];
  const add = (cell: CellRow, content: Content): void => {
    sum.addContent(cell, content);
    if (isOver(cell, today)) packs.push({ cell, content });
  };
  for (const cell of here) add(cell, counts(cell));
  for (const cell of missing.filter((one) => one.grain === 'to-date')) {
    const { path, use, day } = cell;
    const days = { grain: 'day' as const, from: monthOf(day), to: day, sign: 1 as const };
    const read = await readCells(executor, [{ use, path, share: days }]);
    const ofDays = await sumOf(executor, family, read.cells, { trendGrain: 'day', today });
    packs.push(...ofDays.packs);
    if (use === 'here') add(cell, contentOf(ofDays.gathered));
    else sum.addTotals(cell, ofDays.gathered.before, noFigures());
  }
  return { gathered: sum.gathered, packs };
}
