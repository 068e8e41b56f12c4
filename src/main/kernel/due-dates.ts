import { dayEnd, shiftDay, weekdayOf } from '../../domain/kernel/calendar/index.ts';
import { todayOf, type WorkstationParts } from './parts.ts';

/** This workstation's now and the ends of today and of this week, as lists compare them. */
export type DueDates = { now: string; day: string; todayEnd: string; weekEnd: string; weekEndAt: string };

export function dueDates(workstation: WorkstationParts): DueDates {
  const day = todayOf(workstation);
  // Weeks end on Sunday.
  const weekEnd = shiftDay(day, (7 - weekdayOf(day)) % 7);
  return {
    now: workstation.clock().toISOString(),
    day,
    todayEnd: new Date(dayEnd(day)).toISOString(),
    weekEnd,
    weekEndAt: new Date(dayEnd(weekEnd)).toISOString(),
  };
}
