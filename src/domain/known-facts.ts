import { caseSchemas } from './case/events.ts';
import { merchantSchemas } from './merchant/merchant.ts';
import { staffSchemas } from './org/staff.ts';
import { unitSchemas } from './org/unit.ts';
import { workstationSchemas } from './org/workstation.ts';
import { calendarSchemas } from './procedure/imported-years.ts';
import { procedureSchemas } from './procedure/published.ts';
import { returnSchemas } from './return/events.ts';

/** Grows whenever a reducer makes another state of the same events: states of other forms are not exchanged. */
export const STATE_FORM = 1;

/** Every `type@version` that this release applies, in one order. */
export function knownFacts(): string[] {
  return [
    caseSchemas,
    returnSchemas,
    merchantSchemas,
    unitSchemas,
    staffSchemas,
    workstationSchemas,
    procedureSchemas,
    calendarSchemas,
  ]
    .flatMap((schemas) => Object.keys(schemas))
    .toSorted();
}
