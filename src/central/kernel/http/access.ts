import type { DeviceAccess, PersonAccess } from '../../../contract/centre/base.ts';
import { covers, fieldOf, may, unitsNamed, type Capability } from '../../../domain/organisation/index.ts';
import { asUnit } from '../db/as-unit.ts';
import { centreError } from '../errors.ts';
import { stateOf } from '../states.ts';
import type { CentreContext, Person } from './context.ts';
import type { DeviceSession } from './sessions.ts';

/**
 * The device that calls, noted, where its input as it came names no unit out of its scope.
 * @throws NOT_AUTHENTICATED, FORBIDDEN
 */
export function deviceCalling(
  { caller, note }: Pick<CentreContext, 'caller' | 'note'>,
  { scope }: DeviceAccess | PersonAccess,
  input: unknown,
): DeviceSession {
  if (caller.who !== 'device') throw centreError('NOT_AUTHENTICATED');
  const { device } = caller;
  note({ device: device.deviceId });
  for (const path of unitsNamed(scope, input))
    if (!covers(device.unitPath, path)) throw centreError('FORBIDDEN');
  return device;
}

/**
 * The person whom the input as it came names. @throws FORBIDDEN unless it is an active account of that very unit whose
 * role has the capability
 */
export async function personAsking(
  { database }: CentreContext,
  device: DeviceSession,
  needs: readonly Capability[],
  input: unknown,
): Promise<Person> {
  const staffId = fieldOf(input, 'staffId');
  if (typeof staffId !== 'string') throw centreError('FORBIDDEN');
  return asUnit(database, device, async (executor) => {
    const person = await stateOf(executor, 'staff', staffId);
    if (
      !person?.active ||
      person.unitPath !== device.unitPath ||
      !needs.every((one) => may(person.role, one))
    )
      throw centreError('FORBIDDEN');
    return { staffId, name: person.name };
  });
}
