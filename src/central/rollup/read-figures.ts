import { sql } from 'kysely';
import type { DepartmentRow, FiguresQuery, FiguresView } from '../../contract/centre/figures.ts';
import { ancestorsAndSelf, covers, inHierarchy, parentPath } from '../../domain/organisation/index.ts';
import {
  FINANCE_COUNTED,
  type CountedBy,
  type FinanceFigures,
  financeFigures,
  figuresByDepartment,
  figuresOfAll,
  noOfficeFigures,
  OFFICE_COUNTS,
  OFFICE_FACETS,
} from '../../domain/rollup/index.ts';
import { METRICS, zeroTotals } from '../../domain/rollup/metrics.ts';
import { asUnit, type RequestScope } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { centreError } from '../kernel/errors.ts';
import type { CentralUnit, UnitCache } from '../kernel/units.ts';
import { completenessOf, stationsBelow, type Station } from './completeness.ts';
import { countApplicants, countedShares, readCounted, readTotals, upTo } from './counted.ts';
import type { Share } from './periods.ts';
import { readWaiting } from './waiting.ts';

/** Of replies the buckets, of all else the counts. */
const OFFICE_METRICS = Object.values(OFFICE_COUNTS);

type Asked = {
  units: UnitCache;
  unit: CentralUnit;
  scope: RequestScope | null;
  now: Date;
  period: readonly Share[];
  toDate: readonly Share[];
};

