import type { HolidayYear } from '../calendar/index.ts';
import { DEFAULT_VERSION, defaultProcedure } from './default-procedure.ts';
import { entriesOf, type CodeEntry, type Ground, type Procedure } from './procedure.ts';
import { calendarAt, procedureInForce, topOf, type Rulebook } from './rulebook.ts';

export type VersionStatus = 'in-force' | 'to-come' | 'past' | 'replaced';

export type VersionView = {
  version: number;
  status: VersionStatus;
  /** Null for what Heshi shipped with. */
  publishedAt: string | null;
  /** The version that took its place before it came into force. */
  replacedBy: number | null;
  procedure: Procedure;
};

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

export type CalendarYearView = {
  year: number;
  daysOff: number;
  makeUpDays: number;
  source: string;
  /** Null for what Heshi shipped with. */
  importedAt: string | null;
  /** Imports of the same year that this one took the place of, oldest first. */
  before: { source: string; importedAt: string }[];
};

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
