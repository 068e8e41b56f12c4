import {
  NOTHING_OBSERVED,
  observedOfCase,
  observedOfCredit,
  observedOfReturn,
  type Observed,
} from './credit/index.ts';
import type { EventEnvelope } from './kernel/event/event.ts';
import type { RollupContext } from './rollup/index.ts';
import { observedOfSanction } from './sanction/index.ts';
import type { AnyState } from './streams.ts';

/**
 * What one accepted fact says of the merchant it is about, whatever its kind. Pure: what the centre keeps step by step and what
 * it makes anew from the log start from the same facts.
 */
export function observationsOf(
  before: AnyState | undefined,
  fact: EventEnvelope,
  after: AnyState,
  context: RollupContext,
): Observed {
  switch (after.kind) {
    case 'case':
      return observedOfCase(before?.kind === 'case' ? before.state : undefined, fact, after.state, context);
    case 'return':
      return observedOfReturn(fact, after.state);
    case 'credit':
      return observedOfCredit(fact, after.state);
    case 'sanction':
      return observedOfSanction(before?.kind === 'sanction' ? before.state : undefined, fact, after.state);
    default:
      return NOTHING_OBSERVED;
  }
}
