import type { Wording } from '../procedure/index.ts';
import type { Regimes, RegimeRule, RegimeTag } from './regime.ts';
import {
  minimumOver,
  named,
  type NamedRule,
  publicationEnds,
  regimeOf,
  type RuledBy,
  rulesOf,
} from './rules.ts';
import { isStanding, type SanctionState } from './sanction.ts';

/** Another record of the merchant, as far as it may stand in the way; entries of its credit are asked in the same form. */
export type OtherRecord = Pick<SanctionState, 'id' | 'kind' | 'ended'>;

/** A record that has to be ended first, and what says so. */
export type Blocking = { id: string; kind: SanctionState['kind']; article: Wording; tag: RegimeTag };

/** Why nobody can tell without looking. */
export type LookedAt =
  /** It was determined before the first regime of its channel. */
  | 'no-regime'
  /** Its class is not known, or none of the measures that the regime counts by. */
  | 'class-missing'
  | 'measures-missing'
  /** It counts from its publication, of which the day is not known. */
  | 'publication-missing'
  /** The text that would say it was not found. */
  | 'rule-unknown';

/** Whether a record may be repaired on a day, and why or why not. */
export type Eligibility =
  | { verdict: 'now'; rule: NamedRule; decision: RegimeRule['decision'] }
  | { verdict: 'on'; day: string; rule: NamedRule }
  | {
      verdict: 'needs-duty';
      duties: { dutyId: string; text: string }[];
      blockedBy: Blocking[];
      /** The minimum runs until the day before this one; null where it is over. */
      notBefore: string | null;
      rule: NamedRule;
    }
  | {
      verdict: 'never';
      /** `barred` by the rule; `over`: publication has ended by itself; `ended` by a decision. */
      why: 'barred' | 'over' | 'ended';
      /** When publication ends by itself; null where it does not or that is not known. */
      until: string | null;
      article: Wording | null;
      rule: NamedRule | null;
    }
  | { verdict: 'to-be-looked-at'; why: LookedAt; rule: NamedRule | null };

/**
 * Whether and when a record may be repaired. In this order: it is over; nobody knows; it is barred; duties are open or another record
 * stands in the way; the minimum runs. `others` are the merchant's other records, of which those that stand on that day count.
 */
export function eligibilityOf(
  sanction: SanctionState,
  regimes: Pick<Regimes, 'regimes'>,
  day: string,
  others: readonly OtherRecord[],
): Eligibility {
  if (sanction.ended !== null)
    return { verdict: 'never', why: 'ended', until: null, article: null, rule: null };
  const by = rulesOf(sanction, regimes);
  if (by === null) return { verdict: 'to-be-looked-at', why: whyNoRule(sanction, regimes), rule: null };
  const rule = named(by, by.rule);
  const ends = publicationEnds(sanction, regimes);
  const until = ends?.day ?? null;
  if (until !== null && until < day)
    return { verdict: 'never', why: 'over', until, article: ends?.rule.article ?? null, rule };
  if (by.rule.repair === 'look') return { verdict: 'to-be-looked-at', why: 'rule-unknown', rule };
  const opens = lastMinimum(by, sanction);
  if (by.rule.repair === 'never' || (until !== null && opens !== null && opens > until))
    return { verdict: 'never', why: 'barred', until, article: by.rule.article, rule };
  if (opens === null) return { verdict: 'to-be-looked-at', why: 'publication-missing', rule };
  const duties = sanction.duties
    .filter(({ done }) => done === null || done.on > day)
    .map(({ dutyId, text }) => ({ dutyId, text }));
  const blockedBy = blocking(by, sanction, others, day);
  if (duties.length > 0 || blockedBy.length > 0)
    return { verdict: 'needs-duty', duties, blockedBy, notBefore: opens > day ? opens : null, rule };
  return opens > day
    ? { verdict: 'on', day: opens, rule }
    : { verdict: 'now', rule, decision: by.rule.decision };
}

/** The latest of the minima of all rules that fit; null where one is not known. */
function lastMinimum({ rules }: RuledBy, sanction: SanctionState): string | null {
  return rules
    .map((rule) => minimumOver(rule, sanction))
    .reduce((latest, one) => (latest === null || one === null ? null : one > latest ? one : latest));
}

function blocking(
  { rules }: RuledBy,
  { id }: SanctionState,
  others: readonly OtherRecord[],
  day: string,
): Blocking[] {
  const bars = new Map(rules.flatMap(({ blockedBy }) => blockedBy.map((one) => [one.kind, one])));
  return others.flatMap((other) => {
    const bar = bars.get(other.kind);
    return bar !== undefined && other.id !== id && isStanding(other, day)
      ? [{ id: other.id, kind: other.kind, article: bar.article, tag: bar.tag }]
      : [];
  });
}

/** Which fact about it is missing, so that no rule fits. */
function whyNoRule(sanction: SanctionState, regimes: Pick<Regimes, 'regimes'>): LookedAt {
  const regime = regimeOf(sanction, regimes);
  if (regime === null) return 'no-regime';
  const rules = regime.rules.filter(({ when }) => when.kinds.includes(sanction.kind));
  if (sanction.class === null && rules.some(({ when }) => when.classes !== null)) return 'class-missing';
  if (rules.some(({ when }) => when.measures !== null)) return 'measures-missing';
  return 'rule-unknown';
}

/** What of a record's eligibility does not change from day to day, by which lists are filtered and sorted. */
export type SanctionOutlook = {
  state: 'standing' | 'look' | 'barred' | 'ended';
  /** The first day on which the minimum is over; null where it is not known or does not count. */
  opensOn: string | null;
  /** The last day of publication if nothing is done; null where it is not known or there is none. */
  endsOn: string | null;
  openDuties: number;
  /** Kinds of other records that stand in the way. */
  blockedBy: SanctionState['kind'][];
};

/** The same rules as `eligibilityOf`, without a day and without other records. */
export function outlookOf(sanction: SanctionState, regimes: Pick<Regimes, 'regimes'>): SanctionOutlook {
  const openDuties = sanction.duties.filter(({ done }) => done === null).length;
  const none = { opensOn: null, endsOn: null, openDuties, blockedBy: [] };
  if (sanction.ended !== null) return { ...none, state: 'ended' };
  const by = rulesOf(sanction, regimes);
  if (by === null) return { ...none, state: 'look' };
  const endsOn = publicationEnds(sanction, regimes)?.day ?? null;
  if (by.rule.repair === 'look') return { ...none, endsOn, state: 'look' };
  const opensOn = lastMinimum(by, sanction);
  if (by.rule.repair === 'never' || (endsOn !== null && opensOn !== null && opensOn > endsOn))
    return { ...none, endsOn, state: 'barred' };
  if (opensOn === null) return { ...none, endsOn, state: 'look' };
  const blockedBy = [...new Set(by.rules.flatMap((rule) => rule.blockedBy.map(({ kind }) => kind)))];
  return { state: 'standing', opensOn, endsOn, openDuties, blockedBy };
}
