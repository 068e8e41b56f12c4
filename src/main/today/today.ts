import { sql } from 'kysely';
import type { Today } from '../../contract/workstation/today.ts';
import { dayEnd, dayStart, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { requireIdentity, summarize, todayOf, type StaffContext } from '../kernel/parts.ts';
import { os } from '../kernel/implementer.ts';
import { countTasks } from '../kernel/task-lists.ts';

const SHOWN = 30;

/** Older remarks are no news any more (assumption). */
const REMARKS_DAYS = 90;

async function today(context: StaffContext): Promise<Today> {
  const { staff } = context;
  const { workstation } = context;
  const { unitPath } = requireIdentity(context);
  const day = todayOf(workstation);
  const { read } = workstation.store;
  const mine = read.selectFrom('case_row').where('handling_path', '=', unitPath).where('open', '=', 1);
  const rows = await mine.select('id').orderBy('due_order').orderBy('row').limit(SHOWN).execute();
  const now = workstation.clock().toISOString();
  const remarksFrom = new Date(dayStart(shiftDay(day, -REMARKS_DAYS))).toISOString();
  const endOfDay = new Date(dayEnd(day)).toISOString();
  const open = await mine.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const running = { of: 'case', kind: 'deadline', ownerPath: unitPath } as const;
  const held = read
    .selectFrom('case_row')
    .where('assigned_to', '=', staff.staffId)
    .where('handling_path', '=', unitPath)
    .where('open', '=', 1);
  const heldRows = await held.select('id').orderBy('due_order').orderBy('row').limit(SHOWN).execute();
  const heldOpen = await held.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const returnsToday = await read
    .selectFrom('return_row')
    .select('id')
    .where('requested_at', '>=', new Date(dayStart(day)).toISOString())
    .orderBy('requested_at', 'desc')
    .limit(SHOWN)
    .execute();
  return {
    day,
    cases: await summarize(context, 'case', rows),
    assigned: await summarize(context, 'case', heldRows),
    assignedCases: heldOpen.count,
    openCases: open.count,
    overdueCases: await countTasks(read, running, { matching: sql`due_order < ${now}` }),
    dueToday: await countTasks(read, running, {
      matching: sql`due_order >= ${now} AND due_order <= ${endOfDay}`,
    }),
    returnsToday: await summarize(context, 'return', returnsToday),
    returnsWaiting: await countTasks(read, { of: 'return', kind: 'decision', ownerPath: unitPath }),
    remarks: await countTasks(
      read,
      { of: 'case', kind: 'remarks', ownerPath: unitPath },
      { matching: sql`since >= ${remarksFrom}` },
    ),
    sync: await workstation.sync.refresh(),
  };
}

export const todayHandlers = { get: os.today.get.handler(({ context }) => today(context)) };
