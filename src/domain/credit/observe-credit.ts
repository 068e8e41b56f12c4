import { businessDay } from '../kernel/calendar/index.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { CreditPayload } from './events.ts';
import { NOTHING_OBSERVED, type Indicator, type Observed } from './indicators.ts';
import type { CreditState } from './state.ts';

const OF_CLASS = {
  minor: 'penalty-minor',
  ordinary: 'penalty-ordinary',
  serious: 'penalty-serious',
} as const satisfies Record<CreditPayload<'penalty-recorded'>['class'], Indicator>;

/**
 * What one accepted fact of a merchant's own credit says of it. The reducer has read each payload by exactly the schema named here.
 * Facts that an objection was upheld about count no more, wherever they were recorded.
 */
export function observedOfCredit(
  { type, payload, at }: RecordedFact & { id: string },
  after: CreditState,
): Observed {
  const see = (indicator: Indicator, good: boolean, factId: string): Observed => ({
    ...NOTHING_OBSERVED,
    add: [{ merchantId: after.id, indicator, day: businessDay(at), good, factId }],
  });
  switch (type) {
    case 'award-recorded':
      return see('award', true, (payload as CreditPayload<'award-recorded'>).entryId);
    case 'price-patrol-recorded': {
      const { items, clear, entryId } = payload as CreditPayload<'price-patrol-recorded'>;
      return see('priced-clearly', clear === items, entryId);
    }
    case 'penalty-recorded': {
      const { class: of, entryId } = payload as CreditPayload<'penalty-recorded'>;
      return see(OF_CLASS[of], false, entryId);
    }
    case 'penalty-ended':
      return { ...NOTHING_OBSERVED, retract: [(payload as CreditPayload<'penalty-ended'>).penaltyId] };
    case 'objection-decided': {
      const { objectionId, upheld } = payload as CreditPayload<'objection-decided'>;
      const objection = after.objections.find((one) => one.objectionId === objectionId);
      return upheld ? { ...NOTHING_OBSERVED, retract: objection?.facts ?? [] } : NOTHING_OBSERVED;
    }
    default:
      return NOTHING_OBSERVED;
  }
}
