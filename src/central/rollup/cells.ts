import { sql } from 'kysely';
import { monthOf } from '../../domain/kernel/calendar/index.ts';
import { numberArray, textArray } from '../kernel/db/arrays.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { circleOf } from '../kernel/db/circle.ts';
import type { Sign } from './figures.ts';
import { VERSION, VERSION_OF_DAYS, type Cell, type CellKey } from './packs.ts';
import type { Share } from './periods.ts';

/**
 * What a unit's days or months are read for: `here` for all that is shown; `before` (the period before) and `trend` (days of
 * what is read in one piece) for the unit's own sum; `below` for its merchants.
 */
export type Use = 'here' | 'before' | 'trend' | 'below';

/** One unit's cells in one range, to be added or taken away. */
export type CellProbe = { use: Use; path: string; share: Share };

/** A cell in which anything was counted, with what is packed of it and still true: its totals, or null; and what its use needs. */
export type CellRow = Cell & {
  use: Use;
  sign: Sign;
  totals: Buffer | null;
  parts: Buffer | null;
  handling: Buffer | null;
  merchants: Buffer | null;
};

/** True when a day or month, or a month up to a day, is over on this business day. */
export function isOver({ grain, day }: CellKey, today: string): boolean {
  return grain === 'month' ? day < monthOf(today) : day < today;
}

/** Planning it takes time, which a unit without others below it need not spend. */
const UP_TO_A_DAY = sql`
  UNION ALL
  SELECT probe.until, ${VERSION_OF_DAYS} FROM rollup_counter AS kept
  WHERE probe.grain = 'to-date' AND kept.circle = probe.circle AND kept.unit_path = probe.path AND kept.grain = 'day'
    AND kept.facet = '' AND kept.day BETWEEN probe.since AND probe.until
  HAVING count(*) > 0`;

/** Cells in one view of the database, and which revision of the units that view has. */
export async function readCells(
  executor: QueryExecutor,
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
        ${probes.some((probe) => probe.share.grain === 'to-date') ? UP_TO_A_DAY : sql``}
        OFFSET 0) AS counted
      -- Fenced: by its whole key, where the planner would go through all packs of the unit for each of its days.
      LEFT JOIN LATERAL (
        SELECT packed.* FROM rollup_pack AS packed
        WHERE packed.circle = probe.circle AND packed.unit_path = probe.path AND packed.grain = probe.grain
          AND packed.day = counted.day AND packed.version = counted.version
        OFFSET 0) AS pack ON true) AS cell ON true`.execute(executor);
  return {
    revision: rows[0]?.revision ?? 0,
    cells: rows.filter((row) => row.use !== null),
  };
}
