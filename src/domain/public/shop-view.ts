import {
  type AllianceState,
  allianceRulesOn,
  discountsFrom,
  type DiscountOff,
  levelIn,
} from '../alliance/index.ts';
import { type CreditPolicy, type CreditState, overrideOn, pendingBecause } from '../credit/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { maskText } from '../kernel/text/index.ts';
import {
  commitmentOn,
  type FreightRule,
  type GiftRule,
  type MerchantCommitment,
  type MerchantState,
  type StartRule,
} from '../merchant/index.ts';
import type { Wording } from '../procedure/index.ts';
import { startRuleOf } from '../return/index.ts';
import type { StorefrontState } from '../street/index.ts';

/** Of a large group so many shops are named: a page stays small on any telephone. */
const SHOPS_NAMED = 20;

/** A promise as the public reads it. */
export type PromiseView = {
  version: number;
  windowDays: number;
  start: StartRule;
  /** Kinds of goods, by code; null for all. */
  goods: readonly string[] | null;
  excludedGoods: readonly string[];
  conditions: string | null;
  gift: GiftRule | null;
  freight: FreightRule | null;
  /** Some of the shops by name, and how many there are. */
  group: { name: string; shops: readonly string[]; count: number } | null;
  from: string;
  /** The first day on which it holds no more, where that was said. */
  until: string | null;
};

/** A grade as the public reads it. */
export type GradeView =
  | {
      kind: 'graded';
      grade: string;
      name: Wording | null;
      points: number;
      highest: number | null;
      reasons: readonly { code: string; lost: number }[];
      /** Until when a grade holds that was set by hand in the place of the one that the points give. */
      byHand: { until: string; ofPoints: string } | null;
      dated: Dated;
      reply: Reply | null;
    }
  | { kind: 'not-rated'; matters: number; least: number | null; dated: Dated; reply: Reply | null }
  | { kind: 'pending'; dated: Dated; reply: Reply | null }
  /** Nothing was published yet. */
  | { kind: 'none' };

type Dated = { month: string; on: string; policyVersion: number; policyName: Wording | null };
type Reply = { text: string; on: string };

/** A discount of the alliance as the public reads it. */
export type DiscountShown = {
  what: string;
  off: DiscountOff;
  from: string;
  until: string;
  toCome: boolean;
  /** In the words of the rules in force. */
  forWhom: Wording | null;
};

/** What a shop's public page says, and nothing else: no person, no telephone, no id. */
export type ShopView = {
  name: string;
  address: string | null;
  unitName: string;
  promise: PromiseView | null;
  /** A version that counts from a day to come. */
  next: PromiseView | null;
  /** The last day of a promise that is over, where none is in force. */
  endedOn: string | null;
  /** Discounts in force or to come; null where the shop is not in the alliance. */
  discounts: readonly DiscountShown[] | null;
  /** Null where the circle does not publish grades. */
  grade: GradeView | null;
  /** The plaque of a priced-clearly street that hangs there, and since when; null where none does. */
  plaque: { street: string; on: string } | null;
};

/** Names of people that stand in a merchant's record. */
function peopleOf({ contactName, contacts = [] }: Pick<MerchantState, 'contactName' | 'contacts'>): string[] {
  return [...(contactName === null ? [] : [contactName]), ...contacts.map(({ name }) => name)];
}

function promiseView(one: MerchantCommitment, clean: (text: string) => string): PromiseView {
  return {
    version: one.version,
    windowDays: one.windowDays,
    start: startRuleOf(one),
    goods: one.goods ?? null,
    excludedGoods: one.excludedGoods,
    conditions: one.conditions ? clean(one.conditions) : null,
    gift: one.giftRule ?? null,
    freight: one.freightRule ?? null,
    group: one.group
      ? {
          name: clean(one.group.name),
          shops: one.group.shops.slice(0, SHOPS_NAMED).map(({ name }) => clean(name)),
          count: one.group.shops.length,
        }
      : null,
    from: one.effectiveFrom,
    until: one.effectiveTo,
  };
}

