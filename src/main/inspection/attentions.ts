import type { AttentionAction, AttentionView } from '../../contract/workstation/inspection.ts';
import { type AttentionState, withoutAction } from '../../domain/inspection/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { command, noContext, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { loadKinds } from '../kernel/store/streams.ts';

function stepsOf({ staff }: StaffContext, state: AttentionState): AttentionAction['step'][] {
  if (state.status === 'evaluated' || !may(staff.role, 'inspection.handle')) return [];
  if (staff.unitPath === state.ownerPath)
    return state.owner === null ? ['attention-taken'] : ['attention-acted'];
  const above = covers(staff.unitPath, state.ownerPath);
  return above && withoutAction(state).length === 0 ? ['attention-evaluated'] : [];
}

function viewOf(context: StaffContext, state: AttentionState): AttentionView {
  const { directory } = context.workstation;
  return {
    ...state,
    ownerName: directory.nameOf(state.ownerPath),
    pushedFrom: directory.nameOf(state.pushed.unitPath),
    steps: stepsOf(context, state),
  };
}

/** Lists of repeat merchants in sight: open ones first, those that are due first. */
export async function listAttention(context: StaffContext): Promise<AttentionView[]> {
  const all = await loadKinds(context.workstation.store.read, ['attention']);
  const closed = ({ status }: AttentionState): number => (status === 'evaluated' ? 1 : 0);
  return all
    .map(({ state }) => state)
    .toSorted((a, b) => closed(a) - closed(b) || (a.dueOn < b.dueOn ? -1 : 1))
    .map((state) => viewOf(context, state));
}

/** @throws NOT_FOUND */
export async function attentionView(context: StaffContext, id: string): Promise<AttentionView> {
  const state = await loadState(context.workstation.store.read, 'attention', id);
  if (!state) throw serviceError('NOT_FOUND');
  return viewOf(context, state);
}

type Pushing = Pick<
  AttentionState,
  'ownerPath' | 'from' | 'to' | 'least' | 'merchants' | 'dueOn' | 'text'
> & {
  attentionId: string;
};

/** Gives a list to a unit below. */
export const pushAttention = command({
  context: noContext,
  decide: ({ attentionId, ...payload }: Pushing) => ({
    facts: [
      { stream: { kind: 'attention', id: attentionId }, type: 'attention-pushed', version: 1, payload },
    ],
    result: undefined,
  }),
  once: {
    id: ({ attentionId }) => ({ stream: { kind: 'attention', id: attentionId } }),
    again: ({ payload }, { attentionId: _id, ...typed }) => requireSame(payload, typed),
  },
});

type Act = { id: string; revision: number; eventId: string; action: AttentionAction };

/** Takes a list on, records what was done for a merchant, or evaluates. */
export const attend = stepCommand(
  'attention',
  async (_writer, _call, { action, eventId }: Act): Promise<object> =>
    action.step === 'attention-acted' ? { ...action.payload, actionId: eventId } : action.payload,
);
