import { businessDay } from '../../domain/calendar/index.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { MerchantState } from '../../domain/merchant/merchant.ts';
import { renderAgreement } from '../documents/agreement.ts';
import type { AgreementDocument } from '../documents/agreement-input.ts';
import { loadState } from '../store/index.ts';
import { logAccess } from './access-log.ts';
import { requireStaff, type CallContext } from './desk.ts';
import { serviceError } from './errors.ts';
import { os } from './implementer.ts';

/** Empty text means "not known": the form leaves a line to write on. */
const orNull = (text: string | null | undefined): string | null => (text ? text : null);

function agreementOf(
  state: CaseState,
  settlement: NonNullable<CaseState['settlement']>,
  merchant: MerchantState | undefined,
  organisation: string,
  lastEventHash: string,
): AgreementDocument {
  return {
    instrument: settlement.instrument,
    number: state.number,
    caseNumber: state.number,
    organisation,
    mediator: settlement.byName,
    consumer: {
      name: state.consumer.name,
      phone: orNull(state.consumer.phone),
      address: orNull(state.consumer.address),
    },
    merchant: {
      name: state.merchant.name,
      phone: orNull(state.merchant.phone ?? merchant?.phone),
      address: orNull(state.merchant.address ?? merchant?.address),
      contact: orNull(state.merchant.contact ?? merchant?.contactName),
      creditCode: orNull(merchant?.creditCode),
    },
    facts: { text: state.facts.text, occurredOn: state.facts.occurredOn, place: orNull(state.facts.place) },
    disputedFen: state.amountFen,
    claims: state.claims,
    claimText: orNull(state.claimText),
    terms: settlement.terms,
    amountFen: settlement.amountFen,
    performance: settlement.performance,
    agreedOn: businessDay(settlement.at),
    lastEventHash,
  };
}

/** The hash of the event that settled it: the printed code proves which record the paper was made from. */
async function settlingHash({ desk }: CallContext, id: string): Promise<string> {
  const row = await desk.store.read
    .selectFrom('event')
    .select('hash')
    .where('stream_kind', '=', 'case')
    .where('stream_id', '=', id)
    .where('type', '=', 'case-settled')
    .where('status', 'in', ['pending', 'accepted'])
    .orderBy('local_order', 'desc')
    .executeTakeFirst();
  if (!row) throw serviceError('NOT_FOUND');
  return row.hash;
}

export const documents = {
  agreement: os.documents.agreement.handler(async ({ context, input }) => {
    const staff = requireStaff(context);
    const { desk } = context;
    const state = await loadState(desk.store.read, 'case', input.caseId);
    if (!state?.settlement) throw serviceError('NOT_FOUND');
    const { merchantId } = state.merchant;
    const merchant =
      merchantId === null ? undefined : await loadState(desk.store.read, 'merchant', merchantId);
    const organisation = desk.directory.nameOf(state.settlement.unitPath);
    const hash = await settlingHash(context, input.caseId);
    const pdf = await renderAgreement(agreementOf(state, state.settlement, merchant, organisation, hash));
    await logAccess(context, staff, {
      action: 'print',
      kind: 'case',
      id: input.caseId,
      reason: 'agreement',
    });
    return {
      fileName: `${state.number}.pdf`,
      mediaType: 'application/pdf' as const,
      base64: Buffer.from(pdf).toString('base64'),
    };
  }),
};
