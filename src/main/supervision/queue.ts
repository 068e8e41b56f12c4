import { sql } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { Queue, QueueFilter } from '../../contract/workstation/supervision.ts';
import { boardCases } from '../deadlines/index.ts';
import { requireIdentity, type StaffContext } from '../kernel/parts.ts';
import { behind, inOrder, pageOf, type Order } from '../kernel/page.ts';
import { underPath } from '../kernel/scope.ts';

type Wanted = { filter: QueueFilter; limit: number; cursor?: string | undefined };

const ORDER = { column: 'due_order', direction: 'ascending' } as const satisfies Order;

/**
 * Open cases of the scope that are overdue or were escalated, nearest deadline first: two ranges of two indexes, one
 * after the other, since whatever is overdue comes before whatever is not.
 */
export async function readQueue(
  context: StaffContext,
  { filter, limit, cursor }: Wanted,
): Promise<Omit<Queue, 'units'>> {
  const { staff } = context;
  const { unitPath } = requireIdentity(context);
  const { read } = context.workstation.store;
  const { show, holder } = filter;
  const now = context.workstation.clock().toISOString();
  const scope = underPath(filter.path ?? staff.unitPath);
  const held =
    holder === undefined
      ? sql``
      : holder === 'nobody'
        ? sql`AND assigned_to IS NULL`
        : sql`AND assigned_to = ${holder}`;
  const overdue = sql`FROM case_row WHERE open = 1 AND due_order < ${now} AND ${scope} ${held}`;
  // Without statistics the planner takes "open" for the narrower condition of the two.
  const escalatedCases = sql`FROM case_row INDEXED BY case_escalated WHERE escalated = 1 AND open = 1 AND ${scope} ${held}`;
  const overdueAndUp = sql`${escalatedCases} AND due_order < ${now}`;
  const up = sql`${escalatedCases} AND due_order >= ${now}`;
  const parts = { all: [overdue, up], overdue: [overdue], escalated: [overdueAndUp, up] }[show];

  const count = async (matching: ReturnType<typeof sql>): Promise<number> => {
    const { rows } = await sql<{ total: number }>`
      SELECT count(*) AS total FROM (SELECT 1 ${matching} LIMIT ${COUNT_LIMIT + 1})`.execute(read);
    return rows[0]?.total ?? 0;
  };
  const next = behind(ORDER, cursor);
  const selects = parts.map((part) => sql`SELECT id, row, due_order ${part} AND ${next}`);
  const { rows } = await sql<{ id: string; row: number; due_order: string }>`
    ${sql.join(selects, sql` UNION ALL `)} ORDER BY ${inOrder(ORDER)} LIMIT ${limit + 1}`.execute(read);
  const page = pageOf(ORDER, rows, limit);
  // Overdue cases are counted as the load has them, however many they are.
  const lateOf = async (who: ReturnType<typeof sql>): Promise<number> => {
    const found = await sql<{ total: number | null }>`
      SELECT sum(count) AS total FROM open_load WHERE due_order < ${now} AND ${scope} ${who}`.execute(read);
    return Math.min(COUNT_LIMIT + 1, found.rows[0]?.total ?? 0);
  };
  const whose = holder === undefined ? sql`` : sql`AND assigned_to = ${holder === 'nobody' ? '' : holder}`;
  const [late, lateAndUp, notLate] = [await lateOf(whose), await count(overdueAndUp), await count(up)];
  const escalated = Math.min(COUNT_LIMIT + 1, lateAndUp + notLate);
  const all = Math.min(COUNT_LIMIT + 1, late + notLate);
  const items = await boardCases(context, page.rows);
  return {
    items: items.map((item) => ({
      ...item,
      level: context.workstation.directory.levelOf(item.handlingPath),
      mayAssign: item.handlingPath === unitPath,
    })),
    total: { all, overdue: late, escalated }[show],
    all,
    overdue: late,
    escalated,
    nobody: Math.min(
      COUNT_LIMIT + 1,
      (await lateOf(sql`AND assigned_to = ''`)) + (await count(sql`${up} AND assigned_to IS NULL`)),
    ),
    cursor: page.cursor,
  };
}

/** The queue with the units of the scope whose open cases this workstation sees. */
export async function queue(context: StaffContext, wanted: Wanted): Promise<Queue> {
  const { staff } = context;
  const found = await readQueue(context, wanted);
  const { rows } = await sql<{ path: string }>`
    SELECT DISTINCT handling_path AS path FROM open_load WHERE ${underPath(staff.unitPath)} ORDER BY 1`.execute(
    context.workstation.store.read,
  );
  const paths = new Set([staff.unitPath, ...rows.map(({ path }) => path)]);
  return {
    ...found,
    units: [...paths].map((path) => ({ path, name: context.workstation.directory.nameOf(path) })),
  };
}
