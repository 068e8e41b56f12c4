import { businessDay, dayEnd, dayStart, shiftDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { task, type Task } from '../kernel/event/task.ts';
import { covers, may } from '../organisation/index.ts';
import type { AppliedFor } from './application.ts';
import type { SanctionPayload } from './events.ts';
import type { SanctionHand } from './hand.ts';

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
/** What of a record is asked of who calls. */
type Called = CalledAbout & AppliedFor;

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
export function refusalOfCaller(
  state: Called & { unitPath: string },
  { type, actor }: Fact,
): Ruling<never> | null {
  const { role, unitPath } = actor;
  if (type === 'sanction-call-asked') return null;
  if (!may(role, 'restoration.handle')) return illegal('role-may-not', undefined, { role });
  const own = state.call?.ownerPath === unitPath || covers(unitPath, state.unitPath);
  return own ? null : illegal('outside-scope', 'merchantPath');
}

/** Somebody is to call; the window sees the record by it. A call of before that nobody has made is this one now. */
export function askForCall<State extends Called>(
  next: State,
  { windowPath, ...asked }: SanctionPayload<'sanction-call-asked@1'>,
  { at, unitPath }: Fact,
): Ruling<State> {
  if (next.applied !== null) return illegal('sanction-applied-already');
  const windows =
    windowPath === null || next.windows.includes(windowPath)
      ? next.windows
      : [...next.windows, windowPath].toSorted();
  const call = { ...asked, ownerPath: windowPath ?? unitPath, askedAt: at, tries: [] };
  return legal({ ...next, windows, call });
}

/** What came of a call. */
export function noteCall<State extends Called>(
  next: State,
  payload: SanctionPayload<'sanction-called@1'>,
  by: SanctionHand,
): Ruling<State> {
  const { call } = next;
  if (call === undefined || !isCallOpen(call)) return illegal('sanction-call-none');
  return legal({ ...next, call: { ...call, tries: [...call.tries, { ...payload, by }] } });
}

/** The call that is to be made about a record; none where it has ended, or repair is asked for already. */
export function callTask({ call, ended, applied }: Called & { ended: unknown }): Task<'call'>[] {
  if (call === undefined || ended !== null || applied !== null || !isCallOpen(call)) return [];
  const dueAt = call.daysBefore === 0 ? null : dayEnd(call.day);
  return [task({ kind: 'call', ownerPath: call.ownerPath, since: callSince(call), dueAt, calendar: 'days' })];
}
