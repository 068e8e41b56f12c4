import { useTranslation } from 'react-i18next';
import { ReturnRule, type ReturnOutcome, type ReturnReason } from '../../domain/return/eligibility.ts';
import type { ReturnRefusalGround } from '../../domain/return/events.ts';
import { yuan } from '../kernel/components/money.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

/** A reason as kept with a return or as just judged; older ones carry no parameters. */
export type Reason = { rule: string; outcome: ReturnOutcome } & Partial<
  Pick<ReturnReason, 'source' | 'parameters'>
>;

export type ReasonWords = { name: string; text: string; source: string | null; provisional: boolean };

/** Words a rule, what it found and where it comes from. */
export function useReasonWords(): (reason: Reason) => ReasonWords {
  const { t } = useTranslation('returns');
  const say = useDataWords();
  return ({ rule, outcome, source, parameters }) => {
    if (rule !== 'no-commitment' && !ReturnRule.safeParse(rule).success) {
      return { name: rule, text: '', source: null, provisional: false };
    }
    const {
      goodsCategory,
      condition,
      gift,
      proofType,
      giftPriceFen,
      freightFen,
      freightRule,
      start,
      outside,
      provisional,
      ...rest
    } = parameters ?? {};
    const words = {
      ...rest,
      goodsCategory: goodsCategory === undefined ? '' : say(`returns:goods.${goodsCategory}`),
      condition: condition === undefined ? '' : say(`returns:condition.${condition}`),
      gift: gift === undefined ? '' : say(`returns:gift.${gift}`),
      proofType: proofType === undefined ? '' : say(`returns:proof.${proofType}`),
      giftPrice: typeof giftPriceFen === 'number' ? yuan(giftPriceFen) : '',
      freight: typeof freightFen === 'number' ? yuan(freightFen) : '',
      freightRule: freightRule === undefined ? '' : say(`returns:freightRule.${freightRule}`),
      start: start === undefined ? '' : say(`returns:start.${start}`),
    };
    const promiseNever = rule === 'commitment-in-force' && rest['purchasedOn'] === undefined;
    const priced = typeof giftPriceFen === 'number' && outcome !== 'fail';
    const variant =
      outcome === 'fail' && promiseNever
        ? 'failNone'
        : outcome === 'fail' && outside !== undefined
          ? 'failOutside'
          : priced
            ? `${outcome}Priced`
            : rule === 'freight' && outcome === 'pass'
              ? freightVariant(freightFen, freightRule)
              : outcome;
    return {
      name: say(`returns:rule.${rule}.name`),
      text:
        parameters === undefined && rule !== 'no-commitment'
          ? ''
          : say(`returns:rule.${rule}.${variant}`, words),
      source: source === undefined ? null : t(source),
      provisional: provisional !== undefined,
    };
  };
}

/** Which words say that the way back changes nothing: nothing is said of it, who pays, or who pays how much. */
function freightVariant(freightFen: unknown, freightRule: unknown): string {
  if (freightRule === undefined) return 'pass';
  return freightFen === undefined ? 'passSaid' : 'passPaid';
}

const GROUNDS: Partial<Record<string, ReturnRefusalGround>> = {
  'commitment-in-force': 'not-committed',
  'no-commitment': 'not-committed',
  'purchase-date': 'out-of-window',
  window: 'out-of-window',
  'statutory-exclusion': 'excluded-goods',
  'unsuitable-by-nature': 'excluded-goods',
  'merchant-exclusion': 'excluded-goods',
  condition: 'condition',
  proof: 'no-proof',
};

/** The ground of refusal that the first unmet rule suggests; null when every rule is met. */
export function suggestedGround(reasons: readonly Reason[]): ReturnRefusalGround | null {
  const decisive =
    reasons.find((one) => one.outcome === 'fail') ?? reasons.find((one) => one.outcome === 'negotiable');
  return decisive === undefined ? null : (GROUNDS[decisive.rule] ?? 'other');
}
