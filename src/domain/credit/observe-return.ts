import { businessDay } from '../kernel/calendar/index.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { ReturnState } from '../return/index.ts';
import { NOTHING_OBSERVED, type Observed } from './indicators.ts';

/** What one accepted fact of a return says of the merchant. */
export function observedOfReturn(
  { id, type, at }: RecordedFact & { id: string },
  { merchantId, verdict }: ReturnState,
): Observed {
  const see = (good: boolean): Observed => ({
    ...NOTHING_OBSERVED,
    add: [{ merchantId, indicator: 'returns-granted', day: businessDay(at), good, factId: id }],
  });
  if (type === 'return-granted' && verdict !== 'ineligible') return see(true);
  if (type === 'return-refused' && verdict === 'eligible') return see(false);
  return NOTHING_OBSERVED;
}
