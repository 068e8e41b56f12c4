import {
  GUIDANCE_NEEDS,
  type GuidanceAction,
  type GuidanceView,
} from '../../contract/workstation/inspection.ts';
import { type GuidanceState, type GuidanceStatus, markOf } from '../../domain/inspection/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { command, requireSame, stepCommand } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { loadKinds } from '../kernel/store/streams.ts';

/** Steps by where a guidance stands; the reducer decides in the end. */
const STEPS: Record<GuidanceStatus, readonly GuidanceAction['step'][]> = {
  offered: ['guidance-slot-chosen', 'guidance-cancelled'],
  agreed: ['guidance-held', 'guidance-slot-chosen', 'guidance-cancelled'],
  held: ['guidance-rechecked'],
  rechecked: [],
  cancelled: [],
};

function viewOf({ workstation, staff }: StaffContext, state: GuidanceState): GuidanceView {
  const { directory } = workstation;
  const here = covers(staff.unitPath, state.merchantPath);
  const regulator = directory.partyOf(staff.unitPath) === 'regulator';
  return {
    ...state,
    unitName: directory.nameOf(state.merchantPath),
    lenient: here && regulator && state.held !== null && may(staff.role, 'inspection.decide'),
    steps: here
      ? STEPS[state.status].filter(
          (step) => may(staff.role, GUIDANCE_NEEDS[step]) && (regulator || step === 'guidance-slot-chosen'),
        )
      : [],
  };
}

/** The advice offered to merchants in sight, what is still to be done first. */
export async function listGuidances(context: StaffContext): Promise<GuidanceView[]> {
  const all = await loadKinds(context.workstation.store.read, ['guidance']);
  const over = (state: GuidanceState): number =>
    state.status === 'rechecked' || state.status === 'cancelled' ? 1 : 0;
  return all
    .map(({ state }) => state)
    .toSorted((a, b) => over(a) - over(b) || (a.offered.at < b.offered.at ? 1 : -1))
    .map((state) => viewOf(context, state));
}

/** @throws NOT_FOUND */
export async function guidanceView(context: StaffContext, id: string): Promise<GuidanceView> {
  const state = await loadState(context.workstation.store.read, 'guidance', id);
  if (!state) throw serviceError('NOT_FOUND');
  return viewOf(context, state);
}

type Offer = {
  guidanceId: string;
  merchantId: string;
  subject: string;
  slots: string[];
  drawId: string | null;
};

/** Offers a merchant advice at one of some times. */
export const offerGuidance = command({
  context: async (writer, _call, { merchantId, drawId }: Offer) => {
    const merchant = await loadState(writer, 'merchant', merchantId);
    if (!merchant)
      throw serviceError('INPUT_INVALID', { issues: [{ field: 'merchantId', rule: 'merchant-missing' }] });
    const draw = drawId === null ? undefined : await loadState(writer, 'inspection', drawId);
    return {
      merchant: { merchantName: merchant.name, merchantPath: merchant.unitPath },
      // The draw asks for it until it knows that it was offered.
      asked:
        draw?.made !== null && draw !== undefined && markOf(draw, merchantId) !== undefined ? draw.id : null,
    };
  },
  decide: ({ guidanceId, ...typed }, { merchant, asked }) => ({
    facts: [
      {
        stream: { kind: 'guidance', id: guidanceId },
        type: 'guidance-offered',
        version: 1,
        payload: { ...typed, ...merchant },
      },
      ...(asked === null
        ? []
        : [
            {
              stream: { kind: 'inspection' as const, id: asked },
              type: 'guidance-arranged',
              version: 1,
              payload: { merchantId: typed.merchantId, guidanceId },
            },
          ]),
    ],
    result: undefined,
  }),
  once: {
    id: ({ guidanceId }) => ({ stream: { kind: 'guidance', id: guidanceId } }),
    again: ({ payload }, { guidanceId: _id, ...typed }) =>
      requireSame({ ...Object(payload), ...typed }, payload),
  },
});

type Act = { id: string; revision: number; eventId: string; action: GuidanceAction };

/** One step of a guidance. */
export const guide = stepCommand<Act>('guidance');
