import { businessDay, shiftDay } from '../kernel/calendar/index.ts';
import type { AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { defaultProcedure, procedureInForce, type Rulebook } from '../procedure/index.ts';
import { commitmentOn, type Committed, type MerchantCommitment } from './commitments.ts';

/** How long before its day a promise is ended, or made less, it has to be said where the merchant trades. */
export function noticeDays(rules: Rulebook, path: string, day: string): number {
  const { limits } = procedureInForce(rules, path, day).procedure;
  return (limits.commitmentNoticeDays ?? defaultProcedure.limits.commitmentNoticeDays)?.value ?? 0;
}

type Said = Pick<
  MerchantCommitment,
  | 'windowDays'
  | 'windowStartsNextDay'
  | 'startRule'
  | 'goods'
  | 'excludedGoods'
  | 'conditions'
  | 'giftRule'
  | 'freightRule'
  | 'group'
>;

/** Whether consumers have less by the later promise than by the earlier one, in any respect. */
export function lessens(before: Said, after: Said): boolean {
  return (
    daysOf(after) < daysOf(before) ||
    (before.startRule === 'signed-next-day' && after.startRule !== 'signed-next-day') ||
    lessGoods(before, after) ||
    (after.conditions ?? before.conditions ?? null) !== (before.conditions ?? null) ||
    (before.giftRule === 'charged' && after.giftRule !== 'charged') ||
    (before.freightRule === 'merchant' && after.freightRule !== 'merchant') ||
    (before.group?.shops ?? []).some(
      ({ merchantId }) => !after.group?.shops.some((one) => one.merchantId === merchantId),
    )
  );
}

/** Days after the day of purchase. */
const daysOf = ({ windowDays, windowStartsNextDay }: Said): number =>
  windowStartsNextDay ? windowDays : windowDays - 1;

function lessGoods(before: Said, after: Said): boolean {
  const had = (code: string): boolean =>
    (before.goods?.includes(code) ?? true) && !before.excludedGoods.includes(code);
  if (after.excludedGoods.some(had)) return true;
  if (!after.goods) return false;
  return !before.goods || before.goods.some((code) => had(code) && !after.goods?.includes(code));
}

/**
 * Why a step with a promise is refused that is legal in itself: a merchant's own unit does not confirm it (both sides), and
 * what takes something from consumers is said in advance (the workstation only, which knows the days that hold).
 */
export function refusalOfCommitmentFact(
  before: (Committed & { unitPath: string }) | undefined,
  fact: Fact,
  after: Committed,
  { side, rules, partyOf }: Pick<AdmissionContext<Rulebook>, 'side' | 'rules' | 'partyOf'>,
): Refusal | null {
  if (before === undefined) return null;
  const decides = fact.type === 'commitment-confirmed' || fact.type === 'commitment-refused';
  if (decides && partyOf(fact.actor.unitPath) === 'merchant')
    return { rule: 'confirm-by-operator', field: 'commitmentId' };
  if (side === 'receiving') return null;
  const today = businessDay(fact.at);
  const days = noticeDays(rules, before.unitPath, today);
  const from = shiftDay(today, days);
  const refused = (field: string): Refusal => ({
    rule: 'commitment-notice',
    field,
    parameters: { days, from },
  });
  if (fact.type === 'commitment-confirmed') {
    const made = after.commitments.at(-1);
    const held = made && commitmentOn(before, made.effectiveFrom);
    return held && made.effectiveFrom < from && lessens(held, made) ? refused('effectiveFrom') : null;
  }
  if (fact.type === 'commitment-ended') {
    const changed = after.commitments.find((one, index) => one !== before.commitments[index]);
    const begun = changed && changed.effectiveFrom <= today;
    return begun && changed.effectiveTo !== null && changed.effectiveTo < from
      ? refused('effectiveTo')
      : null;
  }
  return null;
}
