import { businessDay } from '../kernel/calendar/index.ts';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Refusal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload, type ParsedPayload } from '../kernel/event/schema.ts';
import { ancestorsAndSelf, covers, may } from '../organisation/index.ts';
import { type AlliancePayload, allianceSchemas, type Discount } from './events.ts';
import { allianceRulesOn, EVERYBODY, levelIn } from './rules.ts';

type Hand = { staffId: string; name: string; at: string };

/** A discount as it stands: `version` counts its changes, `endedOn` is the first day on which it was called off. */
export type OfferedDiscount = Discount & { version: number; endedOn: string | null; used: number };

/** A shop of the alliance. One that left keeps its record, and may join again. */
export type AllianceState = AlliancePayload<'alliance-joined@1'> & {
  id: string;
  joined: Hand;
  left: (AlliancePayload<'alliance-left@1'> & { by: Hand }) | null;
  discounts: OfferedDiscount[];
  revision: number;
};

/** As many discounts a shop may have that are in force or to come (assumption). */
export const MOST_DISCOUNTS = 30;

type Read = Exclude<
  ParsedPayload<typeof allianceSchemas>,
  { key: 'unknown' | 'invalid' | 'alliance-joined@1' }
>;

const handOf = ({ actor: { staffId, name }, at }: Fact): Hand => ({ staffId, name, at });

/** Applies one fact to a shop's place in the alliance: by the people of its unit or of one above it. */
export function applyAlliance(state: AllianceState | undefined, fact: Fact): Ruling<AllianceState> {
  const read = readPayload(allianceSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  const { role, unitPath } = fact.actor;
  if (!may(role, 'alliance.handle')) return illegal('role-may-not', undefined, { role });
  if (read.key === 'alliance-joined@1') {
    if (state !== undefined && state.left === null) return illegal('alliance-member-already');
    const { merchantId, merchantPath } = read.payload;
    if (merchantId !== fact.stream.id) return illegal('alliance-id-strange', 'merchantId');
    if (!covers(unitPath, merchantPath)) return illegal('outside-scope', 'merchantPath');
    return legal({
      ...read.payload,
      id: fact.stream.id,
      joined: handOf(fact),
      left: null,
      discounts: state?.discounts ?? [],
      revision: (state?.revision ?? 0) + 1,
    });
  }
  if (!state) return illegal('alliance-missing');
  if (!covers(unitPath, state.merchantPath)) return illegal('outside-scope', 'merchantPath');
  if (state.left !== null) return illegal('alliance-left-already');
  return step({ ...state, revision: state.revision + 1 }, read, fact);
}

function step(next: AllianceState, read: Read, fact: Fact): Ruling<AllianceState> {
  const today = businessDay(fact.at);
  if (read.key === 'alliance-left@1')
    return legal({
      ...next,
      left: { ...read.payload, by: handOf(fact) },
      discounts: next.discounts.map((one) => (one.endedOn === null ? { ...one, endedOn: today } : one)),
    });
  if (read.key === 'discount-offered@1') return offer(next, read.payload, today);
  const before = next.discounts.find(({ discountId }) => discountId === read.payload.discountId);
  if (!before) return illegal('discount-missing', 'discountId');
  if (before.endedOn !== null) return illegal('discount-ended-already', 'discountId');
  const changed = (change: Partial<OfferedDiscount>): Ruling<AllianceState> =>
    legal({
      ...next,
      discounts: next.discounts.map((one) => (one === before ? { ...one, ...change } : one)),
    });
  switch (read.key) {
    case 'discount-changed@1': {
      const { payload } = read;
      const refusal = refusalOfDiscount(payload, today);
      if (refusal) return { kind: 'illegal', refusal };
      if (before.from !== payload.from && before.from <= today) return illegal('discount-begun', 'from');
      if (before.from !== payload.from && payload.from < today) return illegal('discount-backdated', 'from');
      return changed({ ...payload, version: before.version + 1 });
    }
    case 'discount-ended@1':
      return changed({ endedOn: today });
    case 'open-discount-used@1':
      if (before.level !== EVERYBODY) return illegal('discount-needs-check', 'discountId');
      if (!isInForce(before, today)) return illegal('discount-not-in-force', 'discountId');
      return changed({ used: before.used + 1 });
  }
}

function offer(next: AllianceState, discount: Discount, today: string): Ruling<AllianceState> {
  if (next.discounts.some(({ discountId }) => discountId === discount.discountId))
    return illegal('discount-exists', 'discountId');
  const refusal = refusalOfDiscount(discount, today);
  if (refusal) return { kind: 'illegal', refusal };
  if (discount.from < today) return illegal('discount-backdated', 'from');
  if (next.discounts.filter((one) => one.endedOn === null && one.until >= today).length >= MOST_DISCOUNTS)
    return illegal('discount-too-many', undefined, { most: MOST_DISCOUNTS });
  const offered = { ...discount, version: 1, endedOn: null, used: 0 };
  return legal({ ...next, discounts: [...next.discounts, offered] });
}

function refusalOfDiscount({ from, until, level }: Discount, today: string): Refusal | null {
  if (until < from) return { rule: 'period-reversed', field: 'until' };
  if (until < today) return { rule: 'discount-over-already', field: 'until' };
  const rules = allianceRulesOn(today);
  if (levelIn(rules, level) === undefined)
    return { rule: 'alliance-level-unknown', field: 'level', parameters: { version: rules.version } };
  return null;
}

/** Whether a discount is given on a day. */
export function isInForce(
  { from, until, endedOn }: Pick<OfferedDiscount, 'from' | 'until' | 'endedOn'>,
  day: string,
): boolean {
  return from <= day && day <= until && (endedOn === null || day < endedOn);
}

/** A shop's discounts that are in force on a day or to come, the first to begin first. */
export function discountsFrom(
  { discounts }: Pick<AllianceState, 'discounts'>,
  day: string,
): OfferedDiscount[] {
  return discounts
    .filter(({ until, endedOn }) => endedOn === null && day <= until)
    .toSorted((a, b) =>
      a.from === b.from ? (a.discountId < b.discountId ? -1 : 1) : a.from < b.from ? -1 : 1,
    );
}

/** Known where the shop trades and above. */
export function allianceSight({ merchantPath }: Pick<AllianceState, 'merchantPath'>): string[] {
  return ancestorsAndSelf(merchantPath);
}
