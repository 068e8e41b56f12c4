import { NOTHING_OBSERVED, type Indicator, type Observed } from '../credit/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { SanctionClass } from './events.ts';
import type { SanctionState } from './sanction.ts';

/** As which indicator a penalty of a class counts. */
export const OF_CLASS = {
  minor: 'penalty-minor',
  ordinary: 'penalty-ordinary',
  serious: 'penalty-serious',
} as const satisfies Record<SanctionClass, Indicator>;

/**
 * What one accepted fact of a record says of the merchant's credit: a penalty counts by its class from when it was recorded, by another
 * once that is corrected, and no more once it has ended, whatever the cause. One that takes the place of an entry of the credit counts
 * as that entry, once, and its end is the end of the entry.
 */
export function observedOfSanction(
  before: SanctionState | undefined,
  { at }: Pick<RecordedFact, 'at'>,
  after: SanctionState,
): Observed {
  const was = before?.countedAs ?? null;
  const is = after.countedAs;
  if (was === is) return NOTHING_OBSERVED;
  // What stands in the credit already was observed there.
  const stands = is !== null && is === after.continues;
  return {
    ...NOTHING_OBSERVED,
    add:
      is === null || stands || after.class === null
        ? []
        : [
            {
              merchantId: after.merchantId,
              indicator: OF_CLASS[after.class],
              day: businessDay(at),
              good: false,
              factId: is,
            },
          ],
    retract: was === null ? [] : [was],
  };
}

/** The list that a standing record puts its merchant on, as the grade is capped by it; null where it is on none by it. */
export function listingOf({
  kind,
  ended,
}: Pick<SanctionState, 'kind' | 'ended'>): 'severe' | 'abnormal' | null {
  if (ended !== null) return null;
  return kind === 'severe-listing' ? 'severe' : kind === 'abnormal-listing' ? 'abnormal' : null;
}
