import { type } from '@orpc/contract';
import { z } from 'zod';
import type { FollowUp } from '../../domain/case/index.ts';
import type { StreamKind, TaskName } from '../../domain/streams.ts';
import { IN_SIGHT } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';
import type { CaseSummary } from './case.ts';
import type { WaitingReturn } from './return.ts';

/** A case on the board, and what to do about it: go up oneself, or take over from below. */
export type BoardCase = CaseSummary & { proposal: 'case-escalated' | 'case-taken-over' | null };

/** One column of the board: its first cases, nearest deadline first, and how many there are (at most 1001). */
export type BoardColumn = { cases: BoardCase[]; total: number };

/** A case with something left to do beside its own deadline. */
export type FollowUpCase = CaseSummary & { followUp: FollowUp };
export type FollowUpColumn = { cases: FollowUpCase[]; total: number };

/** Something to be done in a record that is neither a case nor a return. `id` is unique in the list. */
export type OtherTask = {
  task: Exclude<TaskName, `case.${string}` | `return.${string}`>;
  id: string;
  record: { kind: StreamKind; id: string };
  /** What a person recognises the record by. */
  title: string;
  /** Whose it is. */
  unitName: string;
  /** ISO 8601; null where nothing limits it. */
  dueAt: string | null;
  late: boolean;
  provisional: boolean;
};
export type OtherTasks = { cases: OtherTask[]; total: number };

export type DeadlineBoard = {
  /** The day in Asia/Shanghai, and the Sunday that ends its week. */
  day: string;
  weekEnd: string;
  overdue: BoardColumn;
  today: BoardColumn;
  week: BoardColumn;
  /** Cases that came to this unit from another and wait to be accepted. */
  arrived: BoardColumn;
  /** Notices that regulators owe the parties. */
  notices: FollowUpColumn;
  /** Consumers to call after closing, due by the end of this week; and running times for judicial confirmation. */
  calls: FollowUpColumn;
  confirmations: FollowUpColumn;
  /** Agreements whose next instalment is due within a month, or overdue. */
  instalments: FollowUpColumn;
  /** Returns that nobody has decided yet, nearest limit first. */
  returns: { cases: WaitingReturn[]; total: number };
  /** What is to be done in all other records: answers to requests, objections, lists to act upon, advice. */
  others: OtherTasks;
  /** Open cases whose clock stands, and open cases whose deadline is provisional. */
  stopped: number;
  provisional: number;
};

export const deadlines = {
  /** `unit`: what my unit handles; `sight`: all that this workstation sees. */
  board: capable('case.read', IN_SIGHT)
    .input(z.object({ scope: z.enum(['unit', 'sight']).default('unit') }))
    .output(type<DeadlineBoard>()),
};
