import type { FiguresView } from '../../../src/contract/centre/figures.ts';
import { OFFICE_COUNTS, type OfficeCount } from '../../../src/domain/rollup/index.ts';
import type { Metric } from '../../../src/domain/rollup/metrics.ts';
import type { CentralClient } from '../../../src/protocol/central-client.ts';
import { DISTRICT, type RepairPlan } from './plan.ts';
import type { Truth } from './truth.ts';

/** What is counted here and there of every unit; of departments it is all that their figures have. */
const COMPARED = [
  'sanctions-recorded',
  'sanctions-repaired',
  'sanctions-ended-otherwise',
  'restorations-filed',
  'restorations-accepted',
  'restorations-accepted-in-time',
  'restoration-reply-minutes',
  'restoration-replies',
  'restoration-replies-in-time',
  'restoration-asks',
  'restoration-opinions',
  'restoration-opinions-in-time',
  'restoration-opinion-days',
  'restoration-opinions-incomplete',
  'restoration-opinions-refused',
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
type Counts = Record<(typeof COMPARED)[number], number>;

/** The names of the counts of a department: in the type they are exactly these. */
const OFFICE_NAMES = Object.keys(OFFICE_COUNTS) as OfficeCount[];
type OfficeCounts = Record<OfficeCount, number>;

/** How far a duration that is read from the roll-up's buckets may be off. */
const BUCKETS = 1 / 32;

export type DepartmentFigures = {
  path: string;
  asked: number;
  opinions: number;
  inTimeShare: number | null;
  averageDays: number | null;
  incomplete: number;
  refused: number;
};
/** One count of the year. */
export type RepairFigures = {
  applications: number;
  enterprises: number;
  /** Office minutes; the average is of acceptances. */
  replies: {
    given: number;
    withinShare: number | null;
    medianMinutes: number | null;
    averageMinutes: number | null;
  };
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
  independent: RepairFigures;
  compared: number;
  differences: { path: string; figure: string; rollup: number | null; independent: number | null }[];
};

const share = (part: number, all: number): number | null =>
  all === 0 ? null : Math.round((part / all) * 10_000) / 10_000;
const average = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round((sum / count) * 100) / 100;

type Counted = {
  counts: Counts;
  enterprises: number;
  medianMinutes: number | null;
  offices: ReadonlyMap<string, OfficeCounts>;
};

function figuresOf({ counts, enterprises, medianMinutes, offices }: Counted): RepairFigures {
  const opinions = counts['restoration-opinions'];
  const replies = counts['restoration-replies'];
  return {
    applications: counts['restorations-filed'],
    enterprises,
    replies: {
      given: replies,
      withinShare: share(counts['restoration-replies-in-time'], replies),
      medianMinutes,
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
    departments: [...offices].map(([path, own]) => ({
      path,
      asked: own.asks,
      opinions: own.opinions,
      inTimeShare: share(own.opinionsInTime, own.opinions),
      averageDays: average(own.opinionDays, own.opinions),
      incomplete: own.opinionsIncomplete,
      refused: own.opinionsRefused,
    })),
  };
}

/** What was counted here of a unit and all below it. */
function countsBelow(plan: RepairPlan, truth: Truth, path: string): Counts {
  const counts = Object.fromEntries(COMPARED.map((metric) => [metric, 0])) as Counts;
  for (const unit of plan.units) {
    if (unit.path !== path && !unit.path.startsWith(`${path}/`)) continue;
    const own = truth.of(unit.path);
    for (const metric of COMPARED) counts[metric] += own.get(metric) ?? 0;
  }
  return counts;
}

function officeCounts(of: (name: OfficeCount) => number | undefined): OfficeCounts {
  return Object.fromEntries(OFFICE_NAMES.map((name) => [name, of(name) ?? 0])) as OfficeCounts;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Both are null, or they are no further apart than buckets may be. */
function isNear(rollup: number | null, independent: number | null): boolean {
  if (rollup === null || independent === null) return rollup === independent;
  return Math.abs(rollup - independent) <= independent * BUCKETS;
}

function countedHere(plan: RepairPlan, truth: Truth): Counted {
  return {
    counts: countsBelow(plan, truth, DISTRICT),
    enterprises: truth.merchants.size,
    medianMinutes: medianOf(truth.replies),
    offices: new Map(
      plan.departments.map((path) => [path, officeCounts((name) => truth.ofOffice(path).get(name))]),
    ),
  };
}

function countedThere({ departments, total, whole }: FiguresView): Counted {
  if (whole === null) throw new Error('The district was told of one department only');
  return {
    counts: whole.totals,
    enterprises: whole.enterprises,
    medianMinutes: total.replyMinutes.median,
    offices: new Map(departments.map(({ path, figures }) => [path, figures.counts])),
  };
}

/**
 * Sets what the centre answers, unit by unit and department by department, against what was counted here. All is equal or a difference;
 * but a median from buckets may be as far off as they are.
 */
export async function compareRepairs(options: {
  plan: RepairPlan;
  truth: Truth;
  admin: CentralClient;
  period: { from: string; to: string };
}): Promise<RepairComparison> {
  const { plan, truth, admin, period } = options;
  const differences: RepairComparison['differences'] = [];
  let compared = 0;
  const compare = (
    path: string,
    figure: string,
    [rollup, independent]: readonly [number | null, number | null],
    same: (a: number | null, b: number | null) => boolean = Object.is,
  ): void => {
    compared += 1;
    if (!same(rollup, independent)) differences.push({ path, figure, rollup, independent });
  };
  for (const unit of plan.units) {
    if ('body' in unit) continue;
    const { totals } = (await admin.admin.rollup({ path: unit.path, ...period })).all;
    const counted = countsBelow(plan, truth, unit.path);
    for (const metric of COMPARED) compare(unit.path, metric, [totals[metric], counted[metric]]);
  }
  const there = countedThere(await admin.admin.figures({ path: DISTRICT, ...period }));
  const here = countedHere(plan, truth);
  compare(DISTRICT, 'enterprises', [there.enterprises, here.enterprises]);
  compare(DISTRICT, 'medianMinutes', [there.medianMinutes, here.medianMinutes], isNear);
  for (const path of new Set([...there.offices.keys(), ...here.offices.keys()]))
    for (const name of OFFICE_NAMES)
      compare(path, name, [there.offices.get(path)?.[name] ?? 0, here.offices.get(path)?.[name] ?? 0]);
  return { rollup: figuresOf(there), independent: figuresOf(here), compared, differences };
}
