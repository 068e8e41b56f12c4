import {
  calendarOf,
  defaultCalendar,
  officeSchedule,
  type Calendar,
  type OfficeHours,
  type OfficeSchedule,
} from '../kernel/calendar/index.ts';
import { DEFAULT_VERSION, defaultProcedure } from './default-procedure.ts';
import type { CalendarState } from './imported-years.ts';
import { officeHoursOf, type Procedure } from './procedure.ts';
import type { ProcedureState } from './published.ts';

/**
 * All rules that are data: procedures and calendars by their topmost unit. Never changed in place; `with…` makes
 * a new one. Kept in memory by workstation and centre, for every fact and every deadline asks it.
 */
export type Rulebook = {
  readonly procedures: ReadonlyMap<string, ProcedureState>;
  readonly calendars: ReadonlyMap<string, { readonly state: CalendarState; readonly calendar: Calendar }>;
};

/** What holds where nothing was published or imported. */
export const shippedRules: Rulebook = { procedures: new Map(), calendars: new Map() };

/** The rulebook with a district's procedures as they are now. */
export function withProcedure(rules: Rulebook, state: ProcedureState): Rulebook {
  return { ...rules, procedures: new Map(rules.procedures).set(state.id, state) };
}

/** The rulebook with a district's calendar as it is now. */
export function withCalendar(rules: Rulebook, state: CalendarState): Rulebook {
  return {
    ...rules,
    calendars: new Map(rules.calendars).set(state.id, { state, calendar: calendarWith(state) }),
  };
}

/** The shipped calendar with a district's imports: the last import of a year holds, over the shipped one too. */
function calendarWith({ imports }: Pick<CalendarState, 'imports'>): Calendar {
  const years = new Map(defaultCalendar.announced.map((file) => [file.year, file]));
  for (const { file } of imports) years.set(file.year, file);
  return calendarOf([...years.values()]);
}

/** The topmost unit of a path: `/HS/TY` → `HS`. */
export function topOf(path: string): string {
  const end = path.indexOf('/', 1);
  return end === -1 ? path.slice(1) : path.slice(1, end);
}

/** The procedure of that version where a unit lies; undefined when it is not known here. */
export function procedureOf(
  rules: Rulebook,
  path: string,
  version: number = DEFAULT_VERSION,
): Procedure | undefined {
  if (version === DEFAULT_VERSION) return defaultProcedure;
  return rules.procedures.get(topOf(path))?.versions.find((one) => one.version === version)?.procedure;
}

/** The procedure that a case began under; the shipped one stands in while its own has not arrived. */
export function procedureOfCase(
  rules: Rulebook,
  { registeredPath, procedure }: { registeredPath: string; procedure?: number | undefined },
): Procedure {
  return procedureOf(rules, registeredPath, procedure) ?? defaultProcedure;
}

/** The procedure under which a case registered there on that day begins. */
export function procedureInForce(
  rules: Rulebook,
  path: string,
  day: string,
): { version: number; procedure: Procedure } {
  const found = rules.procedures
    .get(topOf(path))
    ?.versions.findLast((one) => one.replacedBy === null && one.procedure.effectiveFrom <= day);
  return found ?? { version: DEFAULT_VERSION, procedure: defaultProcedure };
}

/** The working days that hold where a unit lies. */
export function calendarAt(rules: Rulebook, path: string): Calendar {
  return rules.calendars.get(topOf(path))?.calendar ?? defaultCalendar;
}

const datedHours = (procedure: Procedure): { from: string; hours: OfficeHours } => ({
  from: procedure.effectiveFrom,
  hours: officeHoursOf(procedure),
});

const SHIPPED_SCHEDULE = officeSchedule([datedHours(defaultProcedure)]);
const knownSchedules = new WeakMap<ProcedureState, OfficeSchedule>();

/**
 * When the offices are open where a unit lies, on every day: each version's hours from the day on which it comes into force, so
 * that a change leaves earlier days as they were. What is counted up to now comes out alike whenever it is counted again, since
 * other hours never begin before the day after their publication.
 */
export function officeScheduleAt(rules: Rulebook, path: string): OfficeSchedule {
  const state = rules.procedures.get(topOf(path));
  if (state === undefined) return SHIPPED_SCHEDULE;
  let schedule = knownSchedules.get(state);
  if (schedule === undefined) {
    const versions = state.versions.filter((one) => one.replacedBy === null);
    schedule = officeSchedule([
      datedHours(defaultProcedure),
      ...versions.map(({ procedure }) => datedHours(procedure)),
    ]);
    knownSchedules.set(state, schedule);
  }
  return schedule;
}

/** How many calendar imports are known for a path: what a fact was judged by, so that a recount judges alike. */
export function calendarImports(rules: Rulebook, path: string): number {
  return rules.calendars.get(topOf(path))?.state.imports.length ?? 0;
}

/** The rulebook as it was when only the first `imports` calendar imports of that path were known. */
export function asOfImports(rules: Rulebook, path: string, imports: number): Rulebook {
  const known = rules.calendars.get(topOf(path))?.state;
  if (!known || known.imports.length === imports) return rules;
  return withCalendar(rules, { ...known, imports: known.imports.slice(0, imports) });
}
