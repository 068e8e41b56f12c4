import type { Procedure } from '../procedure/index.ts';

/**
 * The last day on which a complaint about something that happened then is in time, if the consumer knew of it at once:
 * as many years later as the procedure says (SAMR Order 121, Art. 16(4): 3 years from knowing). When they came to
 * know, the workstation must ask: this is a hint, never a verdict. `occurredOn` and the result are days, YYYY-MM-DD.
 */
export function limitationDay(occurredOn: string, procedure: Procedure): string {
  const [year = '', month = '', day = ''] = occurredOn.split('-');
  const ends = String(Number(year) + procedure.limits.limitationYears.value).padStart(4, '0');
  // A period of years that began on 29 February ends with February (民法典 Art. 202).
  const last = new Date(Date.UTC(Number(ends), Number(month), 0)).getUTCDate();
  return `${ends}-${month}-${String(Math.min(Number(day), last)).padStart(2, '0')}`;
}
