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

/** How long the clock stood in all, in milliseconds: for limits counted in hours. */
export function stoodFor({ clockStops }: Pick<CaseState, 'clockStops'>): number {
  return (clockStops ?? []).reduce(
    (sum, { from, to }) => sum + (to === null ? 0 : Date.parse(to) - Date.parse(from)),
    0,
  );
}
