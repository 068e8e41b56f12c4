import { hash } from '@node-rs/argon2';
import { uuidv7 } from 'uuidv7';
import type { StaffInput } from '../../contract/centre/index.ts';
import { assignmentVersion } from '../../domain/organisation/staff.ts';
import type { Database } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { withCentreLog, type AdminFact } from './facts.ts';

async function factOf(
  person: StaffInput,
  index: number,
  { database, units }: IngestParts,
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
    version: assignmentVersion(role),
    payload: { name, role, unitPath, passwordHash },
    unitPath,
  };
}

/** Adds accounts; each needs a password or an argon2id hash made elsewhere. @throws UNIT_UNKNOWN, RULE */
export async function addStaff(
  parts: IngestParts,
  inputs: readonly StaffInput[],
  now: Date,
): Promise<{ ids: string[] }> {
  const facts: AdminFact[] = [];
  // One after the other: each hash takes tens of megabytes.
  for (const [index, person] of inputs.entries()) facts.push(await factOf(person, index, parts));
  await withCentreLog(parts, now, ({ record }) => record(facts));
  return { ids: facts.map((fact) => fact.stream.id) };
}

async function unitOf(database: Database, staffId: string): Promise<string> {
  const person = await stateOf(database, 'staff', staffId);
  if (!person) throw centreError('RULE', { rule: 'staff-missing', field: 'staffId' });
  return person.unitPath;
}

/** Records one fact about a person's account, at the person's own unit. @throws RULE */
async function change(
  parts: IngestParts,
  staffId: string,
  fact: Pick<AdminFact, 'type' | 'version' | 'payload'>,
  now: Date,
): Promise<void> {
  const unitPath = await unitOf(parts.database, staffId);
  const stream = { kind: 'staff' as const, id: staffId };
  await withCentreLog(parts, now, ({ record }) => record([{ stream, unitPath, ...fact }]));
}

/** Gives a person another role or unit; their workstation there has the account with its next sync. @throws UNIT_UNKNOWN, RULE */
export async function assignStaff(
  parts: IngestParts,
  { staffId, role, unitPath }: { staffId: string; role: StaffInput['role']; unitPath: string },
  now: Date,
): Promise<void> {
  if (!(await parts.units.find(unitPath, parts.database)))
    throw centreError('UNIT_UNKNOWN', { path: unitPath });
  const version = assignmentVersion(role);
  await change(parts, staffId, { type: 'staff-assigned', version, payload: { role, unitPath } }, now);
}

/** Closes an account: nobody signs in with it after the next sync; what the person did stays. @throws RULE */
export async function deactivateStaff(parts: IngestParts, staffId: string, now: Date): Promise<void> {
  await change(parts, staffId, { type: 'staff-deactivated', payload: { on: now.toISOString() } }, now);
}

/** Sets a new password where the old one is forgotten. @throws RULE */
export async function setPassword(
  parts: IngestParts,
  { staffId, password }: { staffId: string; password: string },
  now: Date,
): Promise<void> {
  const passwordHash = await hash(password);
  await change(parts, staffId, { type: 'password-changed', payload: { passwordHash } }, now);
}
