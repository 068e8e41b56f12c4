import type { RecordedFact } from '../kernel/event/event.ts';
import { defineStream } from '../kernel/event/stream.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { roleRefused } from './role-place.ts';
import { applyStaff, staffSchemas } from './staff.ts';
import type { UnitState } from './unit.ts';

const PLACING: ReadonlySet<string> = new Set(['staff-added', 'staff-assigned']);

/** The unit at which a fact places somebody, whose kind says which roles may be held there. */
function unitNamed({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): RecordedFact['stream'][] {
  if (!PLACING.has(type) || typeof payload !== 'object' || payload === null) return [];
  return 'unitPath' in payload && typeof payload.unitPath === 'string'
    ? [{ kind: 'unit', id: lastUnit(payload.unitPath) }]
    : [];
}

/** A person's account. With its password hash it reaches the workstations of its own units and no others. */
export const staffStream = defineStream({
  kind: 'staff',
  schemas: staffSchemas,
  names: { 'staff-added': ['name'] },
  apply: applyStaff,
  admission: {
    people: () => [],
    records: unitNamed,
    refusal: (_before, fact, after, { record }) => {
      const [named] = unitNamed(fact);
      // Looked up as a unit; that there is one is asked before.
      const unit = named === undefined ? undefined : (record(named) as UnitState | undefined);
      return unit === undefined ? null : roleRefused(after.role, unit);
    },
  },
  sight: (state) => [...new Set(state.assignments.map((one) => one.unitPath))],
  holdsBelow: null,
  learn: null,
  writtenBy: { centreBut: ['password-changed'] },
  arrives: 'first',
  deltas: null,
  tasks: null,
  title: (state) => state.name,
  search: null,
  numberLetter: null,
  consumer: null,
});
