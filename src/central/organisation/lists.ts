import { sql } from 'kysely';
import type { StaffListed, UnitListed } from '../../contract/centre/organisation.ts';
import type { StaffState } from '../../domain/organisation/staff.ts';
import { covers } from '../../domain/organisation/unit.ts';
import type { Database } from '../kernel/db/database.ts';

async function staffStates(database: Database): Promise<StaffState[]> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'staff' AND state IS NOT NULL ORDER BY id`.execute(database);
  return rows.map(({ state }) => JSON.parse(state) as StaffState);
}

const within = (under: string | undefined, path: string): boolean =>
  under === undefined || covers(under, path);

/** Accounts of a scope, by unit and name; never a password's hash. */
export async function listStaff(database: Database, under?: string): Promise<StaffListed[]> {
  const states = await staffStates(database);
  return states
    .filter(({ unitPath }) => within(under, unitPath))
    .map(({ id, name, role, unitPath, active }) => ({ staffId: id, name, role, unitPath, active }))
    .toSorted((a, b) => (`${a.unitPath} ${a.name}` < `${b.unitPath} ${b.name}` ? -1 : 1));
}

/** Units of a scope, each above those below it, with what each has. */
export async function listUnits(database: Database, under?: string): Promise<UnitListed[]> {
  const { rows } = await sql<Omit<UnitListed, 'staff'>>`
    SELECT path, name, level, party, dispute_point AS "disputePoint", body,
      (SELECT count(*)::int FROM device
        WHERE device.unit_path = unit.path AND status <> 'revoked' AND device.id <> 'centre') AS workstations
    FROM unit ORDER BY path`.execute(database);
  const people = new Map<string, number>();
  for (const { active, unitPath } of await staffStates(database))
    if (active) people.set(unitPath, (people.get(unitPath) ?? 0) + 1);
  return rows
    .filter(({ path }) => within(under, path))
    .map((row) => ({ ...row, staff: people.get(row.path) ?? 0 }));
}
