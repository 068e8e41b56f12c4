import type { CallContext, StaffSession } from './parts.ts';

/** Books who looked at, printed or exported personal data, and why (PIPL; logs are kept at least six months). */
export async function logAccess(
  { workstation }: CallContext,
  staff: StaffSession,
  access: { action: 'reveal' | 'print' | 'export'; kind: string; id: string; reason: string },
): Promise<void> {
  await workstation.store.write((writer) =>
    writer
      .insertInto('access_log')
      .values({
        at: workstation.clock().toISOString(),
        staff_id: staff.staffId,
        staff_name: staff.name,
        action: access.action,
        record_kind: access.kind,
        record_id: access.id,
        reason: access.reason,
      })
      .execute(),
  );
}
