import { z } from 'zod';
import { addNaturalDays, type Calendar, type PeriodEnd } from '../kernel/calendar/index.ts';
import { startRuleOf, type CommitmentTerms } from './commitment.ts';
import type { ReturnRequest } from './request.ts';

/** The rules of an offline no-reason return, in the order in which a clerk goes through them. */
export const ReturnRule = z.enum([
  'commitment-in-force',
  'purchase-date',
  'window',
  'statutory-exclusion',
  'unsuitable-by-nature',
  'merchant-exclusion',
  'condition',
  'gift',
  'freight',
  'proof',
]);
export type ReturnRule = z.infer<typeof ReturnRule>;

/**
 * Where each rule comes from, as a translation key; shown with the reason. Offline the law does not
 * impose the return: its exclusions (消保法 Art. 25) are taken over by practice, the rest is the promise.
 */
export const RETURN_SOURCES = {
  'commitment-in-force': 'source.return-promise',
  'purchase-date': 'source.return-promise',
  window: 'source.return-window',
  'statutory-exclusion': 'source.consumer-law-25',
  'unsuitable-by-nature': 'source.consumer-law-25',
  'merchant-exclusion': 'source.return-promise',
  condition: 'source.return-intact',
  gift: 'source.return-gift',
  freight: 'source.return-promise',
  proof: 'source.return-proof',
} as const satisfies Record<ReturnRule, `source.${string}`>;

export type ReturnOutcome = 'pass' | 'fail' | 'negotiable';

export type ReturnReason = {
  rule: ReturnRule;
  outcome: ReturnOutcome;
  /** Translation key of the law, promise or practice behind the rule. */
  source: (typeof RETURN_SOURCES)[ReturnRule];
  /** Values for the message: days `YYYY-MM-DD`, money in fen, codes of what was found. */
  parameters: Record<string, string | number>;
};

export type ReturnVerdict = 'eligible' | 'ineligible' | 'negotiable';

export type Assessment = {
  verdict: ReturnVerdict;
  /** Every rule once, whatever its outcome; without any promise only the first. */
  reasons: ReturnReason[];
};

function reason(
  rule: ReturnRule,
  outcome: ReturnOutcome,
  parameters: Record<string, string | number> = {},
): ReturnReason {
  return { rule, outcome, source: RETURN_SOURCES[rule], parameters };
}

/** One failure decides; without any, one matter left to the parties makes the whole negotiable. */
export function verdictOf(reasons: readonly Pick<ReturnReason, 'outcome'>[]): ReturnVerdict {
  if (reasons.some((one) => one.outcome === 'fail')) return 'ineligible';
  return reasons.some((one) => one.outcome === 'negotiable') ? 'negotiable' : 'eligible';
}

/** What the last day depends on besides the promise. */
type Bought = Pick<ReturnRequest, 'purchasedOn' | 'receivedOn'>;

/**
 * The last day on which the goods may come back, as the promise counts: from the day of purchase itself; from the day after it
 * (民法典 Art. 201, and the usual wording of promises); or, for goods that are delivered, from the day after they were signed for, and
 * from the day after purchase while nobody knows that day. A window that ends on a holiday ends on the next working day. Assumption:
 * 民法典 Art. 203 is written for periods in law and contract alike, and the promise says nothing else.
 */
export function lastReturnDay(
  terms: Pick<CommitmentTerms, 'windowDays' | 'windowStartsNextDay' | 'startRule'>,
  { purchasedOn, receivedOn }: Bought,
  calendar: Calendar,
): PeriodEnd {
  const rule = startRuleOf(terms);
  return addNaturalDays(
    calendar,
    rule === 'signed-next-day' ? (receivedOn ?? purchasedOn) : purchasedOn,
    rule === 'purchase-day' ? terms.windowDays - 1 : terms.windowDays,
  );
}

type Judged = { terms: CommitmentTerms; request: ReturnRequest; calendar: Calendar };

const RULES: Record<ReturnRule, (judged: Judged) => ReturnReason> = {
  'commitment-in-force': inForce,
  'purchase-date': purchaseDate,
  window,
  'statutory-exclusion': statutoryExclusion,
  'unsuitable-by-nature': unsuitableByNature,
  'merchant-exclusion': merchantExclusion,
  condition,
  gift,
  freight,
  proof,
};

/**
 * Judges a return under the promise in force when the goods were bought; null when there was none.
 * Pure: the day of the request is part of the request. Advice to the person who decides, with every
 * rule that led to it; it decides nothing itself. The verdict is the same in whatever `order` the rules are gone through.
 */
export function assessReturn(
  commitment: CommitmentTerms | null,
  request: ReturnRequest,
  calendar: Calendar,
  order: readonly ReturnRule[] = ReturnRule.options,
): Assessment {
  const reasons =
    commitment === null
      ? [reason('commitment-in-force', 'fail')]
      : order.map((rule) => RULES[rule]({ terms: commitment, request, calendar }));
  return { verdict: verdictOf(reasons), reasons };
}

