import { hash } from '@node-rs/argon2';
import { ORPCError } from '@orpc/server';
import { uuidv7 } from 'uuidv7';
import type { StaffInput } from '../../contract/central.ts';
import type { Database } from '../db/database.ts';
import type { UnitCache } from '../units.ts';
import { recordAdminFacts } from './facts.ts';

/** Adds accounts; each needs a password or an argon2id hash made elsewhere. @throws UNIT_UNKNOWN, RULE */
export async function addStaff(
  database: Database,
  units: UnitCache,
  inputs: readonly StaffInput[],
  now: Date,
): Promise<{ ids: string[] }> {
  const facts = await Promise.all(
    inputs.map(async (person, index) => {
      if (units.get(person.unitPath) === undefined) {
        throw new ORPCError('UNIT_UNKNOWN', { data: { path: person.unitPath } });
      }
      const passwordHash =
        person.passwordHash ?? (person.password === undefined ? null : await hash(person.password));
      if (passwordHash === null) {
        throw new ORPCError('RULE', { data: { rule: 'password-missing', field: `staff.${index}.password` } });
      }
      const { name, role, unitPath } = person;
      return {
        stream: { kind: 'staff' as const, id: person.id ?? uuidv7() },
        type: 'staff-added',
        payload: { name, role, unitPath, passwordHash },
        unitPath,
      };
    }),
  );
  await database.transaction().execute((work) => recordAdminFacts(work, units, facts, now));
  return { ids: facts.map((fact) => fact.stream.id) };
}
