import { z } from 'zod';
import { HolidayYear } from '../domain/calendar/index.ts';
import { UnitPath } from '../domain/event/event.ts';
import type { FieldChange } from '../domain/procedure/changes.ts';
import type { CalendarYearView, VersionView } from '../domain/procedure/overview.ts';
import { Procedure } from '../domain/procedure/procedure.ts';

/** The topmost unit of a district; the only one when it is left out. */
const Top = UnitPath.optional();

export const ProcedureQuery = z.object({ unitPath: Top });

export const ProcedureInput = z.object({
  unitPath: Top,
  procedure: Procedure,
  /** A version not in force yet, whose place this one takes. */
  replaces: z.int().min(2).optional(),
  /** True only says what would change. */
  dryRun: z.boolean().default(false),
});

export type ProcedureAnswer = {
  unitPath: string;
  /** The number it has, or would have. */
  version: number;
  published: boolean;
  /** Against the version before it. */
  comparedWith: number;
  changes: FieldChange[];
  /** Units that receive it. */
  units: number;
};

export type RulesInForce = {
  unitPath: string;
  day: string;
  /** Newest first. */
  versions: VersionView[];
  calendarYears: CalendarYearView[];
};

export const CalendarYearInput = z.object({
  unitPath: Top,
  /** A file as in `src/domain/calendar/holidays`. */
  file: HolidayYear.refine((file) => file.days.length > 0, {
    path: ['days'],
    message: 'calendar-year-empty',
  }),
  /** Where it comes from; the first paper the file names unless given. */
  source: z.string().trim().min(1).max(300).optional(),
});

export type CalendarYearAnswer = {
  unitPath: string;
  year: number;
  daysOff: number;
  makeUpDays: number;
  source: string;
  /** The import of the same year that was in force until now; `shipped` for Heshi's own. */
  replaced: string | null;
  units: number;
};
