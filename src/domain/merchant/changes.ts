import type { FieldChange, PastFact } from '../kernel/event/change.ts';
import { merchantSchemas } from './merchant.ts';

const UPDATED = merchantSchemas['merchant-updated@1'];
export const MERCHANT_FIELDS = UPDATED.keyof().options;
export type MerchantField = (typeof MERCHANT_FIELDS)[number];

/** What each update of a merchant replaced, by the id of its fact. `events` is the history from its beginning. */
export function merchantChangesOf(events: readonly PastFact[]): Map<string, FieldChange<MerchantField>[]> {
  const changes = new Map<string, FieldChange<MerchantField>[]>();
  let now: Partial<Record<MerchantField, string | null>> = {};
  for (const { eventId, type, payload, counts } of events) {
    if (type !== 'merchant-registered' && type !== 'merchant-updated') continue;
    // A registration holds all that an update does.
    const read = UPDATED.safeParse(payload);
    if (!read.success) continue;
    const { data } = read;
    if (type === 'merchant-updated')
      changes.set(
        eventId,
        MERCHANT_FIELDS.filter((field) => (now[field] ?? null) !== data[field]).map((field) => ({
          field,
          before: now[field] ?? null,
          after: data[field],
        })),
      );
    if (counts) now = data;
  }
  return changes;
}
