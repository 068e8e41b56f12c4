import { defaultProcedure } from '../../src/domain/procedure/default-procedure.ts';
import type { Procedure } from '../../src/domain/procedure/procedure.ts';

/** The shipped procedure from another day on, with what the test changes; a copy of its own. */
export function procedureFrom(
  effectiveFrom: string,
  change: (procedure: Procedure) => void = () => {},
): Procedure {
  const procedure = structuredClone(defaultProcedure);
  procedure.effectiveFrom = effectiveFrom;
  change(procedure);
  return procedure;
}

/** Sets the limit for settling at a level, working days. */
export function settleWithin(procedure: Procedure, level: number, value: number): void {
  for (const rules of procedure.levels) if (rules.level === level) rules.settleWorkingDays.value = value;
}

/** The holidays of 2027 as a notice might set them (invented). */
export const YEAR_2027 = {
  year: 2027,
  papers: ['https://www.gov.cn/invented/2027.htm'],
  days: [
    { name: '元旦', date: '2027-01-01', isOffDay: true },
    { name: '元旦', date: '2027-01-02', isOffDay: true },
    { name: '元旦', date: '2027-01-03', isOffDay: true },
    { name: '元旦', date: '2027-01-04', isOffDay: true },
    { name: '元旦', date: '2027-01-09', isOffDay: false },
  ],
};

/** A year of which only New Year's Day is off (invented): any year's, for tests on today's clock. */
export const plainYear = (year: number) => ({
  year,
  papers: [`https://www.gov.cn/invented/${year}.htm`],
  days: [{ name: '元旦', date: `${year}-01-01`, isOffDay: true }],
});
