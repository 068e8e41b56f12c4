import { defineStream } from '../kernel/event/stream.ts';
import { applyCalendar, calendarSchemas } from './imported-years.ts';
import { withCalendar } from './rulebook.ts';

/** The calendar years imported for a topmost unit and all below it. */
export const calendarStream = defineStream({
  kind: 'calendar',
  schemas: calendarSchemas,
  names: null,
  apply: applyCalendar,
  admission: null,
  sight: (state) => [state.unitPath],
  holdsBelow: (state) => state.unitPath,
  learn: withCalendar,
  writtenBy: { centreBut: [] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.id,
  search: null,
  numberLetter: null,
  consumer: null,
});
