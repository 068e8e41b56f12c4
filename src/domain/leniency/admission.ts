import type { CreditState } from '../credit/index.ts';
import type { GuidanceState, InspectionState } from '../inspection/index.ts';
import { refusalOfUnit, type AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { Rulebook } from '../procedure/index.ts';
import type { SanctionState } from '../sanction/index.ts';
import { type LeniencyPayload, leniencySchemas, type LookedAt } from './events.ts';
import type { LeniencyState } from './leniency.ts';
import { isWithin } from './rule.ts';
import { leniencyOn } from './settings.ts';

type Decided = LeniencyPayload<'leniency-decided@1'>;
type Named = { kind: string; id: string }[];

function decidedIn({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Decided | null {
  if (type !== 'leniency-decided') return null;
  const read = leniencySchemas['leniency-decided@1'].safeParse(payload);
  return read.success ? read.data : null;
}

/** Other records that a decision is judged by: where it was found, the merchant's credit, and the records that it says were looked at. */
export function recordsOfLeniency(fact: Pick<RecordedFact, 'type' | 'payload'>): Named {
  const decided = decidedIn(fact);
  if (decided === null) return [];
  const { source, merchantId, lookedAt } = decided;
  return [
    { kind: source.kind, id: source.id },
    { kind: 'credit', id: merchantId },
    ...lookedAt.filter(({ kind }) => kind === 'sanction').map(({ id }) => ({ kind: 'sanction', id })),
  ];
}

/** An earlier penalty of a merchant that has to be looked at, with the areas that it is known to be in. */
export type ToLookAt = Pick<LookedAt, 'kind' | 'id' | 'on'> & { areas: readonly string[]; text: string };

/**
 * The penalties of a merchant that a decision about a violation of that day has to look at: within the period, a decision that stands in
 * two places once, by its record. A repaired or expired one is history to others and was a violation all the same; an annulled one was none.
 */
export function penaltiesToLookAt(
  credit: Pick<CreditState, 'penalties'> | undefined,
  sanctions: readonly SanctionState[],
  violatedOn: string,
  months: number,
): ToLookAt[] {
  const continued = new Set(sanctions.map((one) => one.continues));
  const all: ToLookAt[] = [
    ...sanctions
      .filter(({ kind, ended }) => kind === 'penalty' && ended?.cause !== 'annulled')
      .map(({ id, determinedOn: on, areas, number }) => ({
        kind: 'sanction' as const,
        id,
        on,
        areas,
        text: number,
      })),
    ...(credit?.penalties ?? [])
      .filter(({ entryId, ended }) => ended?.cause !== 'annulled' && !continued.has(entryId))
      .map(({ entryId: id, on, number }) => ({
        kind: 'credit-entry' as const,
        id,
        on,
        areas: [],
        text: number,
      })),
  ];
  return all.filter(({ on }) => isWithin(months, on, violatedOn));
}

/**
 * Why a fact that is legal in itself is refused: it is none of a public body; what was found is not known; a record that it names is none
 * of the merchant's penalties, is of the same kind by its area though it says otherwise, or one that is known was not looked at.
 */
export function refusalOfLeniency(
  _before: LeniencyState | undefined,
  fact: Fact,
  after: LeniencyState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  if (context.source.centre) return null;
  if (context.partyOf(fact.unitPath) !== 'regulator')
    return { rule: 'leniency-regulator-only', field: 'unitPath' };
  const decided = decidedIn(fact);
  if (decided === null) return null;
  return (
    refusalOfUnit(after.unitPath, 'merchantPath', context) ??
    refusalOfSource(decided, context) ??
    refusalOfRecords(decided, businessDay(fact.at), context)
  );
}

function refusalOfSource(
  { source, merchantId }: Decided,
  { record }: AdmissionContext<Rulebook>,
): Refusal | null {
  // Looked up under its own kind.
  const found = record({ kind: source.kind, id: source.id });
  const known =
    source.kind === 'inspection'
      ? (found as InspectionState | undefined)?.results.some(
          (one) => one.resultId === source.part && one.merchantId === merchantId && one.outcome === 'finding',
        )
      : isHeld(found as GuidanceState | undefined, merchantId);
  return known ? null : { rule: 'leniency-source-unknown', field: 'source' };
}

const isHeld = (guidance: GuidanceState | undefined, merchantId: string): boolean =>
  guidance?.merchantId === merchantId && guidance.held !== null;

function refusalOfRecords(
  decided: Decided,
  day: string,
  { record }: AdmissionContext<Rulebook>,
): Refusal | null {
  const { merchantId, lookedAt, item, violatedOn } = decided;
  const settings = leniencyOn(day);
  const credit = record({ kind: 'credit', id: merchantId }) as CreditState | undefined;
  const sanctions = lookedAt
    .filter(({ kind }) => kind === 'sanction')
    .map(({ id }) => record({ kind: 'sanction', id }) as SanctionState | undefined)
    .flatMap((one) => (one?.merchantId === merchantId ? [one] : []));
  const known = penaltiesToLookAt(credit, sanctions, violatedOn, settings.period.months);
  const area = settings.items.find(({ code }) => code === item)?.area ?? null;
  for (const [place, one] of lookedAt.entries()) {
    const found = known.find(({ kind, id, on }) => kind === one.kind && id === one.id && on === one.on);
    if (!found) return { rule: 'leniency-record-unknown', field: `lookedAt.${place}` };
    if (!one.sameKind && area !== null && found.areas.includes(area))
      return { rule: 'leniency-record-same-kind', field: `lookedAt.${place}` };
  }
  const missed = known.find(({ id }) => !lookedAt.some((one) => one.id === id));
  return missed === undefined
    ? null
    : { rule: 'leniency-record-missed', field: 'lookedAt', parameters: { number: missed.text } };
}
