import type { CaseDetail, Holder } from '../../contract/workstation/case.ts';
import { assignsOthers } from '../../domain/case/assignment.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Role } from '../../domain/kernel/event/event.ts';
import { may } from '../../domain/organisation/index.ts';
import type { Reader } from '../kernel/store/index.ts';
import type { CallContext, StaffSession } from '../kernel/parts.ts';

/** Active people of a unit who handle cases, with the open cases each holds. Only the own unit's are known here. */
export async function handlersOf(
  read: Reader,
  unitPath: string,
): Promise<(Holder & { role: Role; open: number })[]> {
  const people = await read
    .selectFrom('staff_row')
    .select(['id', 'name', 'role'])
    .where('unit_path', '=', unitPath)
    .where('active', '=', 1)
    .orderBy('name')
    .execute();
  const held = await read
    .selectFrom('open_load')
    .select(({ fn }) => ['assigned_to', fn.sum<number>('count').as('open')])
    .where('handling_path', '=', unitPath)
    .groupBy('assigned_to')
    .execute();
  const open = new Map(held.map((row) => [row.assigned_to, row.open]));
  return people
    .map(({ id, name, role }) => ({ staffId: id, name, role: role as Role, open: open.get(id) ?? 0 }))
    .filter(({ role }) => may(role, 'case.handle'));
}

/** Whom this person may give the case to; nobody where its unit is another one. */
export async function assigneesFor(
  { workstation }: CallContext,
  state: CaseState,
  staff: StaffSession,
): Promise<CaseDetail['assignees']> {
  if (staff.unitPath !== state.handlingPath || state.status === 'closed') return [];
  const handlers = await handlersOf(workstation.store.read, staff.unitPath);
  return assignsOthers(staff) ? handlers : handlers.filter((one) => one.staffId === staff.staffId);
}
