import { hash } from '@node-rs/argon2';
import { uuidv7 } from 'uuidv7';
import type { StaffInput } from '../../contract/central.ts';
import type { Database } from '../db/database.ts';
import { centreError } from '../errors.ts';
import type { UnitCache } from '../units.ts';
import { withCentreLog, type AdminFact } from './facts.ts';

async function factOf(
  person: StaffInput,
  index: number,
  database: Database,
  units: UnitCache,
): Promise<AdminFact> {
  const { name, role, unitPath } = person;
  if (!(await units.find(unitPath, database))) throw centreError('UNIT_UNKNOWN', { path: unitPath });
  const passwordHash =
    person.passwordHash ?? (person.password === undefined ? null : await hash(person.password));
  if (passwordHash === null) {
    throw centreError('RULE', { rule: 'password-missing', field: `staff.${index}.password` });
  }
  return {
    stream: { kind: 'staff', id: person.id ?? uuidv7() },
    type: 'staff-added',
    payload: { name, role, unitPath, passwordHash },
    unitPath,
  };
}

/** Adds accounts; each needs a password or an argon2id hash made elsewhere. @throws UNIT_UNKNOWN, RULE */
export async function addStaff(
  database: Database,
  units: UnitCache,
  inputs: readonly StaffInput[],
  now: Date,
): Promise<{ ids: string[] }> {
  const facts: AdminFact[] = [];
  // One after the other: each hash takes tens of megabytes.
  for (const [index, person] of inputs.entries()) facts.push(await factOf(person, index, database, units));
  await withCentreLog(database, units, now, ({ record }) => record(facts));
  return { ids: facts.map((fact) => fact.stream.id) };
}
