import { type } from '@orpc/contract';
import { OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';
import type { CaseSummary } from './case.ts';
import type { ReturnSummary } from './return.ts';
import type { SyncStatus } from './sync.ts';

export type Today = {
  /** The day in Asia/Shanghai. */
  day: string;
  /** My unit's open cases, earliest deadline first. */
  cases: CaseSummary[];
  /** Those that the signed-in person holds, earliest deadline first, and how many there are. */
  assigned: CaseSummary[];
  assignedCases: number;
  openCases: number;
  overdueCases: number;
  dueToday: number;
  returnsToday: ReturnSummary[];
  returnsWaiting: number;
  /** Cases of my unit closed in the last 90 days on which a review made remarks. */
  remarks: number;
  sync: SyncStatus;
};

export const today = { get: capable('case.read', OWN_UNIT).output(type<Today>()) };
