import { LENIENCY_NEEDS, type LeniencyForm, type LeniencyView } from '../../contract/workstation/leniency.ts';
import type { CreditState } from '../../domain/credit/index.ts';
import {
  type LeniencyDecision,
  leniencyOn,
  type LeniencyState,
  penaltiesToLookAt,
} from '../../domain/leniency/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { covers, may } from '../../domain/organisation/index.ts';
import type { SanctionState } from '../../domain/sanction/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState, loadStates } from '../kernel/store/index.ts';
import { keyOf, loadKinds } from '../kernel/store/streams.ts';
import { sanctionsByMerchant, sanctionsOf } from '../sanction/index.ts';

function stepsOf({ verdict, educated, withdrawn }: LeniencyDecision): LeniencyView['steps'] {
  if (withdrawn !== null) return [];
  return verdict === 'refused' || educated !== null
    ? ['leniency-withdrawn']
    : ['leniency-educated', 'leniency-withdrawn'];
}

type Known = { credit: CreditState | undefined; sanctions: readonly SanctionState[] };

/** Penalties that are known now and that a decision which stands has not looked at. */
function missedBy(
  { lookedAt, violatedOn, verdict, withdrawn, decided }: LeniencyDecision,
  { credit, sanctions }: Known,
): string[] {
  if (verdict === 'refused' || withdrawn !== null) return [];
  const { months } = leniencyOn(businessDay(decided.at)).period;
  return penaltiesToLookAt(credit, sanctions, violatedOn, months)
    .filter(({ id }) => !lookedAt.some((one) => one.id === id))
    .map(({ text }) => text);
}

function viewsOf({ workstation, staff }: StaffContext, state: LeniencyState, known: Known): LeniencyView[] {
  const { directory } = workstation;
  const here = covers(staff.unitPath, state.unitPath) && directory.partyOf(staff.unitPath) === 'regulator';
  return state.decisions.map((decision) => ({
    ...decision,
    id: state.id,
    revision: state.revision,
    merchantId: state.merchantId,
    merchantName: state.merchantName,
    unitName: directory.nameOf(state.unitPath),
    item: state.item,
    itemName:
      leniencyOn(businessDay(decision.decided.at)).items.find(({ code }) => code === state.item)?.name ??
      null,
    missed: missedBy(decision, known),
    steps: here ? stepsOf(decision).filter((step) => may(staff.role, LENIENCY_NEEDS[step])) : [],
    canPrint: here && decision.verdict !== 'refused' && decision.withdrawn === null,
  }));
}

/** All decisions that this workstation knows, what is still to be done first, then the newest. */
export async function listLeniency(context: StaffContext): Promise<LeniencyView[]> {
  const { read } = context.workstation.store;
  const all = await loadKinds(read, ['leniency']);
  const ids = [...new Set(all.map(({ state }) => state.merchantId))];
  const [records, credits] = await Promise.all([
    sanctionsByMerchant(read, ids),
    loadStates(
      read,
      ids.map((id) => ({ kind: 'credit', id })),
    ),
  ]);
  const open = ({ steps }: LeniencyView): number => (steps.includes('leniency-educated') ? 0 : 1);
  return all
    .flatMap(({ state }) => {
      const credit = credits.get(keyOf({ kind: 'credit', id: state.merchantId }));
      return viewsOf(context, state, {
        credit: credit?.kind === 'credit' ? credit.state : undefined,
        sanctions: records.get(state.merchantId) ?? [],
      });
    })
    .toSorted((a, b) => open(a) - open(b) || (a.decided.at < b.decided.at ? 1 : -1));
}

/** What a decision about a merchant begins with. @throws NOT_FOUND */
export async function leniencyForm({ workstation }: StaffContext, merchantId: string): Promise<LeniencyForm> {
  const { read } = workstation.store;
  if (!(await loadState(read, 'merchant', merchantId))) throw serviceError('NOT_FOUND');
  const today = todayOf(workstation);
  const { period, items } = leniencyOn(today);
  const [credit, sanctions] = await Promise.all([
    loadState(read, 'credit', merchantId),
    sanctionsOf(read, merchantId),
  ]);
  return {
    months: period.months,
    items,
    penalties: penaltiesToLookAt(credit, sanctions, today, period.months),
  };
}
