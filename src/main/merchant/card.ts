import { randomBytes } from 'node:crypto';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import { PUBLIC_PATH } from '../../domain/document/index.ts';
import {
  type MerchantState,
  PUBLIC_CODE_BYTES,
  publicCodeFrom,
  publicCodeOf,
} from '../../domain/merchant/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { drawPromiseCard, fileOf } from '../document/index.ts';
import { command } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { publicUrlOf } from '../kernel/public-url.ts';
import { loadState } from '../kernel/store/index.ts';

type Wanted = {
  id: string;
  /** Another one in the place of this; null for the first, which is left as it is where there is one. */
  instead: string | null;
  eventId?: string | undefined;
};

/** Gives a merchant its public code. Made here, so that a card can be printed without a line. */
const giveCode = command({
  context: async (writer, _call, { id }: Wanted) => (await loadState(writer, 'merchant', id)) ?? null,
  decide: ({ id, instead, eventId }, merchant) => {
    const now = merchant === null ? null : publicCodeOf(merchant);
    if (now !== null && now !== instead) return { facts: [], result: now };
    const code = publicCodeFrom(randomBytes(PUBLIC_CODE_BYTES));
    return {
      facts: [
        {
          ...(eventId === undefined ? {} : { id: eventId }),
          stream: { kind: 'merchant' as const, id },
          type: 'public-code-issued',
          version: 1,
          payload: { code },
        },
      ],
      result: code,
    };
  },
});

/** Another code in the place of the one that the person saw: cards with that one lead to a word about it. */
export async function replaceCode(
  context: StaffContext,
  wanted: { id: string; code: string; eventId: string },
): Promise<void> {
  await giveCode(context, { id: wanted.id, instead: wanted.code, eventId: wanted.eventId });
}

/** Where everybody reads of a merchant; null where it has no code, or the centre no public address. */
export async function publicAddressOf(
  { workstation }: Pick<StaffContext, 'workstation'>,
  merchant: MerchantState,
): Promise<string | null> {
  const [url, code] = [await publicUrlOf(workstation.store.read), publicCodeOf(merchant)];
  return url === null || code === null ? null : `${url}${PUBLIC_PATH}/s/${code}`;
}

/** What a card's QR code leads to; null where it bears number and code alone. */
async function leadsTo(
  context: StaffContext,
  merchant: MerchantState,
): Promise<{ publicUrl: string; publicCode: string } | null> {
  const publicUrl = await publicUrlOf(context.workstation.store.read);
  if (publicUrl === null) return null;
  const { role, unitPath } = context.staff;
  const keeps =
    may(role, 'merchant.edit') && covers(unitPath, merchant.unitPath) && merchant.mergedInto === undefined;
  const publicCode =
    publicCodeOf(merchant) ?? (keeps ? await giveCode(context, { id: merchant.id, instead: null }) : null);
  return publicCode === null ? null : { publicUrl, publicCode };
}

/**
 * The card of one version of a merchant's promise. The first one that is printed gives the merchant its public code.
 * @throws NOT_FOUND where there is no such version that counts
 */
export async function promiseCard(
  context: StaffContext,
  { id, commitmentId, size }: { id: string; commitmentId: string; size: 'A5' | 'A4' },
): Promise<DocumentFile> {
  const { workstation } = context;
  const merchant = await loadState(workstation.store.read, 'merchant', id);
  const commitment = merchant?.commitments.find((one) => one.commitmentId === commitmentId);
  if (!merchant || !commitment) throw serviceError('NOT_FOUND');
  const confirmedBy = workstation.directory.nameOf(commitment.confirmed?.unitPath ?? merchant.unitPath);
  const leads = await leadsTo(context, merchant);
  const { number, bytes } = await drawPromiseCard({ merchant, commitment, confirmedBy, leads }, size);
  return fileOf(number, bytes, `-${size}`);
}
