import {
  addOfficeMinutes,
  businessDay,
  endOfOfficeDays,
  type OfficeEnd,
  officeMinutesBetween,
} from '../kernel/calendar/index.ts';
import { calendarAt, officeScheduleAt, type Rulebook } from '../procedure/index.ts';
import { settingsOn } from './settings.ts';
import { type Ask, type RestorationState, stopsOf } from './state.ts';

type Dated = Pick<RestorationState, 'unitPath' | 'filed'>;

const limitsOf = ({ filed }: Pick<RestorationState, 'filed'>) => settingsOn(businessDay(filed.at)).limits;

/** The last instant at which the window replies in time, in office minutes since it was filed or completed. */
export function replyDue(
  state: Dated & Pick<RestorationState, 'replySince'>,
  rules: Rulebook,
): OfficeEnd | null {
  const { officeMinutes } = limitsOf(state).reply;
  const { unitPath, replySince } = state;
  return addOfficeMinutes(
    officeScheduleAt(rules, unitPath),
    calendarAt(rules, unitPath),
    replySince,
    officeMinutes,
  );
}

/** Office minutes that the window took to reply. */
export function replyMinutes(
  { unitPath, replySince }: Pick<RestorationState, 'unitPath' | 'replySince'>,
  rules: Rulebook,
  at: string,
): number {
  return officeMinutesBetween(officeScheduleAt(rules, unitPath), calendarAt(rules, unitPath), replySince, at);
}

function endOf(
  { unitPath }: Pick<RestorationState, 'unitPath'>,
  rules: Rulebook,
  since: string,
  workingDays: number,
  stops: Parameters<typeof endOfOfficeDays>[4] = [],
): OfficeEnd | null {
  return endOfOfficeDays(
    officeScheduleAt(rules, unitPath),
    calendarAt(rules, unitPath),
    since,
    workingDays,
    stops,
  );
}

/**
 * The last instant at which a department answers in time: more days where one of its matters is market supervision's. Null while
 * the clock stands because something is missing.
 */
export function opinionDue(
  state: Dated & Pick<RestorationState, 'matters' | 'returns'>,
  { since, matterIds }: Pick<Ask, 'since' | 'matterIds'>,
  rules: Rulebook,
): OfficeEnd | null {
  const limits = limitsOf(state);
  const gsxt = state.matters.some(
    ({ matterId, channel }) => channel === 'gsxt' && matterIds.includes(matterId),
  );
  const { workingDays } = gsxt ? limits.opinionGsxt : limits.opinion;
  return endOf(state, rules, since, workingDays, stopsOf(state));
}

/** Until when what all have answered is handed on; counted from the last answer. */
export function submissionDue(
  state: Dated & Pick<RestorationState, 'asks' | 'returns'>,
  rules: Rulebook,
): OfficeEnd | null {
  const since = lastAnswerAt(state);
  return since === null
    ? null
    : endOf(state, rules, since, limitsOf(state).submission.workingDays, stopsOf(state));
}

/** When the last department answered; null where none has. */
export function lastAnswerAt({ asks }: Pick<RestorationState, 'asks'>): string | null {
  return asks
    .flatMap(({ opinion }) => (opinion === null ? [] : [opinion.by.at]))
    .reduce<string | null>(
      (last, at) => (last === null || Date.parse(at) > Date.parse(last) ? at : last),
      null,
    );
}

/** Until when an outcome is recorded; counted from the submission. Null before it. */
export function conclusionDue(
  state: Dated & Pick<RestorationState, 'submitted'>,
  rules: Rulebook,
): OfficeEnd | null {
  const { submitted } = state;
  return submitted === null
    ? null
    : endOf(state, rules, submitted.by.at, limitsOf(state).conclusion.workingDays);
}

/** Until when an objection is answered. */
export function objectionDue(
  state: Dated,
  { by }: Pick<RestorationState['objections'][number], 'by'>,
  rules: Rulebook,
): OfficeEnd | null {
  return endOf(state, rules, by.at, limitsOf(state).objection.workingDays);
}

/** Whether something that was done then came in time; what stands still is not late. */
export function isInTime(due: OfficeEnd | null, at: string): boolean {
  return due === null || Date.parse(at) <= Date.parse(due.at);
}
