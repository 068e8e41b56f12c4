import type { Party } from './party.ts';

/**
 * One thing that is to be done in a record. It follows from the record's state and the rules alone: who does it records a fact, and it is
 * gone. Boards, reminders and supervision read tasks and nothing else, whatever kind the record is of.
 */
export type Task<Kind extends string = string> = {
  /** What is to be done, in the words of its capability; with `part` it occurs once in a record. */
  kind: Kind;
  /** Which of several of its kind: an instalment's place, an objection's id; empty where there is one. */
  part: string;
  /** Whose it is: a unit, and the person there who has taken the record; null where nobody has. */
  ownerPath: string;
  staffId: string | null;
  /** Since when it is to be done, ISO 8601 with zone. */
  since: string;
  /** The last instant in time, ISO 8601 with zone; null where nothing limits it, or its clock stands. */
  dueAt: string | null;
  /** What its time is counted in; `agreed` where the parties or a person named the day. */
  calendar: 'hours' | 'office-hours' | 'days' | 'working-days' | 'agreed' | 'none';
  /** Whether its clock stands: nothing falls due until what is awaited has come. */
  stands: boolean;
  /** Whether its end may still move, because it runs into a year whose holidays are not announced. */
  provisional: boolean;
};

/** What tasks follow from besides the record: the units, and the rules as the caller knows them. */
export type TaskContext<Rules> = {
  levelOf(path: string): number;
  partyOf(path: string): Party;
  rules: Rules;
};

/** A task with what is usual left out. */
export function task<const Kind extends string>(
  given: Pick<Task<Kind>, 'kind' | 'ownerPath' | 'since' | 'dueAt' | 'calendar'> & Partial<Task<Kind>>,
): Task<Kind> {
  return { part: '', staffId: null, stands: false, provisional: false, ...given };
}
