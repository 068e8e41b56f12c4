import { type } from '@orpc/contract';
import { z } from 'zod';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { unitAndBelow } from '../../domain/organisation/index.ts';
import { OFFICE_DRILLS } from '../../domain/rollup/index.ts';
import { FiguresQuery, type FiguresView } from '../centre/figures.ts';
import { capable } from './base.ts';
import type { DocumentFile } from './document.ts';
import type { RestorationSummary } from './restoration.ts';
import { type ExportFile, ExportFormat } from './supervision.ts';

export type FiguresAnswer = {
  view: FiguresView;
  fetchedAt: string;
  stale: boolean;
  /** What credit products are called, by their codes. */
  products: Record<string, { zh: string; en: string }>;
};

/** One figure of one department, which a unit or the department itself asks about. */
export const FigureQuery = z.object({
  of: FiguresQuery,
  /** The department with its windows; null for all of them. */
  office: UnitPath.nullable(),
  figure: z.enum(OFFICE_DRILLS),
});
export type FigureQuery = z.infer<typeof FigureQuery>;

export type FigureApplications = {
  /** The latest of them. */
  items: RestorationSummary[];
  /** How many applications there are, and how much they add to the figure, as far as this workstation sees them. */
  listed: number;
  here: number;
  /** Whether all that may add to it were looked through. */
  whole: boolean;
};

const Within = unitAndBelow('of.path');

export const figures = {
  /** From the centre, or the last copy when it cannot be reached; `stale` then says since when. */
  get: capable('figures.read', Within)
    .input(z.object({ of: FiguresQuery }))
    .output(type<FiguresAnswer>()),
  /** The applications that a figure is made of, of those in sight. */
  applications: capable(['figures.read', 'restoration.read'], Within)
    .input(FigureQuery)
    .output(type<FigureApplications>()),
  /** What is on the screen as a file; each export is logged. */
  export: capable('figures.read', Within)
    .input(z.object({ format: ExportFormat, of: FiguresQuery }))
    .output(type<ExportFile>()),
  /** The report of the period on one page, in Chinese; each print is logged. @throws NOT_FOUND of a department, which has none */
  report: capable('figures.read', Within)
    .input(z.object({ of: FiguresQuery }))
    .output(type<DocumentFile>()),
};
