import { sql } from 'kysely';
import {
  type CreditPolicyState,
  type CreditState,
  overrideOn,
  policyOfVersion,
} from '../../domain/credit/index.ts';
import { NOT_RATED, PENDING } from '../../domain/inspection/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { gradeOn, type SanctionState } from '../../domain/sanction/index.ts';
import { underPath } from '../kernel/scope.ts';
import { loadState, loadStates, type Reader, type Writer } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { sanctionsByMerchant } from '../sanction/index.ts';

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
 * The merchants of a unit and below it with their class on a day: the grade set by hand that holds, else the published one by what stands
 * on that day; who is under objection or not rated has a class of its own. Merged entries are left out. In the order of the ids; at most so many.
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
  const records = await sanctionsByMerchant(
    from,
    rows.map(({ id }) => id),
  );
  const policies = records.size === 0 ? undefined : await loadState(from, 'credit-policy', topOf(unitPath));
  const states = await loadStates(
    from,
    rows.flatMap(({ id, disputed }) => (disputed === null ? [] : [{ kind: 'credit', id }])),
  );
  const creditOf = (id: string): CreditState | undefined => {
    const current = states.get(keyOf({ kind: 'credit', id }));
    return current?.kind === 'credit' ? current.state : undefined;
  };
  return rows.map(({ id, name, unitPath: path, grade, disputed }) => {
    const credit = creditOf(id);
    const override = credit === undefined ? null : overrideOn(credit, day);
    const given = standingGrade(credit, records.get(id) ?? [], policies, day) ?? grade;
    return {
      id,
      name,
      unitPath: path,
      class: disputed === 1 ? PENDING : (override?.grade ?? given ?? NOT_RATED),
    };
  });
}

/** The grade by what stands on a day; null where no record is known here that the published one could differ by. */
function standingGrade(
  credit: CreditState | undefined,
  sanctions: readonly SanctionState[],
  policies: CreditPolicyState | undefined,
  day: string,
): string | null {
  if (sanctions.length === 0 || !credit?.grade) return null;
  const policy = policyOfVersion(policies, credit.grade.policyVersion);
  return policy === undefined ? null : gradeOn(policy, { ...credit, grade: credit.grade }, sanctions, day);
}
