import type { CaseState } from '../case/index.ts';
import { businessDay, naturalDaysBetween } from '../kernel/calendar/index.ts';
import type { ReturnState } from '../return/index.ts';

/** What a shop's month comes to. Counts of records; money in fen; hours with a fraction. */
export type ShopFigures = {
  requested: number;
  granted: number;
  refused: number;
  /** Asked for in the month and not decided yet. */
  waiting: number;
  refundedFen: number;
  /** From request to refund of what was granted in the month; null where nothing was. */
  medianHours: number | null;
  longestHours: number | null;
  /** Disputes registered in the month, and those that ended in it. */
  disputes: number;
  ended: number;
  settled: number;
  /** Settled at level 1 or 2 without having gone up, outside the regulator. */
  settledAtSource: number;
};

/** Up to this level a dispute is settled at its source; the same as the roll-up and the grades have it. */
const SOURCE_LEVEL = 2;

type Timed = Pick<ReturnState, 'request' | 'requestedAt' | 'decidedAt' | 'refundedOn' | 'status'>;

/**
 * Hours from the consumer's request to the refund; null where nothing was refunded. What was written down on the days on which it
 * happened is known by the minute; of what a till's list brought in later only the days are known, and each counts 24 hours.
 */
export function hoursToRefund({
  status,
  request: { requestedOn },
  requestedAt,
  decidedAt,
  refundedOn,
}: Timed): number | null {
  if (status !== 'granted' || decidedAt === null || refundedOn === null) return null;
  const asItHappened = businessDay(requestedAt) === requestedOn && businessDay(decidedAt) === refundedOn;
  return asItHappened
    ? Math.max(0, (Date.parse(decidedAt) - Date.parse(requestedAt)) / 3_600_000)
    : Math.max(0, naturalDaysBetween(requestedOn, refundedOn)) * 24;
}

/** On which day a return was refused, granted or refunded; null while it waits. */
function decidedOn({ status, decidedAt, refundedOn }: Timed): string | null {
  if (status === 'granted') return refundedOn;
  return decidedAt === null ? null : businessDay(decidedAt);
}

/**
 * The figures of a month `2026-11`, of all returns and disputes of a shop that may belong to it, in any order. What lies in another
 * month counts nothing.
 */
export function sheetOf(
  returns: readonly ReturnState[],
  cases: readonly CaseState[],
  month: string,
  place: { levelOf(path: string): number; isRegulator(path: string): boolean },
): ShopFigures {
  const within = (day: string | null): boolean => day?.slice(0, 7) === month;
  const asked = returns.filter(({ request }) => within(request.requestedOn));
  const decided = returns.filter((one) => within(decidedOn(one)));
  const granted = decided.filter(({ status }) => status === 'granted');
  const hours = granted.flatMap((one) => hoursToRefund(one) ?? []).toSorted((a, b) => a - b);
  const registered = cases.filter(({ registeredAt }) => within(businessDay(registeredAt)));
  const ended = cases.filter(({ outcomeAt }) => outcomeAt !== null && within(businessDay(outcomeAt)));
  const settled = ended.filter(({ outcome }) => outcome === 'settled');
  return {
    requested: asked.length,
    granted: granted.length,
    refused: decided.length - granted.length,
    waiting: asked.filter(({ status }) => status === 'requested').length,
    refundedFen: granted.reduce((sum, { refundFen }) => sum + (refundFen ?? 0), 0),
    medianHours: medianOf(hours),
    longestHours: hours.at(-1) ?? null,
    disputes: registered.length,
    ended: ended.length,
    settled: settled.length,
    settledAtSource: settled.filter(
      ({ escalations, settlement }) =>
        escalations.length === 0 &&
        settlement !== null &&
        place.levelOf(settlement.unitPath) <= SOURCE_LEVEL &&
        !place.isRegulator(settlement.unitPath),
    ).length,
  };
}

/** The middle of sorted numbers; between two of them their mean. */
function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
