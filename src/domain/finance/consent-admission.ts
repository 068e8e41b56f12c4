import { businessDay, naturalDaysBetween } from '../kernel/calendar/index.ts';
import type { AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { MerchantState } from '../merchant/index.ts';
import { type Rulebook, topOf } from '../procedure/index.ts';
import type { ConsentState } from './consent.ts';
import { type FinanceProductsState, productsOn } from './published-products.ts';

type Named = { kind: string; id: string }[];

/** What a new consent is judged by: the merchant's own record, and the products that say who may give one and for how long. */
export function recordsOfConsent({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named {
  if (type !== 'consent-granted' || typeof payload !== 'object' || payload === null) return [];
  const { merchantId, merchantPath } = payload as Record<string, unknown>;
  return [
    ...(typeof merchantId === 'string' ? [{ kind: 'merchant', id: merchantId }] : []),
    ...(typeof merchantPath === 'string' ? [{ kind: 'finance-products', id: topOf(merchantPath) }] : []),
  ];
}

/**
 * Why a consent that is legal in itself is refused: its merchant is not known, or trades elsewhere; who signed cannot give it for a
 * merchant of that category; or, at the workstation, which knows the products in force, it runs longer than they allow.
 */
export function refusalOfConsent(
  before: ConsentState | undefined,
  fact: Fact,
  after: ConsentState,
  { record, side }: Pick<AdmissionContext<Rulebook>, 'record' | 'side'>,
): Refusal | null {
  if (before !== undefined) return null;
  // Each is looked up under its own kind.
  const merchant = record({ kind: 'merchant', id: after.merchantId }) as MerchantState | undefined;
  if (!merchant) return { rule: 'merchant-missing', field: 'merchantId' };
  if (merchant.unitPath !== after.merchantPath)
    return { rule: 'consent-merchant-elsewhere', field: 'merchantPath' };
  const published = record({ kind: 'finance-products', id: topOf(after.merchantPath) }) as
    | FinanceProductsState
    | undefined;
  const { consent } = productsOn(published, businessDay(fact.at)).products;
  const { capacity } = after.signer;
  const allowed = consent.signers.find(({ category }) => category === merchant.category);
  if (!allowed?.capacities.includes(capacity))
    return {
      rule: 'consent-signer-may-not',
      field: 'signer.capacity',
      parameters: { category: merchant.category },
    };
  if (side === 'recording' && naturalDaysBetween(after.from, after.until) + 1 > consent.mostDays)
    return { rule: 'consent-too-long', field: 'until', parameters: { days: consent.mostDays } };
  return null;
}
