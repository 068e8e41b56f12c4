import {
  guidanceBetween,
  type GuidanceFirst,
  type InspectionState,
  isGrade,
  markOf,
  type PlanClass,
} from '../../domain/inspection/index.ts';
import { type InspectionRelief, inspectionRelief, relievedClass } from '../../domain/restoration/index.ts';
import type { Reader, Writer } from '../kernel/store/index.ts';
import { loadKinds } from '../kernel/store/streams.ts';
import { sanctionsByMerchant, sanctionsOf } from '../sanction/index.ts';
import type { Candidate } from './candidates.ts';

/** Candidates in the class in which they are drawn, and those of them that are guided before they are visited. */
export type Relieved = { candidates: Candidate[]; guidanceFirst: GuidanceFirst[] };

const markedBy = (
  merchantId: string,
  relief: Pick<InspectionRelief, 'sanctionId' | 'from' | 'until'>,
): GuidanceFirst => ({
  merchantId,
  sanctionId: relief.sanctionId,
  from: relief.from,
  until: relief.until,
});

/**
 * The candidates with the class in which they are drawn on a day: after a repair one grade better for the configured time, visited in that
 * grade's manner, and guided by appointment first.
 */
export async function relieved(
  from: Reader | Writer,
  candidates: readonly Candidate[],
  planned: readonly PlanClass[],
  day: string,
): Promise<Relieved> {
  const ofMerchant = await sanctionsByMerchant(
    from,
    candidates.map(({ id }) => id),
  );
  // From best to worst, as the plan has them.
  const grades = planned.map((one) => one.class).filter(isGrade);
  const guidanceFirst: GuidanceFirst[] = [];
  const all = candidates.map((one) => {
    const relief = inspectionRelief(ofMerchant.get(one.id) ?? [], day);
    if (relief !== null) guidanceFirst.push(markedBy(one.id, relief));
    return { ...one, class: relievedClass(one.class, grades, relief) };
  });
  return { candidates: all, guidanceFirst };
}

/** The guidance that was held for a merchant after a repair and not after that day; null where none was. */
export async function guidanceSince(
  from: Reader | Writer,
  { merchantId, from: since }: Pick<GuidanceFirst, 'merchantId' | 'from'>,
  on: string,
): Promise<string | null> {
  const all = await loadKinds(from, ['guidance']);
  const states = all.map(({ state }) => state);
  return guidanceBetween(states, merchantId, since, on)?.id ?? null;
}

/** What a visit of a day has to heed: what the draw says, and where it says nothing a repair that has come since. */
export async function guidedFirst(
  from: Reader | Writer,
  draw: InspectionState,
  merchantId: string,
  on: string,
): Promise<GuidanceFirst | undefined> {
  const mark = markOf(draw, merchantId);
  if (mark !== undefined) return mark;
  const relief = inspectionRelief(await sanctionsOf(from, merchantId), on);
  return relief === null ? undefined : markedBy(merchantId, relief);
}
