import { refusalOfUnit, type AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { CreditState } from '../credit/index.ts';
import { type Rulebook, topOf } from '../procedure/index.ts';
import { inspectionRelief } from '../restoration/index.ts';
import type { SanctionState } from '../sanction/index.ts';
import type { InspectionPayload } from './events.ts';
import { guidanceBetween } from './guidance-first.ts';
import type { GuidanceState } from './guidance.ts';
import { type InspectionState, markOf } from './inspection.ts';
import { type InspectionPlanState, planOfVersion } from './published-plan.ts';

/** What whoever inspects is: a public body, and nobody else. */
export function refusalUnlessRegulator(
  _before: unknown,
  fact: Fact,
  _after: unknown,
  { partyOf, source }: AdmissionContext<Rulebook>,
): Refusal | null {
  return source.centre || partyOf(fact.unitPath) === 'regulator'
    ? null
    : { rule: 'inspection-regulator-only', field: 'unitPath' };
}

type Named = { kind: string; id: string }[];

/** Other records that a fact of a draw is judged by: the plan that it says it follows, and the credit or the record that a result names. */
export function recordsOfDraw({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named {
  if (typeof payload !== 'object' || payload === null) return [];
  if (type === 'draw-prepared' && 'unitPath' in payload && typeof payload.unitPath === 'string')
    return [{ kind: 'inspection-plan', id: topOf(payload.unitPath) }, ...repairsIn(payload)];
  const guidances =
    'guidanceId' in payload && typeof payload.guidanceId === 'string'
      ? [{ kind: 'guidance', id: payload.guidanceId }]
      : [];
  if (type === 'result-recorded' && 'creditFactId' in payload && payload.creditFactId !== null)
    return 'merchantId' in payload &&
      typeof payload.merchantId === 'string' &&
      typeof payload.creditFactId === 'string'
      ? [
          ...guidances,
          { kind: 'credit', id: payload.merchantId },
          { kind: 'sanction', id: payload.creditFactId },
        ]
      : guidances;
  return type === 'result-recorded' || type === 'guidance-arranged' ? guidances : [];
}

/** The records whose repair a draw says it is by that candidates are guided first. */
function repairsIn(payload: object): Named {
  const marks =
    'guidanceFirst' in payload && Array.isArray(payload.guidanceFirst) ? payload.guidanceFirst : [];
  return marks.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'sanctionId' in one && typeof one.sanctionId === 'string'
      ? [{ kind: 'sanction', id: one.sanctionId }]
      : [],
  );
}

/** Why a draw does not say rightly who is guided first: by no repair of that merchant that holds on its day, or for another time. */
function refusalOfMarks(
  { guidanceFirst = [], day }: InspectionPayload<'draw-prepared@1'>,
  { record }: AdmissionContext<Rulebook>,
): Refusal | null {
  const wrong = guidanceFirst.findIndex(({ merchantId, sanctionId, from, until }) => {
    // Looked up as a record of a decision.
    const sanction = record({ kind: 'sanction', id: sanctionId }) as SanctionState | undefined;
    const relief = sanction?.merchantId === merchantId ? inspectionRelief([sanction], day) : null;
    return relief?.from !== from || relief.until !== until;
  });
  return wrong < 0 ? null : { rule: 'guidance-first-repair', field: `guidanceFirst.${wrong}` };
}

/** Why the guidance that a result names is none that came before that visit, after the repair. */
function refusalOfGuidance(
  { merchantId, on, guidanceId }: InspectionPayload<'result-recorded@1'>,
  draw: InspectionState,
  { record }: AdmissionContext<Rulebook>,
): Refusal | null {
  if (!guidanceId) return null;
  // Looked up as advice by appointment.
  const guidance = record({ kind: 'guidance', id: guidanceId }) as GuidanceState | undefined;
  const from = markOf(draw, merchantId)?.from ?? '';
  return guidance !== undefined && guidanceBetween([guidance], merchantId, from, on) !== undefined
    ? null
    : { rule: 'guidance-first-unknown', field: 'guidanceId' };
}

/**
 * Why a fact of a draw that is legal in itself is refused: it is not the regulator's, its shares are not those of the plan it names, or
 * what a result names is neither a fact of the merchant's credit nor a record of a decision about it.
 */
export function refusalOfDraw(
  before: InspectionState | undefined,
  fact: Fact,
  after: InspectionState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  const other = refusalUnlessRegulator(before, fact, after, context);
  if (other) return other;
  if (fact.type === 'draw-prepared') {
    const payload = fact.payload as InspectionPayload<'draw-prepared@1'>;
    const { unitPath, planVersion, classes } = payload;
    const elsewhere = refusalOfUnit(unitPath, 'unitPath', context);
    if (elsewhere !== null) return elsewhere;
    // Looked up as a plan.
    const plans = context.record({ kind: 'inspection-plan', id: topOf(unitPath) }) as
      | InspectionPlanState
      | undefined;
    const plan = planOfVersion(plans, planVersion);
    const differs = classes.findIndex(({ class: name, perMille, manner }) => {
      const planned = plan?.classes.find((one) => one.class === name);
      return planned?.perMille !== perMille || planned.manner !== manner;
    });
    if (differs >= 0)
      return {
        rule: 'draw-plan-differs',
        field: `classes.${differs}.perMille`,
        parameters: { class: classes[differs]?.class ?? '', version: planVersion },
      };
    return refusalOfMarks(payload, context);
  }
  if (fact.type === 'result-recorded') {
    const payload = fact.payload as InspectionPayload<'result-recorded@1'>;
    const guidance = refusalOfGuidance(payload, after, context);
    if (guidance !== null) return guidance;
    const { merchantId, creditFactId } = payload;
    if (creditFactId === null) return null;
    // Looked up as a merchant's credit.
    const credit = context.record({ kind: 'credit', id: merchantId }) as CreditState | undefined;
    const entries = credit
      ? [...credit.awards, ...credit.penalties, ...credit.listings, ...credit.patrols]
      : [];
    // Looked up as a record of a decision.
    const decision = context.record({ kind: 'sanction', id: creditFactId }) as SanctionState | undefined;
    if (decision?.merchantId !== merchantId && !entries.some(({ entryId }) => entryId === creditFactId))
      return { rule: 'inspection-fact-unknown', field: 'creditFactId' };
  }
  return null;
}
