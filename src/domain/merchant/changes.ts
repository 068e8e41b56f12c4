import type { FieldChange, FieldValue, PastFact } from '../kernel/event/change.ts';
import { identitySchemas, type MerchantContact } from './fields.ts';
import { registerSchemas } from './register.ts';

const UPDATED = identitySchemas['merchant-updated@2'];
export const MERCHANT_FIELDS = UPDATED.keyof().options;
export type MerchantField = (typeof MERCHANT_FIELDS)[number];

type Known = Partial<Record<MerchantField, FieldValue>>;

/** A contact in one line, as a history shows it. */
const contactLine = ({ name, role, phone, from, to }: MerchantContact): string =>
  [name, role, phone, from === null && to === null ? null : `${from ?? ''}–${to ?? ''}`]
    .filter((part) => part !== null)
    .join(' · ');

/** What each update of a merchant replaced, by the id of its fact. `events` is the history from its beginning. */
export function merchantChangesOf(events: readonly PastFact[]): Map<string, FieldChange<MerchantField>[]> {
  const changes = new Map<string, FieldChange<MerchantField>[]>();
  let now: Known = {};
  for (const { eventId, type, payload, counts } of events) {
    const read = readKnown(type, payload);
    if (read === null) continue;
    // A fact of an earlier release does not say everything: what it leaves out stays.
    const next = { ...now, ...read };
    if (type === 'merchant-updated')
      changes.set(
        eventId,
        MERCHANT_FIELDS.filter((field) => !same(now[field], next[field])).map((field) => ({
          field,
          before: now[field] ?? null,
          after: next[field] ?? null,
        })),
      );
    if (counts) now = next;
  }
  return changes;
}

/** What a fact says of who the merchant is and where; null of any other. */
function readKnown(type: string, payload: unknown): Known | null {
  if (type === 'merchant-moved') {
    const moved = registerSchemas['merchant-moved@1'].safeParse(payload);
    return moved.success ? { address: moved.data.address } : null;
  }
  if (type !== 'merchant-registered' && type !== 'merchant-updated') return null;
  // A registration holds all that an update does.
  const read = UPDATED.safeParse(payload);
  if (!read.success) return null;
  const { aliases, contacts, ...fields } = read.data;
  return {
    ...fields,
    ...(aliases === undefined ? {} : { aliases }),
    ...(contacts === undefined ? {} : { contacts: contacts.map(contactLine) }),
  };
}

/** Nothing and an empty list say the same. */
const same = (one: FieldValue | undefined, other: FieldValue | undefined): boolean =>
  JSON.stringify(bare(one)) === JSON.stringify(bare(other));
const bare = (value: FieldValue | undefined): FieldValue =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
