import {
  addNaturalDays,
  addWorkingDays,
  workingDaysBetween,
  type Calendar,
  type PeriodEnd,
} from './calendar.ts';
import { businessDay, naturalDaysBetween } from './day.ts';

/** A period during which a clock was stopped; `to` is null while it still is. */
export type Stop = { from: string; to: string | null };

/** Days in Asia/Shanghai between which the clock was stopped, oldest first; only stops that have ended. */
type Pause = { from: string; to: string };

function pausesOf(stops: readonly Stop[] | undefined): Pause[] {
  return (stops ?? []).flatMap(({ from, to }) =>
    to === null ? [] : [{ from: businessDay(from), to: businessDay(to) }],
  );
}

/**
 * The end of a period that does not run while the clock stands (testing and appraisal, common practice; proof of
 * identity, assumption). The day it is stopped still counts, the day it is resumed does not, as no starting day
 * does (民法典 Art. 201). A stop after the end has passed moves nothing.
 */
export function endWithPauses(
  calendar: Calendar,
  from: string,
  limit: { workingDays: number } | { naturalDays: number },
  stops: readonly Stop[] | undefined,
): PeriodEnd {
  let stood = 0;
  const end = (): PeriodEnd =>
    'workingDays' in limit
      ? addWorkingDays(calendar, from, limit.workingDays + stood)
      : addNaturalDays(calendar, from, limit.naturalDays + stood);
  for (const pause of pausesOf(stops)) {
    if (pause.from > end().day) break;
    stood +=
      'workingDays' in limit
        ? workingDaysBetween(calendar, pause.from, pause.to)
        : naturalDaysBetween(pause.from, pause.to);
    // A stop on the last days may not end the period before the clock runs again.
    while (end().day < pause.to) stood += 1;
  }
  return end();
}