/** Departments of the district that a path lies in. */
function departmentsAround(units: UnitCache, path: string): CentralUnit[] {
  const district = ancestorsAndSelf(path).at(-1) ?? path;
  return units
    .all()
    .filter((one) => one.body === 'department' && covers(district, one.path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A window's department; a window that stands under none is shown by itself. */
const departmentIn =
  (units: UnitCache) =>
  (path: string): string => {
    const parent = parentPath(path);
    return units.get(path)?.body === 'window' && parent !== null && units.get(parent)?.body === 'department'
      ? parent
      : path;
  };

/** Workstations of departments and windows of the district; of all districts where an administrator asks. */
async function officeStations(
  executor: QueryExecutor,
  { units, scope }: Pick<Asked, 'units' | 'scope'>,
): Promise<Station[]> {
  if (scope !== null) {
    const { rows } = await sql<Station>`
      SELECT name, unit_path AS "unitPath", last_seen_at AS "lastSeenAt" FROM office_stations()
      ORDER BY unit_path, name`.execute(executor);
    return rows;
  }
  const { rows } = await sql<Station>`
    SELECT name, unit_path AS "unitPath", last_seen_at AS "lastSeenAt" FROM device
    WHERE status <> 'revoked' AND id <> 'centre' ORDER BY unit_path, code`.execute(executor);
  return rows.filter(({ unitPath }) => ['department', 'window'].includes(units.get(unitPath)?.body ?? ''));
}

/** What offices did in the period, and what waits for them: of a unit of the hierarchy, or of an office in its whole district. */
async function readOffices(
  executor: QueryExecutor,
  { units, unit, scope, now, period }: Asked,
): Promise<{ counted: CountedBy[]; waiting: Awaited<ReturnType<typeof readWaiting>>; stations: Station[] }> {
  const outside = !inHierarchy(unit);
  const path = outside ? (ancestorsAndSelf(unit.path).at(-1) ?? unit.path) : unit.path;
  const given = { path, shares: period, facets: OFFICE_FACETS, metrics: OFFICE_METRICS };
  const asOffice = outside && scope !== null;
  const all = await readCounted(executor, given, asOffice ? 'own-office' : 'counters');
  const officeOf = ({ facet, key }: CountedBy): string =>
    facet === 'reply' ? key.slice(key.indexOf('@') + 1) : key;
  const waiting = await readWaiting(executor, units.rules(), now, asOffice ? 'own-office' : 'in-sight');
  return {
    counted: outside ? all.filter((one) => covers(unit.path, officeOf(one))) : all,
    waiting: waiting.filter((one) =>
      outside ? covers(unit.path, one.path) : covers(unit.path, one.unitPath),
    ),
    stations: await officeStations(executor, { units, scope }),
  };
}

async function readFinance(
  executor: QueryExecutor,
  { units, unit, period, toDate }: Asked,
): Promise<NonNullable<FiguresView['whole']>['finance']> {
  const children = units
    .all()
    .filter((one) => inHierarchy(one) && parentPath(one.path) === unit.path)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const of = async (path: string, facets: readonly string[]): Promise<[CountedBy[], CountedBy[]]> => {
    const both = [period, toDate].map((shares) =>
      readCounted(executor, { path, shares, facets, metrics: FINANCE_COUNTED }),
    );
    const [now = [], since = []] = await Promise.all(both);
    return [now, since];
  };
  const [now, since] = await of(unit.path, ['', 'product', 'category']);
  const byKey = (facet: string): { key: string; figures: FinanceFigures }[] =>
    since
      .filter((one) => one.facet === facet)
      .map(({ key, totals }) => {
        const inPeriod = now.find((one) => one.facet === facet && one.key === key)?.totals ?? {};
        return { key, figures: financeFigures(inPeriod, totals, 'kind') };
      })
      .toSorted((a, b) => b.figures.grantedFen - a.figures.grantedFen || (a.key < b.key ? -1 : 1));
  const totalIn = (rows: readonly CountedBy[]): CountedBy['totals'] =>
    rows.find(({ facet }) => facet === '')?.totals ?? {};
  const byUnit = await Promise.all(
    children.map(async ({ path, name }) => {
      const [ofPeriod, ofAll] = await of(path, ['']);
      return { path, name, figures: financeFigures(totalIn(ofPeriod), totalIn(ofAll), 'unit') };
    }),
  );
  const total = financeFigures(totalIn(now), totalIn(since), 'unit');
  return { byProduct: byKey('product'), byCategory: byKey('category'), byUnit, total };
}

async function readWhole(
  executor: QueryExecutor,
  asked: Asked,
): Promise<{ whole: NonNullable<FiguresView['whole']>; totals: CountedBy['totals'] }> {
  const { units, unit, now, period, toDate } = asked;
  const { path } = unit;
  const totals = await readTotals(executor, { path, shares: period, metrics: METRICS });
  const whole = {
    totals: { ...zeroTotals(), ...totals },
    toDate: {
      ...zeroTotals(),
      ...(await readTotals(executor, { path, shares: toDate, metrics: METRICS })),
    },
    enterprises: await countApplicants(executor, { path, shares: period }),
    finance: await readFinance(executor, asked),
    completeness: completenessOf(await stationsBelow(executor, units, path), path, now),
  };
  return { whole, totals };
}

async function readView(executor: QueryExecutor, asked: Asked, query: FiguresQuery): Promise<FiguresView> {
  const { units, unit, now } = asked;
  const { counted, waiting, stations } = await readOffices(executor, asked);
  const figures = figuresByDepartment(counted, waiting, departmentIn(units));
  const listed = inHierarchy(unit)
    ? departmentsAround(units, unit.path).map(({ path }) => path)
    : [unit.path];
  // What was counted of an office that is none any more is shown by its path.
  const paths = new Set([...listed, ...figures.keys()]);
  const departments = [...paths].toSorted().map((path): DepartmentRow => ({
    path,
    name: units.get(path)?.name ?? path,
    figures: figures.get(path) ?? noOfficeFigures(),
    completeness: completenessOf(stations, path, now),
  }));
  const { path, name } = unit;
  const view = { unit: { path, name }, from: query.from, to: query.to, generatedAt: now.toISOString() };
  if (!inHierarchy(unit)) {
    const own = figures.get(departmentIn(units)(unit.path)) ?? noOfficeFigures();
    return { ...view, departments, total: own, whole: null };
  }
  const { whole, totals } = await readWhole(executor, asked);
  return { ...view, departments, total: figuresOfAll(totals, counted, waiting), whole };
}

/**
 * Figures by department of a unit, or of the department that asks about itself; all of one view of the database, so that they add up
 * while facts come in. `scope` is the asker's, null an administrator's. @throws UNIT_UNKNOWN
 */
export async function readFigures(
  database: Database,
  units: UnitCache,
  query: FiguresQuery,
  now: Date,
  scope: RequestScope | null,
): Promise<FiguresView> {
  // Names, bodies and calendars as they are now.
  await units.reload(database);
  const unit = units.get(query.path);
  if (unit === undefined) throw centreError('UNIT_UNKNOWN', { path: query.path });
  const asked = {
    units,
    unit,
    scope,
    now,
    period: countedShares(query, now),
    toDate: countedShares(upTo(query.to), now),
  };
  return asUnit(database, scope, (executor) => readView(executor, asked, query), 'one-instant');
}
