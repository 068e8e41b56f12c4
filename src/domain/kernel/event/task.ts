import type { Party } from './party.ts';

/**
 * One open task of a record. Tasks follow from the record's state and the rules alone: recording the event that completes one removes
 * it. Boards, reminders and supervision read tasks only, whatever the kind of the record.
 */
export type Task<Kind extends string = string> = {
  /** The kind of task, named by its capability; unique within a record together with `part`. */
  kind: Kind;
  /** Tells several tasks of one kind apart, such as an instalment's number or an objection's id; empty when there is only one. */
  part: string;
  /** The owner: a unit, and the person there to whom the record is assigned; null when nobody is. */
  ownerPath: string;
  staffId: string | null;
  /** Since when the task is open, ISO 8601 with zone. */
  since: string;
  /** The deadline, ISO 8601 with zone; null when there is none or its clock is stopped. */
  dueAt: string | null;
  /** The calendar its time is counted in; `agreed` when the parties or a person named the day. */
  calendar: 'hours' | 'office-hours' | 'days' | 'working-days' | 'agreed' | 'none';
  /** Whether its clock is stopped: it does not fall due until what is awaited has arrived. */
  stands: boolean;
  /** Whether the deadline may still move because it lies in a year whose holidays are not yet announced. */
  provisional: boolean;
};

/** What tasks depend on besides the record: units and rules as the caller knows them. */
export type TaskContext<Rules> = {
  levelOf(path: string): number;
  partyOf(path: string): Party;
  rules: Rules;
};

/** Makes a task with the usual defaults. */
export function task<const Kind extends string>(
  given: Pick<Task<Kind>, 'kind' | 'ownerPath' | 'since' | 'dueAt' | 'calendar'> & Partial<Task<Kind>>,
): Task<Kind> {
  return { part: '', staffId: null, stands: false, provisional: false, ...given };
}
