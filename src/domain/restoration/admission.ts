import type { CreditState } from '../credit/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import { type AdmissionContext, refusalOfNumber, refusalOfUnit } from '../kernel/event/admission.ts';
import { ERASURE } from '../kernel/event/erasure.ts';
import type { Fact, RecordedFact } from '../kernel/event/event.ts';
import type { Refusal } from '../kernel/event/ruling.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import type { MerchantState } from '../merchant/index.ts';
import type { UnitState } from '../organisation/index.ts';
import type { Rulebook } from '../procedure/index.ts';
import { type OtherRecord, type SanctionState } from '../sanction/index.ts';
import { barOf } from './eligible.ts';
import type { RestorationPayload } from './events.ts';
import { settingsOn } from './settings.ts';
import type { RestorationState } from './state.ts';

type Named = { kind: string; id: string };
type Context = AdmissionContext<Rulebook>;

/** Members of a list in a payload that was not read by its schema yet. */
function membersOf(payload: unknown, list: string, name: string): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const found = (payload as Record<string, unknown>)[list];
  return (Array.isArray(found) ? (found as unknown[]) : []).flatMap((one) => {
    const value =
      typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? [value] : [];
  });
}

const memberOf = (payload: unknown, name: string): string | null => {
  const [value] = membersOf({ list: [payload] }, 'list', name);
  return value ?? null;
};

const unitNamed = (path: string): Named => ({ kind: 'unit', id: lastUnit(path) });

/** Other records that a fact is judged by: the merchant with its credit, its records, and the units that are named. */
export function recordsOfRestoration({ type, payload }: Pick<RecordedFact, 'type' | 'payload'>): Named[] {
  if (type === 'restoration-accepted' || type === 'departments-asked')
    return membersOf(payload, 'asks', 'departmentPath').map(unitNamed);
  if (type !== 'restoration-filed') return [];
  const merchantId = memberOf(payload, 'merchantId');
  const windowPath = memberOf(payload, 'windowPath');
  return [
    ...(merchantId === null
      ? []
      : [
          { kind: 'merchant', id: merchantId },
          { kind: 'credit', id: merchantId },
        ]),
    ...(windowPath === null ? [] : [unitNamed(windowPath)]),
    ...membersOf(payload, 'matters', 'sanctionId').map((id) => ({ kind: 'sanction', id })),
  ];
}

/**
 * Why a fact of an application that is legal in itself is refused: its number is another unit's; the window or a department is none; a
 * record is not the merchant's, not due, over, or asked about elsewhere; its type does not fit or a proof is missing.
 */
export function refusalOfRestoration(
  before: RestorationState | undefined,
  fact: Fact,
  after: RestorationState,
  context: Context,
): Refusal | null {
  // The centre alone erases, and says what has expired.
  if (fact.type === ERASURE || fact.type === 'matter-expired')
    return context.source.centre ? null : { rule: 'stream-not-yours' };
  if (before === undefined) return refusalOfFiling(fact, after, context);
  if (fact.type === 'restoration-accepted' || fact.type === 'departments-asked')
    return refusalOfAsked(fact.payload as RestorationPayload<'restoration-accepted@1'>, context);
  if (fact.type === 'opinion-given') {
    const { answers } = fact.payload as RestorationPayload<'opinion-given@1'>;
    return refusalOfGrounds(answers, 'answers', after);
  }
  if (fact.type === 'restoration-concluded') {
    const { outcomes } = fact.payload as RestorationPayload<'restoration-concluded@1'>;
    return refusalOfGrounds(outcomes, 'outcomes', after);
  }
  return null;
}

/** Grounds are those of the day on which it was filed. */
function refusalOfGrounds(
  list: readonly object[],
  field: string,
  { filed }: RestorationState,
): Refusal | null {
  const known = new Set(settingsOn(businessDay(filed.at)).grounds.map(({ code }) => code));
  const place = list.findIndex((one) => 'ground' in one && !known.has(String(one.ground)));
  return place < 0 ? null : { rule: 'restoration-ground-unknown', field: `${field}.${place}.ground` };
}

