import {
  businessDay,
  dayEnd,
  endWithPauses,
  type Calendar,
  type PeriodEnd,
} from '../kernel/calendar/index.ts';
import { levelRules, type Limit, type Procedure } from '../procedure/index.ts';
import { openStop, stoodFor } from './clock.ts';
import { nextInstalment } from './performance.ts';
import type { Performance } from './events.ts';
import type { CaseState } from './state.ts';

export type DeadlineKind = 'first-contact' | 'accept' | 'settle' | 'mediate' | 'perform' | 'close';

export type Deadline = {
  kind: DeadlineKind;
  /** The last instant in time, ISO 8601 with +08:00. */
  dueAt: string;
  /** True when it runs into a year whose holidays are not announced yet. */
  provisional: boolean;
  /** The version of the procedure that sets the limit; absent is the shipped one, 1. */
  procedure?: number;
  /** The level whose limit it is; absent in rows of an older release. */
  level?: number;
  /** Of a performance: which instalment is due, of how many; absent where it is not by instalments. */
  instalment?: { place: number; of: number; amountFen: number };
};

/** The limit behind a deadline, with its article; null for what the parties agreed. */
export function limitOf(
  procedure: Procedure,
  { kind, level = 1 }: Pick<Deadline, 'kind' | 'level'>,
): Limit | null {
  const rules = levelRules(procedure, level);
  switch (kind) {
    case 'first-contact':
      return rules.firstContactHours;
    case 'settle':
      return rules.settleWorkingDays;
    case 'accept':
      return rules.acceptWorkingDays;
    case 'mediate':
      return rules.mediateDays;
    default:
      return null;
  }
}

/**
 * Until when the next thing must happen, or null when nothing is due. The limits are those of the case's own
 * procedure at the level of the handling unit: first contact in hours where the level has it, settling in
 * working days from receipt; at the regulator a decision on acceptance in working days, and the end of
 * mediation in days from acceptance. Settled: the day of performance agreed.
 * None of these runs while the clock stands; see `endWithPauses`.
 */
export function caseDeadline(
  state: CaseState,
  level: number,
  regulator: boolean,
  calendar: Calendar,
  procedure: Procedure,
): Deadline | null {
  // Nothing falls due while the clock stands.
  if (openStop(state) !== null) return null;
  const received = businessDay(state.receivedAt);
  const limits = levelRules(procedure, level);
  const { clockStops } = state;
  const named = (kind: DeadlineKind, dueAt: string, provisional: boolean): Deadline => ({
    kind,
    dueAt,
    provisional,
    ...(state.procedure === undefined ? {} : { procedure: state.procedure }),
    level: limits.level,
  });
  const ends = (kind: DeadlineKind, { day, provisional }: PeriodEnd): Deadline =>
    named(kind, dayEnd(day), provisional);
  const inWorkingDays = (kind: DeadlineKind, { value }: Limit): Deadline =>
    ends(kind, endWithPauses(calendar, received, { workingDays: value }, clockStops));
  switch (state.status) {
    case 'registered':
    case 'escalated':
    case 'handed-down':
    case 'transferred':
    case 'taken-over':
      if (regulator) return inWorkingDays('accept', limits.acceptWorkingDays);
      if (limits.firstContactHours !== null) {
        const due = new Date(
          Date.parse(state.receivedAt) + limits.firstContactHours.value * 3_600_000 + stoodFor(state),
        );
        return named('first-contact', due.toISOString(), false);
      }
      return inWorkingDays('settle', limits.settleWorkingDays);
    case 'accepted':
    case 'mediating':
      if (!regulator) return inWorkingDays('settle', limits.settleWorkingDays);
      return ends(
        'mediate',
        endWithPauses(
          calendar,
          businessDay(state.acceptedAt ?? state.receivedAt),
          { naturalDays: limits.mediateDays.value },
          clockStops,
        ),
      );
    case 'settled':
      if (state.settlement?.performance.kind !== 'by') return null;
      return performanceDeadline(state, state.settlement.performance, named);
    default:
      return null;
  }
}

/** The day of the whole performance, or of the instalment that is due next. */
function performanceDeadline(
  state: CaseState,
  { dueOn, instalments = [] }: Extract<Performance, { kind: 'by' }>,
  named: (kind: DeadlineKind, dueAt: string, provisional: boolean) => Deadline,
): Deadline {
  const next = nextInstalment(state);
  if (next === null) return named('perform', dayEnd(dueOn), false);
  return {
    ...named('perform', dayEnd(next.dueOn), false),
    instalment: { place: next.index + 1, of: instalments.length, amountFen: next.amountFen },
  };
}
