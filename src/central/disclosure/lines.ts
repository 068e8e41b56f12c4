import type { LineAnswer, LineInput } from '../../contract/centre/disclosure.ts';
import { consentStanding, idOfMerchant } from '../../domain/finance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { normaliseCode } from '../../domain/merchant/index.ts';
import { covers } from '../../domain/organisation/index.ts';
import { consentsOf } from '../finance/index.ts';
import type { Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { TokenHolder } from '../kernel/http/tokens.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { type AdminFact, withCentreLog } from '../organisation/index.ts';
import { recipientOf } from './data.ts';
import { merchantWith } from './merchant.ts';

/**
 * Records what a bank hands in of its lines of credit: a new one of a merchant that consents to this bank today, or what became of one of
 * its own. @throws MERCHANT_UNKNOWN; FORBIDDEN without such a consent; RULE as the reducer refuses it, and for another bank's line
 */
export async function recordLine(
  parts: IngestParts,
  holder: TokenHolder,
  input: LineInput,
  now: Date,
): Promise<LineAnswer> {
  const recipient = recipientOf(holder);
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    const fact =
      input.type === 'granted'
        ? await grantedBy(transaction, holder, recipient, input, now)
        : await furtherOf(transaction, holder, input);
    await record([{ ...fact, unitPath: recipient.unitPath }]);
    const after = await stateOf(transaction, 'credit-line', fact.stream.id);
    if (!after) throw centreError('RULE', { rule: 'credit-line-missing', field: 'lineId' });
    const { id, fen, drawnFen, repaidFen, closedOn } = after;
    return { lineId: id, fen, drawnFen, repaidFen, closedOn };
  });
}

type Recorded = Omit<AdminFact, 'unitPath'>;

async function grantedBy(
  transaction: Transaction,
  holder: TokenHolder,
  lender: { unitPath: string; name: string },
  { id, code, type: _type, ...said }: Extract<LineInput, { type: 'granted' }>,
  now: Date,
): Promise<Recorded> {
  const merchant = await merchantWith(transaction, normaliseCode(code), holder.unitPath);
  const state = merchant && (await stateOf(transaction, 'merchant', merchant.id));
  if (!merchant || !state) throw centreError('MERCHANT_UNKNOWN');
  const consents = (await consentsOf(transaction, [merchant.id], { locked: true })).get(merchant.id) ?? [];
  const day = businessDay(now.toISOString());
  const consent = consents.find(
    (one) => one.recipient.unitPath === lender.unitPath && consentStanding(one, day) === 'in-force',
  );
  if (!consent) throw centreError('FORBIDDEN', { field: 'code', rule: 'consent-not-in-force' });
  return {
    stream: { kind: 'credit-line', id: idOfMerchant(merchant.id, id) },
    type: 'credit-line-granted',
    payload: {
      merchantId: merchant.id,
      merchantPath: merchant.unitPath,
      merchantName: state.name,
      category: state.category,
      lender,
      consentId: consent.id,
      ...said,
    },
  };
}

async function furtherOf(
  transaction: Transaction,
  holder: TokenHolder,
  { lineId, type, ...payload }: Exclude<LineInput, { type: 'granted' }>,
): Promise<Recorded> {
  const line = await stateOf(transaction, 'credit-line', lineId);
  const own =
    line !== undefined &&
    line.lender.unitPath === holder.recipientPath &&
    covers(holder.unitPath, line.merchantPath);
  // Another bank's, and none at all, are not told apart.
  if (!own) throw centreError('RULE', { rule: 'credit-line-missing', field: 'lineId' });
  return { stream: { kind: 'credit-line', id: lineId }, type: `credit-line-${type}`, payload };
}
