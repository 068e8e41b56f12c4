import type { PolicyAction, PolicyDetail, PolicySummary } from '../../contract/workstation/fund.ts';
import { REMAINING, type InsuranceState } from '../../domain/fund/insurance.ts';
import { balanceOf } from '../../domain/kernel/ledger.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { command, noContext, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import type { CallContext, StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';

/** What the list says of a policy. */
export function summarizePolicy({ workstation }: CallContext, state: InsuranceState): PolicySummary {
  return {
    id: state.id,
    number: state.number,
    insurer: state.insurer,
    unitName: workstation.directory.nameOf(state.unitPath),
    from: state.from,
    to: state.to,
    sumFen: state.sumFen,
    remainingFen: balanceOf(state.entries, REMAINING),
    claims: state.claims.filter(({ undone }) => undone === null).length,
  };
}

/** One policy with its claims. @throws NOT_FOUND outside the person's sight */
export async function policyDetail(context: StaffContext, id: string): Promise<PolicyDetail> {
  const { staff, workstation } = context;
  const state = await loadState(workstation.store.read, 'insurance', id);
  if (!state) throw serviceError('NOT_FOUND');
  return {
    state,
    summary: summarizePolicy(context, state),
    canHandle: covers(staff.unitPath, state.unitPath) && may(staff.role, 'fund.handle'),
    timeline: await timelineOf(workstation, 'insurance', id),
  };
}

type Taken = Omit<InsuranceState, 'id' | 'entries' | 'claims' | 'revision'> & { policyId: string };

/** Records a policy that the unit took. */
export const takePolicy = command({
  context: noContext,
  decide: ({ policyId, ...payload }: Taken) => ({
    facts: [{ stream: { kind: 'insurance', id: policyId }, type: 'policy-taken', version: 1, payload }],
    result: undefined,
  }),
  once: {
    id: ({ policyId }) => ({ stream: { kind: 'insurance', id: policyId } }),
    again: ({ stream, payload }, { policyId, ...taken }) =>
      requireSame([stream.id, payload], [policyId, taken]),
  },
});

type Claimed = { id: string; revision: number; eventId: string; action: PolicyAction };

/** Files a claim for a return that was granted, all of it filled in from the return; or takes one back. */
export const claim = stepCommand('insurance', async (writer, _call, { action, eventId }: Claimed) => {
  if (action.step === 'claim-undone') return action.payload;
  const refused = (rule: string): Error =>
    serviceError('INPUT_INVALID', { issues: [{ field: 'action.payload.returnId', rule }] });
  const found = await loadState(writer, 'return', action.payload.returnId);
  if (!found) throw refused('return-missing');
  if (found.status !== 'granted') throw refused('claim-not-granted');
  const { number, merchantId, merchantName, request } = found;
  return {
    ...action.payload,
    claimId: eventId,
    returnNumber: number,
    merchantId,
    merchantName,
    goodsCategory: request.goodsCategory,
    goodsName: request.goodsName,
    priceFen: request.amountFen,
  };
});
