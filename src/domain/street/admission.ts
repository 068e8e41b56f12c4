import { type AdmissionContext, refusalOfUnit } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { MerchantState } from '../merchant/index.ts';
import { covers } from '../organisation/index.ts';
import type { Rulebook } from '../procedure/index.ts';
import type { StreetPayload, StorefrontPayload } from './events.ts';
import type { StorefrontState } from './storefront.ts';
import type { StreetState } from './street.ts';

type Named = { kind: string; id: string }[];

/** Levels at which a street may be: below a mall there is none, and the district has its circles for it (assumption). */
const LOWEST_LEVEL = 2;

/** Other records that a fact of a street is judged by: the shops that a patrol says it has visited. */
export function recordsOfStreet({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named {
  if (type !== 'street-patrolled' || typeof payload !== 'object' || payload === null) return [];
  if (!('merchantIds' in payload) || !Array.isArray(payload.merchantIds)) return [];
  return payload.merchantIds.flatMap((id: unknown) =>
    typeof id === 'string' ? [{ kind: 'storefront', id }] : [],
  );
}

/** Why a fact of a street that is legal in itself is refused: its unit is none, or a shop it names is not on the street. */
export function refusalOfStreet(
  before: StreetState | undefined,
  fact: Fact,
  after: StreetState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  if (before === undefined) {
    const elsewhere = refusalOfUnit(after.unitPath, 'unitPath', context);
    if (elsewhere !== null) return elsewhere;
    return context.levelOf(after.unitPath) < LOWEST_LEVEL
      ? { rule: 'street-unit-level', field: 'unitPath' }
      : null;
  }
  // Shops may have left by the time it arrives: that they were visited stays true.
  if (context.side === 'receiving') return null;
  const { merchantIds } = fact.payload as StreetPayload<'street-patrolled@1'>;
  const stranger = merchantIds.findIndex((id) => {
    // Looked up as a shop on a street.
    const shop = context.record({ kind: 'storefront', id }) as StorefrontState | undefined;
    return shop === undefined || shop.left !== null || shop.streetId !== after.id;
  });
  return stranger < 0 ? null : { rule: 'street-shop-missing', field: `shops.${stranger}` };
}

/** Other records that a fact of a shop is judged by: the street that it joins, and the merchant. */
export function recordsOfStorefront({
  stream,
  type,
  payload,
}: Pick<RecordedFact, 'stream' | 'type' | 'payload'>): Named {
  if (type !== 'shop-joined' || typeof payload !== 'object' || payload === null) return [];
  const street = 'streetId' in payload && typeof payload.streetId === 'string' ? [payload.streetId] : [];
  return [{ kind: 'merchant', id: stream.id }, ...street.map((id) => ({ kind: 'street', id }))];
}

/** Why a shop cannot join: there is no such street or merchant, or the shop stands elsewhere. */
export function refusalOfStorefront(
  _before: StorefrontState | undefined,
  fact: Fact,
  after: StorefrontState,
  { record }: AdmissionContext<Rulebook>,
): Refusal | null {
  if (fact.type !== 'shop-joined') return null;
  const { streetId, merchantPath } = fact.payload as StorefrontPayload<'shop-joined@1'>;
  // Looked up as a street and a merchant.
  const street = record({ kind: 'street', id: streetId }) as StreetState | undefined;
  const merchant = record({ kind: 'merchant', id: after.id }) as MerchantState | undefined;
  if (street === undefined) return { rule: 'street-missing', field: 'streetId' };
  if (merchant === undefined) return { rule: 'merchant-missing', field: 'merchantId' };
  return covers(street.unitPath, merchantPath) && merchantPath !== street.unitPath
    ? null
    : { rule: 'street-shop-outside', field: 'merchantId' };
}
