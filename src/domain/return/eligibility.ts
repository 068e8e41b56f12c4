import { z } from 'zod';
import { addNaturalDays, type Calendar, type PeriodEnd } from '../kernel/calendar/index.ts';
import type { CommitmentTerms } from './commitment.ts';
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

/**
 * The last day on which the goods may come back. By default the day after purchase is day one
 * (民法典 Art. 201, and the usual wording of promises); a promise may count the day of purchase itself.
 * A window that ends on a holiday ends on the next working day. Assumption: 民法典 Art. 203 is written
 * for periods in law and contract alike, and the promise says nothing else.
 */
export function lastReturnDay(
  terms: Pick<CommitmentTerms, 'windowDays' | 'windowStartsNextDay'>,
  purchasedOn: string,
  calendar: Calendar,
): PeriodEnd {
  return addNaturalDays(
    calendar,
    purchasedOn,
    terms.windowStartsNextDay ? terms.windowDays : terms.windowDays - 1,
  );
}

/**
 * Judges a return under the promise in force when the goods were bought; null when there was none.
 * Pure: the day of the request is part of the request. Advice to the person who decides, with every
 * rule that led to it; it decides nothing itself.
 */
export function assessReturn(
  commitment: CommitmentTerms | null,
  request: ReturnRequest,
  calendar: Calendar,
): Assessment {
  const reasons =
    commitment === null
      ? [reason('commitment-in-force', 'fail')]
      : [
          inForce(commitment, request),
          purchaseDate(request),
          window(commitment, request, calendar),
          statutoryExclusion(request),
          unsuitableByNature(request),
          merchantExclusion(commitment, request),
          condition(request),
          gift(request),
          proof(request),
        ];
  return { verdict: verdictOf(reasons), reasons };
}

function inForce(terms: CommitmentTerms, request: ReturnRequest): ReturnReason {
  const { effectiveFrom, effectiveTo } = terms;
  const yes =
    effectiveFrom <= request.purchasedOn && (effectiveTo === null || request.purchasedOn < effectiveTo);
  return reason('commitment-in-force', yes ? 'pass' : 'fail', {
    purchasedOn: request.purchasedOn,
    effectiveFrom,
    ...(effectiveTo === null ? {} : { effectiveTo }),
  });
}

function purchaseDate({ purchasedOn, requestedOn }: ReturnRequest): ReturnReason {
  return reason('purchase-date', purchasedOn > requestedOn ? 'fail' : 'pass', {
    purchasedOn,
    requestedOn,
  });
}

function window(
  terms: CommitmentTerms,
  { purchasedOn, requestedOn }: ReturnRequest,
  calendar: Calendar,
): ReturnReason {
  const { day, provisional } = lastReturnDay(terms, purchasedOn, calendar);
  return reason('window', requestedOn > day ? 'fail' : 'pass', {
    windowDays: terms.windowDays,
    lastDay: day,
    requestedOn,
    ...(provisional ? { provisional: 1 } : {}),
  });
}

/** 消保法 Art. 25(1): custom-made; fresh and perishable; opened audio-video and software; newspapers. */
function statutoryExclusion({ goodsCategory, condition: found }: ReturnRequest): ReturnReason {
  const excluded =
    goodsCategory === 'custom-made' ||
    goodsCategory === 'fresh' ||
    goodsCategory === 'periodical' ||
    (goodsCategory === 'audio-video-software' && found !== 'intact');
  return reason('statutory-exclusion', excluded ? 'fail' : 'pass', { goodsCategory });
}

/** 消保法 Art. 25(2): other goods, but only if the consumer confirmed it at purchase. */
function unsuitableByNature({ confirmedUnsuitable }: ReturnRequest): ReturnReason {
  return reason('unsuitable-by-nature', confirmedUnsuitable ? 'fail' : 'pass');
}

function merchantExclusion(
  { excludedGoods }: CommitmentTerms,
  { goodsCategory }: ReturnRequest,
): ReturnReason {
  const excluded = excludedGoods.includes(goodsCategory);
  return reason('merchant-exclusion', excluded ? 'fail' : 'pass', { goodsCategory });
}

function condition({ condition: found }: ReturnRequest): ReturnReason {
  const spoilt = found === 'used' || found === 'damaged' || found === 'incomplete';
  return reason('condition', spoilt ? 'fail' : 'pass', { condition: found });
}

/** A gift that is kept may be charged at its marked price; without one the parties have to agree. */
function gift({ gift: found, giftPriceFen }: ReturnRequest): ReturnReason {
  return reason('gift', found === 'kept' ? 'negotiable' : 'pass', {
    gift: found,
    ...(found === 'kept' && giftPriceFen !== null ? { giftPriceFen } : {}),
  });
}

/** A lost receipt does not end the right; it is settled between the parties. */
function proof({ proofType }: ReturnRequest): ReturnReason {
  return reason('proof', proofType === 'none' ? 'negotiable' : 'pass', { proofType });
}
