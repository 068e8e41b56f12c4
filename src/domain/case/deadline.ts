import { businessDay, dayEnd, type Calendar } from '../calendar/index.ts';
import { endWithPauses, openStop, stoodFor } from './clock.ts';
import { nextInstalment } from './performance.ts';
import type { CaseState } from './state.ts';

export type DeadlineKind = 'first-contact' | 'accept' | 'settle' | 'mediate' | 'perform' | 'close';

export type Deadline = {
  kind: DeadlineKind;
  /** The last instant in time, ISO 8601 with +08:00. */
  dueAt: string;
  /** True when it runs into a year whose holidays are not announced yet. */
  provisional: boolean;
  /** Where the limit comes from. */
  source: string;
};

/** Limits with the date from which they hold; the last one not after the case's registration applies. */
export const PROCEDURE_LIMITS = [
  {
    effectiveFrom: '2000-01-01',
    /** First contact at the shop, then offer escalation. */
    firstContactHours: 24,
    /** Regulator: decision on acceptance. */
    acceptWorkingDays: 7,
    /** Shop, mall and circle: settle with the consumer. */
    settleWorkingDays: 10,
    /** Regulator: end of mediation, days from acceptance. */
    mediateDays: 60,
  },
] as const;

/** The limits in force on a day. */
export function limitsOn(day: string): (typeof PROCEDURE_LIMITS)[number] {
  return PROCEDURE_LIMITS.findLast((limits) => limits.effectiveFrom <= day) ?? PROCEDURE_LIMITS[0];
}

/**
 * Until when the next thing must happen, or null when nothing is due.
 * Shop: 24 h first contact (assumption). Lower levels: settle within 10 working days of receipt
 * (SAMR rules for ODR, second-hand). Regulator: accept within 7 working days; mediation ends 60 days
 * after acceptance, SAMR Order 121 Art. 23(1)(5). Settled: the day of performance agreed.
 * None of these runs while the clock stands; see `endWithPauses`.
 */
export function caseDeadline(
  state: CaseState,
  level: number,
  regulator: boolean,
  calendar: Calendar,
): Deadline | null {
  const received = businessDay(state.receivedAt);
  const limits = limitsOn(businessDay(state.registeredAt));
  const ends = (
    end: { day: string; provisional: boolean },
    kind: DeadlineKind,
    source: string,
  ): Deadline => ({
    kind,
    dueAt: dayEnd(end.day),
    provisional: end.provisional,
    source,
  });
  // Nothing falls due while the clock stands.
  if (openStop(state) !== null) return null;
  const { clockStops } = state;
  switch (state.status) {
    case 'registered':
    case 'escalated':
    case 'handed-down':
    case 'transferred':
    case 'taken-over':
      if (regulator) {
        return ends(
          endWithPauses(calendar, received, { workingDays: limits.acceptWorkingDays }, clockStops),
          'accept',
          'source.accept-seven-working-days',
        );
      }
      if (level === 1) {
        const due = new Date(
          Date.parse(state.receivedAt) + limits.firstContactHours * 3_600_000 + stoodFor(state),
        );
        return {
          kind: 'first-contact',
          dueAt: due.toISOString(),
          provisional: false,
          source: 'source.first-contact-24h',
        };
      }
      return ends(
        endWithPauses(calendar, received, { workingDays: limits.settleWorkingDays }, clockStops),
        'settle',
        'source.settle-ten-working-days',
      );
    case 'accepted':
    case 'mediating':
      if (regulator) {
        return ends(
          endWithPauses(
            calendar,
            businessDay(state.acceptedAt ?? state.receivedAt),
            { naturalDays: limits.mediateDays },
            clockStops,
          ),
          'mediate',
          'source.mediate-sixty-days',
        );
      }
      return ends(
        endWithPauses(calendar, received, { workingDays: limits.settleWorkingDays }, clockStops),
        'settle',
        'source.settle-ten-working-days',
      );
    case 'settled':
      if (state.settlement?.performance.kind !== 'by') return null;
      return {
        kind: 'perform',
        dueAt: dayEnd(nextInstalment(state)?.dueOn ?? state.settlement.performance.dueOn),
        provisional: false,
        source: 'source.agreed',
      };
    default:
      return null;
  }
}
