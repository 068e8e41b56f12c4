import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type {
  Completeness,
  HandlingTime,
  RollupFigures,
  RollupQuery,
  RollupView,
} from '../../contract/rollup.ts';
import { naturalDaysBetween, shiftDay } from '../../domain/calendar/index.ts';
import { covers, parentPath } from '../../domain/org/unit.ts';
import {
  quantileDays,
  ratesOf,
  zeroTotals,
  type Histogram,
  type Metric,
  type Totals,
} from '../../domain/rollup/metrics.ts';
import type { Database } from '../db/database.ts';
import type { CentralUnit, UnitCache } from '../units.ts';

/** Beyond so many days the trend goes by month. */
const DAILY_TREND_DAYS = 62;
const SHOWN_MERCHANTS = 20;
const REPORTED_WITHIN_MS = 24 * 3_600_000;

type Sum = { key: string; metric: Metric; own: number; total: number };

function totalsOf(rows: readonly Sum[], which: 'own' | 'total'): Map<string, Totals> {
  const byKey = new Map<string, Totals>();
  for (const row of rows) {
    const totals = byKey.get(row.key) ?? zeroTotals();
    // A metric of a newer release than this process knows is left out rather than misread.
    if (row.metric in totals) totals[row.metric] = row[which];
    byKey.set(row.key, totals);
  }
  return byKey;
}

async function sums(database: Database, paths: readonly string[], from: string, to: string): Promise<Sum[]> {
  const { rows } = await sql<Sum>`
    SELECT unit_path AS key, metric, sum(own)::bigint AS own, sum(total)::bigint AS total FROM rollup_counter
    WHERE unit_path = ANY(${[...paths]}::text[]) AND dimension = '' AND day BETWEEN ${from} AND ${to}
    GROUP BY unit_path, metric`.execute(database);
  return rows;
}

async function trend(database: Database, query: RollupQuery): Promise<RollupView['trend']> {
  const format = naturalDaysBetween(query.from, query.to) > DAILY_TREND_DAYS ? 'YYYY-MM' : 'YYYY-MM-DD';
  const { rows } = await sql<Sum>`
    SELECT to_char(day, ${format}) AS key, metric, sum(own)::bigint AS own, sum(total)::bigint AS total
    FROM rollup_counter
    WHERE unit_path = ${query.path} AND dimension = '' AND day BETWEEN ${query.from} AND ${query.to}
    GROUP BY 1, metric`.execute(database);
  return [...totalsOf(rows, 'total')]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, totals]) => ({ period, totals, rates: ratesOf(totals) }));
}

async function dimensions(database: Database, query: RollupQuery): Promise<Map<string, Totals>> {
  const { rows } = await sql<Sum>`
    SELECT dimension AS key, metric, sum(own)::bigint AS own, sum(total)::bigint AS total FROM rollup_counter
    WHERE unit_path = ${query.path} AND dimension <> '' AND day BETWEEN ${query.from} AND ${query.to}
    GROUP BY dimension, metric`.execute(database);
  return totalsOf(rows, 'total');
}

type HandlingRow = { key: string; kind: 'case' | 'return'; bucket: number; count: number };

async function handling(
  database: Database,
  paths: readonly string[],
  query: RollupQuery,
): Promise<(path: string, kind: 'case' | 'return') => HandlingTime> {
  const { rows } = await sql<HandlingRow>`
    SELECT unit_path AS key, kind, bucket, sum(total)::bigint AS count FROM rollup_handling
    WHERE unit_path = ANY(${[...paths]}::text[]) AND dimension = '' AND day BETWEEN ${query.from} AND ${query.to}
    GROUP BY unit_path, kind, bucket`.execute(database);
  const histograms = new Map<string, Histogram>();
  for (const { key, kind, bucket, count } of rows) {
    const name = `${key}|${kind}`;
    const histogram = histograms.get(name) ?? [];
    histogram.push({ bucket, count });
    histograms.set(name, histogram);
  }
  return (path, kind) => {
    const histogram = histograms.get(`${path}|${kind}`) ?? [];
    return {
      count: histogram.reduce((sum, one) => sum + one.count, 0),
      medianDays: quantileDays(histogram, 0.5),
      p90Days: quantileDays(histogram, 0.9),
    };
  };
}

