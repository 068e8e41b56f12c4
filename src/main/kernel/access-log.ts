import { uuidv7 } from 'uuidv7';
import type { AccessAction, AccessMade } from '../../domain/access/index.ts';
import { isStreamKind, streamOf } from '../../domain/streams.ts';
import { command, noContext } from './command.ts';
import type { Client, StaffContext } from './parts.ts';
import { loadStates, type Reader } from './store/index.ts';

/** One look at personal data. `kind` and `id` name a record, or the room and the view of it. */
export type Access = {
  action: AccessAction;
  kind: string;
  id: string;
  /** Which paper, or which view under which filters. */
  what?: string;
  /** What the person said it was for, where that is asked. */
  reason?: string;
};

const record = command({
  context: noContext,
  decide: (payload: AccessMade) => ({
    facts: [{ stream: { kind: 'access', id: uuidv7() }, type: 'access-made', version: 1, payload }],
    result: undefined,
  }),
});

/** What people know a record by; null for what is none, or is not here. */
async function titleOf(read: Reader, kind: string, id: string): Promise<string | null> {
  if (!isStreamKind(kind)) return null;
  const [found] = (await loadStates(read, [{ kind, id }])).values();
  return found === undefined ? null : streamOf(found.kind).title(found.state).slice(0, 160);
}

/**
 * Books who looked at, printed or exported personal data, and why (PIPL; logs are kept at least six months): a fact, which goes to the
 * centre and to the unit above as every other does, and which nobody can take out of this workstation's log again. Before the data is
 * given: what cannot be booked is not shown. Where the workstation is revoked nobody takes facts of it any more; then it stays here.
 */
export async function logAccess(
  context: StaffContext,
  { action, kind, id, what, reason }: Access,
): Promise<void> {
  const { workstation, staff } = context;
  if (!workstation.standing.revoked()) {
    const title = await titleOf(workstation.store.read, kind, id);
    return record(context, {
      action,
      record: { kind, id },
      title,
      what: what ?? null,
      reason: reason ?? null,
    });
  }
  await workstation.store.write((writer) =>
    writer
      .insertInto('access_log')
      .values({
        at: workstation.clock().toISOString(),
        staff_id: staff.staffId,
        staff_name: staff.name,
        action,
        record_kind: kind,
        record_id: id,
        reason: reason ?? what ?? '',
      })
      .execute(),
  );
}

/** What has been booked of each window. */
const booked = new WeakMap<Client, Set<string>>();

/** The same once for each window and person: for what is drawn anew at each key, or fetched in many pieces. */
export async function logFirstAccess(context: StaffContext, access: Access): Promise<void> {
  const { client, staff } = context;
  const seen = booked.get(client) ?? new Set();
  booked.set(client, seen);
  const key = JSON.stringify([staff.staffId, access]);
  if (seen.has(key)) return;
  seen.add(key);
  try {
    await logAccess(context, access);
  } catch (error) {
    seen.delete(key);
    throw error;
  }
}
