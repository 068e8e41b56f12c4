import { z } from 'zod';
import { type Histogram, quantileMinutes } from '../kernel/duration.ts';
import { readReplyKey } from '../restoration/index.ts';
import type { Metric } from './metrics.ts';

/** What is counted of a department and its windows, each with its metric. */
export const OFFICE_COUNTS = {
  /** Applications that its windows were handed, took on, gave back and brought to an end. */
  filed: 'restorations-filed',
  accepted: 'restorations-accepted',
  returned: 'restorations-returned',
  concluded: 'restorations-concluded',
  /** Working days from filing to the last outcome, of all that came to an end. */
  days: 'restoration-days',
  mattersRepaired: 'restoration-matters-repaired',
  mattersRefused: 'restoration-matters-refused',
  /** Replies of its windows, in office minutes. */
  replies: 'restoration-replies',
  repliesInTime: 'restoration-replies-in-time',
  /** What the department itself was asked, and what it answered. */
  asks: 'restoration-asks',
  opinions: 'restoration-opinions',
  opinionsInTime: 'restoration-opinions-in-time',
  /** Working days from the question to the answer, of all answers. */
  opinionDays: 'restoration-opinion-days',
  opinionsIncomplete: 'restoration-opinions-incomplete',
  opinionsRefused: 'restoration-opinions-refused',
} as const satisfies Record<string, Metric>;
export type OfficeCount = keyof typeof OFFICE_COUNTS;
const NAMES = Object.keys(OFFICE_COUNTS) as OfficeCount[];

/** Facets of the counters that figures by department are made of. */
export const OFFICE_FACETS = ['department', 'window', 'reply'] as const;

const Count = z.int();
const Minutes = z.number().nullable();

/** Figures of one department with its windows, or of all of them. */
export const OfficeFigures = z.object({
  counts: z.record(z.enum(NAMES), Count),
  /** Office minutes up to a reply, from the buckets: less than 3.2 % off. Null where nobody replied. */
  replyMinutes: z.object({ median: Minutes, p90: Minutes }),
  /** What waits for them now, whatever the period, and what of it is late. */
  open: Count,
  overdue: Count,
});
export type OfficeFigures = z.infer<typeof OfficeFigures>;

/** One line of counters by what it is counted by; a metric that is absent is zero. */
export type CountedBy = { facet: string; key: string; totals: Partial<Record<Metric, number>> };
/** Something that waits for an office now. */
export type WaitingFor = { path: string; overdue: boolean };

type Sum = { counts: Record<OfficeCount, number>; replies: Map<number, number>; waiting: WaitingFor[] };

const nothing = (): Sum => ({
  counts: Object.fromEntries(NAMES.map((name) => [name, 0])) as Sum['counts'],
  replies: new Map(),
  waiting: [],
});

function addCounts(to: Sum, totals: CountedBy['totals']): void {
  for (const name of NAMES) to.counts[name] += totals[OFFICE_COUNTS[name]] ?? 0;
}

function addReplies(to: Sum, bucket: number, { totals }: CountedBy): void {
  to.replies.set(bucket, (to.replies.get(bucket) ?? 0) + (totals['restoration-replies'] ?? 0));
}

function figuresOf({ counts, replies, waiting }: Sum): OfficeFigures {
  const histogram: Histogram = [...replies].map(([bucket, count]) => ({ bucket, count }));
  return {
    counts,
    replyMinutes: { median: quantileMinutes(histogram, 0.5), p90: quantileMinutes(histogram, 0.9) },
    open: waiting.length,
    overdue: waiting.filter(({ overdue }) => overdue).length,
  };
}

/**
 * Figures by department: what is counted by window is its department's, as `departmentOf` tells. Departments of which nothing was counted
 * and for which nothing waits are absent. The sum of all is that of the unit, as each count has one department or one window. Pure.
 */
export function figuresByDepartment(
  counted: readonly CountedBy[],
  waiting: readonly WaitingFor[],
  departmentOf: (path: string) => string,
): Map<string, OfficeFigures> {
  const sums = new Map<string, Sum>();
  const sumOf = (path: string): Sum => {
    const department = departmentOf(path);
    let sum = sums.get(department);
    if (!sum) sums.set(department, (sum = nothing()));
    return sum;
  };
  for (const one of counted) {
    if (one.facet === 'reply') {
      const read = readReplyKey(one.key);
      if (read !== null) addReplies(sumOf(read.windowPath), read.bucket, one);
    } else if (one.facet === 'department' || one.facet === 'window') addCounts(sumOf(one.key), one.totals);
  }
  for (const one of waiting) sumOf(one.path).waiting.push(one);
  return new Map([...sums].map(([path, sum]) => [path, figuresOf(sum)]));
}

