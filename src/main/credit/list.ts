import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import { COUNT_LIMIT } from '../../contract/workstation/base.ts';
import type { CreditSummary } from '../../contract/workstation/credit.ts';
import { behind, inOrder, type Order, pageOf } from '../kernel/page.ts';
import type { CallContext } from '../kernel/parts.ts';
import type { CreditRow } from './projection.ts';

type Row = Selectable<CreditRow> & { name: string | null };
type Filter = {
  unitPath?: string | undefined;
  grade?: string | undefined;
  disputed?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
};

const ORDER = { column: 'standing', direction: 'ascending' } as const satisfies Order<'standing'>;

/** Whether a merchant trades at a unit or below it, by the index on its path. */
const below = (path: string): Expression<SqlBool> =>
  sql<SqlBool>`(unit_path = ${path} OR (unit_path > ${`${path}/`} AND unit_path < ${`${path}0`}))`;

/** One page of the merchants' grades, and how many of those at the unit have which. */
export async function listCredits(
  { workstation }: CallContext,
  { unitPath, grade, disputed, limit, cursor }: Filter,
): Promise<{
  items: CreditSummary[];
  total: number;
  cursor: string | null;
  grades: { grade: string | null; count: number }[];
}> {
  const { read } = workstation.store;
  const here = sql.join(
    [sql<SqlBool>`month IS NOT NULL`, ...(unitPath ? [below(unitPath)] : [])],
    sql` AND `,
  );
  const chosen = sql.join(
    [
      sql`${here}`,
      ...(grade === undefined ? [] : [sql`grade = ${grade}`]),
      ...(disputed === undefined ? [] : [sql`disputed = ${disputed ? 1 : 0}`]),
    ],
    sql` AND `,
  );
  const { rows } = await sql<Row>`
    SELECT page.*, merchant_row.name FROM (
      SELECT * FROM credit_row WHERE ${chosen} AND ${behind(ORDER, cursor)}
      ORDER BY ${inOrder(ORDER)} LIMIT ${limit + 1}) AS page
    LEFT JOIN merchant_row ON merchant_row.id = page.id ORDER BY page.standing, page.row`.execute(read);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT 1 FROM credit_row WHERE ${chosen} LIMIT ${COUNT_LIMIT + 1})`.execute(
    read,
  );
  const { rows: grades } = await sql<{ grade: string | null; count: number }>`
    SELECT grade, count(*) AS count FROM credit_row WHERE ${here} GROUP BY grade ORDER BY grade IS NULL, grade`.execute(
    read,
  );
  const page = pageOf<Row>(ORDER, rows, limit);
  return {
    items: page.rows.map((row) => ({
      id: row.id,
      name: row.name ?? row.id,
      unitPath: row.unit_path,
      unitName: workstation.directory.nameOf(row.unit_path),
      month: row.month,
      grade: row.grade,
      points: row.points,
      disputed: row.disputed === 1,
    })),
    total: counted[0]?.total ?? 0,
    cursor: page.cursor,
    grades,
  };
}
