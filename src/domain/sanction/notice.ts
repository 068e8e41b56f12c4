import type { Wording } from '../procedure/index.ts';
import { outlookOf } from './eligibility.ts';
import type { Regimes } from './regime.ts';
import { rulesOf } from './rules.ts';
import type { SanctionState } from './sanction.ts';

/** What a merchant is told of a decision on the day on which it is served. */
export type RepairOutlook = {
  /**
   * `opens`: from `day` on repair may be applied for, once the duties are done; null where there is no minimum. `barred`: not before the
   * end. `look`: nobody can tell without looking.
   */
  minimum: { state: 'opens'; day: string | null } | { state: 'barred' | 'look' };
  /** The last day of publication once the duties are done; null where there is none, or it is not known. */
  endsOn: string | null;
  /** Whether it ends then only if the duties are done. */
  ifFulfilled: boolean;
  /** The texts that say so, each once. */
  articles: Wording[];
};

/**
 * When a decision may be repaired and when it ends, as the notice says it that goes along with it (两书同达; 国办发〔2025〕22号). By the same
 * rules as `eligibilityOf`, as if every duty were done and nothing else stood in the way: the notice lists the duties beside it.
 */
export function repairOutlook(sanction: SanctionState, regimes: Pick<Regimes, 'regimes'>): RepairOutlook {
  const served = { ...sanction, duties: [], ended: null };
  const by = rulesOf(served, regimes);
  const { state, opensOn, endsOn } = outlookOf(served, regimes);
  const articles =
    by === null ? [] : [...new Map([by.rule, by.longest].map((one) => [one.id, one.article])).values()];
  const ifFulfilled = by?.rules.every(({ expiry }) => expiry === 'anyway') !== true;
  if (state !== 'standing')
    return { minimum: { state: state === 'barred' ? 'barred' : 'look' }, endsOn, ifFulfilled, articles };
  const none = by?.rules.every(({ minimum }) => minimum === 0) === true;
  return { minimum: { state: 'opens', day: none ? null : opensOn }, endsOn, ifFulfilled, articles };
}
