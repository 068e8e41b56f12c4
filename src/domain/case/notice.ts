import {
  businessDay,
  dayEnd,
  endWithPauses,
  type Calendar,
  type PeriodEnd,
} from '../kernel/calendar/index.ts';
import { levelRules, type Procedure } from '../procedure/index.ts';
import type { CaseState } from './state.ts';

/** Notices that the regulator owes within a limit. */
export type OwedNotice = 'acceptance-notice' | 'refusal-notice' | 'termination-notice';

type Noticed = Pick<
  CaseState,
  | 'status'
  | 'historical'
  | 'receivedAt'
  | 'acceptedAt'
  | 'outcomeAt'
  | 'handlingPath'
  | 'documents'
  | 'clockStops'
>;

/** The notice that the last step calls for, and since when it is owed; null where none is. */
function owed(state: Noticed): { document: OwedNotice; since: string } | null {
  switch (state.status) {
    case 'accepted':
    case 'mediating':
      return { document: 'acceptance-notice', since: state.acceptedAt ?? state.receivedAt };
    case 'refused':
      return { document: 'refusal-notice', since: state.outcomeAt ?? state.receivedAt };
    case 'terminated':
      return { document: 'termination-notice', since: state.outcomeAt ?? state.receivedAt };
    default:
      return null;
  }
}

/**
 * Until when a regulator must give the notice that its last step calls for, while its workstation has issued none: of
 * acceptance or refusal as many working days from receipt as the decision itself has (old Art. 14), of an end of
 * mediation as many from that end as the procedure says. Null at other units and where nothing is owed; closing the
 * case ends it.
 */
export function noticeDeadline(
  state: Noticed,
  level: number,
  regulator: boolean,
  calendar: Calendar,
  procedure: Procedure,
): { document: OwedNotice; dueAt: string; provisional: boolean } | null {
  if (!regulator || state.historical) return null;
  const notice = owed(state);
  if (notice === null) return null;
  const { document, since } = notice;
  const given = (state.documents ?? []).some(
    (one) =>
      one.kind === document &&
      one.unitPath === state.handlingPath &&
      Date.parse(one.issuedAt) >= Date.parse(since),
  );
  if (given) return null;
  const workingDays =
    document === 'termination-notice'
      ? procedure.limits.noticeWorkingDays.value
      : levelRules(procedure, level).acceptWorkingDays.value;
  const from = businessDay(document === 'termination-notice' ? since : state.receivedAt);
  const { day, provisional }: PeriodEnd = endWithPauses(calendar, from, { workingDays }, state.clockStops);
  return { document, dueAt: dayEnd(day), provisional };
}
