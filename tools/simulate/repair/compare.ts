import { sql } from 'kysely';
import { columnOf } from '../../../src/central/kernel/db/metric-columns.ts';
import { openDatabase } from '../../../src/central/kernel/db/database.ts';
import type { Metric } from '../../../src/domain/rollup/metrics.ts';
import type { CentralClient } from '../../../src/protocol/central-client.ts';
import { DISTRICT, type RepairPlan } from './plan.ts';
import type { Truth } from './truth.ts';

/** What is counted here and there. */
const COMPARED = [
  'sanctions-recorded',
  'sanctions-repaired',
  'sanctions-ended-otherwise',
  'restorations-filed',
  'restorations-accepted',
  'restorations-accepted-in-time',
  'restoration-reply-minutes',
  'restoration-opinions',
  'restoration-opinions-in-time',
  'restoration-opinion-days',
  'restorations-returned',
  'restoration-matters-repaired',
  'restoration-matters-refused',
  'restorations-concluded',
  'restoration-days',
  'restorations-withdrawn',
  'restorations-expired',
  'restoration-matters-expired',
  'restoration-objections',
  'restoration-objections-in-time',
] as const satisfies readonly Metric[];
type Compared = (typeof COMPARED)[number];
const BY_DEPARTMENT = [
  'restoration-opinions',
  'restoration-opinions-in-time',
  'restoration-opinion-days',
] as const satisfies readonly Compared[];

type Counts = Record<Compared, number>;
export type DepartmentFigures = {
  path: string;
  opinions: number;
  inTime: number;
  averageDays: number | null;
};
/** One count of the year. */
export type RepairFigures = {
  applications: number;
  enterprises: number;
  replies: { answered: number; withinShare: number | null; averageMinutes: number | null };
  opinions: { given: number; inTimeShare: number | null; averageDays: number | null };
  averageDaysToOutcome: number | null;
  concluded: number;
  returned: number;
  repairedMatters: number;
  refusedMatters: number;
  withdrawn: number;
  expired: number;
  objections: { filed: number; inTimeShare: number | null };
  departments: DepartmentFigures[];
};
export type RepairComparison = {
  rollup: RepairFigures;
  independent: RepairFigures & { medianReplyMinutes: number | null };
  compared: number;
  differences: { path: string; figure: string; rollup: number; independent: number }[];
};

const share = (part: number, all: number): number | null =>
  all === 0 ? null : Math.round((part / all) * 10_000) / 10_000;
const average = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round((sum / count) * 100) / 100;

function figuresOf(
  counts: Counts,
  enterprises: number,
  departments: ReadonlyMap<string, Row>,
): RepairFigures {
  const opinions = counts['restoration-opinions'];
  return {
    applications: counts['restorations-filed'],
    enterprises,
    replies: {
      answered: counts['restorations-accepted'],
      withinShare: share(counts['restorations-accepted-in-time'], counts['restorations-accepted']),
      averageMinutes: average(counts['restoration-reply-minutes'], counts['restorations-accepted']),
    },
    opinions: {
      given: opinions,
      inTimeShare: share(counts['restoration-opinions-in-time'], opinions),
      averageDays: average(counts['restoration-opinion-days'], opinions),
    },
    averageDaysToOutcome: average(counts['restoration-days'], counts['restorations-concluded']),
    concluded: counts['restorations-concluded'],
    returned: counts['restorations-returned'],
    repairedMatters: counts['restoration-matters-repaired'],
    refusedMatters: counts['restoration-matters-refused'],
    withdrawn: counts['restorations-withdrawn'],
    expired: counts['restorations-expired'],
    objections: {
      filed: counts['restoration-objections'],
      inTimeShare: share(counts['restoration-objections-in-time'], counts['restoration-objections']),
    },
    departments: [...departments]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, own]) => ({
        path,
        opinions: own['restoration-opinions'],
        inTime: own['restoration-opinions-in-time'],
        averageDays: average(own['restoration-opinion-days'], own['restoration-opinions']),
      })),
  };
}

const noCounts = (): Counts => Object.fromEntries(COMPARED.map((metric) => [metric, 0])) as Counts;

