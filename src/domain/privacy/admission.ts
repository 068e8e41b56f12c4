import { type CaseState, caseSight } from '../case/index.ts';
import { type AdmissionContext, refusalOfNumber } from '../kernel/event/admission.ts';
import { ERASURE } from '../kernel/event/erasure.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import type { Rulebook } from '../procedure/index.ts';
import { type ReturnState, returnSight } from '../return/index.ts';
import { barOfCase, barOfReturn, type DeletionBar } from './deletion.ts';
import { PrivacyRecordKind, type PrivacyPayload } from './events.ts';
import type { PrivacyRecord, PrivacyState } from './privacy.ts';
import { privacySight } from './privacy.ts';

type Named = { kind: string; id: string };

/** The records that a request or a decision names: whether they are there, in sight and may be erased their states say. */
export function recordsOfPrivacy({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const members = payload as Record<string, unknown>;
  const list =
    type === 'privacy-requested' ? members.records : type === 'privacy-decided' ? members.outcomes : [];
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((one) => {
    if (typeof one !== 'object' || one === null || !('kind' in one) || !('id' in one)) return [];
    const { kind, id } = one;
    return PrivacyRecordKind.safeParse(kind).success && typeof id === 'string'
      ? [{ kind: String(kind), id }]
      : [];
  });
}

type Context = Pick<AdmissionContext<Rulebook>, 'record' | 'rules' | 'levelOf' | 'source'>;
/** A record as it is, with the units that see it. */
type Known = { number: string; sight: readonly string[]; bar: DeletionBar | null };

/** A record as far as it is known here; undefined where it is not. */
export function knownRecord(
  { kind, id }: Pick<PrivacyRecord, 'kind' | 'id'>,
  at: string,
  { record, rules, levelOf }: Pick<Context, 'record' | 'rules' | 'levelOf'>,
): Known | undefined {
  const found = record({ kind, id });
  if (found === undefined || found === null) return undefined;
  // Each is looked up under its own kind.
  if (kind === 'case') {
    const state = found as CaseState;
    return { number: state.number, sight: caseSight(state, levelOf), bar: barOfCase(state, rules, at) };
  }
  const state = found as ReturnState;
  return { number: state.number, sight: returnSight(state, levelOf), bar: barOfReturn(state, at) };
}

/**
 * Why a fact of a request that is legal in itself is refused: its number is another unit's; a record that it names is not in the unit's
 * sight, or is another one than its number says; a unit above decides what is no shop's; or a deletion is granted of a record that is
 * not over yet. On both sides: what is erased does not come back, and a unit has no say over records that it does not see.
 */
export function refusalOfPrivacy(
  before: PrivacyState | undefined,
  fact: Fact,
  after: PrivacyState,
  context: Context,
): Refusal | null {
  if (before === undefined) {
    const strange = after.records.findIndex((one) => !isOneOf(fact, one, context));
    if (strange >= 0) return { rule: 'privacy-record-unknown', field: `records.${strange}` };
    return refusalOfNumber(after.number, context);
  }
  // The centre alone erases.
  if (fact.type === ERASURE && !context.source.centre) return { rule: 'stream-not-yours' };
  if (!privacySight(after, context.levelOf).includes(fact.unitPath)) return { rule: 'privacy-elsewhere' };
  if (fact.type !== 'privacy-decided' || after.what !== 'deletion') return null;
  const { outcomes } = fact.payload as PrivacyPayload<'privacy-decided@1'>;
  for (const [place, outcome] of outcomes.entries()) {
    if (outcome.verdict === 'refused') continue;
    const known = knownRecord(outcome, fact.at, context);
    if (!known?.sight.includes(fact.unitPath))
      return { rule: 'privacy-record-unknown', field: `outcomes.${place}` };
    if (known.bar !== null)
      return {
        rule: 'privacy-not-erasable-yet',
        field: `outcomes.${place}.verdict`,
        parameters: { number: known.number },
      };
  }
  return null;
}

/** Whether the unit sees this very record. */
function isOneOf(fact: Fact, one: PrivacyRecord, context: Context): boolean {
  const known = knownRecord(one, fact.at, context);
  return known?.number === one.number && known.sight.includes(fact.unitPath);
}
