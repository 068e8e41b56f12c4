import { z } from 'zod';
import type { ReceivePrivacy } from '../../contract/workstation/privacy.ts';
import {
  MOST_RECORDS,
  PrivacyIdentity,
  PrivacyRecordKind,
  PrivacyWhat,
  type PrivacyRecord,
} from '../../domain/privacy/index.ts';
import { chosen, phoneNeeded, textNeeded } from '../kernel/components/typed-values.ts';

/** A record as one text, as it stands in the form and in an address: `case:` and its id. */
export const keyOf = ({ kind, id }: Pick<PrivacyRecord, 'kind' | 'id'>): string => `${kind}:${id}`;

/** The record that such a text names; null where it names none. */
export function recordOf(key: string): { kind: PrivacyRecordKind; id: string } | null {
  const [head = '', ...rest] = key.split(':');
  const kind = PrivacyRecordKind.safeParse(head).data;
  const id = rest.join(':');
  return kind === undefined || id === '' ? null : { kind, id };
}

/** What stands in the form of a new request. */
export const RequestValues = z
  .object({
    what: chosen(PrivacyWhat),
    wish: z.string().max(1000, { error: 'too_big' }),
    name: textNeeded(60),
    phone: phoneNeeded,
    as: z.enum(['self', 'agent']),
    authority: z.string().max(300, { error: 'too_big' }),
    identity: chosen(PrivacyIdentity),
    records: z.array(z.string()).min(1).max(MOST_RECORDS),
  })
  .check(({ value, issues }) => {
    if (value.as === 'agent' && value.authority.trim() === '')
      issues.push({
        code: 'custom',
        message: 'privacy-authority-needed',
        path: ['authority'],
        input: value.authority,
      });
    if (value.what !== 'access' && value.wish.trim() === '')
      issues.push({ code: 'custom', message: 'privacy-wish-needed', path: ['wish'], input: value.wish });
  });
export type RequestValues = z.input<typeof RequestValues>;

export function emptyRequest(record: string | null): RequestValues {
  return {
    what: null,
    wish: '',
    name: '',
    phone: null,
    as: 'self',
    authority: '',
    identity: null,
    records: record !== null && recordOf(record) !== null ? [record] : [],
  };
}

/** The request as it is received; null where the form does not hold one yet. */
export function requestOf(privacyId: string, values: RequestValues): ReceivePrivacy | null {
  const { what, identity, phone, as } = values;
  if (what === null || identity === null || phone === null) return null;
  return {
    privacyId,
    what,
    identity,
    requester: { name: values.name, phone, as, authority: as === 'agent' ? values.authority : null },
    records: values.records.flatMap((key) => recordOf(key) ?? []),
    wish: values.wish,
  };
}

/** Where a field of the contract stands in the form: a record's with all of them. */
export const formField = (field: string): string =>
  field.replace(/^requester\./, '').replace(/^records\..*$/, 'records');
