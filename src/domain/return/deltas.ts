import { businessDay } from '../kernel/calendar/index.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import { type Delta, type Deltas, durationBucket, type HandlingDelta } from '../kernel/event/deltas.ts';
import type { ReturnMetric } from './metrics.ts';
import type { ReturnState } from './reducer.ts';

function dimensionsOf(state: ReturnState): string[] {
  return ['', `goods:${state.request.goodsCategory}`, `merchant:${state.merchantId}`];
}

/** What one accepted event of a return adds to the roll-up. Pure. */
export function returnDeltas(
  before: ReturnState | undefined,
  fact: RecordedFact,
  after: ReturnState,
): Deltas<ReturnMetric, 'return'> {
  const counters: Delta<ReturnMetric>[] = [];
  const handling: HandlingDelta<'return'>[] = [];
  const day = businessDay(fact.at);
  const dimensions = dimensionsOf(after);
  const add = (metric: ReturnMetric, value = 1): void => {
    if (value === 0) return;
    for (const dimension of dimensions) {
      counters.push({ path: fact.unitPath, day, metric, dimension, value });
    }
  };
  switch (fact.type) {
    case 'return-requested':
      add('returns-requested');
      break;
    case 'return-granted':
      add('returns-granted');
      add('refunded-fen', after.refundFen ?? 0);
      if (after.purchasedAt !== undefined) add('returns-cross-shop');
      break;
    case 'return-refused':
      add('returns-refused');
      break;
    case 'return-disputed':
      add('returns-disputed');
      break;
    case 'return-resolved':
      // Counted once: a case that was opened again may end a second time.
      if (before?.resolution === undefined) add('returns-resolved');
      break;
  }
  if (fact.type === 'return-granted' || fact.type === 'return-refused') {
    const bucket = durationBucket((Date.parse(fact.at) - Date.parse(after.requestedAt)) / 60_000);
    for (const dimension of dimensions) {
      handling.push({ path: fact.unitPath, day, kind: 'return', dimension, bucket });
    }
  }
  return { counters, handling };
}
