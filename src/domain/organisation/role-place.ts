import type { Role } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { Body } from './body.ts';
import { DISTRICT_LEVEL, type UnitState } from './unit.ts';

/** Where a role may be held: at any unit of the hierarchy, at districts only, or at units of one body only. */
type Place = 'hierarchy' | 'district' | Body;

const PLACES: Readonly<Record<Role, Place>> = {
  mediator: 'hierarchy',
  'shop-manager': 'hierarchy',
  supervisor: 'hierarchy',
  administrator: 'hierarchy',
  // Who takes applications at a department's window; who answers them for the department (seed: over thirty departments).
  'repair-clerk': 'window',
  'department-reviewer': 'department',
  // Of the district itself, beside its supervisor (assumption).
  'credit-officer': 'district',
  'finance-officer': 'bank',
};

const isAt = (place: Place, { level, body }: Pick<UnitState, 'level' | 'body'>): boolean => {
  if (body !== undefined) return place === body;
  return place === 'hierarchy' || (place === 'district' && level === DISTRICT_LEVEL);
};

/** Why nobody can hold the role at the unit; null where somebody can. */
export function roleRefused(role: Role, unit: Pick<UnitState, 'name' | 'level' | 'body'>): Refusal | null {
  return isAt(PLACES[role], unit)
    ? null
    : { rule: 'role-not-at-unit', field: 'role', parameters: { role, unit: unit.name } };
}
