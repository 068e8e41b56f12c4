import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { DisclosedPoints } from '../../contract/centre/disclosure.ts';
import type { DisclosureScope } from '../../domain/disclosure/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { normaliseCode } from '../../domain/merchant/index.ts';
import { centreError } from '../kernel/errors.ts';
import type { TokenHolder } from '../kernel/http/tokens.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { withCentreLog } from '../organisation/index.ts';
import { merchantWith } from './merchant.ts';
import { saidOf } from './said.ts';

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
