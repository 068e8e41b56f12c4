import type { z } from 'zod';
import type { ObjectCategory, Registration } from '../../domain/case/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { MerchantState } from '../../domain/merchant/index.ts';
import type { CodeListName, Procedure } from '../../domain/procedure/index.ts';
import type { ReturnState } from '../../domain/return/reducer.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { command, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { requireIdentity, todayOf } from '../kernel/parts.ts';
import { drawNumber } from '../kernel/record-numbers.ts';
import { loadState } from '../kernel/store/index.ts';
import { pickActive, procedureNow, procedureToday } from '../procedure/index.ts';

/** Goods of a return in the words of the case's categories. */
const OBJECTS: Partial<Record<ReturnRequest['goodsCategory'], ObjectCategory>> = {
  clothing: 'clothing',
  food: 'food',
  appliance: 'appliance',
  digital: 'digital',
  home: 'home',
  jewellery: 'jewellery',
  cosmetics: 'cosmetics',
  children: 'children',
};

type Dispute = {
  id: string;
  revision: number;
  caseId: string;
  /** Absent for the one that the return has. */
  consumerPhone?: string | undefined;
  facts: string;
};

/** Opens a case from a return, with all that is known of it. */
export const disputeReturn = command({
  context: async (writer, call, input: Dispute) => {
    const identity = requireIdentity(call);
    const state = await loadState(writer, 'return', input.id);
    if (!state) throw serviceError('NOT_FOUND');
    const phone = input.consumerPhone ?? state.consumer.phone;
    if (phone === null)
      throw serviceError('INPUT_INVALID', { issues: [{ field: 'consumerPhone', rule: 'required' }] });
    const today = todayOf(call.workstation);
    const [number = ''] = await drawNumber(writer, identity, 'case', today);
    return {
      state,
      phone,
      merchant: await loadState(writer, 'merchant', state.merchantId),
      number,
      today,
      procedure: procedureNow(call.workstation, identity.unitPath),
      version: procedureToday(call.workstation, identity.unitPath),
    };
  },
  decide: (input, { state, phone, merchant, number, today, procedure, version }) => {
    const { facts } = input;
    const registration = caseFromReturn(procedure, state, merchant, { phone, facts }, number, today);
    return {
      facts: [
        {
          stream: { kind: 'case', id: input.caseId },
          type: 'case-registered',
          version: 1,
          payload: { ...registration, ...version },
        },
        {
          stream: { kind: 'return', id: input.id },
          type: 'return-disputed',
          expectedRevision: input.revision,
          // Releases before knew refused returns only.
          ...(state.status === 'requested'
            ? { version: 2, payload: { caseId: input.caseId, because: 'overdue' } }
            : { version: 1, payload: { caseId: input.caseId } }),
        },
      ],
      result: { caseId: input.caseId, caseNumber: number },
    };
  },
  once: {
    id: ({ caseId }) => ({ stream: { kind: 'case', id: caseId } }),
    again: ({ payload }, { id, caseId, consumerPhone, facts }) => {
      const first = payload as z.infer<typeof Registration>;
      const { phone } = first.consumer;
      requireSame([first.returnId, phone, first.facts.text], [id, consumerPhone ?? phone, facts]);
      return { caseId, caseNumber: first.number };
    },
  },
});

function caseFromReturn(
  procedure: Procedure,
  state: ReturnState,
  merchant: MerchantState | undefined,
  input: { phone: string; facts: string },
  number: string,
  today: string,
): Record<string, unknown> {
  // Lists change; a return that became a dispute still becomes one.
  const pick = (name: CodeListName, ...wanted: string[]): string[] => pickActive(procedure, name, wanted);
  return {
    number,
    consumer: { name: state.consumer.name, phone: input.phone },
    merchant: {
      merchantId: state.merchantId,
      name: state.merchantName,
      ...(merchant?.phone ? { phone: merchant.phone } : {}),
      ...(merchant?.address ? { address: merchant.address } : {}),
      ...(merchant?.contactName ? { contact: merchant.contactName } : {}),
    },
    facts: { text: input.facts, occurredOn: state.decidedAt === null ? today : businessDay(state.decidedAt) },
    category: {
      object: pick('object', OBJECTS[state.request.goodsCategory] ?? 'other-goods', 'other-goods')[0],
      problem: pick('problem', 'after-sales', 'other')[0],
    },
    amountFen: state.request.amountFen,
    claims: pick('claim', 'return-goods', 'refund'),
    consents: { publication: false, delegatedMediation: true },
    source: 'return',
    returnId: state.id,
  };
}
