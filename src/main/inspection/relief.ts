import { sql } from 'kysely';
import { isGrade, type PlanClass } from '../../domain/inspection/index.ts';
import { inspectionRelief, relievedClass } from '../../domain/restoration/index.ts';
import { underPath } from '../kernel/scope.ts';
import { loadStates, type Reader, type Writer } from '../kernel/store/index.ts';
import type { Candidate } from './candidates.ts';

/**
 * The candidates with the class in which they are drawn on a day: after a repair one grade better for the configured time, and visited in
 * that grade's manner.
 */
export async function relieved(
  from: Reader | Writer,
  candidates: readonly Candidate[],
  planned: readonly PlanClass[],
  { unitPath, day }: { unitPath: string; day: string },
): Promise<Candidate[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sanction_row WHERE state = 'ended' AND ${underPath(unitPath, 'sanction_row.unit_path')}`.execute(
    from,
  );
  if (rows.length === 0) return [...candidates];
  const states = await loadStates(
    from,
    rows.map(({ id }) => ({ kind: 'sanction', id })),
  );
  const sanctions = [...states.values()].flatMap((one) => (one.kind === 'sanction' ? [one.state] : []));
  const ofMerchant = Map.groupBy(sanctions, ({ merchantId }) => merchantId);
  // From best to worst, as the plan has them.
  const grades = planned.map((one) => one.class).filter(isGrade);
  return candidates.map((one) => ({
    ...one,
    class: relievedClass(one.class, grades, inspectionRelief(ofMerchant.get(one.id) ?? [], day)),
  }));
}
