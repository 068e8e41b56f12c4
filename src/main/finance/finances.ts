import { todayOf, type StaffContext } from '../kernel/parts.ts';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import { consentNumber, type FinancePayload, type financeSchemas } from '../../domain/finance/index.ts';
import { drawWhitelistNotice, fileOf } from '../document/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';
import {
  consentForm,
  consentPaper,
  grantConsent,
  requireConsent,
  revokeConsent,
  unitsOn,
} from './consents.ts';
import { askConsented, consentedDetail, listConsented, requireConsented } from './consented.ts';
import { financeDetail, requireMerchant } from './detail.ts';
import { recordLine } from './lines.ts';

type NameOf<Key extends string> = Key extends `${infer Name}@${number}` ? Name : never;
type Recording = {
  id: string;
  eventId: string;
  type: NameOf<keyof typeof financeSchemas>;
  payload: FinancePayload<'licence-recorded@1'> | FinancePayload<'whitelist-notice-given@1'>;
};

const record = command({
  context: noContext,
  decide: ({ id, eventId, type, payload }: Recording) => ({
    facts: [{ id: eventId, stream: { kind: 'finance' as const, id }, type, version: 1, payload }],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, one) =>
      requireSame([stream.id, type, payload], [one.id, one.type, one.payload]),
  },
});

/** The notice of a merchant's last entry to the whitelist or leaving, as it is handed over. @throws NOT_FOUND */
async function whitelistNotice(context: StaffContext, id: string): Promise<DocumentFile> {
  const { workstation, staff } = context;
  const { read } = workstation.store;
  const merchant = await requireMerchant(read, id);
  const [change] = (await loadState(read, 'finance', id))?.changes ?? [];
  if (!change) throw serviceError('NOT_FOUND');
  await logAccess(context, { action: 'print', kind: 'finance', id, what: change.on });
  // Of a merchant's letters each has the day in its number.
  const number = consentNumber(id).replace('S-', 'W-') + `-${change.on.replaceAll('-', '')}`;
  const bytes = await drawWhitelistNotice({
    number,
    merchantName: merchant.name,
    organisation: unitsOn(workstation, staff.unitPath).organisation,
    day: todayOf(workstation),
    change,
  });
  return fileOf(number, bytes);
}

export const finance = {
  get: os.finance.get.handler(({ context, input }) => financeDetail(context, input.id)),
  licence: os.finance.licence.handler(async ({ context, input }) => {
    const { id, eventId, establishedOn, seen } = input;
    const { unitPath } = await requireMerchant(context.workstation.store.read, id);
    const payload = { merchantPath: unitPath, establishedOn, seen };
    await record(context, { id, eventId, type: 'licence-recorded', payload });
    return financeDetail(context, id);
  }),
  form: os.finance.form.handler(({ context, input }) => consentForm(context, input)),
  grant: os.finance.grant.handler(async ({ context, input }) => {
    await grantConsent(context, input);
    return financeDetail(context, input.id);
  }),
  paper: os.finance.paper.handler(({ context, input }) => consentPaper(context, input.consentId)),
  revoke: os.finance.revoke.handler(async ({ context, input }) => {
    const { merchantId } = await requireConsent(context, input.consentId);
    await revokeConsent(context, input);
    return financeDetail(context, merchantId);
  }),
  line: os.finance.line.handler(async ({ context, input }) => {
    await requireMerchant(context.workstation.store.read, input.id);
    await recordLine(context, { ...input, category: null });
    return financeDetail(context, input.id);
  }),
  consented: os.finance.consented.handler(({ context, input }) => listConsented(context, input)),
  consent: os.finance.consent.handler(({ context, input }) => consentedDetail(context, input.consentId)),
  ask: os.finance.ask.handler(({ context, input }) => askConsented(context, input.consentId)),
  lend: os.finance.lend.handler(async ({ context, input }) => {
    const { consentId, category, line } = input;
    const { merchantId } = await requireConsented(context, consentId);
    await recordLine(context, { id: merchantId, category, line });
    return consentedDetail(context, consentId);
  }),
  noticePaper: os.finance.noticePaper.handler(({ context, input }) => whitelistNotice(context, input.id)),
  notice: os.finance.notice.handler(async ({ context, input }) => {
    const { id, eventId, change, manner, on } = input;
    await requireMerchant(context.workstation.store.read, id);
    await record(context, { id, eventId, type: 'whitelist-notice-given', payload: { change, manner, on } });
    return financeDetail(context, id);
  }),
};
