import { sql } from 'kysely';
import type { StaffState } from '../../domain/organisation/staff.ts';
import type { Writer } from '../kernel/store/store.ts';
import { defineProjection } from '../kernel/store/projection.ts';

async function saveStaff(writer: Writer, staff: StaffState[]): Promise<void> {
  const rows = staff.map((person) => ({ ...person, active: person.active ? 1 : 0 }));
  await sql`
    INSERT INTO staff_row (id, name, role, unit_path, active, password_hash)
    SELECT value ->> 'id', value ->> 'name', value ->> 'role', value ->> 'unitPath', value ->> 'active',
      value ->> 'passwordHash'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, unit_path = excluded.unit_path,
      active = excluded.active, password_hash = excluded.password_hash`.execute(writer);
}

export const staffProjection = defineProjection({
  kind: 'staff',
  directory: false,
  save: saveStaff,
  follow: null,
  afterUpgrade: null,
  rows: null,
});