function inForce({ terms, request }: Judged): ReturnReason {
  const { effectiveFrom, effectiveTo } = terms;
  const yes =
    effectiveFrom <= request.purchasedOn && (effectiveTo === null || request.purchasedOn < effectiveTo);
  return reason('commitment-in-force', yes ? 'pass' : 'fail', {
    purchasedOn: request.purchasedOn,
    effectiveFrom,
    ...(effectiveTo === null ? {} : { effectiveTo }),
  });
}

/** Neither bought nor signed for tomorrow, and not signed for before it was bought. */
function purchaseDate({ request: { purchasedOn, requestedOn, receivedOn } }: Judged): ReturnReason {
  const signed = receivedOn ?? purchasedOn;
  const possible = purchasedOn <= signed && signed <= requestedOn;
  return reason('purchase-date', possible ? 'pass' : 'fail', {
    purchasedOn,
    requestedOn,
    ...(receivedOn ? { receivedOn } : {}),
  });
}

function window({ terms, request, calendar }: Judged): ReturnReason {
  const { day, provisional } = lastReturnDay(terms, request, calendar);
  const start = startRuleOf(terms);
  // Nobody knows when they were signed for: it was not before they were bought, and may be in time.
  const open = start === 'signed-next-day' && !request.receivedOn;
  const late = request.requestedOn > day;
  return reason('window', late ? (open ? 'negotiable' : 'fail') : 'pass', {
    windowDays: terms.windowDays,
    lastDay: day,
    requestedOn: request.requestedOn,
    start,
    ...(provisional ? { provisional: 1 } : {}),
  });
}

/** 消保法 Art. 25(1): custom-made; fresh and perishable; opened audio-video and software; newspapers. */
function statutoryExclusion({ request: { goodsCategory, condition: found } }: Judged): ReturnReason {
  const excluded =
    goodsCategory === 'custom-made' ||
    goodsCategory === 'fresh' ||
    goodsCategory === 'periodical' ||
    (goodsCategory === 'audio-video-software' && found !== 'intact');
  return reason('statutory-exclusion', excluded ? 'fail' : 'pass', { goodsCategory });
}

/** 消保法 Art. 25(2): other goods, but only if the consumer confirmed it at purchase. */
function unsuitableByNature({ request: { confirmedUnsuitable } }: Judged): ReturnReason {
  return reason('unsuitable-by-nature', confirmedUnsuitable ? 'fail' : 'pass');
}

/** Goods that the promise leaves out by name, or does not name where it names those it holds for. */
function merchantExclusion({
  terms: { excludedGoods, goods = null },
  request: { goodsCategory },
}: Judged): ReturnReason {
  const outside = goods !== null && !goods.includes(goodsCategory);
  return reason('merchant-exclusion', outside || excludedGoods.includes(goodsCategory) ? 'fail' : 'pass', {
    goodsCategory,
    ...(outside ? { outside: 1 } : {}),
  });
}

function condition({ request: { condition: found } }: Judged): ReturnReason {
  const spoilt = found === 'used' || found === 'damaged' || found === 'incomplete';
  return reason('condition', spoilt ? 'fail' : 'pass', { condition: found });
}

/**
 * A gift that is kept is never a ground of refusal by itself. Where the promise charges it at the price marked in advance, and it was
 * marked, all is said; otherwise the parties have to agree.
 */
function gift({ terms: { giftRule }, request: { gift: found, giftPriceFen } }: Judged): ReturnReason {
  const charged = giftRule === 'charged' && giftPriceFen !== null;
  return reason('gift', found === 'kept' && !charged ? 'negotiable' : 'pass', {
    gift: found,
    ...(found === 'kept' && giftPriceFen !== null ? { giftPriceFen } : {}),
  });
}

/** Who bears the way back changes nothing of the right; where it costs something and the promise is silent, the parties agree. */
function freight({ terms: { freightRule }, request: { freightFen = null } }: Judged): ReturnReason {
  const costs = freightFen !== null && freightFen > 0;
  return reason('freight', costs && freightRule === undefined ? 'negotiable' : 'pass', {
    ...(costs ? { freightFen } : {}),
    ...(freightRule === undefined ? {} : { freightRule }),
  });
}

/** A lost receipt does not end the right; it is settled between the parties. */
function proof({ request: { proofType } }: Judged): ReturnReason {
  return reason('proof', proofType === 'none' ? 'negotiable' : 'pass', { proofType });
}

/** What a promise gives back for goods that come back whole: what was paid, less a gift that is kept and was marked. */
export function refundDue(request: Pick<ReturnRequest, 'amountFen' | 'gift' | 'giftPriceFen'>): number {
  const kept = request.gift === 'kept' ? (request.giftPriceFen ?? 0) : 0;
  return Math.max(0, request.amountFen - kept);
}
