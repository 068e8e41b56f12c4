import {
  addNaturalDays,
  addWorkingDays,
  businessDay,
  naturalDaysBetween,
  workingDaysBetween,
  type Calendar,
  type PeriodEnd,
} from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import type { CasePayload } from './events.ts';
import type { CaseState, ClockStop } from './state.ts';

/** The stop that still holds the clock, or null when it runs. */
export function openStop(state: Pick<CaseState, 'clockStops'>): ClockStop | null {
  return state.clockStops?.find((stop) => stop.to === null) ?? null;
}

export function stopClock(
  state: CaseState,
  fact: Fact,
  payload: CasePayload<'clock-stopped'>,
): Ruling<CaseState> {
  if (openStop(state) !== null) return illegal('clock-stands');
  return legal({
    ...state,
    clockStops: [...(state.clockStops ?? []), { cause: payload.cause, from: fact.at, to: null }],
    revision: state.revision + 1,
  });
}

export function resumeClock(state: CaseState, fact: Fact): Ruling<CaseState> {
  const open = openStop(state);
  if (open === null) return illegal('clock-runs');
  // A device whose clock went back must not shorten what it stopped before.
  const to = Date.parse(fact.at) < Date.parse(open.from) ? open.from : fact.at;
  return legal({
    ...state,
    clockStops: state.clockStops?.map((stop) => (stop === open ? { ...stop, to } : stop)),
    revision: state.revision + 1,
  });
}

/** Days of Asia/Shanghai between which the clock stood, oldest first; only stops that have ended. */
type Pause = { from: string; to: string };

function pausesOf(stops: readonly ClockStop[] | undefined): Pause[] {
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
  stops: readonly ClockStop[] | undefined,
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

/** How long the clock stood in all, in milliseconds: for limits counted in hours. */
export function stoodFor({ clockStops }: Pick<CaseState, 'clockStops'>): number {
  return (clockStops ?? []).reduce(
    (sum, { from, to }) => sum + (to === null ? 0 : Date.parse(to) - Date.parse(from)),
    0,
  );
}
