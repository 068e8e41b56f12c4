import { z } from 'zod';
import type { ConsentForm, RecipientView } from '../../contract/workstation/finance.ts';
import { ConsentCapacity, ConsentItem, ConsentManner } from '../../domain/finance/index.ts';
import { chosen, dayNeeded, textNeeded } from '../kernel/components/typed-values.ts';

/** What stands in the form of a new consent. */
export const ConsentValues = z
  .object({
    /** The recipient's unit. */
    recipient: chosen(z.string()),
    contact: textNeeded(120),
    items: z.array(ConsentItem).min(1, { error: 'required' }),
    purpose: textNeeded(300),
    manner: chosen(ConsentManner),
    from: dayNeeded,
    until: dayNeeded,
    name: textNeeded(60),
    position: textNeeded(60),
    idTail: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z]{4}$/, 'consent-id-tail'),
    capacity: chosen(ConsentCapacity),
    authority: z.string().max(300, { error: 'too_big' }),
    signing: z.enum(['on-screen', 'on-paper']),
    signedOn: z.string().nullable(),
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string): void => {
      issues.push({ code: 'custom', message, path: [path], input: null });
    };
    if (value.capacity === 'agent' && value.authority.trim() === '')
      refuse('authority', 'consent-authority-needed');
    if (value.signing === 'on-paper' && (value.signedOn ?? '') === '') refuse('signedOn', 'required');
  });
export type ConsentValues = z.input<typeof ConsentValues>;

export function emptyConsent(today: string): ConsentValues {
  return {
    recipient: null,
    contact: '',
    items: [],
    purpose: '',
    manner: 'asked-of-centre',
    from: today,
    until: null,
    name: '',
    position: '',
    idTail: '',
    capacity: null,
    authority: '',
    signing: 'on-screen',
    signedOn: today,
  };
}

/** The consent as it is filled in; null where the form does not hold one yet. */
export function consentOf(
  id: string,
  eventId: string,
  values: ConsentValues,
  recipients: readonly RecipientView[],
): ConsentForm | null {
  const { contact, purpose, manner, from, until, name, position, idTail, capacity, authority } = values;
  const recipient = recipients.find(({ unitPath }) => unitPath === values.recipient);
  if (!recipient || manner === null || from === null || until === null || capacity === null) return null;
  return {
    id,
    eventId,
    recipient: { unitPath: recipient.unitPath, name: recipient.name, contact },
    items: values.items,
    purpose,
    manner,
    from,
    until,
    signer: {
      name,
      position,
      idTail,
      capacity,
      authority: capacity === 'agent' ? authority : null,
    },
  };
}

/** Where a field of the contract stands in the form. */
export const formField = (field: string): string =>
  field
    .replace(/^recipient\.contact$/, 'contact')
    .replace(/^recipient\..*$/, 'recipient')
    .replace(/^items\..*$/, 'items')
    .replace(/^signer\./, '')
    .replace(/^signature\.signedOn$/, 'signedOn');
