import { hash } from 'node:crypto';
import type { ConsentForm, ConsentGiven } from '../../contract/workstation/finance.ts';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import {
  type ConsentPayload,
  type ConsentState,
  type ConsentTerms,
  idOfMerchant,
} from '../../domain/finance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import { ancestorsAndSelf } from '../../domain/organisation/index.ts';
import { consentTextHash, drawConsent, fileOf } from '../document/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf, type WorkstationParts } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { requireMerchant } from './detail.ts';

/** The papers of consents signed here. */
declare module '../kernel/store/schema.ts' {
  interface Database {
    consent_file: { consent_id: string; sha256: string; bytes: Buffer };
  }
}

/** The terms as they stand on the paper: what was typed, of the merchant as it is on record. */
function termsOf(
  merchant: MerchantState,
  { recipient, items, purpose, manner, from, until }: ConsentForm,
): ConsentTerms {
  return {
    merchantId: merchant.id,
    merchantPath: merchant.unitPath,
    merchantName: merchant.name,
    recipient,
    items,
    purpose,
    manner,
    from,
    until,
  };
}

/** The units that stand on the paper: who tells the data, and the nearest above a merchant's own that takes the consent down. */
export function unitsOn(
  { directory }: WorkstationParts,
  unitPath: string,
): { provider: string; organisation: string } {
  const paths = ancestorsAndSelf(unitPath);
  const handling = paths.find((path) => directory.partyOf(path) !== 'merchant') ?? unitPath;
  return { provider: directory.nameOf(paths.at(-1) ?? unitPath), organisation: directory.nameOf(handling) };
}

/** The paper of a consent that is not recorded yet, to be read, or to be signed by hand. Booked before it is drawn. @throws NOT_FOUND */
export async function consentForm(context: StaffContext, form: ConsentForm): Promise<DocumentFile> {
  const { workstation, staff } = context;
  const merchant = await requireMerchant(workstation.store.read, form.id);
  await logAccess(context, { action: 'print', kind: 'merchant', id: form.id, what: 'consent' });
  const { number, bytes } = await drawConsent({
    consentId: idOfMerchant(form.id, form.eventId),
    terms: termsOf(merchant, form),
    signer: form.signer,
    ...unitsOn(workstation, staff.unitPath),
    day: todayOf(workstation),
    ink: null,
    draft: true,
    revokedOn: null,
  });
  return fileOf(number, bytes);
}

type Given = { form: ConsentGiven; payload: ConsentPayload<'consent-granted@1'>; bytes: Uint8Array | null };

const recordConsent = command({
  context: async (writer, _call, { form, payload, bytes }: Given) => {
    if (bytes !== null && payload.signature.manner === 'on-screen')
      await writer
        .insertInto('consent_file')
        .values({
          consent_id: idOfMerchant(form.id, form.eventId),
          sha256: payload.signature.sha256,
          bytes: Buffer.from(bytes),
        })
        .execute();
    return null;
  },
  decide: ({ form, payload }) => ({
    facts: [
      {
        id: form.eventId,
        stream: { kind: 'consent' as const, id: idOfMerchant(form.id, form.eventId) },
        type: 'consent-granted',
        version: 1,
        payload,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ form }) => ({ event: form.eventId }),
    // The day of the paper aside, which the same strokes on another day would change.
    again: ({ payload: recorded }, { payload }) =>
      requireSame(withoutSignature(recorded), withoutSignature(payload)),
  },
});

function withoutSignature(payload: unknown): unknown {
  const { signature: _signature, ...rest } = payload as ConsentPayload<'consent-granted@1'>;
  return rest;
}

/**
 * Records a consent. Of one that is signed on the screen the strokes are drawn into the paper and only there: the log keeps the paper's
 * hash, this workstation the paper. @throws NOT_FOUND, RULE
 */
export async function grantConsent(context: StaffContext, form: ConsentGiven): Promise<void> {
  const { workstation, staff } = context;
  const merchant = await requireMerchant(workstation.store.read, form.id);
  const terms = termsOf(merchant, form);
  const consentId = idOfMerchant(form.id, form.eventId);
  const drawn =
    form.signature.manner === 'on-screen'
      ? await drawConsent({
          consentId,
          terms,
          signer: form.signer,
          ...unitsOn(workstation, staff.unitPath),
          day: todayOf(workstation),
          ink: form.signature.ink,
          draft: false,
          revokedOn: null,
        })
      : null;
  const signature =
    form.signature.manner === 'on-screen'
      ? { manner: 'on-screen' as const, sha256: hash('sha256', drawn?.bytes ?? '') }
      : form.signature;
  const payload = {
    ...terms,
    signer: form.signer,
    signature,
    textSha256: consentTextHash(consentId, terms, form.signer),
  };
  await recordConsent(context, { form, payload, bytes: drawn?.bytes ?? null });
}

/** A consent of this workstation. @throws NOT_FOUND */
export async function requireConsent({ workstation }: StaffContext, id: string): Promise<ConsentState> {
  const state = await loadState(workstation.store.read, 'consent', id);
  if (!state) throw serviceError('NOT_FOUND');
  return state;
}

/** The paper of a recorded consent. What was signed here is given as it was signed, unless it was taken back since. @throws NOT_FOUND */
export async function consentPaper(context: StaffContext, consentId: string): Promise<DocumentFile> {
  const { workstation } = context;
  const { granted, revoked, signature, signer, ...terms } = await requireConsent(context, consentId);
  await logAccess(context, { action: 'print', kind: 'consent', id: consentId, what: 'consent' });
  const file = await workstation.store.read
    .selectFrom('consent_file')
    .select('bytes')
    .where('consent_id', '=', consentId)
    .executeTakeFirst();
  const day = signature.manner === 'on-paper' ? signature.signedOn : businessDay(granted.at);
  const { number, bytes } = await drawConsent({
    consentId,
    terms,
    signer,
    ...unitsOn(workstation, granted.unitPath),
    day,
    ink: null,
    draft: false,
    revokedOn: revoked === null ? null : businessDay(revoked.hand.at),
  });
  return fileOf(number, file && revoked === null ? new Uint8Array(file.bytes) : bytes);
}

type Revoking = { consentId: string; eventId: string } & ConsentPayload<'consent-revoked@1'>;

export const revokeConsent = command({
  context: noContext,
  decide: ({ consentId, eventId, revoker, note }: Revoking) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'consent' as const, id: consentId },
        type: 'consent-revoked',
        version: 1,
        payload: { revoker, note },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, payload }, { consentId, revoker, note }) =>
      requireSame([stream.id, payload], [consentId, { revoker, note }]),
  },
});
