import { sql } from 'kysely';
import type { RollupFigures, RollupQuery, RollupView } from '../../contract/centre/rollup.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { covers, inHierarchy, parentPath } from '../../domain/organisation/index.ts';
import { ratesOf, zeroTotals, type Totals } from '../../domain/rollup/metrics.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { centreError } from '../kernel/errors.ts';
import type { CentralUnit, UnitCache } from '../kernel/units.ts';
import { completenessOf, stationsBelow } from './completeness.ts';
import { noDurations, timeOf } from './durations.ts';
import { isNothing, noFigures, totalsOf, type Figures } from './figures.ts';
import { readCells, type CellProbe } from './cells.ts';
import { sumOf } from './gather.ts';
import { mostMerchants } from './merchants.ts';
import { keysKnownTo, namesOfKeys, storePacks, type KnownKeys, type Pack } from './packs.ts';
import { periodBefore, periodsBetween, sharesOf, trendGrain, type Asked } from './periods.ts';
import type { Grain } from './sum.ts';

const SHOWN_MERCHANTS = 20;

function trendOf(sums: ReadonlyMap<string, Figures>, grain: Grain): RollupView['trend'] {
  const counted = [...sums].flatMap(([period, figures]) => (isNothing(figures) ? [] : [period])).toSorted();
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

async function merchantNames(executor: QueryExecutor, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM counted_merchants(${[...ids]}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.id, row.name]));
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

function probesOf({ path, from, to }: RollupQuery, grain: Grain, asked: Asked): CellProbe[] {
  const earlier = periodBefore(from, to);
  const shares = sharesOf(from, to, asked);
  const together = shares.filter((share) => grain === 'day' && share.grain !== 'day' && share.sign === 1);
  return [
    ...shares.map((share) => ({ use: 'here' as const, path, share })),
    ...sharesOf(earlier.from, earlier.to, asked).map((share) => ({ use: 'before' as const, path, share })),
    ...together.map((share) => ({
      use: 'trend' as const,
      path,
      share: {
        ...share,
        grain,
        from: share.from < from ? from : share.from,
        to: share.to > to ? to : share.to,
      },
    })),
  ];
}

/**
 * The roll-up of one unit over one period: figures, children, trend, breakdowns, completeness; all of one view of the database, so
 * that they reconcile while events come in. `scope` is the asker's, null an administrator's. @throws UNIT_UNKNOWN
 */
export async function readRollup(
  database: Database,
  units: UnitCache,
  query: RollupQuery,
  now: Date,
  scope: RequestScope | null,
): Promise<RollupView> {
  const { path } = query;
  if ((await units.find(path, database)) === undefined) throw centreError('UNIT_UNKNOWN', { path });
  const read = (): Promise<{ view: RollupView; packs: Pack[] } | null> =>
    asUnit(
      database,
      scope,
      (executor) => readView(executor, { units, keys: keysKnownTo(database) }, query, now),
      'one-instant',
    );
  let done = await read();
  while (done === null) {
    // Outside, on no connection of its own: readers that each held one and wanted another would wait for each other.
    await units.keepUnits('latest', database);
    done = await read();
  }
  const { view, packs } = done;
  // Who asked is answered whether or not the next one will be answered faster.
  if (packs.length > 0)
    await database
      .transaction()
      .execute((transaction) => storePacks(transaction, packs))
      .catch(() => undefined);
  return view;
}

/** One statement reads all that is packed, and most periods that are over are nothing else; null when units are missing in memory. */
async function readView(
  executor: QueryExecutor,
  { units, keys: known }: { units: UnitCache; keys: KnownKeys },
  query: RollupQuery,
  now: Date,
): Promise<{ view: RollupView; packs: Pack[] } | null> {
  const { path, from, to } = query;
  const grain = trendGrain(from, to);
  const today = businessDay(now.toISOString());
  // What is known of the units so far only chooses what is read; whether it is all, the view itself says.
  const hasBelow = units.all().some((one) => parentPath(one.path) === path);
  const { revision, cells } = await readCells(executor, probesOf(query, grain, { today, hasBelow }));
  // A unit that is not known here would be missing in the packs.
  if (!units.hasRevision(revision)) return null;
  const unit = units.get(path);
  if (unit === undefined) throw centreError('UNIT_UNKNOWN', { path });
  const { children, below } = familyOf(units, path);
  const paths = (all: readonly CentralUnit[]): string[] => all.map((one) => one.path);
  const { gathered, packs } = await sumOf(
    executor,
    { path, children: paths(children), below: paths(below) },
    cells,
    { trendGrain: grain, today },
  );
  const merchants = await mostMerchants(executor, known, gathered.merchants, SHOWN_MERCHANTS);
  const names = await merchantNames(
    executor,
    merchants.map((one) => one.merchantId),
  );
  const stations = await stationsBelow(executor, units, path);
  const { durations } = gathered;
  const keys = gathered.parts.keys();
  const nameOf = await namesOfKeys(executor, known, [...keys, ...durations.children.keys()]);
  const parts = new Map(
    keys.flatMap((key, place) => {
      const figures = gathered.parts.at(place);
      return isNothing(figures) ? [] : [[nameOf(key), totalsOf(figures)]];
    }),
  );
  const durationsOf = new Map([...durations.children].map(([key, one]) => [nameOf(key), one]));
  const figuresOf = (totals: Totals, handling: typeof durations.all): RollupFigures => ({
    totals,
    rates: ratesOf(totals),
    caseHandling: timeOf(handling.case),
    returnHandling: timeOf(handling.return),
  });
  const beforeTotals = totalsOf(gathered.before);
  const view: RollupView = {
    unit: unitOf(unit),
    from,
    to,
    all: figuresOf(totalsOf(gathered.total), durations.all),
    own: totalsOf(gathered.own),
    before: { ...periodBefore(from, to), totals: beforeTotals, rates: ratesOf(beforeTotals) },
    // What stands outside the hierarchy is no level of it, and has counted nothing.
    children: children.filter(inHierarchy).map((child) => ({
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
  return { view, packs };
}
