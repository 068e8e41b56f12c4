import { sql } from 'kysely';
import { overrideOn } from '../../domain/credit/index.ts';
import { NOT_RATED, PENDING } from '../../domain/inspection/index.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';
import { loadStates } from '../kernel/store/index.ts';
import { underPath } from '../kernel/scope.ts';

/** A merchant with the class that it is drawn in. */
export type Candidate = { id: string; name: string; unitPath: string; class: string };

type Row = {
  id: string;
  name: string;
  unitPath: string;
  grade: string | null;
  disputed: number | null;
};

/**
 * The merchants of a unit and below it with their class on a day: the grade set by hand that holds, else the published one; who is under
 * objection or not rated has a class of its own. Merged entries are left out. In the order of the ids; at most so many.
 */
export async function candidatesAt(
  from: Reader | Writer,
  unitPath: string,
  day: string,
  most: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Row>`
    SELECT merchant_row.id, merchant_row.name, merchant_row.unit_path AS "unitPath", credit_row.grade, credit_row.disputed
    FROM merchant_row LEFT JOIN credit_row ON credit_row.id = merchant_row.id
    WHERE merchant_row.merged_into IS NULL AND ${underPath(unitPath, 'merchant_row.unit_path')}
    ORDER BY merchant_row.id LIMIT ${most}`.execute(from);
  const states = await loadStates(
    from,
    rows.flatMap(({ id, disputed }) => (disputed === null ? [] : [{ kind: 'credit', id }])),
  );
  const overrides = new Map(
    [...states.values()].flatMap((current) => {
      const override = current.kind === 'credit' ? overrideOn(current.state, day) : null;
      return override === null ? [] : [[current.state.id, override.grade] as const];
    }),
  );
  return rows.map(({ id, name, unitPath: path, grade, disputed }) => ({
    id,
    name,
    unitPath: path,
    class: disputed === 1 ? PENDING : (overrides.get(id) ?? grade ?? NOT_RATED),
  }));
}
