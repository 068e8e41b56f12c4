import { businessDay } from '../kernel/calendar/index.ts';
import { refusalIfOutside, refusalOfUnit, type AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { covers } from '../organisation/index.ts';
import { codeEntry, type Rulebook } from '../procedure/index.ts';
import type { MerchantState } from './merchant.ts';
import { refusalOfCommitmentFact } from './notice.ts';
import type { registerSchemas } from './register.ts';
import type { z } from 'zod';

type Payload<Key extends keyof typeof registerSchemas> = z.infer<(typeof registerSchemas)[Key]>;

/** The other entry that a merge names; none for any other fact. */
export function merchantsNamed({
  type,
  payload,
}: Pick<RecordedFact, 'type' | 'payload'>): { kind: 'merchant'; id: string }[] {
  if (type !== 'merchant-merged' || typeof payload !== 'object' || payload === null) return [];
  return 'intoId' in payload && typeof payload.intoId === 'string'
    ? [{ kind: 'merchant', id: payload.intoId }]
    : [];
}

/**
 * Why a fact about a merchant that is legal in itself is refused: the unit or the entry that it names does not exist, or is
 * merged itself (both sides, so that no circle can come of merges that were made apart); a category that no version of the
 * procedure known here has, a move on a day to come (the workstation only). The reducer has read each payload.
 */
export function refusalOfMerchantFact(
  before: MerchantState | undefined,
  fact: Fact,
  after: MerchantState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  const recording = context.side === 'recording';
  switch (fact.type) {
    case 'merchant-merged':
      return refusalOfTarget(fact, fact.payload as Payload<'merchant-merged@1'>, context);
    case 'merchant-moved': {
      const { toPath, movedOn } = fact.payload as Payload<'merchant-moved@1'>;
      const elsewhere = refusalOfUnit(toPath, 'toPath', context);
      if (elsewhere !== null) return elsewhere;
      return recording && movedOn > businessDay(fact.at)
        ? { rule: 'date-in-future', field: 'movedOn' }
        : null;
    }
    case 'merchant-registered':
    case 'merchant-updated': {
      const { category, unitPath } = after;
      const outside = refusalIfOutside(unitPath, 'unitPath', context);
      if (outside !== null) return outside;
      const known = codeEntry(context.rules, unitPath, businessDay(fact.at), 'merchantCategory', category);
      return recording && known === undefined
        ? { rule: 'procedure-code-unknown', field: 'category', parameters: { code: category } }
        : null;
    }
    default:
      return refusalOfCommitmentFact(before, fact, after, context);
  }
}

function refusalOfTarget(
  { actor }: Fact,
  { intoId }: Payload<'merchant-merged@1'>,
  { record }: Pick<AdmissionContext<Rulebook>, 'record'>,
): Refusal | null {
  // Looked up as a merchant.
  const into = record({ kind: 'merchant', id: intoId }) as MerchantState | undefined;
  if (into === undefined) return { rule: 'merchant-missing', field: 'intoId' };
  if (!covers(actor.unitPath, into.unitPath)) return { rule: 'outside-scope', field: 'intoId' };
  return into.mergedInto === undefined
    ? null
    : { rule: 'merge-into-merged', field: 'intoId', parameters: { name: into.mergedInto.name } };
}
