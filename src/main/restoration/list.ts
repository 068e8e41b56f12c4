import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type {
  RestorationFilter,
  RestorationSummary,
  RestorationToDo,
} from '../../contract/workstation/restoration.ts';
import type { RestorationStatus } from '../../domain/restoration/index.ts';
import { readPage } from '../kernel/page.ts';
import { requireIdentity, type StaffContext } from '../kernel/parts.ts';
import { waitingOf } from '../kernel/waiting.ts';
import type { RestorationRow } from './projection.ts';

type Row = Selectable<RestorationRow>;

/** What is to be done in these applications, by their ids: this unit's own first, then the nearest end. */
async function toDoOf(
  context: StaffContext,
  ids: readonly string[],
): Promise<Map<string, RestorationToDo[]>> {
  const { workstation } = context;
  const { unitPath: own } = requireIdentity(context);
  const now = workstation.clock().toISOString();
  const { rows } = await sql<{
    id: string;
    kind: string;
    ownerPath: string;
    dueAt: string | null;
    stands: number;
    provisional: number;
  }>`
    SELECT stream_id AS id, kind, owner_path AS "ownerPath", due_at AS "dueAt", stands, provisional
    FROM json_each(${JSON.stringify(ids)}) AS wanted
    CROSS JOIN task ON task.stream_kind = 'restoration' AND task.stream_id = wanted.value
    ORDER BY task.owner_path <> ${own}, task.due_order, task.part`.execute(workstation.store.read);
  return Map.groupBy(
    rows.map(({ id, kind, ownerPath, dueAt, stands, provisional }) => ({
      id,
      // As the stream declares them.
      task: kind as RestorationToDo['task'],
      unitPath: ownerPath,
      unitName: workstation.directory.nameOf(ownerPath),
      dueAt,
      stands: stands === 1,
      provisional: provisional === 1,
      late: dueAt !== null && dueAt < now,
      mine: ownerPath === own,
    })),
    ({ id }) => id,
  );
}

/** Rows as a list shows them. */
export async function summariesOf(
  context: StaffContext,
  rows: readonly Row[],
): Promise<RestorationSummary[]> {
  const { workstation } = context;
  const ids = rows.map(({ id }) => id);
  const toDo = await toDoOf(context, ids);
  const waiting = await waitingOf(workstation.store.read, 'restoration', ids);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status as RestorationStatus,
    merchantName: row.merchant_name,
    matters: row.matters,
    asked: row.asked,
    answered: row.answered,
    filedAt: row.filed_at,
    unitName: workstation.directory.nameOf(row.unit_path),
    windowName: workstation.directory.nameOf(row.window_path),
    toDo: toDo.get(row.id) ?? [],
    waiting: waiting.get(row.id) ?? 0,
  }));
}

/** The applications in sight, the latest first. */
export async function listRestorations(
  context: StaffContext,
  { filter, limit, cursor }: { filter: RestorationFilter; limit: number; cursor?: string | undefined },
): Promise<{ items: RestorationSummary[]; total: number; cursor: string | null }> {
  const { unitPath } = requireIdentity(context);
  const conditions: Expression<SqlBool>[] = [];
  if (filter.status?.length) conditions.push(sql`status IN (${sql.join(filter.status)})`);
  if (filter.mine === true)
    conditions.push(sql`id IN (SELECT stream_id FROM task
      WHERE owner_path = ${unitPath} AND stream_kind = 'restoration')`);
  const page = await readPage<Row>(context.workstation.store.read, {
    list: 'restoration',
    conditions,
    search: filter.search,
    order: { column: 'filed_at', direction: 'descending' },
    limit,
    cursor,
  });
  return { items: await summariesOf(context, page.rows), total: page.total, cursor: page.cursor };
}
