import { sql } from 'kysely';
import type { HandlingTime } from '../../contract/rollup.ts';
import {
  METRICS,
  quantileDays,
  zeroTotals,
  type HandlingKind,
  type Totals,
} from '../../domain/rollup/metrics.ts';
import { textArray } from '../db/arrays.ts';
import type { Work } from '../db/database.ts';
import {
  addDurations,
  addMerchants,
  countDurations,
  countMerchants,
  namesOfKeys,
  noDurations,
  sumDurations,
  sumMerchants,
  VERSION,
  type Cell,
  type Durations,
  type MerchantFigures,
  type Pack,
} from './packs.ts';
import type { Range } from './periods.ts';
import { probesOf, probeTable } from './queries.ts';
import { monthOf } from './sum.ts';

/** A unit, those right below it, and everything from itself down. */
export type Below = { path: string; children: readonly string[]; below: readonly string[] };

export type Gathered = {
  /** Of the unit (its own path) or one of its children. */
  handlingOf: (path: string, kind: HandlingKind) => HandlingTime;
  merchants: MerchantFigures;
  /** What was counted anew and will not change of itself: to be kept for the next who asks. */
  packs: Pack[];
};

export type CellRow = Cell & { handling: Buffer | null; merchants: Buffer | null };

function timeOf(counts: ReadonlyMap<number, number>): HandlingTime {
  const histogram = [...counts].map(([bucket, count]) => ({ bucket, count }));
  return {
    count: histogram.reduce((sum, one) => sum + one.count, 0),
    medianDays: quantileDays(histogram, 0.5),
    p90Days: quantileDays(histogram, 0.9),
  };
}

/** True when a day or month is over on this business day. */
export function isOver({ grain, day }: Pick<Cell, 'grain' | 'day'>, today: string): boolean {
  return grain === 'day' ? day < today : day < monthOf(today);
}

/** The days and months of units in which anything was counted, with what is packed of them and still true. */
export async function cellsOf(
  work: Work,
  paths: readonly string[],
  ranges: readonly Range[],
  merchantsOf: readonly string[],
): Promise<CellRow[]> {
  if (paths.length === 0) return [];
  const { rows } = await sql<CellRow>`
    SELECT probe.path, probe.grain, counted.day, counted.version, pack.handling,
      CASE WHEN probe.path = ANY(${textArray(merchantsOf)}::text[]) THEN pack.merchants END AS merchants
    FROM ${probeTable(paths.flatMap((path) => probesOf(path, path, ranges)))}
    CROSS JOIN LATERAL (
      SELECT kept.day, ${VERSION} AS version FROM rollup_counter AS kept
      WHERE kept.circle = probe.circle AND kept.unit_path = probe.path AND kept.grain = probe.grain
        AND kept.facet = '' AND kept.day BETWEEN probe.since AND probe.until
      OFFSET 0) AS counted
    LEFT JOIN rollup_pack AS pack ON pack.circle = probe.circle AND pack.unit_path = probe.path
      AND pack.grain = probe.grain AND pack.day = counted.day AND pack.version = counted.version`.execute(
    work,
  );
  return rows;
}

/**
 * Handling times of a unit and its children and merchants of everything below it, over the ranges: packed where a day or month is
 * over, counted where it is not, or nobody has asked yet.
 */
export async function gather(
  work: Work,
  { path, children, below }: Below,
  ranges: readonly Range[],
  today: string,
): Promise<Gathered> {
  const cells = await cellsOf(work, [path, ...children], ranges, [path]);
  const missing = cells.filter((cell) => cell.handling === null);
  const durationsOf = await countDurations(work, missing);
  const merchantsOf = await countMerchants(
    work,
    below,
    missing.filter((cell) => cell.path === path),
  );
  const durations = new Map<string, Durations>();
  const merchants: MerchantFigures = new Map();
  for (const cell of cells) {
    let sum = durations.get(cell.path);
    if (!sum) durations.set(cell.path, (sum = noDurations()));
    if (cell.handling !== null) addDurations(cell.handling, sum);
    if (cell.merchants !== null) addMerchants(cell.merchants, merchants);
  }
  const packs: Pack[] = [];
  for (const cell of missing) {
    const counted = durationsOf(cell);
    const sum = durations.get(cell.path) ?? noDurations();
    sumDurations(counted, sum);
    if (cell.path !== path) continue;
    const gathered = merchantsOf(cell);
    sumMerchants(gathered, merchants);
    if (isOver(cell, today)) packs.push({ cell, durations: counted, merchants: gathered });
  }
  return {
    handlingOf: (of, kind) => timeOf((durations.get(of) ?? noDurations())[kind]),
    merchants,
    packs,
  };
}

/** The merchants with most registrations, then with most returns, by their ids. */
export async function mostMerchants(
  work: Work,
  all: MerchantFigures,
  count: number,
  known: Map<number, string>,
): Promise<{ merchantId: string; totals: Totals }[]> {
  const unknown = [...all.keys()].filter((key): key is number => typeof key === 'number' && !known.has(key));
  if (unknown.length > 0) for (const [id, key] of await namesOfKeys(work, unknown)) known.set(id, key);
  const [registered, returns] = [METRICS.indexOf('registered'), METRICS.indexOf('returns-requested')];
  return [...all]
    .map(([key, figures]) => ({ id: typeof key === 'number' ? (known.get(key) ?? '') : key, figures }))
    .toSorted(
      (a, b) =>
        (b.figures[registered] ?? 0) - (a.figures[registered] ?? 0) ||
        (b.figures[returns] ?? 0) - (a.figures[returns] ?? 0) ||
        (a.id < b.id ? -1 : 1),
    )
    .slice(0, count)
    .map(({ id, figures }) => {
      const totals = zeroTotals();
      METRICS.forEach((metric, index) => {
        totals[metric] = figures[index] ?? 0;
      });
      return { merchantId: id, totals };
    });
}
