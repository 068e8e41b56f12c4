import { z } from 'zod';
import type { HolidayYear } from '../kernel/calendar/index.ts';
import { DEFAULT_VERSION, defaultProcedure } from './default-procedure.ts';
import { entriesOf, Procedure, type CodeEntry, type Ground } from './procedure.ts';
import { calendarAt, procedureInForce, topOf, type Rulebook } from './rulebook.ts';

export const VersionStatus = z.enum(['in-force', 'to-come', 'past', 'replaced']);
export type VersionStatus = z.infer<typeof VersionStatus>;

export const VersionView = z.object({
  version: z.int(),
  status: VersionStatus,
  /** Null for what Heshi shipped with. */
  publishedAt: z.string().nullable(),
  /** The version that took its place before it came into force. */
  replacedBy: z.int().nullable(),
  procedure: Procedure,
});
export type VersionView = z.infer<typeof VersionView>;

/** Every version of the procedure where a unit lies, newest first, and how each stands on a day. */
export function versionsAt(rules: Rulebook, path: string, day: string): VersionView[] {
  const inForce = procedureInForce(rules, path, day).version;
  const published = rules.procedures.get(topOf(path))?.versions ?? [];
  const all = [
    { version: DEFAULT_VERSION, procedure: defaultProcedure, publishedAt: null, replacedBy: null },
    ...published,
  ];
  return all.toReversed().map(({ version, procedure, publishedAt, replacedBy }) => {
    const begun = procedure.effectiveFrom <= day ? 'past' : 'to-come';
    const status = version === inForce ? 'in-force' : replacedBy === null ? begun : 'replaced';
    return { version, status, publishedAt, replacedBy, procedure };
  });
}

/**
 * What a code stands for where a unit lies: as its own version of the procedure says it, else the newest version that
 * has it; undefined where none known here has.
 */
export function codeEntry(
  rules: Rulebook,
  path: string,
  day: string,
  list: Parameters<typeof entriesOf>[1],
  code: string,
  own?: Procedure,
): CodeEntry | Ground | undefined {
  const procedures = [
    own ?? procedureInForce(rules, path, day).procedure,
    ...versionsAt(rules, path, day).map(({ procedure }) => procedure),
  ];
  for (const procedure of procedures) {
    const found = entriesOf(procedure, list).find((entry) => entry.code === code);
    if (found) return found;
  }
  return undefined;
}

export const CalendarYearView = z.object({
  year: z.int(),
  daysOff: z.int().min(0),
  makeUpDays: z.int().min(0),
  source: z.string(),
  /** Null for what Heshi shipped with. */
  importedAt: z.string().nullable(),
  /** Imports of the same year that this one took the place of, oldest first. */
  before: z.array(z.object({ source: z.string(), importedAt: z.string() })),
});
export type CalendarYearView = z.infer<typeof CalendarYearView>;

const sourceOf = (file: HolidayYear): string => file.papers[0] ?? '';

/** The announced years where a unit lies, newest first, and where each comes from. */
export function calendarYearsAt(rules: Rulebook, path: string): CalendarYearView[] {
  const imports = rules.calendars.get(topOf(path))?.state.imports ?? [];
  return calendarAt(rules, path)
    .announced.toReversed()
    .map((file) => {
      const own = imports.filter((one) => one.file.year === file.year);
      const last = own.at(-1);
      return {
        year: file.year,
        daysOff: file.days.filter(({ isOffDay }) => isOffDay).length,
        makeUpDays: file.days.filter(({ isOffDay }) => !isOffDay).length,
        source: last?.source ?? sourceOf(file),
        importedAt: last?.importedAt ?? null,
        before: own.slice(0, -1).map(({ source, importedAt }) => ({ source, importedAt })),
      };
    });
}