/** What was counted here of a unit and all below it. */
function countsBelow(plan: RepairPlan, truth: Truth, path: string): Counts {
  const counts = noCounts();
  for (const unit of plan.units) {
    if (unit.path !== path && !unit.path.startsWith(`${path}/`)) continue;
    const own = truth.of(unit.path);
    for (const metric of COMPARED) counts[metric] += own.get(metric) ?? 0;
  }
  return counts;
}

/** Sets the centre's roll-up, unit by unit and department by department, against what was counted here. */
export async function compareRepairs(options: {
  plan: RepairPlan;
  truth: Truth;
  admin: CentralClient;
  databaseUrl: string;
  period: { from: string; to: string };
}): Promise<RepairComparison> {
  const { plan, truth, admin, databaseUrl, period } = options;
  const differences: RepairComparison['differences'] = [];
  let compared = 0;
  const compare = (path: string, figure: string, rollup: number, independent: number): void => {
    compared += 1;
    if (rollup !== independent) differences.push({ path, figure, rollup, independent });
  };
  let rolledUp = noCounts();
  for (const unit of plan.units) {
    if ('body' in unit) continue;
    const { totals } = (await admin.admin.rollup({ path: unit.path, ...period })).all;
    const counted = countsBelow(plan, truth, unit.path);
    for (const metric of COMPARED) compare(unit.path, metric, totals[metric], counted[metric]);
    if (unit.path === DISTRICT) rolledUp = totals;
  }
  const { database } = openDatabase(databaseUrl);
  try {
    const { enterprises, departments } = await byDepartment(database, period);
    compare(DISTRICT, 'enterprises', enterprises, truth.merchants.size);
    const shown: Rows = new Map();
    const counted: Rows = new Map();
    for (const path of plan.departments) {
      const { opinions, inTime, days } = truth.departments.get(path) ?? { opinions: 0, inTime: 0, days: 0 };
      const own = {
        'restoration-opinions': opinions,
        'restoration-opinions-in-time': inTime,
        'restoration-opinion-days': days,
      };
      const answered = departments.get(path) ?? NONE;
      for (const metric of BY_DEPARTMENT) compare(path, metric, answered[metric], own[metric]);
      shown.set(path, answered);
      counted.set(path, own);
    }
    const replies = truth.replies.toSorted((a, b) => a - b);
    return {
      rollup: figuresOf(rolledUp, enterprises, shown),
      independent: {
        ...figuresOf(countsBelow(plan, truth, DISTRICT), truth.merchants.size, counted),
        medianReplyMinutes: replies[Math.floor(replies.length / 2)] ?? null,
      },
      compared,
      differences,
    };
  } finally {
    await database.destroy();
  }
}

type Row = Record<(typeof BY_DEPARTMENT)[number], number>;
type Rows = Map<string, Row>;
const NONE: Row = {
  'restoration-opinions': 0,
  'restoration-opinions-in-time': 0,
  'restoration-opinion-days': 0,
};

/** The roll-up's counters by department, and the merchants whose applications the centre has. */
async function byDepartment(
  database: ReturnType<typeof openDatabase>['database'],
  { from, to }: { from: string; to: string },
): Promise<{ enterprises: number; departments: Rows }> {
  const sums = BY_DEPARTMENT.map(
    (metric) => sql`coalesce(sum(${sql.ref(columnOf(metric))}), 0)::int AS ${sql.ref(metric)}`,
  );
  const { rows } = await sql<{ key: string } & Row>`
    SELECT key, ${sql.join(sums)} FROM rollup_counter
    WHERE unit_path = ${DISTRICT} AND grain = 'day' AND facet = 'department' AND day BETWEEN ${from} AND ${to}
    GROUP BY key`.execute(database);
  const { rows: served } = await sql<{ count: number }>`
    SELECT count(DISTINCT state::json ->> 'merchantId')::int AS count FROM stream WHERE kind = 'restoration' AND state IS NOT NULL`.execute(
    database,
  );
  return {
    enterprises: served[0]?.count ?? 0,
    departments: new Map(rows.map(({ key, ...one }) => [key, one])),
  };
}
