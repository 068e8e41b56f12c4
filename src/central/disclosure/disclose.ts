import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { DisclosedPoints } from '../../contract/centre/disclosure.ts';
import { type CreditState, overrideOn, pendingBecause } from '../../domain/credit/index.ts';
import type { DisclosureScope } from '../../domain/disclosure/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { normaliseCode } from '../../domain/merchant/index.ts';
import { centreError } from '../kernel/errors.ts';
import type { Transaction } from '../kernel/db/database.ts';
import type { TokenHolder } from '../kernel/http/tokens.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { withCentreLog } from '../organisation/index.ts';

type Merchant = { id: string; unitPath: string };

/** The merchant with that code at the token's unit or below; of entries that are the same merchant the one that was graded last. */
async function merchantWith(
  transaction: Transaction,
  code: string,
  unitPath: string,
): Promise<Merchant | undefined> {
  const { rows } = await sql<Merchant>`
    SELECT merchant_id AS id, unit_path AS "unitPath" FROM credit_merchant
    WHERE credit_code = ${code} AND (unit_path = ${unitPath} OR starts_with(unit_path, ${`${unitPath}/`}))
    ORDER BY published_month DESC NULLS LAST, merchant_id LIMIT 1`.execute(transaction);
  return rows[0];
}

type Said = Omit<DisclosedPoints, 'disclosureId' | 'code'>;

/** What is said of a merchant's credit on a day: nothing but the published grade, or why there is none. */
function saidOf(state: CreditState | undefined, day: string): Said {
  const none = { grade: null, month: null, policyVersion: null, points: null, reasons: [] };
  if (state === undefined || state.grade === null) return { state: 'not-rated', ...none };
  if (pendingBecause(state) !== null) return { state: 'pending', ...none };
  const { grade, month, policyVersion, points, reasons } = state.grade;
  const override = overrideOn(state, day)?.grade ?? null;
  const given = override ?? grade;
  return {
    state: given === null ? 'not-rated' : 'graded',
    grade: given,
    month,
    policyVersion,
    // Points stand for the grade that follows from them, and not for one that was set by hand.
    points: given === null || override !== null ? null : points,
    reasons: given === null || override !== null ? [] : reasons.map(({ code, lost }) => ({ code, lost })),
  };
}

/**
 * Answers for one merchant, and records the answer in the same transaction as a fact that goes to the merchant's unit and all above it: what is
 * not recorded is not said. @throws MERCHANT_UNKNOWN
 */
export async function disclose(
  parts: IngestParts,
  holder: TokenHolder,
  { code: typed, reference, scope }: { code: string; reference: string | undefined; scope: DisclosureScope },
  now: Date,
): Promise<DisclosedPoints> {
  const code = normaliseCode(typed);
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    const merchant = await merchantWith(transaction, code, holder.unitPath);
    if (!merchant) throw centreError('MERCHANT_UNKNOWN');
    const said = saidOf(await stateOf(transaction, 'credit', merchant.id), businessDay(now.toISOString()));
    const disclosureId = uuidv7();
    const { state, grade, month } = said;
    await record([
      {
        stream: { kind: 'disclosure', id: merchant.id },
        type: 'grade-disclosed',
        payload: {
          disclosureId,
          merchantPath: merchant.unitPath,
          scope,
          tokenId: holder.tokenId,
          heldBy: holder.heldBy,
          purpose: holder.purpose,
          reference: reference ?? null,
          state,
          grade,
          month,
        },
        unitPath: merchant.unitPath,
      },
    ]);
    await sql`UPDATE access_token SET answered = answered + 1 WHERE id = ${holder.tokenId}`.execute(
      transaction,
    );
    return { disclosureId, code, ...said };
  });
}
