import type { Body } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import type { StaffContext } from './parts.ts';

/** The departments, windows or banks of the signed-in person's district, in the order of their paths. */
export function officesOf(
  { workstation: { directory }, staff }: StaffContext,
  body: Body,
): { path: string; name: string }[] {
  return directory
    .all()
    .filter((unit) => unit.body === body && topOf(unit.path) === topOf(staff.unitPath))
    .map(({ path, name }) => ({ path, name }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}
