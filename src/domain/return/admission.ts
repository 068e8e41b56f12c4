import { refusalOfNumber, type AdmissionContext } from '../kernel/event/admission.ts';
import { ERASURE } from '../kernel/event/erasure.ts';
import type { Fact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { Rulebook } from '../procedure/index.ts';
import { isOverdue } from './decision-due.ts';
import type { ReturnState } from './reducer.ts';

/**
 * Why a step of a return is refused that is legal in itself: its number is another unit's; or what nobody has decided yet becomes a case only once its time is over
 * (the workstation only, which knows the days that hold).
 */
export function refusalOfReturnFact(
  before: ReturnState | undefined,
  fact: Fact,
  after: ReturnState,
  { side, rules, source }: Pick<AdmissionContext<Rulebook>, 'side' | 'rules' | 'source'>,
): Refusal | null {
  if (before === undefined) return refusalOfNumber(after.number, { source });
  // The centre alone erases.
  if (fact.type === ERASURE && !source.centre) return { rule: 'stream-not-yours' };
  if (side === 'receiving' || before.status !== 'requested' || fact.type !== 'return-disputed') return null;
  return isOverdue(before, rules, fact.at) ? null : { rule: 'return-not-overdue' };
}
