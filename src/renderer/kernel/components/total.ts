import { COUNT_LIMIT } from '../../../contract/workstation/base.ts';

/** A list's total as it is shown: `1000+` where counting stopped. */
export function shownTotal(total: number): string {
  return total > COUNT_LIMIT ? `${COUNT_LIMIT}+` : String(total);
}
