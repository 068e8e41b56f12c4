import { type CreditState, isSameDecision, sanctionIdOf } from '../credit/index.ts';
import { refusalOfUnit, type AdmissionContext } from '../kernel/event/admission.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { Rulebook } from '../procedure/index.ts';
import { isOfApplication } from './application.ts';
import type { SanctionPayload } from './events.ts';
import { publicationEnds, regimeOf } from './rules.ts';
import type { SanctionState } from './sanction.ts';
import { shippedRegimes } from './shipped-regimes.ts';

const BY_CENTRE: ReadonlySet<string> = new Set(['sanction-expired', 'sanction-call-asked']);

type Named = { kind: string; id: string }[];

const textOf = (members: Record<string, unknown>, name: string): string | null => {
  const value = members[name];
  return typeof value === 'string' ? value : null;
};

/**
 * Other records that a fact is judged by: the merchant's credit, in which the same decision may stand, and the record that
 * bears this organ and number already.
 */
export function recordsOfSanction({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named {
  if (type !== 'sanction-recorded' || typeof payload !== 'object' || payload === null) return [];
  const members = payload as Record<string, unknown>;
  const merchantId = textOf(members, 'merchantId');
  const [organ, number] = [textOf(members, 'organ'), textOf(members, 'number')];
  if (merchantId === null || organ === null || number === null) return [];
  const again = typeof members.again === 'number' ? members.again : 0;
  return [
    { kind: 'credit', id: merchantId },
    ...Array.from({ length: Math.min(Math.max(again, 0), 9) }, (_, place) => ({
      kind: 'sanction',
      id: sanctionIdOf(merchantId, { organ, number }, place),
    })),
  ];
}

/** A penalty or a listing as it stands in a merchant's credit. */
type CreditEntry = { entryId: string; organ: string | null; number: string | null; ended: unknown };

/** The entry of a merchant's credit that is about the same decision; null where none is. */
export function creditEntryOf(
  credit: Pick<CreditState, 'penalties' | 'listings'> | undefined,
  decision: { organ: string; number: string },
): CreditEntry | null {
  const entries: CreditEntry[] = credit ? [...credit.penalties, ...credit.listings] : [];
  return entries.find((one) => isSameDecision(one, decision)) ?? null;
}

/**
 * Why a fact that is legal in itself is refused: it is none of a public body; the regime does not know its class; the decision stands in
 * the merchant's credit, or in another record, already; it is said to be over before its maximum.
 */
export function refusalOfSanction(
  before: SanctionState | undefined,
  fact: Fact,
  after: SanctionState,
  context: AdmissionContext<Rulebook>,
): Refusal | null {
  if (context.source.centre) return null;
  // The centre alone says it, by the days that it counts itself.
  if (BY_CENTRE.has(fact.type)) return { rule: 'stream-not-yours' };
  // Who applies for repair is a merchant.
  if (!isOfApplication(fact.type) && context.partyOf(fact.unitPath) !== 'regulator')
    return { rule: 'sanction-regulator-only', field: 'unitPath' };
  if (before === undefined) return refusalOfNew(fact, after, context);
  if (fact.type === 'sanction-corrected') return refusalOfClass(after);
  if (fact.type === 'sanction-ended' && after.ended?.cause === 'expired') {
    const ends = publicationEnds(before, shippedRegimes);
    if (ends === null || ends.day > after.ended.on)
      return { rule: 'sanction-not-over', field: 'cause', parameters: { day: ends?.day ?? '' } };
  }
  return null;
}

function refusalOfClass(after: SanctionState): Refusal | null {
  const regime = regimeOf(after, shippedRegimes);
  return after.class === null || regime === null || regime.classes.includes(after.class)
    ? null
    : { rule: 'sanction-class-unknown', field: 'class' };
}

function refusalOfNew(fact: Fact, after: SanctionState, context: AdmissionContext<Rulebook>): Refusal | null {
  const { record } = context;
  const elsewhere = refusalOfUnit(after.unitPath, 'merchantPath', context);
  if (elsewhere !== null) return elsewhere;
  const { again } = fact.payload as SanctionPayload<'sanction-recorded@1'>;
  for (let place = 0; place < again; place += 1) {
    const id = sanctionIdOf(after.merchantId, after, place);
    // Looked up as a record of this kind.
    const other = record({ kind: 'sanction', id }) as SanctionState | undefined;
    if (other === undefined || isSameDecision(other, after))
      return { rule: 'sanction-exists', field: 'number' };
  }
  // Looked up as a merchant's credit.
  const credit = record({ kind: 'credit', id: after.merchantId }) as CreditState | undefined;
  const entry = creditEntryOf(credit, after);
  if (after.continues !== null)
    return entry?.entryId === after.continues && entry.ended === null
      ? null
      : { rule: 'sanction-entry-unknown', field: 'continues' };
  return entry !== null && entry.ended === null
    ? { rule: 'sanction-stands-in-credit', field: 'number', parameters: { number: after.number } }
    : refusalOfClass(after);
}
