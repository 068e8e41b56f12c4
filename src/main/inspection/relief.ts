import { isGrade, type PlanClass } from '../../domain/inspection/index.ts';
import { inspectionRelief, relievedClass } from '../../domain/restoration/index.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';
import { sanctionsByMerchant } from '../sanction/index.ts';
import type { Candidate } from './candidates.ts';

/**
 * The candidates with the class in which they are drawn on a day: after a repair one grade better for the configured time, and visited in
 * that grade's manner.
 */
export async function relieved(
  from: Reader | Writer,
  candidates: readonly Candidate[],
  planned: readonly PlanClass[],
  day: string,
): Promise<Candidate[]> {
  const ofMerchant = await sanctionsByMerchant(
    from,
    candidates.map(({ id }) => id),
  );
  if (ofMerchant.size === 0) return [...candidates];
  // From best to worst, as the plan has them.
  const grades = planned.map((one) => one.class).filter(isGrade);
  return candidates.map((one) => ({
    ...one,
    class: relievedClass(one.class, grades, inspectionRelief(ofMerchant.get(one.id) ?? [], day)),
  }));
}
