import { type } from '@orpc/contract';
import type { CalendarState } from '../../domain/procedure/imported-years.ts';
import type { ProcedureState } from '../../domain/procedure/published.ts';
import { IN_SIGHT, OWN_UNIT } from '../../domain/organisation/index.ts';
import { capable, signedIn } from './base.ts';
import type { CaseSummary } from './case.ts';

/** The rules that hold at this workstation's unit, as its streams have them; the shipped ones go without saying. */
export type RulesHere = {
  unitPath: string;
  /** The day in Asia/Shanghai by this workstation's clock. */
  day: string;
  procedure: ProcedureState | null;
  calendar: CalendarState | null;
};

/** Open cases whose deadline may still move: the first due, and how many there are (at most 1001). */
export type ProvisionalCases = { cases: CaseSummary[]; total: number };

export const procedures = {
  get: signedIn(OWN_UNIT).output(type<RulesHere>()),
  provisional: capable('case.read', IN_SIGHT).output(type<ProvisionalCases>()),
};
