import { sql } from 'kysely';
import type { RollupFigures, RollupQuery, RollupView } from '../../contract/rollup.ts';
import type { MerchantState } from '../../domain/merchant/merchant.ts';
import { businessDay } from '../../domain/calendar/index.ts';
import { covers, parentPath } from '../../domain/org/unit.ts';
import { ratesOf, zeroTotals, type Totals } from '../../domain/rollup/metrics.ts';
import type { Database } from '../db/database.ts';
import { centreError } from '../errors.ts';
import type { CentralUnit, UnitCache } from '../units.ts';
import { completenessOf, stationsBelow } from './completeness.ts';
import { noDurations, timeOf } from './durations.ts';
import { noFigures, totalsOf, type Figures } from './figures.ts';
import { readCells, sumOf, sumOfPacked, type CellProbe, type Gathered } from './gather.ts';
import { mostMerchants } from './merchants.ts';
import { namesOfKeys, storePacks, type Pack } from './packs.ts';
import { periodBefore, periodsBetween, rangesOf, trendGrain } from './periods.ts';
import type { Grain } from './sum.ts';

const SHOWN_MERCHANTS = 20;

function trendOf(sums: ReadonlyMap<string, Figures>, grain: Grain): RollupView['trend'] {
  const counted = [...sums.keys()].toSorted();
  const [first, last] = [counted[0], counted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const day = (period: string): string => (grain === 'month' ? `${period}-01` : period);
  return periodsBetween(day(first), day(last), grain).map((start) => {
    const period = grain === 'month' ? start.slice(0, 7) : start;
    const totals = totalsOf(sums.get(period) ?? noFigures());
    return { period, totals, rates: ratesOf(totals) };
  });
}

/** The breakdown of one facet, most registrations first. */
function breakdown(parts: ReadonlyMap<string, Totals>, facet: string): { key: string; totals: Totals }[] {
  return [...parts]
    .filter(([key]) => key.startsWith(`${facet}:`))
    .map(([key, totals]) => ({ key: key.slice(facet.length + 1), totals }))
    .toSorted((a, b) => b.totals.registered - a.totals.registered || (a.key < b.key ? -1 : 1));
}

async function merchantNames(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream
    WHERE kind = 'merchant' AND id = ANY(${[...ids]}::text[]) AND state IS NOT NULL`.execute(database);
  return new Map(rows.map((row) => [row.id, (JSON.parse(row.state) as MerchantState).name]));
}

const unitOf = ({ path, name, level, party }: CentralUnit): RollupView['unit'] => ({
  path,
  name,
  level,
  party,
});

/** The unit itself, those right below it by path, and everything from itself down. */
function familyOf(units: UnitCache, path: string): { children: CentralUnit[]; below: CentralUnit[] } {
  const below = units.all().filter((one) => covers(path, one.path));
  const children = below.filter((one) => parentPath(one.path) === path);
  return { below, children: children.toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}

function probesOf({ path, from, to }: RollupQuery, grain: Grain): CellProbe[] {
  const earlier = periodBefore(from, to);
  const ranges = rangesOf(from, to);
  return [
    ...ranges.map((range) => ({ use: 'here' as const, path, range })),
    ...rangesOf(earlier.from, earlier.to).map((range) => ({ use: 'before' as const, path, range })),
    ...ranges
      .filter((range) => grain === 'day' && range.grain === 'month')
      .map((range) => ({ use: 'trend' as const, path, range: { ...range, grain } })),
  ];
}

/** What is not packed is counted, in one view of the database with what is. */
async function count(
  database: Database,
  units: UnitCache,
  query: RollupQuery,
  options: { trendGrain: Grain; today: string },
): Promise<Gathered> {
  const { gathered, packs } = await database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (work): Promise<{ gathered: Gathered; packs: Pack[] }> => {
      const { revision, cells } = await readCells(work, probesOf(query, options.trendGrain));
      // A unit that is not known here would be missing in the packs.
      await units.keepUnits(revision, work);
      const { children, below } = familyOf(units, query.path);
      const paths = (all: readonly CentralUnit[]): string[] => all.map((unit) => unit.path);
      const family = { path: query.path, children: paths(children), below: paths(below) };
      return sumOf(work, family, cells, options);
    });
  // Who asked is answered whether or not the next one will be answered faster.
  if (packs.length > 0)
    await database
      .transaction()
      .execute((work) => storePacks(work, packs))
      .catch(() => undefined);
  return gathered;
}

/** One statement reads all that is packed: most periods that are over are nothing else. */
async function gather(
  database: Database,
  units: UnitCache,
  query: RollupQuery,
  options: { trendGrain: Grain; today: string },
): Promise<Gathered> {
  if (query.to < options.today) {
    const { revision, cells } = await readCells(database, probesOf(query, options.trendGrain));
    const packed = sumOfPacked(cells, options.trendGrain);
    if (packed !== null) {
      await units.keepUnits(revision, database);
      return packed;
    }
  }
  return count(database, units, query, options);
}

/**
 * The roll-up of one unit over one period: figures, children, trend, breakdowns, completeness. All figures are of one view of the
 * database, so that they reconcile while events come in; who has reported is read before, so that it never claims more.
 * @throws UNIT_UNKNOWN
 */
export async function readRollup(
  database: Database,
  units: UnitCache,
  query: RollupQuery,
  now: Date,
): Promise<RollupView> {
  const { path, from, to } = query;
  if ((await units.find(path, database)) === undefined) throw centreError('UNIT_UNKNOWN', { path });
  const stations = await stationsBelow(database, path);
  const grain = trendGrain(from, to);
  const gathered = await gather(database, units, query, {
    trendGrain: grain,
    today: businessDay(now.toISOString()),
  });
  const merchants = await mostMerchants(database, gathered.merchants, SHOWN_MERCHANTS);
  const names = await merchantNames(
    database,
    merchants.map((one) => one.merchantId),
  );
  const { durations } = gathered;
  const keys = gathered.parts.keys();
  const nameOf = await namesOfKeys(database, [...keys, ...durations.children.keys()]);
  const parts = new Map(keys.map((key, place) => [nameOf(key), totalsOf(gathered.parts.at(place))]));
  const durationsOf = new Map([...durations.children].map(([key, one]) => [nameOf(key), one]));
  const figuresOf = (totals: Totals, handling: typeof durations.all): RollupFigures => ({
    totals,
    rates: ratesOf(totals),
    caseHandling: timeOf(handling.case),
    returnHandling: timeOf(handling.return),
  });
  const beforeTotals = totalsOf(gathered.before);
  const unit = units.get(path);
  if (unit === undefined) throw centreError('UNIT_UNKNOWN', { path });
  return {
    unit: unitOf(unit),
    from,
    to,
    all: figuresOf(totalsOf(gathered.total), durations.all),
    own: totalsOf(gathered.own),
    before: { ...periodBefore(from, to), totals: beforeTotals, rates: ratesOf(beforeTotals) },
    children: familyOf(units, path).children.map((child) => ({
      ...unitOf(child),
      ...figuresOf(parts.get(child.path) ?? zeroTotals(), durationsOf.get(child.path) ?? noDurations()),
      completeness: completenessOf(stations, child.path, now),
    })),
    trend: trendOf(gathered.trend, grain),
    byObject: breakdown(parts, 'object'),
    byProblem: breakdown(parts, 'problem'),
    byMerchant: merchants.map(({ merchantId, totals }) => ({
      merchantId,
      name: names.get(merchantId) ?? null,
      totals,
      rates: ratesOf(totals),
    })),
    completeness: completenessOf(stations, path, now),
    generatedAt: now.toISOString(),
  };
}
