import type { FinanceFacts } from './facts.ts';
import { wholeMonths } from '../kernel/calendar/index.ts';
import type { WhitelistReason } from './merchant-finance.ts';
import type { FinanceProducts, ProductRule } from './products.ts';
import { qualify, type Scale } from './qualify.ts';

/** What becomes of a merchant's place on the whitelist, with the reason of it. */
export type WhitelistStep = { change: 'entered' | 'left'; reasons: WhitelistReason[] };

/**
 * Whether a merchant enters the whitelist or leaves it; null where nothing changes. It enters when every rule holds, each of which is a
 * reason, and leaves as soon as one does not. Pure: the same place before, facts and rules come to the same.
 */
export function whitelistStep(
  { listed }: { listed: boolean },
  facts: FinanceFacts,
  { whitelist }: Pick<FinanceProducts, 'whitelist'>,
  scale: Scale,
): WhitelistStep | null {
  const { qualifies, failing } = qualify(whitelist, facts, scale);
  if (qualifies === listed) return null;
  if (qualifies)
    return {
      change: 'entered',
      reasons: whitelist.rules.map((rule) => ({ rule: rule.kind, ...asItHolds(rule, facts) })),
    };
  return { change: 'left', reasons: failing.map(({ rule, has, needs }) => ({ rule, has, needs })) };
}

/** What a merchant has of what a rule asks, where it holds. */
function asItHolds(rule: ProductRule, facts: FinanceFacts): Pick<WhitelistReason, 'has' | 'needs'> {
  switch (rule.kind) {
    case 'category':
      return { has: facts.category, needs: rule.oneOf.join(' ') };
    case 'grade':
      return { has: facts.grade, needs: rule.atLeast };
    case 'months-in-business':
      return {
        has: facts.establishedOn === null ? null : wholeMonths(facts.establishedOn, facts.day),
        needs: rule.least ?? rule.most ?? 0,
      };
    case 'listing':
      return { has: null, needs: rule.none.join(' ') };
    case 'penalty':
      return { has: null, needs: rule.withinMonths };
    case 'promise':
      return { has: 'promise', needs: 'promise' };
    case 'source-resolution': {
      const { good, bad } = facts.source ?? { good: 0, bad: 0 };
      return {
        has: good + bad === 0 ? null : Math.floor((good * 1000) / (good + bad)),
        needs: rule.leastPerMille,
      };
    }
    case 'consent':
      return { has: 'consent', needs: 'consent' };
  }
}
