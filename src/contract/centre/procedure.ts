import { z } from 'zod';
import { HolidayYear } from '../../domain/kernel/calendar/index.ts';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { FieldChange } from '../../domain/procedure/changes.ts';
import { CalendarYearView, VersionView } from '../../domain/procedure/overview.ts';
import { Procedure } from '../../domain/procedure/procedure.ts';
import { Count, Day } from './values.ts';

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

export const ProcedureAnswer = z.object({
  unitPath: z.string(),
  /** The number it has, or would have. */
  version: z.int(),
  published: z.boolean(),
  /** Against the version before it. */
  comparedWith: z.int(),
  changes: z.array(FieldChange),
  /** Units that receive it. */
  units: Count,
});
export type ProcedureAnswer = z.infer<typeof ProcedureAnswer>;

export const RulesInForce = z.object({
  unitPath: z.string(),
  day: Day,
  /** Newest first. */
  versions: z.array(VersionView),
  calendarYears: z.array(CalendarYearView),
});
export type RulesInForce = z.infer<typeof RulesInForce>;

export const CalendarYearInput = z.object({
  unitPath: Top,
  /** A file as in `src/domain/kernel/calendar/holidays`. */
  file: HolidayYear.refine((file) => file.days.length > 0, {
    path: ['days'],
    message: 'calendar-year-empty',
  }),
  /** Where it comes from; the first paper the file names unless given. */
  source: z.string().trim().min(1).max(300).optional(),
});

export const CalendarYearAnswer = z.object({
  unitPath: z.string(),
  year: z.int(),
  daysOff: Count,
  makeUpDays: Count,
  source: z.string(),
  /** The import of the same year that was in force until now; `shipped` for Heshi's own. */
  replaced: z.string().nullable(),
  units: Count,
});
export type CalendarYearAnswer = z.infer<typeof CalendarYearAnswer>;
