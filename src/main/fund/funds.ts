import type {
  AdvanceStep,
  AdvanceView,
  FundAction,
  FundDetail,
  FundSummary,
} from '../../contract/workstation/fund.ts';
import { FUND_STEP_NEEDS } from '../../contract/workstation/fund.ts';
import { CASH, owedFor, type Advance, type FundState } from '../../domain/fund/fund.ts';
import { balanceOf } from '../../domain/kernel/ledger.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { command, noContext, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import type { CallContext, StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { claim, policyDetail, summarizePolicy, takePolicy } from './policies.ts';
import { statesOf } from './states.ts';

function summarize({ workstation }: CallContext, state: FundState): FundSummary {
  const { id, name, unitPath, floorFen, entries, advances } = state;
  return {
    id,
    name,
    unitPath,
    unitName: workstation.directory.nameOf(unitPath),
    cashFen: balanceOf(entries, CASH),
    floorFen,
    owedFen: advances.reduce((sum, { advanceId }) => sum + balanceOf(entries, owedFor(advanceId)), 0),
    waiting: advances.filter(({ status }) => status === 'requested' || status === 'approved').length,
  };
}

/** Steps by where an advance stands; the reducer decides in the end. */
const STEPS: Record<Advance['status'], readonly AdvanceStep[]> = {
  requested: ['advance-approved', 'advance-refused'],
  approved: ['advance-paid', 'advance-refused'],
  refused: [],
  paid: ['advance-recovered', 'write-off-proposed', 'write-off-approved'],
  recovered: [],
  'written-off': [],
};

function stepsOf(advance: Advance, { staffId, role }: StaffContext['staff']): AdvanceStep[] {
  const { status, requested, approvals, writeOff } = advance;
  return STEPS[status].filter((step) => {
    if (!may(role, FUND_STEP_NEEDS[step])) return false;
    switch (step) {
      case 'advance-approved':
        return [requested, ...approvals].every((one) => one.staffId !== staffId);
      case 'write-off-proposed':
        return writeOff === null;
      case 'write-off-approved':
        return writeOff !== null && writeOff.staffId !== staffId;
      default:
        return true;
    }
  });
}

async function fundDetail(context: StaffContext, id: string): Promise<FundDetail> {
  const { staff, workstation } = context;
  const state = await loadState(workstation.store.read, 'fund', id);
  if (!state) throw serviceError('NOT_FOUND');
  const here = covers(staff.unitPath, state.unitPath);
  const view = (advance: Advance): AdvanceView => ({
    ...advance,
    owedFen: balanceOf(state.entries, owedFor(advance.advanceId)),
    steps: here ? stepsOf(advance, staff) : [],
  });
  return {
    state,
    summary: summarize(context, state),
    advances: state.advances.map(view),
    canHandle: here && may(staff.role, 'fund.handle'),
    canApprove: here && may(staff.role, 'fund.approve'),
    timeline: await timelineOf(workstation, 'fund', id),
  };
}

type Opened = { fundId: string; name: string; unitPath: string; floorFen: number };

const openFund = command({
  context: noContext,
  decide: ({ fundId, ...payload }: Opened) => ({
    facts: [{ stream: { kind: 'fund', id: fundId }, type: 'fund-opened', version: 1, payload }],
    result: undefined,
  }),
  once: {
    id: ({ fundId }) => ({ stream: { kind: 'fund', id: fundId } }),
    again: ({ stream, payload }, { fundId, ...opened }) =>
      requireSame([stream.id, payload], [fundId, opened]),
  },
});

type Act = { id: string; revision: number; eventId: string; action: FundAction };

const act = stepCommand('fund', async (writer, _call, { action, eventId }: Act) => {
  if (action.step !== 'advance-requested') return withOwnId(action, eventId);
  const found = await loadState(writer, 'case', action.payload.caseId);
  if (!found)
    throw serviceError('INPUT_INVALID', {
      issues: [{ field: 'action.payload.caseId', rule: 'case-missing' }],
    });
  const { number, merchant, consumer } = found;
  return {
    ...action.payload,
    advanceId: eventId,
    caseNumber: number,
    merchantId: merchant.merchantId,
    merchantName: merchant.name,
    consumerName: consumer.name,
  };
});

/** An entry is known by the id of the fact that made it. */
const withOwnId = ({ step, payload }: FundAction, eventId: string): Record<string, unknown> =>
  step === 'fund-deposited' || step === 'advance-recovered' ? { ...payload, entryId: eventId } : payload;

export const funds = {
  list: os.funds.list.handler(async ({ context }) => {
    const { read } = context.workstation.store;
    const all = (await statesOf(read, 'fund')).map((state) => summarize(context, state));
    const policies = (await statesOf(read, 'insurance')).map((state) => summarizePolicy(context, state));
    return {
      funds: all.toSorted((one, other) => one.unitPath.localeCompare(other.unitPath)),
      policies: policies.toSorted((one, other) => other.from.localeCompare(one.from)),
    };
  }),
  get: os.funds.get.handler(({ context, input }) => fundDetail(context, input.id)),
  open: os.funds.open.handler(async ({ context, input }) => {
    await openFund(context, input);
    return fundDetail(context, input.fundId);
  }),
  act: os.funds.act.handler(async ({ context, input }) => {
    await act(context, input);
    return fundDetail(context, input.id);
  }),
  policy: os.funds.policy.handler(({ context, input }) => policyDetail(context, input.id)),
  takePolicy: os.funds.takePolicy.handler(async ({ context, input }) => {
    await takePolicy(context, input);
    return policyDetail(context, input.policyId);
  }),
  claim: os.funds.claim.handler(async ({ context, input }) => {
    await claim(context, input);
    return policyDetail(context, input.id);
  }),
};