/** Figures of all departments together: counted from the unit's own totals, not from its departments'. Pure. */
export function figuresOfAll(
  totals: CountedBy['totals'],
  counted: readonly CountedBy[],
  waiting: readonly WaitingFor[],
): OfficeFigures {
  const sum: Sum = { ...nothing(), waiting: [...waiting] };
  addCounts(sum, totals);
  for (const one of counted) {
    const read = one.facet === 'reply' ? readReplyKey(one.key) : null;
    if (read !== null) addReplies(sum, read.bucket, one);
  }
  return figuresOf(sum);
}

/** Figures of which nothing was counted. */
export function noOfficeFigures(): OfficeFigures {
  return figuresOf(nothing());
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Shares from 0 to 1 and averages; null without a base. Each is a quotient of two counts of the same line. */
export function officeRates({ counts }: Pick<OfficeFigures, 'counts'>): {
  repliedInTime: number | null;
  answeredInTime: number | null;
  /** Working days. */
  averageOpinionDays: number | null;
  averageDays: number | null;
} {
  return {
    repliedInTime: share(counts.repliesInTime, counts.replies),
    answeredInTime: share(counts.opinionsInTime, counts.opinions),
    averageOpinionDays: share(counts.opinionDays, counts.opinions),
    averageDays: share(counts.days, counts.concluded),
  };
}

/** Whether the departments' counts add up to the unit's, metric by metric, and what waits too. */
export function departmentsReconcile(
  total: OfficeFigures,
  departments: readonly { figures: OfficeFigures }[],
): boolean {
  const sum = (of: (figures: OfficeFigures) => number): number =>
    departments.reduce((all, { figures }) => all + of(figures), 0);
  return (
    NAMES.every((name) => sum(({ counts }) => counts[name]) === total.counts[name]) &&
    sum(({ open }) => open) === total.open &&
    sum(({ overdue }) => overdue) === total.overdue
  );
}

/** What of an office's figures can be looked into: its counts, what came late, and what waits. */
export const OFFICE_DRILLS = [
  'asks',
  'opinions',
  'opinionsLate',
  'opinionsIncomplete',
  'opinionsRefused',
  'accepted',
  'returned',
  'concluded',
  'repliesLate',
  'open',
  'overdue',
] as const;
export type OfficeDrill = (typeof OFFICE_DRILLS)[number];

/** The count that a figure is, less another one. */
const DRILLED: Readonly<Record<Exclude<OfficeDrill, 'open' | 'overdue'>, [OfficeCount, OfficeCount?]>> = {
  asks: ['asks'],
  opinions: ['opinions'],
  opinionsLate: ['opinions', 'opinionsInTime'],
  opinionsIncomplete: ['opinionsIncomplete'],
  opinionsRefused: ['opinionsRefused'],
  accepted: ['accepted'],
  returned: ['returned'],
  concluded: ['concluded'],
  repliesLate: ['replies', 'repliesInTime'],
};

/** A figure of a line that can be looked into. */
export function drilledFigure({ counts, open, overdue }: OfficeFigures, figure: OfficeDrill): number {
  if (figure === 'open') return open;
  if (figure === 'overdue') return overdue;
  const [all, less] = DRILLED[figure];
  return counts[all] - (less === undefined ? 0 : counts[less]);
}

/**
 * What additions of one fact add to a figure of an office with the windows below it, by the same counters that the centre adds up; nothing
 * to what waits now, which no fact counts. `isOffice` tells the paths that are its own. Pure.
 */
export function addsToFigure(
  counters: readonly { metric: Metric; dimension: string; value: number }[],
  figure: Exclude<OfficeDrill, 'open' | 'overdue'>,
  isOffice: (path: string) => boolean,
): number {
  const [all, less] = DRILLED[figure];
  const sum = (name: OfficeCount): number =>
    counters
      .filter(({ metric, dimension }) => {
        const [, path] = /^(?:department|window):(.+)$/.exec(dimension) ?? [];
        return metric === OFFICE_COUNTS[name] && path !== undefined && isOffice(path);
      })
      .reduce((total, { value }) => total + value, 0);
  return sum(all) - (less === undefined ? 0 : sum(less));
}
