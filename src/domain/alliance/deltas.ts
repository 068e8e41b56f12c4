import { businessDay, shiftDay } from '../kernel/calendar/index.ts';
import type { Delta, Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { AllianceState, OfferedDiscount } from './alliance.ts';
import type { AllianceCheckState } from './check.ts';
import type { AllianceMetric } from './metrics.ts';

type Counted = Deltas<AllianceMetric, never>;
type Place = Pick<AllianceState, 'merchantPath' | 'merchantId'>;

const add = (
  { merchantPath: path, merchantId }: Place,
  day: string,
  metric: AllianceMetric,
  value: number,
): Delta<AllianceMetric>[] =>
  ['', `merchant:${merchantId}`].map((dimension) => ({ path, day, metric, dimension, value }));

/** The first day on which a discount is in force and the first on which it is not any more; null where there is none. */
function spanOf(one: OfferedDiscount | undefined): [from: string, over: string] | null {
  if (one === undefined) return null;
  const after = shiftDay(one.until, 1);
  const over = one.endedOn !== null && one.endedOn < after ? one.endedOn : after;
  return one.from < over ? [one.from, over] : null;
}

/**
 * What a fact changes in the number of discounts in force, day by day: what was counted for it is taken back, and what is counted now is
 * added. So the sum of all days up to one is the number in force on that day, whatever was extended, shortened or called off.
 */
function discountDeltas(before: AllianceState | undefined, after: AllianceState): Delta<AllianceMetric>[] {
  const days = new Map<string, number>();
  const count = (day: string, value: number): void => void days.set(day, (days.get(day) ?? 0) + value);
  for (const one of after.discounts) {
    const was = spanOf(before?.discounts.find(({ discountId }) => discountId === one.discountId));
    const spans = [
      [was, -1],
      [spanOf(one), 1],
    ] as const;
    for (const [span, value] of spans) {
      if (span === null) continue;
      count(span[0], value);
      count(span[1], -value);
    }
  }
  return [...days].flatMap(([day, value]) =>
    value === 0 ? [] : add(after, day, 'alliance-discounts', value),
  );
}

/** What one accepted event of a shop in the alliance adds to the roll-up. Pure. */
export function allianceDeltas(
  before: AllianceState | undefined,
  fact: RecordedFact,
  after: AllianceState,
): Counted {
  const day = businessDay(fact.at);
  const counters = discountDeltas(before, after);
  if (fact.type === 'alliance-joined') counters.push(...add(after, day, 'alliance-shops', 1));
  if (fact.type === 'alliance-left') counters.push(...add(after, day, 'alliance-shops', -1));
  if (fact.type === 'open-discount-used') counters.push(...add(after, day, 'alliance-used', 1));
  return { counters, handling: [] };
}

/** The same of a check. Pure. */
export function allianceCheckDeltas(
  _before: AllianceCheckState | undefined,
  fact: RecordedFact,
  after: AllianceCheckState,
): Counted {
  const day = businessDay(fact.at);
  if (fact.type === 'discount-used') return { counters: add(after, day, 'alliance-used', 1), handling: [] };
  return {
    counters: [
      ...add(after, day, 'alliance-checks', 1),
      ...(after.qualifies ? add(after, day, 'alliance-qualifying', 1) : []),
    ],
    handling: [],
  };
}