function refusalOfAsked(
  { asks }: RestorationPayload<'restoration-accepted@1'>,
  { record }: Context,
): Refusal | null {
  const place = asks.findIndex(({ departmentPath }) => {
    // Looked up as a unit.
    const unit = record(unitNamed(departmentPath)) as UnitState | undefined;
    return unit?.path !== departmentPath || unit.body !== 'department';
  });
  return place < 0 ? null : { rule: 'restoration-no-department', field: `asks.${place}.departmentPath` };
}

function refusalOfFiling(fact: Fact, after: RestorationState, context: Context): Refusal | null {
  const { record } = context;
  const elsewhere = refusalOfUnit(after.unitPath, 'merchantPath', context);
  if (elsewhere !== null) return elsewhere;
  // Looked up as a unit, as a merchant and as a merchant's credit.
  const window = record(unitNamed(after.windowPath)) as UnitState | undefined;
  if (window?.path !== after.windowPath || window.body !== 'window')
    return { rule: 'restoration-no-window', field: 'windowPath' };
  const merchant = record({ kind: 'merchant', id: after.merchantId }) as MerchantState | undefined;
  if (merchant?.unitPath !== after.unitPath)
    return { rule: 'restoration-merchant-unknown', field: 'merchantId' };
  const credit = record({ kind: 'credit', id: after.merchantId }) as CreditState | undefined;
  const states = after.matters.map(
    // Looked up as such a record.
    ({ sanctionId }) => record({ kind: 'sanction', id: sanctionId }) as SanctionState | undefined,
  );
  const others = [...states.flatMap((one) => (one === undefined ? [] : [one])), ...listedIn(credit)];
  for (const [place, sanction] of states.entries()) {
    const refusal = refusalOfRow(place, sanction, fact, after, others);
    if (refusal !== null) return refusal;
  }
  return refusalOfNumber(after.number, context);
}

/** Standing lists of a merchant's credit, as they may stand in the way. */
export function listedIn(credit: Pick<CreditState, 'listings'> | undefined): OtherRecord[] {
  return (credit?.listings ?? [])
    .filter(({ ended }) => ended === null)
    .map(({ entryId, listing }) => ({
      id: entryId,
      kind: listing === 'severe' ? ('severe-listing' as const) : ('abnormal-listing' as const),
      ended: null,
    }));
}

function refusalOfRow(
  place: number,
  sanction: SanctionState | undefined,
  fact: Fact,
  after: RestorationState,
  others: readonly OtherRecord[],
): Refusal | null {
  const field = `matters.${place}`;
  const matter = after.matters[place];
  if (matter === undefined || sanction === undefined)
    return { rule: 'restoration-record-unknown', field: `${field}.sanctionId` };
  const parameters = { number: matter.number };
  if (sanction.merchantId !== after.merchantId)
    return { rule: 'restoration-not-theirs', field: `${field}.sanctionId`, parameters };
  if (sanction.applied !== null && sanction.applied.restorationId !== fact.stream.id)
    return { rule: 'restoration-open-elsewhere', field: `${field}.sanctionId`, parameters };
  const day = businessDay(fact.at);
  const type = settingsOn(day).types.find(({ code }) => code === matter.type);
  if (type === undefined || !type.kinds.includes(sanction.kind))
    return { rule: 'restoration-type-strange', field: `${field}.type`, parameters };
  const bar = barOf(type, sanction, day, others);
  if (bar !== null)
    return {
      rule: bar.rule,
      field: `${field}.sanctionId`,
      parameters: { ...parameters, ...(bar.day === undefined ? {} : { day: bar.day }) },
    };
  const proved = new Set(
    after.attachments.filter(({ sha256 }) => matter.proofs.includes(sha256)).map(({ kind }) => kind),
  );
  const missing = type.proofs.find((kind) => !proved.has(kind));
  return missing === undefined
    ? null
    : {
        rule: 'restoration-proof-missing',
        field: `${field}.proofs`,
        parameters: { ...parameters, proof: missing },
      };
}
