import type { Calendar } from '../../src/domain/kernel/calendar/index.ts';
import * as deadline from '../../src/domain/case/deadline.ts';
import * as performance from '../../src/domain/case/performance.ts';
import * as reducer from '../../src/domain/case/reducer.ts';
import type { CaseState } from '../../src/domain/case/state.ts';
import type { Fact } from '../../src/domain/kernel/event/event.ts';
import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import { shippedRules } from '../../src/domain/procedure/rulebook.ts';

// The domain's functions under the procedure that Heshi ships with, for tests in which no other is published.

export const applyCase = (state: CaseState | undefined, fact: Fact) =>
  reducer.applyCase(state, fact, shippedRules);

export const caseDeadline = (state: CaseState, level: number, regulator: boolean, calendar: Calendar) =>
  deadline.caseDeadline(state, level, regulator, calendar, defaultProcedure);

export const confirmationDeadline = (
  state: Parameters<typeof performance.confirmationDeadline>[0],
  calendar: Calendar,
) => performance.confirmationDeadline(state, calendar, defaultProcedure);
