import type { Commendable, CommendationView } from '../../contract/workstation/inspection.ts';
import { type CreditState, lastPolicy } from '../../domain/credit/index.ts';
import { type CommendationState, notCommended, type NotCommended } from '../../domain/inspection/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState, loadStates, type Reader, type Writer } from '../kernel/store/index.ts';
import { keyOf, loadKinds } from '../kernel/store/streams.ts';
import { sanctionsByMerchant } from '../sanction/index.ts';
import { candidatesAt } from './candidates.ts';

/** Merchants that are looked at: as many as stand on one list. */
const MOST = 5000;

type Query = { unitPath: string; month: string; months: number };

type Found = {
  topGrade: string;
  merchants: { merchantId: string; name: string; merchantPath: string; points: number }[];
  others: Partial<Record<NotCommended, number>>;
};

/** The best grade that the policy in force knows. */
async function topGradeAt(from: Reader | Writer, unitPath: string): Promise<string> {
  const policies = await loadState(from, 'credit-policy', topOf(unitPath));
  return lastPolicy(policies).policy.scale.grades[0]?.code ?? '';
}

async function findCommendable(
  from: Reader | Writer,
  { unitPath, month, months }: Query,
  today: string,
): Promise<Found> {
  const topGrade = await topGradeAt(from, unitPath);
  const all = await candidatesAt(from, unitPath, today, MOST);
  const states = await loadStates(
    from,
    all.map(({ id }) => ({ kind: 'credit', id })),
  );
  const records = await sanctionsByMerchant(
    from,
    all.map(({ id }) => id),
  );
  const found: Found = { topGrade, merchants: [], others: {} };
  for (const { id, name, unitPath: merchantPath } of all) {
    const current = states.get(keyOf({ kind: 'credit', id }));
    const state: CreditState | undefined = current?.kind === 'credit' ? current.state : undefined;
    const rule = { month, months, topGrade, today };
    const why = state ? notCommended(state, records.get(id) ?? [], rule) : 'grade';
    if (why === null)
      found.merchants.push({ merchantId: id, name, merchantPath, points: state?.grade?.points ?? 0 });
    else found.others[why] = (found.others[why] ?? 0) + 1;
  }
  found.merchants.sort((a, b) => b.points - a.points || (a.merchantId < b.merchantId ? -1 : 1));
  return found;
}

/** Who would stand on a list of these months. */
export async function commendable({ workstation }: StaffContext, query: Query): Promise<Commendable> {
  const { topGrade, merchants, others } = await findCommendable(
    workstation.store.read,
    query,
    todayOf(workstation),
  );
  return {
    topGrade,
    others,
    merchants: merchants.map(({ merchantPath, ...one }) => ({
      ...one,
      unitName: workstation.directory.nameOf(merchantPath),
    })),
  };
}

function viewOf({ workstation, staff }: StaffContext, state: CommendationState): CommendationView {
  return {
    ...state,
    unitName: workstation.directory.nameOf(state.unitPath),
    canDecide:
      covers(staff.unitPath, state.unitPath) &&
      workstation.directory.partyOf(staff.unitPath) === 'regulator' &&
      may(staff.role, 'inspection.decide'),
  };
}

/** The lists that this workstation knows, the newest first. */
export async function listCommendations(context: StaffContext): Promise<CommendationView[]> {
  const all = await loadKinds(context.workstation.store.read, ['commendation']);
  return all
    .map(({ state }) => viewOf(context, state))
    .toSorted((a, b) => (a.published.at < b.published.at ? 1 : -1));
}

/** @throws NOT_FOUND */
export async function commendationView(context: StaffContext, id: string): Promise<CommendationView> {
  const state = await loadState(context.workstation.store.read, 'commendation', id);
  if (!state) throw serviceError('NOT_FOUND');
  return viewOf(context, state);
}

type Publishing = Query & { commendationId: string; leftOff: { merchantId: string; reason: string }[] };

/** Publishes the list as it is at this very moment; only who fulfils the rule can be left off it. */
export const commend = command({
  context: async (writer, { workstation }, input: Publishing) => {
    const { topGrade, merchants } = await findCommendable(writer, input, todayOf(workstation));
    const reasons = new Map(input.leftOff.map(({ merchantId, reason }) => [merchantId, reason]));
    const strange = input.leftOff.findIndex(
      (one) => !merchants.some(({ merchantId }) => merchantId === one.merchantId),
    );
    if (strange >= 0)
      throw serviceError('INPUT_INVALID', {
        issues: [{ field: `leftOff.${strange}.merchantId`, rule: 'commendation-not-on' }],
      });
    return {
      topGrade,
      merchants: merchants.filter(({ merchantId }) => !reasons.has(merchantId)),
      leftOff: merchants.flatMap((one) => {
        const reason = reasons.get(one.merchantId);
        return reason === undefined ? [] : [{ ...one, reason }];
      }),
    };
  },
  decide: ({ commendationId, unitPath, month, months }, found) => ({
    facts: [
      {
        stream: { kind: 'commendation', id: commendationId },
        type: 'commendation-published',
        version: 1,
        payload: { unitPath, month, months, ...found },
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ commendationId }) => ({ stream: { kind: 'commendation', id: commendationId } }),
    again: ({ payload }, { unitPath, month, months }) =>
      requireSame({ ...Object(payload), unitPath, month, months }, payload),
  },
});

type Withdrawing = {
  id: string;
  revision: number;
  eventId: string;
  payload: { merchantId: string; reason: string };
};

/** Takes a merchant off a list that was published. */
export const withdraw = command({
  context: noContext,
  decide: ({ id, revision, eventId, payload }: Withdrawing) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'commendation', id },
        type: 'commendation-withdrawn',
        version: 1,
        payload,
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, payload }, { id, payload: typed }) => requireSame([stream.id, payload], [id, typed]),
  },
});
