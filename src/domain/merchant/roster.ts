import type { FieldChange, FieldValue } from '../kernel/event/change.ts';
import type { MerchantFields } from './fields.ts';
import type { MerchantState } from './merchant.ts';

/** What a row of a roster says of a merchant; null where it says nothing. */
export type RosterRow = {
  name: string;
  creditCode: string | null;
  aliases: readonly string[];
  category: string | null;
  address: string | null;
  contactName: string | null;
  phone: string | null;
};

type Fields = Omit<MerchantFields, 'unitPath' | 'invented'>;
const COMPARED = ['name', 'creditCode', 'category', 'address', 'contactName', 'phone'] as const;

/**
 * What an update of a merchant would record for it to be as a roster says, and what would change; null where nothing would. A
 * blank says nothing and takes nothing away, and a code that it had before stays as an earlier number.
 */
export function updateByRoster(
  state: MerchantState,
  row: RosterRow,
): { fields: Fields; changes: FieldChange[] } | null {
  const { aliases: had = [], contacts } = state;
  const replaced =
    row.creditCode !== null && state.creditCode !== null && row.creditCode !== state.creditCode;
  const aliases = [
    ...new Set([
      ...had,
      ...row.aliases,
      ...(replaced && state.creditCode !== null ? [state.creditCode] : []),
    ]),
  ];
  const fields: Fields = {
    name: row.name,
    creditCode: row.creditCode ?? state.creditCode,
    category: row.category ?? state.category,
    address: row.address ?? state.address,
    contactName: row.contactName ?? state.contactName,
    phone: row.phone ?? state.phone,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(contacts === undefined ? {} : { contacts }),
  };
  const change = (field: string, before: FieldValue, after: FieldValue): FieldChange[] =>
    JSON.stringify(before) === JSON.stringify(after) ? [] : [{ field, before, after }];
  const changes = [
    ...COMPARED.flatMap((field) => change(field, state[field], fields[field])),
    ...change('aliases', had, aliases),
  ];
  return changes.length === 0 ? null : { fields, changes };
}
