import { sql } from 'kysely';
import type { InferContractRouterInputs } from '@orpc/contract';
import type { DocumentFile } from '../../contract/workstation/document.ts';
import type { CallEntry, sanctions } from '../../contract/workstation/sanction.ts';
import type { SanctionState } from '../../domain/sanction/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { command, noContext, requireSame } from '../kernel/command.ts';
import { serviceError } from '../kernel/errors.ts';
import { requireIdentity, type StaffContext } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { countTasks, tasksDue, type WhichTasks } from '../kernel/task-lists.ts';
import { reminderLetter } from './letter.ts';
import { recordsById } from './list.ts';

type Called = InferContractRouterInputs<typeof sanctions>['called'];

/** As many calls as are shown; more than anybody makes in a day. */
const SHOWN = 200;

/** The calls that this unit is to make today, the nearest date first, and what is known of each without its telephone number. */
export async function listCalls(
  context: StaffContext,
): Promise<{ items: CallEntry[]; total: number; cursor: null }> {
  const { directory, store, clock } = context.workstation;
  const { unitPath: ownerPath } = requireIdentity(context);
  const which: WhichTasks = { of: 'sanction', kind: 'call', ownerPath };
  const today = { matching: sql`since <= ${clock().toISOString()}` };
  const rows = await tasksDue(store.read, which, SHOWN, today);
  const states = await recordsById(
    store.read,
    rows.map(({ id }) => id),
  );
  const items = rows.flatMap(({ id, dueAt }): CallEntry[] => {
    const state = states.get(id);
    if (state?.call === undefined) return [];
    const { merchantName, unitPath, kind, organ, number, call, revision } = state;
    const { day, daysBefore, tries, phone } = call;
    return [
      {
        id,
        merchantName,
        unitName: directory.nameOf(unitPath),
        kind,
        organ,
        number,
        day,
        daysBefore,
        dueAt,
        late: dueAt !== null && dueAt < clock().toISOString(),
        tries: tries.length,
        hasPhone: phone !== null,
        revision,
      },
    ];
  });
  return { items, total: await countTasks(store.read, which, today), cursor: null };
}

/** A record that this unit is to call about. @throws NOT_FOUND of any other */
async function calledAbout(context: StaffContext, id: string): Promise<SanctionState> {
  const state = await loadState(context.workstation.store.read, 'sanction', id);
  if (state?.call === undefined || state.call.ownerPath !== requireIdentity(context).unitPath)
    throw serviceError('NOT_FOUND');
  return state;
}

/** The number to call; each look is logged. Null where none is known: then a letter is left. @throws NOT_FOUND */
export async function callPhone(context: StaffContext, id: string): Promise<{ phone: string | null }> {
  const { call } = await calledAbout(context, id);
  await logAccess(context, { action: 'reveal', kind: 'sanction', id, what: 'call' });
  return { phone: call?.phone ?? null };
}

const record = command({
  context: noContext,
  decide: ({ id, revision, eventId, outcome, note }: Called) => ({
    facts: [
      {
        id: eventId,
        stream: { kind: 'sanction' as const, id },
        type: 'sanction-called',
        version: 1,
        payload: { outcome, note },
        expectedRevision: revision,
      },
    ],
    result: undefined,
  }),
  once: {
    id: ({ eventId }) => ({ event: eventId }),
    again: ({ stream, type, payload }, { id, outcome, note }) =>
      requireSame([stream.id, type, payload], [id, 'sanction-called', { outcome, note }]),
  },
});

/** Records what came of a call. @throws RULE; NOT_FOUND */
export async function recordCall(context: StaffContext, called: Called): Promise<void> {
  await calledAbout(context, called.id);
  await record(context, called);
}

/** The letter about a record that this unit is to call about. @throws NOT_FOUND; RULE of one that has ended */
export async function callLetter(context: StaffContext, id: string): Promise<DocumentFile> {
  await calledAbout(context, id);
  return reminderLetter(context, id);
}
