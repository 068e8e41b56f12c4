import { sql } from 'kysely';
import type { RollupFigures, RollupQuery, RollupView } from '../../contract/rollup.ts';
import { businessDay } from '../../domain/calendar/index.ts';
import { covers, parentPath } from '../../domain/org/unit.ts';
import { ratesOf, zeroTotals, type Totals } from '../../domain/rollup/metrics.ts';
import { asUnit, type RequestScope } from '../db/as-unit.ts';
import type { Database, Work } from '../db/database.ts';
import { centreError } from '../errors.ts';
import type { CentralUnit, UnitCache } from '../units.ts';
import { completenessOf, stationsBelow } from './completeness.ts';
import { periodBefore, periodsBetween, rangesOf, trendGrain } from './periods.ts';
import { gather, mostMerchants } from './gather.ts';
import { storePacks, type Pack } from './packs.ts';
import { probesOf, sumCounters, type Sums } from './queries.ts';

const SHOWN_MERCHANTS = 20;
const EVERYTHING = [''];

function trendOf(sums: readonly Sums[], grain: 'day' | 'month'): RollupView['trend'] {
  const byPeriod = new Map(sums.map((one) => [one.key, one.total]));
  const [first, last] = [sums[0]?.key, sums.at(-1)?.key];
  if (first === undefined || last === undefined) return [];
  const day = (period: string): string => (grain === 'month' ? `${period}-01` : period);
  return periodsBetween(day(first), day(last), grain).map((start) => {
    const period = grain === 'month' ? start.slice(0, 7) : start;
    const totals = byPeriod.get(period) ?? zeroTotals();
    return { period, totals, rates: ratesOf(totals) };
  });
}

/** The breakdown of one facet, most registrations first. */
function breakdown(sums: readonly Sums[], facet: string): { key: string; totals: Totals }[] {
  return sums
    .filter((one) => one.key.startsWith(`${facet}:`))
    .map((one) => ({ key: one.key.slice(facet.length + 1), totals: one.total }))
    .toSorted((a, b) => b.totals.registered - a.totals.registered || (a.key < b.key ? -1 : 1));
}

async function merchantNames(work: Work, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM counted_merchants(${[...ids]}::text[])`.execute(work);
  return new Map(rows.map((row) => [row.id, row.name]));
}

const unitOf = ({ path, name, level, party }: CentralUnit): RollupView['unit'] => ({
  path,
  name,
  level,
  party,
});

/**
 * The roll-up of one unit over one period: figures, children, trend, breakdowns, completeness; all of one
 * snapshot, so that they reconcile while events come in. `scope` is the asker's, null an administrator's. @throws UNIT_UNKNOWN
 */
export async function readRollup(
  database: Database,
  units: UnitCache,
  query: RollupQuery,
  now: Date,
  scope: RequestScope | null,
): Promise<RollupView> {
  await units.keepUnits('latest', database);
  const unit = await units.find(query.path, database);
  if (unit === undefined) throw centreError('UNIT_UNKNOWN', { path: query.path });
  const children = units
    .all()
    .filter((one) => parentPath(one.path) === query.path)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const family = {
    unit,
    children,
    // Merchants are counted where it happened, so that their figures are gathered from everywhere below.
    below: units.all().filter((one) => covers(query.path, one.path)),
  };
  let known = knownMerchants.get(database);
  if (!known) knownMerchants.set(database, (known = new Map()));
  const merchants = known;
  const { view, packs } = await asUnit(
    database,
    scope,
    (work) => readSnapshot(work, family, query, { now, merchants }),
    'one-instant',
  );
  // Who asked is answered whether or not the next one will be answered faster.
  if (packs.length > 0)
    await database
      .transaction()
      .execute((work) => storePacks(work, packs))
      .catch(() => undefined);
  return view;
}

/** Merchants' ids by their numbers, which never change. */
const knownMerchants = new WeakMap<Database, Map<number, string>>();

type Family = { unit: CentralUnit; children: readonly CentralUnit[]; below: readonly CentralUnit[] };

async function readSnapshot(
  work: Work,
  { unit, children, below }: Family,
  { path, from, to }: RollupQuery,
  { now, merchants: known }: { now: Date; merchants: Map<number, string> },
): Promise<{ view: RollupView; packs: Pack[] }> {
  const ranges = rangesOf(from, to);
  const earlier = periodBefore(from, to);
  const grain = trendGrain(from, to);
  const here = probesOf('', path, ranges);
  const byChild = children.flatMap((child) => probesOf(child.path, child.path, ranges));
  const before = probesOf('before', path, rangesOf(earlier.from, earlier.to));

  const sums = await sumCounters(work, [...here, ...byChild, ...before], { facets: EVERYTHING, by: 'name' });
  const trend = await sumCounters(
    work,
    grain === 'month' ? here : probesOf('', path, [{ grain, from, to }]),
    {
      facets: EVERYTHING,
      by: grain,
    },
  );
  const categories = await sumCounters(work, here, { facets: ['object', 'problem'], by: 'key' });
  const gathered = await gather(
    work,
    {
      path,
      children: children.map((child) => child.path),
      below: below.map((one) => one.path),
    },
    ranges,
    businessDay(now.toISOString()),
  );
  const merchants = await mostMerchants(work, gathered.merchants, SHOWN_MERCHANTS, known);
  const stations = await stationsBelow(work, path);
  const names = await merchantNames(
    work,
    merchants.map((one) => one.merchantId),
  );

  const byName = new Map(sums.map((one) => [one.name, one]));
  const figuresOf = (name: string): RollupFigures => {
    const totals = byName.get(name)?.total ?? zeroTotals();
    return {
      totals,
      rates: ratesOf(totals),
      caseHandling: gathered.handlingOf(name === '' ? path : name, 'case'),
      returnHandling: gathered.handlingOf(name === '' ? path : name, 'return'),
    };
  };
  const beforeTotals = byName.get('before')?.total ?? zeroTotals();
  const view: RollupView = {
    unit: unitOf(unit),
    from,
    to,
    all: figuresOf(''),
    own: byName.get('')?.own ?? zeroTotals(),
    before: { ...earlier, totals: beforeTotals, rates: ratesOf(beforeTotals) },
    children: children.map((child) => ({
      ...unitOf(child),
      ...figuresOf(child.path),
      completeness: completenessOf(stations, child.path, now),
    })),
    trend: trendOf(trend, grain),
    byObject: breakdown(categories, 'object'),
    byProblem: breakdown(categories, 'problem'),
    byMerchant: merchants.map(({ merchantId, totals }) => ({
      merchantId,
      name: names.get(merchantId) ?? null,
      totals,
      rates: ratesOf(totals),
    })),
    completeness: completenessOf(stations, path, now),
    generatedAt: now.toISOString(),
  };
  return { view, packs: gathered.packs };
}
