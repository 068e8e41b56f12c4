import type { CalendarState } from '../../domain/procedure/imported-years.ts';
import { recomputeDeadlines, FOLLOWED, recomputeFollowUps } from '../case/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

/** Deadlines before it cannot change: a notice may also move the last days of the December before its year. */
function firstDayConcerned(calendars: readonly CalendarState[]): string {
  const years = calendars.flatMap(({ imports }) => imports.map(({ file }) => file.year));
  return `${Math.min(...years) - 1}-12-01`;
}

/** Cases keep the procedure that they began under, so that nothing is to be worked out anew for a new one. */
export const procedureProjection = defineProjection({
  kind: 'procedure',
  directory: true,
  save: null,
  follow: null,
  rows: null,
});

export const calendarProjection = defineProjection({
  kind: 'calendar',
  directory: true,
  save: null,
  follow: async (writer, directory, calendars) => {
    await recomputeDeadlines(writer, directory, firstDayConcerned(calendars));
    await recomputeFollowUps(writer, directory, FOLLOWED);
  },
  rows: null,
});
