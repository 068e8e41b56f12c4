import type { AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { MerchantState } from '../merchant/index.ts';
import type { AllianceState } from './alliance.ts';

/** What joining is judged by: the merchant's own record. */
export function recordsOfAlliance({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>) {
  if (type !== 'alliance-joined' || typeof payload !== 'object' || payload === null) return [];
  const { merchantId } = payload as Record<string, unknown>;
  return typeof merchantId === 'string' ? [{ kind: 'merchant', id: merchantId }] : [];
}

/** Why a merchant may not join that could: it is not known, was merged into another entry, or trades elsewhere. */
export function refusalOfAlliance(
  _before: AllianceState | undefined,
  { type }: Pick<Fact, 'type'>,
  { merchantId, merchantPath }: AllianceState,
  { record }: Pick<AdmissionContext<never>, 'record'>,
): Refusal | null {
  if (type !== 'alliance-joined') return null;
  // Looked up under its own kind.
  const merchant = record({ kind: 'merchant', id: merchantId }) as MerchantState | undefined;
  if (!merchant) return { rule: 'merchant-missing', field: 'merchantId' };
  if (merchant.mergedInto !== undefined) return { rule: 'alliance-merchant-merged', field: 'merchantId' };
  return merchant.unitPath === merchantPath
    ? null
    : { rule: 'alliance-merchant-elsewhere', field: 'merchantPath' };
}
