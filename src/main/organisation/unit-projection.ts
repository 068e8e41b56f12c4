import { sql } from 'kysely';
import type { UnitState } from '../../domain/organisation/unit.ts';
import type { Writer } from '../kernel/store/store.ts';
import { defineProjection } from '../kernel/store/projection.ts';

async function saveUnits(writer: Writer, units: UnitState[]): Promise<void> {
  const rows = units.map((unit) => ({ ...unit, disputePoint: unit.disputePoint ? 1 : 0 }));
  await sql`
    INSERT INTO unit_row (path, id, name, level, party, dispute_point, body)
    SELECT value ->> 'path', value ->> 'id', value ->> 'name', value ->> 'level', value ->> 'party',
      value ->> 'disputePoint', value ->> 'body'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (path) DO UPDATE SET name = excluded.name, level = excluded.level, party = excluded.party,
      dispute_point = excluded.dispute_point, body = excluded.body`.execute(writer);
}

export const unitProjection = defineProjection({
  kind: 'unit',
  directory: true,
  save: saveUnits,
  follow: null,
  afterUpgrade: null,
  rows: null,
});
