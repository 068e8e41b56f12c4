import type { Calendar } from '../kernel/calendar/index.ts';
import { commitmentOn, type MerchantCommitment, type MerchantState } from '../merchant/index.ts';
import { type Assessment, assessReturn, type ReturnOutcome, type ReturnVerdict } from './eligibility.ts';
import type { ReturnRequest } from './request.ts';

/** A request under the promise it falls under, as it goes into the fact. */
export type JudgedReturn = {
  /** In force on the day of purchase; else the last one; null where the merchant never promised anything. */
  commitment: MerchantCommitment | null;
  assessment: Assessment | null;
  verdict: ReturnVerdict;
  reasons: { rule: string; outcome: ReturnOutcome }[];
};

/** What stands in the place of the rules where there is no promise to go through. */
const NO_PROMISE = 'no-commitment';

/** Judges a request of a day under the promise that was in force on the day of purchase. */
export function judgeReturn(
  merchant: Pick<MerchantState, 'commitments'>,
  request: ReturnRequest,
  calendar: Calendar,
): JudgedReturn {
  const commitment = commitmentOn(merchant, request.purchasedOn) ?? merchant.commitments.at(-1) ?? null;
  if (commitment === null)
    return {
      commitment,
      assessment: null,
      // Without any promise nothing binds the merchant: the parties may still agree.
      verdict: 'negotiable',
      reasons: [{ rule: NO_PROMISE, outcome: 'negotiable' }],
    };
  const assessment = assessReturn(commitment, request, calendar);
  const reasons = assessment.reasons.map(({ rule, outcome }) => ({ rule, outcome }));
  return { commitment, assessment, verdict: assessment.verdict, reasons };
}
