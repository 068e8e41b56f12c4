import type { EventEnvelope } from '../../../domain/kernel/event/event.ts';
import type { StaffState } from '../../../domain/organisation/index.ts';

/** The person an event gives a case to, or null. */
export function assigneeOf({ type, payload }: Pick<EventEnvelope, 'type' | 'payload'>): string | null {
  if (type !== 'case-assigned' || typeof payload !== 'object' || payload === null) return null;
  return 'staffId' in payload && typeof payload.staffId === 'string' ? payload.staffId : null;
}

/**
 * True when a case would be given to somebody who never belonged to the unit: only who holds the accounts can tell.
 * Somebody who has left since the desk recorded it is no reason to refuse.
 */
export function assignedElsewhere(
  event: Pick<EventEnvelope, 'type' | 'payload' | 'unitPath'>,
  staff: ReadonlyMap<string, StaffState>,
): boolean {
  const id = assigneeOf(event);
  if (id === null) return false;
  return !staff.get(id)?.assignments.some((one) => one.unitPath === event.unitPath);
}
