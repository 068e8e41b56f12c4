import { businessDay, dayEnd, dayStart, shiftDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { task, type Task } from '../kernel/event/task.ts';
import { covers, may } from '../organisation/index.ts';
import { remindersOf } from './calendar.ts';
import { type OtherRecord, eligibilityOf, outlookOf } from './eligibility.ts';
import type { SanctionPayload } from './events.ts';
import type { Regimes } from './regime.ts';
import type { SanctionHand, SanctionState } from './sanction.ts';

/** One try to reach the merchant by telephone. */
export type CallTry = SanctionPayload<'sanction-called@1'> & { by: SanctionHand };

/** A call that somebody is to make: to tell the merchant from when on it may ask for repair. */
export type ReminderCall = Omit<SanctionPayload<'sanction-call-asked@1'>, 'windowPath'> & {
  /** Whose call it is: a window of the district, or the district itself. */
  ownerPath: string;
  askedAt: string;
  tries: CallTry[];
};

/** What a record has of calls: the last one that was asked for. Records of before there were calls have none. */
export type CalledAbout = { call?: ReminderCall };

/** As often as somebody who is not reached is called, on one day after the other; then a letter is left (assumption). */
export const MOST_TRIES = 3;

const CALLING: ReadonlySet<string> = new Set(['sanction-call-asked', 'sanction-called']);

/** Whether a fact is about a call. */
export function isOfCalls(type: string): boolean {
  return CALLING.has(type);
}

/** Whether a call waits to be made, today or on a later day. */
export function isCallOpen({ tries }: Pick<ReminderCall, 'tries'>): boolean {
  return tries.length < MOST_TRIES && tries.every(({ outcome }) => outcome === 'not-reached');
}

/** Since when it is to be made: since it was asked for, or since the day after the last try. */
function callSince({ askedAt, tries }: ReminderCall): string {
  const last = tries.at(-1);
  return last === undefined
    ? askedAt
    : new Date(dayStart(shiftDay(businessDay(last.by.at), 1))).toISOString();
}

/** Why somebody may not write such a fact; null where they may. Calls are asked for by the centre, and made by who handles repairs. */
export function refusalOfCaller(state: SanctionState, { type, actor }: Fact): Ruling<never> | null {
  const { role, unitPath } = actor;
  if (type === 'sanction-call-asked') return null;
  if (!may(role, 'restoration.handle')) return illegal('role-may-not', undefined, { role });
  const own = state.call?.ownerPath === unitPath || covers(unitPath, state.unitPath);
  return own ? null : illegal('outside-scope', 'merchantPath');
}

/** Somebody is to call; the window sees the record by it. A call of before that nobody has made is this one now. */
export function askForCall(
  next: SanctionState,
  { windowPath, ...asked }: SanctionPayload<'sanction-call-asked@1'>,
  { at, unitPath }: Fact,
): Ruling<SanctionState> {
  if (next.applied !== null) return illegal('sanction-applied-already');
  const windows =
    windowPath === null || next.windows.includes(windowPath)
      ? next.windows
      : [...next.windows, windowPath].toSorted();
  const call = { ...asked, ownerPath: windowPath ?? unitPath, askedAt: at, tries: [] };
  return legal({ ...next, windows, call });
}

/** What came of a call. */
export function noteCall(
  next: SanctionState,
  payload: SanctionPayload<'sanction-called@1'>,
  by: SanctionHand,
): Ruling<SanctionState> {
  const { call } = next;
  if (call === undefined || !isCallOpen(call)) return illegal('sanction-call-none');
  return legal({ ...next, call: { ...call, tries: [...call.tries, { ...payload, by }] } });
}

/** The call that is to be made about a record; none where it has ended, or repair is asked for already. */
export function callTask({ call, ended, applied }: SanctionState): Task<'call'>[] {
  if (call === undefined || ended !== null || applied !== null || !isCallOpen(call)) return [];
  const dueAt = call.daysBefore === 0 ? null : dayEnd(call.day);
  return [task({ kind: 'call', ownerPath: call.ownerPath, since: callSince(call), dueAt, calendar: 'days' })];
}

/**
 * The call that is due on a day and was not asked for yet: so many days before the first on which repair may be asked for, and once
 * more when it may be. Null where none is. `others` are the merchant's other records.
 */
export function callDue(
  sanction: SanctionState,
  regimes: Pick<Regimes, 'regimes' | 'remindBefore'>,
  day: string,
  others: readonly OtherRecord[],
): { day: string; daysBefore: number } | null {
  if (sanction.ended !== null || sanction.applied !== null) return null;
  const due = dueOn(sanction, regimes, day, others);
  const { call } = sanction;
  const known =
    call !== undefined && due !== null && call.day === due.day && call.daysBefore <= due.daysBefore;
  return known ? null : due;
}

function dueOn(
  sanction: SanctionState,
  regimes: Pick<Regimes, 'regimes' | 'remindBefore'>,
  day: string,
  others: readonly OtherRecord[],
): { day: string; daysBefore: number } | null {
  const { verdict } = eligibilityOf(sanction, regimes, day, others);
  if (verdict === 'now') return { day: outlookOf(sanction, regimes).opensOn ?? day, daysBefore: 0 };
  if (verdict !== 'on') return null;
  const reminder = remindersOf(sanction, regimes, day, others).find(({ what }) => what === 'eligible');
  return reminder === undefined ? null : { day: reminder.day, daysBefore: reminder.daysBefore };
}
