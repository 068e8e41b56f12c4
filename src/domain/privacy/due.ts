import { addWorkingDays, businessDay, dayEnd } from '../kernel/calendar/index.ts';
import { calendarAt, type Rulebook } from '../procedure/index.ts';

/**
 * Working days after receipt within which a request is answered. PIPL asks for a convenient way (Art. 50) and to give and to correct
 * "in time" (Arts. 45 and 46), without a figure: fifteen are an assumption.
 */
export const ANSWER_DAYS = 15;

/** When and where it was received. */
type Asked = { receivedAt: string; unitPath: string };

/** The last instant in time, ISO 8601 with +08:00, and whether a year not announced yet may still move it. */
export function answerDue(
  { receivedAt, unitPath }: Asked,
  rules: Rulebook,
): { dueAt: string; provisional: boolean } {
  const end = addWorkingDays(calendarAt(rules, unitPath), businessDay(receivedAt), ANSWER_DAYS);
  return { dueAt: dayEnd(end.day), provisional: end.provisional };
}

/** Whether an answer of that day is in time. */
export function isInTime(asked: Asked, rules: Rulebook, answeredOn: string): boolean {
  return answeredOn <= businessDay(answerDue(asked, rules).dueAt);
}
