import { addNaturalDays, businessDay, dayEnd, type Calendar } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import type { Procedure } from '../procedure/index.ts';
import type { CasePayload, Settlement } from './events.ts';
import type { CaseState } from './state.ts';

/** The rule that the performance agreed breaks, or null. `today` is the day of settlement. */
export function performanceRule({ performance, amountFen }: Settlement, today: string): Refusal | null {
  if (performance.kind !== 'by') return null;
  if (performance.dueOn < today) return { rule: 'performance-before-settlement', field: 'performance.dueOn' };
  const { instalments } = performance;
  if (instalments === undefined) return null;
  const field = 'performance.instalments';
  if (instalments.some((one, index) => one.dueOn < (instalments[index - 1]?.dueOn ?? today)))
    return { rule: 'instalments-in-order', field };
  if (instalments.at(-1)?.dueOn !== performance.dueOn)
    return { rule: 'instalments-end-at-due', field: 'performance.dueOn' };
  const sum = instalments.reduce((total, one) => total + one.amountFen, 0);
  return sum === amountFen ? null : { rule: 'instalments-sum', field };
}

/** The first instalment that is neither paid nor broken, or null; its place counts from 0. */
export function nextInstalment(
  state: Pick<CaseState, 'settlement' | 'instalmentsKept'>,
): { index: number; dueOn: string; amountFen: number } | null {
  const { performance } = state.settlement ?? {};
  if (performance?.kind !== 'by' || performance.instalments === undefined) return null;
  const index = state.instalmentsKept?.length ?? 0;
  const one = performance.instalments[index];
  return one ? { index, ...one } : null;
}

/** One instalment as it stands: its place from 1, when it is or was due, and the day on which it was paid. */
export type InstalmentView = {
  place: number;
  dueOn: string;
  amountFen: number;
  /** waiting: one before it is not paid yet; next: it is to be paid now; broken: it was not paid, and the agreement with it. */
  state: 'kept' | 'next' | 'waiting' | 'broken';
  keptOn: string | null;
};

/** The instalments agreed, in their order; none where the agreement has none. */
export function instalmentsOf(
  state: Pick<CaseState, 'settlement' | 'instalmentsKept' | 'status'>,
): InstalmentView[] {
  const { performance } = state.settlement ?? {};
  if (performance?.kind !== 'by' || performance.instalments === undefined) return [];
  const kept = state.instalmentsKept ?? [];
  const running = state.status === 'settled' ? 'next' : state.status === 'broken' ? 'broken' : 'waiting';
  return performance.instalments.map((one, index) => ({
    place: index + 1,
    ...one,
    state: index < kept.length ? 'kept' : index === kept.length ? running : 'waiting',
    keptOn: kept[index]?.on ?? null,
  }));
}

/** One instalment kept or broken, in their order; the last one kept performs the agreement. */
export function recordInstalment(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'instalment-recorded'>,
): Ruling<CaseState> {
  const due = nextInstalment(state);
  if (due === null) return illegal('no-instalment-due');
  if (payload.index !== due.index) return illegal('instalment-order', 'index', { expected: due.index + 1 });
  if (payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  if (payload.result === 'broken') return legal({ ...next, status: 'broken' });
  const kept = [...(state.instalmentsKept ?? []), { on: payload.on }];
  const after: CaseState = { ...next, instalmentsKept: kept };
  return legal({ ...after, status: nextInstalment(after) === null ? 'performed' : 'settled' });
}

/** What the consumer said when called after closing, where closing did not know. */
export function recordSatisfaction(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'satisfaction-recorded'>,
): Ruling<CaseState> {
  if (state.satisfaction !== 'unknown') return illegal('satisfaction-known');
  if (payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  return legal({ ...next, satisfaction: payload.satisfaction });
}

/** Whether the consumer is asked on the public page: of a case that has ended, until they have answered. */
export function mayAnswerSatisfaction({
  historical,
  outcome,
  answer,
}: Pick<CaseState, 'historical' | 'outcome' | 'answer'>): boolean {
  return !historical && outcome !== null && answer === undefined;
}

/** What the consumer answered. It changes no status, and counts in no figure: who answers is whoever holds the paper. */
export function answerSatisfaction(
  state: CaseState,
  fact: Fact,
  payload: CasePayload<'satisfaction-answered'>,
): Ruling<CaseState> {
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (state.answer !== undefined) return illegal('satisfaction-known');
  if (!mayAnswerSatisfaction(state))
    return illegal('step-not-possible', undefined, { step: fact.type, status: state.status });
  return legal({ ...state, answer: { ...payload, at: fact.at }, revision: state.revision + 1 });
}

/** The day on which a people's mediation agreement was signed, and so took effect; null when there is none. */
export function confirmableSince({ documents }: Pick<CaseState, 'documents'>): string | null {
  const agreement = (documents ?? []).findLast(
    (one) => one.kind === 'peoples-mediation-agreement' && one.signed !== null,
  );
  return agreement?.signed?.signedOn ?? null;
}

/**
 * Until when the parties may ask the court to confirm a people's mediation agreement: as many days from its effect,
 * the day on which it was signed, as the case's procedure says (人民调解法 Art. 33: 30). Null when there is none.
 */
export function confirmationDeadline(
  state: Pick<CaseState, 'documents' | 'confirmation'>,
  calendar: Calendar,
  procedure: Procedure,
): { dueAt: string; provisional: boolean; appliedOn: string | null } | null {
  const signedOn = confirmableSince(state);
  if (signedOn === null) return null;
  const end = addNaturalDays(calendar, signedOn, procedure.limits.confirmationDays.value);
  return {
    dueAt: dayEnd(end.day),
    provisional: end.provisional,
    appliedOn: state.confirmation?.on ?? null,
  };
}

/** The parties asked the court; later than the law allows is recorded too, for it may have been so. */
export function applyForConfirmation(
  state: CaseState,
  next: CaseState,
  fact: Fact,
  payload: CasePayload<'confirmation-applied'>,
): Ruling<CaseState> {
  const signed = (state.documents ?? []).some(
    (one) => one.kind === 'peoples-mediation-agreement' && one.signed !== null,
  );
  if (!signed) return illegal('confirmation-needs-agreement');
  if (state.confirmation) return illegal('confirmation-applied-already');
  if (payload.on > businessDay(fact.at)) return illegal('date-in-future', 'on');
  return legal({ ...next, confirmation: payload });
}