type Station = { name: string; unitPath: string; lastSeenAt: Date | null };

async function stationsBelow(database: Database, path: string): Promise<Station[]> {
  const { rows } = await sql<Station>`
    SELECT name, unit_path AS "unitPath", last_seen_at AS "lastSeenAt" FROM device
    WHERE status <> 'revoked' AND (unit_path = ${path} OR starts_with(unit_path, ${`${path}/`}))
    ORDER BY unit_path`.execute(database);
  return rows;
}

function completenessOf(stations: readonly Station[], path: string, now: Date): Completeness {
  const below = stations.filter((station) => covers(path, station.unitPath));
  const silent = (station: Station): boolean =>
    station.lastSeenAt === null || now.getTime() - station.lastSeenAt.getTime() > REPORTED_WITHIN_MS;
  const missing = below.filter(silent).map((station) => ({
    name: station.name,
    unitPath: station.unitPath,
    lastSeenAt: station.lastSeenAt?.toISOString() ?? null,
  }));
  return { workstations: below.length, reported: below.length - missing.length, missing };
}

async function merchantNames(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM stream WHERE kind = 'merchant' AND id = ANY(${[...ids]}::text[])`.execute(database);
  return new Map(rows.map((row) => [row.id, (JSON.parse(row.state) as { name: string }).name]));
}

const unitOf = ({ path, name, level, party }: CentralUnit): RollupView['unit'] => ({
  path,
  name,
  level,
  party,
});

/** The roll-up of one unit over one period: figures, children, trend, breakdowns, completeness. @throws UNIT_UNKNOWN */
export async function readRollup(
  database: Database,
  units: UnitCache,
  query: RollupQuery,
  now: Date,
): Promise<RollupView> {
  if (units.get(query.path) === undefined) await units.reload(database);
  const unit = units.get(query.path);
  if (unit === undefined) throw new ORPCError('UNIT_UNKNOWN', { data: { path: query.path } });
  const children = units
    .all()
    .filter((one) => parentPath(one.path) === query.path)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const paths = [query.path, ...children.map((child) => child.path)];
  const days = naturalDaysBetween(query.from, query.to);
  const earlier = { from: shiftDay(query.from, -days - 1), to: shiftDay(query.from, -1) };

  const [current, before, periods, byDimension, handlingOf, stations] = await Promise.all([
    sums(database, paths, query.from, query.to),
    sums(database, [query.path], earlier.from, earlier.to),
    trend(database, query),
    dimensions(database, query),
    handling(database, paths, query),
    stationsBelow(database, query.path),
  ]);
  const all = totalsOf(current, 'total');
  const figuresOf = (path: string): RollupFigures => {
    const totals = all.get(path) ?? zeroTotals();
    return {
      totals,
      rates: ratesOf(totals),
      caseHandling: handlingOf(path, 'case'),
      returnHandling: handlingOf(path, 'return'),
    };
  };
  const breakdown = (prefix: string): { key: string; totals: Totals }[] =>
    [...byDimension]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, totals]) => ({ key: key.slice(prefix.length), totals }))
      .toSorted((a, b) => b.totals.registered - a.totals.registered || (a.key < b.key ? -1 : 1));
  const merchants = breakdown('merchant:').slice(0, SHOWN_MERCHANTS);
  const names = await merchantNames(
    database,
    merchants.map((one) => one.key),
  );
  const beforeTotals = totalsOf(before, 'total').get(query.path) ?? zeroTotals();
  return {
    unit: unitOf(unit),
    from: query.from,
    to: query.to,
    all: figuresOf(query.path),
    own: totalsOf(current, 'own').get(query.path) ?? zeroTotals(),
    before: { ...earlier, totals: beforeTotals, rates: ratesOf(beforeTotals) },
    children: children.map((child) => ({
      ...unitOf(child),
      ...figuresOf(child.path),
      completeness: completenessOf(stations, child.path, now),
    })),
    trend: periods,
    byObject: breakdown('object:'),
    byProblem: breakdown('problem:'),
    byMerchant: merchants.map(({ key, totals }) => ({
      merchantId: key,
      name: names.get(key) ?? null,
      totals,
      rates: ratesOf(totals),
    })),
    completeness: completenessOf(stations, query.path, now),
    generatedAt: now.toISOString(),
  };
}