function gradeView(
  credit: CreditState | null,
  policy: CreditPolicy | null,
  today: string,
  clean: (text: string) => string,
): GradeView {
  const grade = credit?.grade;
  if (!credit || !grade) return { kind: 'none' };
  const dated: Dated = {
    month: grade.month,
    on: businessDay(grade.at),
    policyVersion: grade.policyVersion,
    policyName: policy?.name ?? null,
  };
  const reply = credit.reply ? { text: clean(credit.reply.text), on: businessDay(credit.reply.by.at) } : null;
  // What is contested is not held up to the public until it is decided.
  if (pendingBecause(credit) !== null) return { kind: 'pending', dated, reply };
  const override = overrideOn(credit, today);
  const shown = override?.grade ?? grade.grade;
  if (shown === null)
    return { kind: 'not-rated', matters: grade.matters, least: policy?.leastMatters ?? null, dated, reply };
  return {
    kind: 'graded',
    grade: shown,
    name: policy?.scale.grades.find(({ code }) => code === shown)?.name ?? null,
    points: grade.points,
    highest: policy?.scale.highest ?? null,
    reasons: grade.reasons.map(({ code, lost }) => ({ code, lost })),
    byHand: override ? { until: override.until, ofPoints: grade.gradeOfPoints } : null,
    dated,
    reply,
  };
}

function discountsShown(
  alliance: AllianceState | null,
  today: string,
  clean: (text: string) => string,
): DiscountShown[] | null {
  if (alliance === null || alliance.left !== null) return null;
  const rules = allianceRulesOn(today);
  return discountsFrom(alliance, today).map(({ what, off, from, until, level }) => ({
    what: clean(what),
    off,
    from,
    until,
    toCome: from > today,
    forWhom: levelIn(rules, level)?.name ?? null,
  }));
}

/** What the public sees of a merchant on a day. `grades` says whether its circle publishes them. */
export function shopView({
  merchant,
  credit,
  alliance,
  policy,
  grades,
  storefront,
  unitName,
  today,
}: {
  merchant: MerchantState;
  credit: CreditState | null;
  alliance: AllianceState | null;
  policy: CreditPolicy | null;
  grades: boolean;
  storefront: StorefrontState | null;
  unitName: string;
  today: string;
}): ShopView {
  const people = peopleOf(merchant);
  const clean = (text: string): string => maskText(text, people);
  const now = commitmentOn(merchant, today);
  const next = merchant.commitments.find(({ effectiveFrom }) => effectiveFrom > today);
  const last = merchant.commitments.findLast(
    ({ effectiveTo }) => effectiveTo !== null && effectiveTo <= today,
  );
  return {
    name: maskText(merchant.name),
    address: merchant.address === null ? null : clean(merchant.address),
    unitName,
    promise: now ? promiseView(now, clean) : null,
    next: next ? promiseView(next, clean) : null,
    endedOn: now ? null : (last?.effectiveTo ?? null),
    discounts: discountsShown(alliance, today, clean),
    grade: grades ? gradeView(credit, policy, today, clean) : null,
    plaque: storefront?.plaque ? { street: clean(storefront.streetName), on: storefront.plaque.on } : null,
  };
}

/** What the card before somebody is, by its number and code beside what the merchant's versions say. */
export type CardView =
  | { verdict: 'in-force' | 'to-come' | 'ended'; version: number; from: string; until: string | null }
  | { verdict: 'false' };

/** `agrees`: the code that it bears is that of its version; there may be no such version. */
export function cardView(commitment: MerchantCommitment | null, agrees: boolean, today: string): CardView {
  if (commitment === null || !agrees) return { verdict: 'false' };
  const { version, effectiveFrom: from, effectiveTo: until } = commitment;
  const verdict = from > today ? 'to-come' : until !== null && until <= today ? 'ended' : 'in-force';
  return { verdict, version, from, until };
}
