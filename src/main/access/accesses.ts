import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type { AccessChoices, AccessEntry, AccessFilter } from '../../contract/workstation/access.ts';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import { AccessAction } from '../../domain/access/index.ts';
import { os } from '../kernel/implementer.ts';
import { behind, inOrder, pageOf, type Order, type TextColumn } from '../kernel/page.ts';
import { underPath } from '../kernel/scope.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { exportAccesses } from './export.ts';
import type { AccessRow } from './projection.ts';

type Row = Selectable<AccessRow> & { here: number };

const NEWEST: Order<TextColumn<Row>> = { column: 'at', direction: 'descending' };

function conditions({ staff }: StaffContext, filter: AccessFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [underPath(staff.unitPath, 'unit_path')];
  const where = (condition: Expression<SqlBool>): number => all.push(condition);
  if (filter.unitPath !== undefined) where(sql<SqlBool>`unit_path = ${filter.unitPath}`);
  if (filter.staffId !== undefined) where(sql<SqlBool>`staff_id = ${filter.staffId}`);
  if (filter.from !== undefined) where(sql<SqlBool>`day >= ${filter.from}`);
  if (filter.to !== undefined) where(sql<SqlBool>`day <= ${filter.to}`);
  return all;
}

/** Who looked at whose data in the person's scope, the latest first. */
export async function listAccesses(
  context: StaffContext,
  { filter, limit, cursor }: { filter: AccessFilter; limit: number; cursor?: string | undefined },
): Promise<{ items: AccessEntry[]; total: number; cursor: string | null }> {
  const { read } = context.workstation.store;
  const all = sql.join(conditions(context, filter), sql` AND `);
  const { rows } = await sql<Row>`
    SELECT access_row.*, EXISTS (SELECT 1 FROM stream WHERE kind = record_kind AND stream.id = record_id) AS here
    FROM access_row WHERE ${all} AND ${behind(NEWEST, cursor)}
    ORDER BY ${inOrder(NEWEST)} LIMIT ${limit + 1}`.execute(read);
  const counted = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT 1 FROM access_row WHERE ${all} LIMIT ${COUNT_LIMIT + 1})`.execute(
    read,
  );
  const page = pageOf(NEWEST, rows, limit);
  return {
    items: page.rows.map((row) => entryOf(context, row)),
    total: counted.rows[0]?.total ?? 0,
    cursor: page.cursor,
  };
}

function entryOf({ workstation }: StaffContext, row: Row): AccessEntry {
  return {
    id: row.id,
    at: row.at,
    staffId: row.staff_id,
    staffName: row.staff_name,
    role: row.role,
    unitPath: row.unit_path,
    unitName: workstation.directory.nameOf(row.unit_path),
    action: AccessAction.parse(row.action),
    record: { kind: row.record_kind, id: row.record_id },
    here: row.here === 1,
    title: row.title,
    what: row.what,
    reason: row.reason,
  };
}

/** Who is on the list, and which units, by name. */
async function choices({ workstation, staff }: StaffContext): Promise<AccessChoices> {
  const { read } = workstation.store;
  const seen = underPath(staff.unitPath, 'unit_path');
  const people = await sql<{ staffId: string; name: string }>`
    SELECT staff_id AS staffId, max(staff_name) AS name FROM access_row WHERE ${seen}
    GROUP BY staff_id ORDER BY name, staff_id LIMIT 500`.execute(read);
  const units = await sql<{ path: string }>`
    SELECT DISTINCT unit_path AS path FROM access_row WHERE ${seen} ORDER BY path`.execute(read);
  return {
    people: people.rows,
    units: units.rows.map(({ path }) => ({ path, name: workstation.directory.nameOf(path) })),
  };
}

export const accesses = {
  list: os.accesses.list.handler(({ context, input }) => listAccesses(context, input)),
  choices: os.accesses.choices.handler(({ context }) => choices(context)),
  export: os.accesses.export.handler(({ context, input }) =>
    exportAccesses(context, input, (page) => listAccesses(context, { filter: input.filter, ...page })),
  ),
};
