import type { StaffAccess } from '../../contract/workstation/base.ts';
import { covers, fieldOf, may, unitsNamed, type Capability } from '../../domain/organisation/index.ts';
import { asStaff, type CallContext, type StaffContext } from './parts.ts';
import { serviceError } from './errors.ts';

/** What a call takes, by an input that nobody has validated yet. */
function neededFor(access: StaffAccess, input: unknown): readonly (readonly Capability[])[] {
  switch (access.who) {
    case 'signed-in':
      return [[]];
    case 'capable':
      return [access.needs];
    case 'capable-by': {
      const value = fieldOf(input, access.field);
      const known =
        typeof value === 'string' && Object.hasOwn(access.needs, value) ? access.needs[value] : undefined;
      // A value that does not exist is told, as not valid, to those only who could do something by another.
      return known ? [known] : Object.values(access.needs);
    }
  }
}

/**
 * The context of a call that its caller may make. Everything is asked of the input as it came, so that whoever may not
 * call learns nothing of its rules.
 * @throws NOT_SIGNED_IN, also where the account is not what it was any more; LOCKED; NOT_PERMITTED with the first capability that is missing; NOT_FOUND for a unit out of scope
 */
export async function admit(
  context: CallContext,
  access: StaffAccess,
  input: unknown,
): Promise<StaffContext> {
  const { client, workstation, gate } = context;
  if (client.staff === null) throw serviceError('NOT_SIGNED_IN');
  // Before it is asked whether the account still stands: behind a locked window nothing may be there to ask.
  if (gate.sessions.isLocked(client) && gate.parts() === null) throw serviceError('LOCKED');
  await workstation.sessions.require(client, workstation.store.read);
  if (workstation.sessions.isLocked(client) && !('locked' in access)) throw serviceError('LOCKED');
  const admitted = asStaff(context);
  const { staff } = admitted;
  const missing = neededFor(access, input).map((all) => all.find((one) => !may(staff.role, one)));
  const [capability] = missing;
  if (capability !== undefined && !missing.includes(undefined))
    throw serviceError('NOT_PERMITTED', { capability });
  for (const path of unitsNamed(access.scope, input))
    if (!covers(staff.unitPath, path)) throw serviceError('NOT_FOUND');
  return admitted;
}
