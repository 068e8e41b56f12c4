import type { Today } from '../../contract/workstation/today.ts';
import { dayEnd, dayStart, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { requireIdentity, summarize, todayOf, type StaffContext } from '../kernel/parts.ts';
import { os } from '../kernel/implementer.ts';

const SHOWN = 30;

/** Remarks on cases closed longer ago are no news any more (assumption). */
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
  const endOfDay = new Date(dayEnd(day)).toISOString();
  const open = await mine.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const overdue = await mine
    .where('due_order', '<', now)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const dueToday = await mine
    .where('due_order', '>=', now)
    .where('due_order', '<=', endOfDay)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const held = read
    .selectFrom('case_row')
    .where('assigned_to', '=', staff.staffId)
    .where('handling_path', '=', unitPath)
    .where('open', '=', 1);
  const heldRows = await held.select('id').orderBy('due_order').orderBy('row').limit(SHOWN).execute();
  const heldOpen = await held.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const remarks = await read
    .selectFrom('case_row')
    .where('review', '=', 'remarks')
    .where('handling_path', '=', unitPath)
    .where('closed_day', '>=', shiftDay(day, -REMARKS_DAYS))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const returnsToday = await read
    .selectFrom('return_row')
    .select('id')
    .where('requested_at', '>=', new Date(dayStart(day)).toISOString())
    .orderBy('requested_at', 'desc')
    .limit(SHOWN)
    .execute();
  const returnsWaiting = await read
    .selectFrom('return_row')
    .where('status', '=', 'requested')
    .where('unit_path', '=', unitPath)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    day,
    cases: await summarize(context, 'case', rows),
    assigned: await summarize(context, 'case', heldRows),
    assignedCases: heldOpen.count,
    openCases: open.count,
    overdueCases: overdue.count,
    dueToday: dueToday.count,
    returnsToday: await summarize(context, 'return', returnsToday),
    returnsWaiting: returnsWaiting.count,
    remarks: remarks.count,
    sync: await workstation.sync.refresh(),
  };
}

export const todayHandlers = { get: os.today.get.handler(({ context }) => today(context)) };
