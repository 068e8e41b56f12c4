import { z } from 'zod';
import { HolidayYear } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { parentPath } from '../organisation/index.ts';

export const calendarSchemas = {
  'calendar-year-imported@1': z.object({
    file: HolidayYear.refine((file) => file.days.length > 0, {
      path: ['days'],
      message: 'calendar-year-empty',
    }),
    /** Where the list comes from: the notice, as a person would cite it. */
    source: z.string().trim().min(1).max(300),
  }),
};

export type ImportedYear = { file: HolidayYear; source: string; importedAt: string };

/** Every import for a district and the units below it, in order; the last one of a year holds. */
export type CalendarState = { id: string; unitPath: string; imports: ImportedYear[] };

/** Applies an import. Made by an administrator at the centre; a year imported again stays on record twice. */
export function applyCalendar(state: CalendarState | undefined, fact: Fact): Ruling<CalendarState> {
  const read = readPayload(calendarSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (parentPath(fact.unitPath) !== null || lastUnit(fact.unitPath) !== fact.stream.id)
    return illegal('published-at-the-top', 'unitPath');
  return legal({
    id: fact.stream.id,
    unitPath: fact.unitPath,
    imports: [...(state?.imports ?? []), { ...read.payload, importedAt: fact.at }],
  });
}
