import { sql } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { ReturnDetail, WaitingReturn } from '../../contract/workstation/return.ts';
import { decisionDue } from '../../domain/return/decision-due.ts';
import type { ReturnState } from '../../domain/return/reducer.ts';
import { summarize, type CallContext, type WorkstationParts } from '../kernel/parts.ts';
import { loadStates } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';

/** Until when a return is to be decided, and whether that is past; null once it is decided or has become a case. */
export function dueOf({ directory, clock }: WorkstationParts, state: ReturnState): ReturnDetail['due'] {
  const due = decisionDue(state, directory.rules());
  return due && { ...due, late: Date.parse(due.dueAt) < clock().getTime() };
}

const WAITING_SHOWN = 50;

/** Returns that nobody has decided, of this unit or of all in sight, nearest limit first. */
export async function waitingReturns(
  context: CallContext,
  unitPath: string | null,
): Promise<{ cases: WaitingReturn[]; total: number }> {
  const { workstation } = context;
  const { read } = workstation.store;
  const matching = sql`FROM return_row INDEXED BY return_waiting WHERE status = 'requested' AND case_id IS NULL
    ${unitPath === null ? sql`` : sql`AND unit_path = ${unitPath}`}`;
  const { rows } = await sql<{ id: string }>`
    SELECT id ${matching} ORDER BY requested_at, row LIMIT ${WAITING_SHOWN}`.execute(read);
  const counted = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT 1 ${matching} LIMIT ${COUNT_LIMIT + 1})`.execute(read);
  const states = await loadStates(
    read,
    rows.map(({ id }) => ({ kind: 'return', id })),
  );
  const cases = (await summarize(context, 'return', rows)).flatMap((item) => {
    const found = states.get(keyOf({ kind: 'return', id: item.id }));
    const due = found?.kind === 'return' ? dueOf(workstation, found.state) : null;
    return due ? [{ ...item, dueAt: due.dueAt, late: due.late }] : [];
  });
  return {
    cases: cases.toSorted((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt)),
    total: counted.rows[0]?.total ?? 0,
  };
}
