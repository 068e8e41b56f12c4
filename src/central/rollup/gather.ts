import { sql } from 'kysely';
import { numberArray, textArray } from '../db/arrays.ts';
import type { Sender } from '../db/pipeline.ts';
import { circleOf } from '../db/schema.ts';
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
import { VERSION, type Cell, type CellKey, type Pack } from './packs.ts';
import { monthOf, type Grain } from './sum.ts';
import type { Share } from './periods.ts';

/**
 * What a unit's days or months are read for: `here` for all that is shown; `before` (the period before) and `trend` (days of months
 * that are read as months) for the unit's own sum; `below` for its merchants.
 */
export type Use = 'here' | 'before' | 'trend' | 'below';

/** The days or months of one unit in one range, to be added or taken away. */
export type CellProbe = { use: Use; path: string; share: Share };

/** A day or month in which anything was counted, with what is packed of it and still true: its totals, or null; and what its use needs. */
export type CellRow = Cell & {
  use: Use;
  sign: Sign;
  totals: Buffer | null;
  parts: Buffer | null;
  handling: Buffer | null;
  merchants: Buffer | null;
};

/** True when a day or month is over on this business day. */
export function isOver({ grain, day }: CellKey, today: string): boolean {
  return grain === 'day' ? day < today : day < monthOf(today);
}

/** Days and months in one view of the database, and which revision of the units that view has. */
export async function readCells(
  sender: Sender,
  probes: readonly CellProbe[],
): Promise<{ revision: number; cells: CellRow[] }> {
  const { rows } = await sql<{ revision: number } & (CellRow | { use: null })>`
    SELECT view.revision, cell.* FROM (SELECT units_revision() AS revision) AS view
    LEFT JOIN (
      SELECT probe.use, probe.sign, probe.path, probe.grain, counted.day, counted.version, pack.totals,
        CASE WHEN probe.use = 'here' THEN pack.parts END AS parts,
        CASE WHEN probe.use = 'here' THEN pack.handling END AS handling,
        CASE WHEN probe.use IN ('here', 'below') THEN pack.merchants END AS merchants
      FROM unnest(
        ${textArray(probes.map((probe) => probe.use))}::text[],
        ${numberArray(probes.map((probe) => probe.share.sign))}::int[],
        ${textArray(probes.map((probe) => circleOf(probe.path)))}::text[],
        ${textArray(probes.map((probe) => probe.path))}::text[],
        ${textArray(probes.map((probe) => probe.share.grain))}::text[],
        ${textArray(probes.map((probe) => probe.share.from))}::date[],
        ${textArray(probes.map((probe) => probe.share.to))}::date[]) AS probe (use, sign, circle, path, grain, since, until)
      -- Fenced: each is an index range; left to itself the planner reads the whole table.
      CROSS JOIN LATERAL (
        SELECT kept.day, ${VERSION} AS version FROM rollup_counter AS kept
        WHERE kept.circle = probe.circle AND kept.unit_path = probe.path AND kept.grain = probe.grain
          AND kept.facet = '' AND kept.day BETWEEN probe.since AND probe.until
        OFFSET 0) AS counted
      -- Fenced: by its whole key, where the planner would go through all packs of the unit for each of its days.
      LEFT JOIN LATERAL (
        SELECT packed.* FROM rollup_pack AS packed
        WHERE packed.circle = probe.circle AND packed.unit_path = probe.path AND packed.grain = probe.grain
          AND packed.day = counted.day AND packed.version = counted.version
        OFFSET 0) AS pack ON true) AS cell ON true`.execute(sender);
  return {
    revision: rows[0]?.revision ?? 0,
    cells: rows.filter((row) => row.use !== null),
  };
}

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

type Sum = {
  gathered: Gathered;
  addTotals(row: Pick<CellRow, 'use' | 'sign' | 'day' | 'grain'>, total: Figures, own: Figures): void;
};

function createSum(trendGrain: Grain): Sum {
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
  return {
    gathered,
    addTotals: ({ use, sign, day, grain }, total, own) => {
      if (use === 'before') return addTo(gathered.before, total, sign);
      // A month that is one row of the sum is many of a daily trend, which have no day that is taken away.
      if (trendGrain === 'month' || (grain === 'day' && sign === 1)) addToTrend(day, total, sign);
      if (use === 'trend') return;
      addTo(gathered.total, total, sign);
      addTo(gathered.own, own, sign);
    },
  };
}

function addPacked(cells: readonly CellRow[], { gathered, addTotals }: Sum): void {
  const [total, own] = [noFigures(), noFigures()];
  for (const cell of cells) {
    if (cell.totals === null) continue;
    total.fill(0);
    own.fill(0);
    addFigures(cell.totals, [total, own]);
    addTotals(cell, total, own);
    if (cell.parts !== null) gathered.parts.addPacked(cell.parts, cell.sign);
    if (cell.handling !== null) addPackedDurations(cell.handling, gathered.durations, cell.sign);
    if (cell.merchants !== null) gathered.merchants.addPacked(cell.merchants, cell.sign);
  }
}

/**
 * The sum of cells, of which those that are not packed are counted; and what was counted anew and will not change of itself, to be
 * kept for the next who asks.
 */
export async function sumOf(
  sender: Sender,
  family: Family,
  cells: readonly CellRow[],
  { trendGrain, today }: { trendGrain: Grain; today: string },
): Promise<{ gathered: Gathered; packs: Pack[] }> {
  const sum = createSum(trendGrain);
  const { gathered } = sum;
  addPacked(cells, sum);
  const missing = cells.filter((cell) => cell.totals === null);
  const here = missing.filter((cell) => cell.use === 'here');
  const beside = missing.filter((cell) => cell.use !== 'here');
  const totalsOf = await countTotals(sender, family.path, beside);
  for (const cell of beside) {
    const { total, own } = totalsOf(cell);
    sum.addTotals(cell, total, own);
  }
  const contentOf = await countContent(sender, family, here);
  const packs: Pack[] = [];
  for (const cell of here) {
    const content = contentOf(cell);
    sum.addTotals(cell, content.total, content.own);
    for (const [key, figures] of content.parts) gathered.parts.add(key, figures, cell.sign);
    for (const [key, figures] of content.merchants) gathered.merchants.add(key, figures, cell.sign);
    addDurations(content.durations, gathered.durations, cell.sign);
    if (isOver(cell, today)) packs.push({ cell, content });
  }
  return { gathered, packs };
}
