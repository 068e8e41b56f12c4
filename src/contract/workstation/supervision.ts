import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Review } from '../../domain/case/index.ts';
import { METRICS, type Metric, type Rates, type Totals } from '../../domain/rollup/index.ts';
import type { Completeness, RollupUnit } from '../centre/rollup.ts';
import { type Capability, unitAndBelow } from '../../domain/organisation/index.ts';
import { capable, capableBy, Page } from './base.ts';
import type { CaseSummary, UnitName } from './case.ts';
import type { BoardCase } from './deadlines.ts';

/** A unit of the person's scope; their own where it is left out. That unit and all below it is meant. */
const Path = z.string().max(600).optional();

/** Days of Asia/Shanghai, both included. */
export const Period = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .refine((period) => period.from <= period.to, { path: ['to'], message: 'period-reversed' });
export type Period = z.infer<typeof Period>;

export const QueueFilter = z.object({
  path: Path,
  show: z.enum(['all', 'overdue', 'escalated']).default('all'),
  /** `nobody`, or a person's id. */
  holder: z.string().max(64).optional(),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

/** A case of the queue: where it stands, and what this person may do about it at once. */
export type QueueItem = BoardCase & { level: number; mayAssign: boolean };

export type Queue = {
  items: QueueItem[];
  /** How many the filter lets through; and, whatever `show` says, how many there are of each. At most 1001 each. */
  total: number;
  all: number;
  overdue: number;
  escalated: number;
  /** Nobody holds so many of them. */
  nobody: number;
  cursor: string | null;
  /** Units of the scope whose cases this workstation sees, the own one first. */
  units: UnitName[];
};

export const LoadQuery = z.object({ path: Path, period: Period });
export type LoadQuery = z.infer<typeof LoadQuery>;

export type LoadFigures = {
  open: number;
  overdue: number;
  dueThisWeek: number;
  /** Closed in the period, and the middle of how long they took from registration, in days; null when none. */
  closed: number;
  medianDays: number | null;
};

/** One person's load at one unit; `staffId` null stands for cases that nobody holds. */
export type LoadRow = LoadFigures & {
  unitPath: string;
  unitName: string;
  level: number;
  staffId: string | null;
  name: string | null;
  /** False for somebody who holds cases there without an active account known here. */
  active: boolean;
};

export type Load = {
  day: string;
  weekEnd: string;
  path: string;
  period: Period;
  rows: LoadRow[];
  total: LoadFigures;
};

export const DrawSample = z.object({
  /** Set by the screen, so that a repeated draw is the same sample. */
  sampleId: z.uuid(),
  path: Path,
  period: Period,
  count: z.int().min(1).max(200),
  /** Draws the lots: the same seed, period and unit draw the same cases again. */
  seed: z.string().trim().min(1).max(40),
});
export type DrawSample = z.infer<typeof DrawSample>;

export type Sample = {
  id: string;
  drawnAt: string;
  drawnBy: string;
  path: string;
  unitName: string;
  period: Period;
  /** How many were asked for, and of how many closed cases they were drawn. */
  wanted: number;
  population: number;
  seed: string;
  drawn: number;
  reviewed: number;
};

export type SampleCase = CaseSummary & {
  /** The review within this sample. */
  done: Review | null;
  /** Why this person cannot review it: a rule's code. */
  blocked: string | null;
};

export type SampleView = { sample: Sample; cases: SampleCase[] };

export const ComparisonQuery = z.object({ path: Path, first: Period, second: Period });
export type ComparisonQuery = z.infer<typeof ComparisonQuery>;

export type ComparedFigures = { totals: Totals; rates: Rates | null; medianDays: number | null };

/** Figures of one unit in both periods; null where the copy at hand has none. */
export type ComparisonRow = {
  unit: RollupUnit;
  /** `all`: the unit with all below it; `own`: what happened at the unit itself; `child`: a unit right below. */
  kind: 'all' | 'own' | 'child';
  first: ComparedFigures | null;
  second: ComparedFigures | null;
};

export type ComparisonSide = {
  period: Period;
  completeness: Completeness;
  generatedAt: string;
  fetchedAt: string;
  /** The centre could not be reached: this is the last copy. */
  stale: boolean;
};

export type Comparison = {
  unit: RollupUnit;
  first: ComparisonSide;
  second: ComparisonSide;
  rows: ComparisonRow[];
};

export const DrillQuery = z.object({
  path: z.string().max(600),
  /** Only what happened at the unit itself. */
  own: z.boolean().default(false),
  metric: z.enum(METRICS),
  period: Period,
});
export type DrillQuery = z.infer<typeof DrillQuery>;

/** The cases of a figure that this workstation may see, worked out by the rules that count it at the centre. */
export type Drill = {
  metric: Metric;
  cases: CaseSummary[];
  /** So many cases, and so much of the figure (cases, or fen), make up what is listed. */
  listed: number;
  here: number;
  /** The centre's figure; null when neither it nor a copy can be had. */
  counted: number | null;
  stale: boolean;
  /** False when more cases changed since than were looked through. */
  whole: boolean;
};

export const ExportQuery = z.discriminatedUnion('view', [
  z.object({ view: z.literal('queue'), filter: QueueFilter }),
  z.object({ view: z.literal('load'), query: LoadQuery }),
  z.object({ view: z.literal('comparison'), query: ComparisonQuery }),
  z.object({ view: z.literal('rollup'), path: z.string().max(600), period: Period }),
]);
export type ExportQuery = z.infer<typeof ExportQuery>;
export const ExportFormat = z.enum(['xlsx', 'pdf']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** A file on its way to the screen. */
export type ExportFile = {
  fileName: string;
  mediaType: 'application/pdf' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  base64: string;
};

/** What shows figures of the centre takes what the roll-up itself does. */
const FIGURES: readonly Capability[] = ['supervision.read', 'rollup.read'];
/** What shows cases takes what reading them does. */
const CASES: readonly Capability[] = ['supervision.read', 'case.read'];
const EXPORT_NEEDS: Record<ExportQuery['view'], Capability | readonly Capability[]> = {
  queue: CASES,
  load: 'supervision.read',
  comparison: FIGURES,
  rollup: FIGURES,
};

/** What supervisors ask. Every call asks for the role; a unit outside the person's scope is not found. */
export const supervision = {
  queue: capable(CASES, unitAndBelow('filter.path'))
    .input(Page.extend({ filter: QueueFilter.prefault({}) }))
    .output(type<Queue>()),
  load: capable('supervision.read', unitAndBelow('path')).input(LoadQuery).output(type<Load>()),
  draw: capable(CASES, unitAndBelow('path')).input(DrawSample).output(type<SampleView>()),
  samples: capable('supervision.read', unitAndBelow()).output(type<Sample[]>()),
  sample: capable(CASES, unitAndBelow())
    .input(z.object({ id: z.uuid() }))
    .output(type<SampleView>()),
  compare: capable(FIGURES, unitAndBelow('path')).input(ComparisonQuery).output(type<Comparison>()),
  drill: capable([...FIGURES, 'case.read'], unitAndBelow('path'))
    .input(DrillQuery)
    .output(type<Drill>()),
  /** What is on the screen as a file, personal data masked; each export is logged. */
  export: capableBy('of.view', EXPORT_NEEDS, unitAndBelow('of.path', 'of.query.path', 'of.filter.path'))
    .input(z.object({ format: ExportFormat, of: ExportQuery }))
    .output(type<ExportFile>()),
};
